#include "app/dock/terminal_screen.h"

#include <algorithm>

extern "C" {
#include <vterm.h>
}

#include "app/dock/terminal_keys.h"

namespace kates::app {

namespace {

void takeColor(const VTermScreen* screen, VTermColor color, bool isDefault, int& index, QRgb& rgb)
{
    if (isDefault) {
        index = -1;
    } else if (VTERM_COLOR_IS_INDEXED(&color) && color.indexed.idx < 16) {
        index = color.indexed.idx;
    } else {
        vterm_screen_convert_color_to_rgb(screen, &color);
        index = TerminalCell::kRgb;
        rgb = qRgb(color.rgb.red, color.rgb.green, color.rgb.blue);
    }
}

TerminalCell fromVTerm(const VTermScreen* screen, const VTermScreenCell& cell)
{
    TerminalCell result;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] && cell.chars[i] != uint32_t(-1); ++i)
        result.text += QString::fromUcs4(reinterpret_cast<const char32_t*>(&cell.chars[i]), 1);
    result.width = std::max(1, int(cell.width));
    result.bold = cell.attrs.bold;
    result.italic = cell.attrs.italic;
    result.underline = cell.attrs.underline != 0;
    result.strike = cell.attrs.strike;
    result.reverse = cell.attrs.reverse;
    takeColor(screen, cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg), result.foreground, result.foregroundRgb);
    takeColor(screen, cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg), result.background, result.backgroundRgb);
    return result;
}

} // namespace

// libvterm's callbacks, in C's terms.
struct TerminalCallbacks {
    static TerminalScreen& of(void* user) { return *static_cast<TerminalScreen*>(user); }
    static void changed(void* user)
    {
        if (of(user).changed)
            of(user).changed();
    }
    static int damage(VTermRect, void* user)
    {
        changed(user);
        return 1;
    }
    static int moveRect(VTermRect, VTermRect, void* user)
    {
        changed(user);
        return 1;
    }
    static int moveCursor(VTermPos position, VTermPos, int, void* user)
    {
        of(user).m_cursorRow = position.row;
        of(user).m_cursorColumn = position.col;
        changed(user);
        return 1;
    }
    static int property(VTermProp property, VTermValue* value, void* user)
    {
        if (property == VTERM_PROP_CURSORVISIBLE)
            of(user).m_cursorVisible = value->boolean;
        else if (property == VTERM_PROP_ALTSCREEN)
            of(user).m_alternate = value->boolean;
        else if (property == VTERM_PROP_TITLE && of(user).titleChanged)
            of(user).titleChanged(QString::fromUtf8(value->string).left(200));
        changed(user);
        return 1;
    }
    static int pushLine(int columns, const VTermScreenCell* cells, void* user)
    {
        TerminalScreen& screen = of(user);
        const auto blank = [](const VTermScreenCell& cell) {
            return (cell.chars[0] == 0 || cell.chars[0] == ' ') && VTERM_COLOR_IS_DEFAULT_BG(&cell.bg) && !cell.attrs.reverse && !cell.attrs.underline;
        };
        while (columns > 0 && blank(cells[columns - 1]))
            --columns;
        std::vector<TerminalCell> line;
        line.reserve(std::size_t(columns));
        for (int column = 0; column < columns; ++column)
            line.push_back(fromVTerm(screen.m_screen, cells[column]));
        screen.m_scrollbackCells += line.size();
        screen.m_scrollback.push_front(std::move(line));
        ++screen.m_pushed;
        while (int(screen.m_scrollback.size()) > kScrollbackLines || screen.m_scrollbackCells > kScrollbackCells) {
            screen.m_scrollbackCells -= screen.m_scrollback.back().size();
            screen.m_scrollback.pop_back();
        }
        return 1;
    }
    static void output(const char* bytes, std::size_t length, void* user)
    {
        if (of(user).written)
            of(user).written(QByteArray(bytes, qsizetype(length)));
    }
};

bool TerminalCell::sameLook(const TerminalCell& other) const
{
    return bold == other.bold && italic == other.italic && underline == other.underline && strike == other.strike && reverse == other.reverse
        && foreground == other.foreground && background == other.background && foregroundRgb == other.foregroundRgb
        && backgroundRgb == other.backgroundRgb;
}

