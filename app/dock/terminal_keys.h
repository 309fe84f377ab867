// Qt's keys in libvterm's terms.
#pragma once

#include <Qt>

extern "C" {
#include <vterm.h>
}

namespace kates::app {

[[nodiscard]] inline VTermModifier terminalModifiers(Qt::KeyboardModifiers modifiers)
{
    int result = VTERM_MOD_NONE;
    result |= modifiers & Qt::ShiftModifier ? VTERM_MOD_SHIFT : 0;
    result |= modifiers & Qt::AltModifier ? VTERM_MOD_ALT : 0;
    result |= modifiers & Qt::ControlModifier ? VTERM_MOD_CTRL : 0;
    return VTermModifier(result);
}

// VTERM_KEY_NONE for keys that are characters.
[[nodiscard]] inline VTermKey terminalKey(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return VTERM_KEY_ENTER;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return VTERM_KEY_TAB;
    case Qt::Key_Backspace:
        return VTERM_KEY_BACKSPACE;
    case Qt::Key_Escape:
        return VTERM_KEY_ESCAPE;
    case Qt::Key_Up:
        return VTERM_KEY_UP;
    case Qt::Key_Down:
        return VTERM_KEY_DOWN;
    case Qt::Key_Left:
        return VTERM_KEY_LEFT;
    case Qt::Key_Right:
        return VTERM_KEY_RIGHT;
    case Qt::Key_Insert:
        return VTERM_KEY_INS;
    case Qt::Key_Delete:
        return VTERM_KEY_DEL;
    case Qt::Key_Home:
        return VTERM_KEY_HOME;
    case Qt::Key_End:
        return VTERM_KEY_END;
    case Qt::Key_PageUp:
        return VTERM_KEY_PAGEUP;
    case Qt::Key_PageDown:
        return VTERM_KEY_PAGEDOWN;
    default:
        return key >= Qt::Key_F1 && key <= Qt::Key_F12 ? VTermKey(VTERM_KEY_FUNCTION(key - Qt::Key_F1 + 1)) : VTERM_KEY_NONE;
    }
}

} // namespace kates::app
