#include "app/dock/terminal_view.h"

#include <QClipboard>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace kates::app {

TerminalView::TerminalView(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton | Qt::MiddleButton);
    setFlag(ItemAcceptsInputMethod);
    setActiveFocusOnTab(true);
    connect(this, &TerminalView::lookChanged, this, &TerminalView::updateLook);
}

TerminalView::~TerminalView() = default;

void TerminalView::setSession(TerminalSession* session)
{
    if (m_session == session)
        return;
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_offset = 0;
    m_hasSelection = false;
    if (session) {
        m_pushed = session->screen().pushed();
        connect(session, &TerminalSession::screenChanged, this, &TerminalView::onScreen);
        connect(session, &TerminalSession::stateChanged, this, [this] { update(); });
    }
    updateSize();
    update();
    emit sessionChanged();
}

void TerminalView::updateLook()
{
    m_font = QFont(m_fontFamily);
    m_font.setPixelSize(m_fontSize);
    m_font.setStyleHint(QFont::Monospace);
    const QFontMetricsF metrics(m_font);
    m_cell = QSizeF(metrics.horizontalAdvance(QLatin1Char('M')), std::ceil(metrics.height()));
    m_ascent = metrics.ascent();
    updateSize();
    update();
}

void TerminalView::updateSize()
{
    if (m_session && width() > m_cell.width() * 4 && height() > m_cell.height() * 2)
        m_session->resize(int(height() / m_cell.height()), int(width() / m_cell.width()));
}

void TerminalView::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickPaintedItem::geometryChange(now, before);
    updateSize();
}

void TerminalView::focusInEvent(QFocusEvent*) { update(); }

void TerminalView::focusOutEvent(QFocusEvent*) { update(); }

void TerminalView::scrollBy(int rows)
{
    if (!m_session)
        return;
    m_offset = std::clamp(m_offset + rows, 0, m_session->screen().scrollback());
    update();
}

void TerminalView::onScreen()
{
    // Who looks back keeps seeing the same lines.
    const qint64 pushed = m_session->screen().pushed();
    if (m_offset > 0)
        m_offset = int(std::min<qint64>(m_offset + (pushed - m_pushed), m_session->screen().scrollback()));
    m_pushed = pushed;
    update();
}

bool TerminalView::event(QEvent* event)
{
    // The window's shortcuts would take keys that a program in the terminal wants (":" and "/" in vi).
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool leaves = (key->modifiers() & Qt::ControlModifier)
            && (key->key() == Qt::Key_QuoteLeft || key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab);
        event->setAccepted(!leaves);
        return true;
    }
    return QQuickPaintedItem::event(event);
}

void TerminalView::copy()
{
    if (!m_hasSelection)
        return;
    const auto [from, to] = std::minmax(m_from, m_to);
    const TerminalScreen& screen = m_session->screen();
    const qint64 oldest = -screen.scrollback(), pushed = screen.pushed();
    const int fromRow = int(std::max(oldest, from.line - pushed)), toRow = int(std::max(oldest, to.line - pushed));
    QGuiApplication::clipboard()->setText(screen.text(fromRow, from.column, toRow, to.column));
}

void TerminalView::keyPressEvent(QKeyEvent* event)
{
    if (!m_session)
        return;
    const bool both = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    if (both && event->key() == Qt::Key_C) {
        copy();
    } else if (both && event->key() == Qt::Key_V) {
        m_session->screen().paste(QGuiApplication::clipboard()->text());
    } else if (event->modifiers() == Qt::ShiftModifier && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)) {
        const int page = m_session->screen().rows() - 1;
        scrollBy(event->key() == Qt::Key_PageUp ? page : -page);
    } else {
        m_offset = 0;
        m_hasSelection = false;
        m_session->screen().key(event->key(), event->modifiers(), event->text());
        update();
    }
    event->accept();
}

void TerminalView::wheelEvent(QWheelEvent* event)
{
    const int rows = event->angleDelta().y() / 40;
    if (m_session && m_session->screen().alternate()) {
        for (int i = 0; i < std::min(std::abs(rows), 30); ++i)
            m_session->screen().key(rows > 0 ? Qt::Key_Up : Qt::Key_Down, Qt::NoModifier, {});
    } else {
        scrollBy(rows);
    }
    event->accept();
}