TerminalScreen::TerminalScreen(int rows, int columns)
    : m_term(vterm_new(rows, columns))
    , m_screen(vterm_obtain_screen(m_term))
    , m_rows(rows)
    , m_columns(columns)
{
    static const VTermScreenCallbacks callbacks { TerminalCallbacks::damage, TerminalCallbacks::moveRect, TerminalCallbacks::moveCursor,
        TerminalCallbacks::property, nullptr, nullptr, TerminalCallbacks::pushLine, nullptr };
    vterm_set_utf8(m_term, 1);
    vterm_output_set_callback(m_term, TerminalCallbacks::output, this);
    vterm_screen_set_callbacks(m_screen, &callbacks, this);
    vterm_screen_enable_altscreen(m_screen, 1);
    vterm_screen_set_damage_merge(m_screen, VTERM_DAMAGE_SCREEN);
    vterm_screen_reset(m_screen, 1);
}

TerminalScreen::~TerminalScreen() { vterm_free(m_term); }

void TerminalScreen::write(const QByteArray& fromProgram)
{
    vterm_input_write(m_term, fromProgram.constData(), std::size_t(fromProgram.size()));
    vterm_screen_flush_damage(m_screen);
}

void TerminalScreen::resize(int rows, int columns)
{
    rows = std::clamp(rows, 2, kTerminalRowsMax);
    columns = std::clamp(columns, 4, kTerminalColumnsMax);
    if (rows == m_rows && columns == m_columns)
        return;
    m_rows = rows;
    m_columns = columns;
    vterm_set_size(m_term, rows, columns);
    vterm_screen_flush_damage(m_screen);
}

void TerminalScreen::key(int qtKey, Qt::KeyboardModifiers modifiers, const QString& text)
{
    const VTermModifier vtermModifiers = terminalModifiers(modifiers);
    if (const VTermKey key = terminalKey(qtKey); key != VTERM_KEY_NONE) {
        vterm_keyboard_key(m_term, key, vtermModifiers);
        return;
    }
    // With Ctrl the text is a control character already; libvterm wants the letter.
    if ((modifiers & Qt::ControlModifier) && qtKey >= Qt::Key_Space && qtKey <= Qt::Key_AsciiTilde) {
        vterm_keyboard_unichar(m_term, uint32_t(QChar(qtKey).toLower().unicode()), vtermModifiers);
        return;
    }
    const auto characters = text.toUcs4();
    for (const uint32_t character : characters)
        vterm_keyboard_unichar(m_term, character, VTermModifier(vtermModifiers & VTERM_MOD_ALT));
}

void TerminalScreen::paste(const QString& text)
{
    vterm_keyboard_start_paste(m_term);
    QString clean = text.left(kPasteMax);
    clean.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n');
    const auto characters = clean.toUcs4();
    for (const uint32_t character : characters) {
        if (character == '\n')
            vterm_keyboard_key(m_term, VTERM_KEY_ENTER, VTERM_MOD_NONE);
        else if ((character >= 0x20 && character < 0x7F) || character > 0x9F || character == '\t')
            vterm_keyboard_unichar(m_term, character, VTERM_MOD_NONE);
    }
    vterm_keyboard_end_paste(m_term);
}

void TerminalScreen::restart()
{
    // Leave the alternate screen, bracketed paste, application keys, colours; show the cursor.
    write("\x1b[?1049l\x1b[?2004l\x1b[?1l\x1b>\x1b[m\x1b[?25h\r\n");
}

TerminalCell TerminalScreen::cell(int row, int column) const
{
    if (row < 0) {
        const auto line = std::size_t(-row - 1);
        const bool there = line < m_scrollback.size() && column < int(m_scrollback[line].size());
        return there ? m_scrollback[line][std::size_t(column)] : TerminalCell();
    }
    VTermScreenCell cell {};
    return vterm_screen_get_cell(m_screen, { row, column }, &cell) ? fromVTerm(m_screen, cell) : TerminalCell();
}

QString TerminalScreen::text(int fromRow, int fromColumn, int toRow, int toColumn) const
{
    QStringList lines;
    for (int row = fromRow; row <= toRow; ++row) {
        QString line;
        const int end = row == toRow ? toColumn : m_columns - 1;
        for (int column = row == fromRow ? fromColumn : 0; column <= end; ++column) {
            const TerminalCell at = cell(row, column);
            line += at.text.isEmpty() ? QStringLiteral(" ") : at.text;
            column += at.width - 1;
        }
        while (line.endsWith(u' '))
            line.chop(1);
        lines.append(line);
    }
    return lines.join(u'\n');
}

} // namespace kates::app