TerminalView::Place TerminalView::placeAt(const QPointF& at) const
{
    const int columns = m_session ? m_session->screen().columns() : 1;
    const qint64 pushed = m_session ? m_session->screen().pushed() : 0;
    return { int(std::floor(at.y() / m_cell.height())) - m_offset + pushed, std::clamp(int(at.x() / m_cell.width()), 0, columns - 1) };
}

void TerminalView::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    if (event->button() == Qt::MiddleButton) {
        const QClipboard* clipboard = QGuiApplication::clipboard();
        if (m_session)
            m_session->screen().paste(clipboard->text(clipboard->supportsSelection() ? QClipboard::Selection : QClipboard::Clipboard));
        return;
    }
    m_from = m_to = placeAt(event->position());
    m_hasSelection = false;
    update();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event)
{
    m_to = placeAt(event->position());
    m_hasSelection = m_to != m_from;
    update();
}

bool TerminalView::selected(int row, int column) const
{
    if (!m_hasSelection)
        return false;
    const auto [from, to] = std::minmax(m_from, m_to);
    const Place place { row + m_session->screen().pushed(), column };
    return place >= from && place <= to;
}

QColor TerminalView::colorOf(int index, QRgb rgb, const QColor& otherwise) const
{
    if (index == TerminalCell::kRgb)
        return QColor(rgb);
    return index >= 0 && index < m_ansi.size() ? m_ansi[index] : otherwise;
}

void TerminalView::paint(QPainter* painter)
{
    painter->fillRect(QRectF({ 0, 0 }, size()), m_ground);
    if (!m_session)
        return;
    painter->setFont(m_font);
    for (int line = 0; line < m_session->screen().rows(); ++line)
        paintRow(*painter, line);
    if (m_offset == 0 && m_session->screen().cursorVisible())
        paintCursor(*painter);
}

void TerminalView::paintRow(QPainter& painter, int line)
{
    const TerminalScreen& screen = m_session->screen();
    const int row = line - m_offset;
    // Characters from other fonts (wide ones, symbols) are put into their cells one by one; the rest in stretches that look alike.
    const auto plain = [](const TerminalCell& cell) { return cell.width == 1 && (cell.text.isEmpty() || cell.text[0].unicode() < 0x2190); };
    for (int column = 0; column < screen.columns();) {
        const int start = column;
        const TerminalCell look = screen.cell(row, column);
        const bool marked = selected(row, column);
        QString text;
        for (TerminalCell cell = look; column < screen.columns(); cell = screen.cell(row, column)) {
            if (column > start && (!plain(cell) || !plain(look) || !cell.sameLook(look) || selected(row, column) != marked))
                break;
            text += cell.text.isEmpty() ? QStringLiteral(" ") : cell.text;
            column += cell.width;
        }
        paintStretch(painter, line, start, column, text, look, marked);
    }
}

void TerminalView::paintStretch(QPainter& painter, int line, int from, int to, const QString& text, const TerminalCell& look, bool marked)
{
    QColor foreground = colorOf(look.foreground, look.foregroundRgb, m_text), background = colorOf(look.background, look.backgroundRgb, m_ground);
    if (look.reverse)
        std::swap(foreground, background);
    if (marked)
        background = m_selection, foreground = m_text;
    const QRectF rect(from * m_cell.width(), line * m_cell.height(), (to - from) * m_cell.width(), m_cell.height());
    if (background != m_ground)
        painter.fillRect(rect, background);
    if (text.trimmed().isEmpty() && !look.underline)
        return;
    QFont font = m_font;
    font.setBold(look.bold);
    font.setItalic(look.italic);
    font.setUnderline(look.underline);
    font.setStrikeOut(look.strike);
    painter.setFont(font);
    painter.setPen(foreground);
    painter.drawText(QPointF(rect.x(), rect.y() + m_ascent), text);
}

void TerminalView::paintCursor(QPainter& painter)
{
    const TerminalScreen& screen = m_session->screen();
    const QRectF rect(screen.cursorColumn() * m_cell.width(), screen.cursorRow() * m_cell.height(), m_cell.width(), m_cell.height());
    if (!hasActiveFocus() || !m_session->connected()) {
        painter.setPen(m_text);
        painter.drawRect(rect.adjusted(.5, .5, -.5, -.5));
        return;
    }
    painter.fillRect(rect, m_text);
    painter.setPen(m_ground);
    painter.setFont(m_font);
    painter.drawText(QPointF(rect.x(), rect.y() + m_ascent), screen.cell(screen.cursorRow(), screen.cursorColumn()).text);
}

} // namespace kates::app
