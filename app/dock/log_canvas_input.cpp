// What the keyboard, the wheel and the mouse do in a LogCanvas.
#include <algorithm>
#include <cmath>

#include "app/dock/log_canvas.h"
#include "app/dock/log_text.h"

namespace kates::app {

namespace {

constexpr double kWheelRows = 3;

qsizetype columnAt(const LogLine& line, qsizetype from, double cells)
{
    if (line.narrow)
        return std::min<qsizetype>(line.text.size(), from + qsizetype(std::max(0.0, cells)));
    double passed = 0;
    qsizetype at = from;
    while (at < line.text.size()) {
        const bool pair = line.text[at].isHighSurrogate() && at + 1 < line.text.size();
        passed += cellWidth(pair ? QChar::surrogateToUcs4(line.text[at], line.text[at + 1]) : line.text[at].unicode());
        if (passed > cells)
            break;
        at += pair ? 2 : 1;
    }
    return at;
}

} // namespace

LogCanvas::Spot LogCanvas::spotAt(const QPointF& at) const
{
    if (!m_session || m_rows.lines() == 0)
        return {};
    const auto row = qint64(std::floor(m_top + at.y() / m_rowHeight));
    const LogRows::Spot spot = m_rows.at(row);
    const LogLine& line = m_session->lines()->line(spot.line);
    if (row >= m_rows.end())
        return { line.place, line.text.size() };
    const QList<qsizetype> starts = rowStarts(line, m_columns);
    const double cells = (at.x() - gutter() + (m_columns == 0 ? m_side : 0)) / m_cell + 0.5;
    const qsizetype column = columnAt(line, starts[std::min<qsizetype>(spot.row, starts.size() - 1)], cells);
    return { line.place, spot.row + 1 < starts.size() ? std::min(column, starts[spot.row + 1]) : column };
}

void LogCanvas::selectTo(const Spot& spot, bool keepAnchor)
{
    m_cursor = spot;
    if (!keepAnchor)
        m_anchor = spot;
    update();
    emit currentChanged();
}

void LogCanvas::mousePressEvent(QMouseEvent* event)
{
    forceActiveFocus(Qt::MouseFocusReason);
    selectTo(spotAt(event->position()), event->modifiers() & Qt::ShiftModifier);
}

void LogCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (event->position().y() < 0)
        scrollRows(-1);
    else if (event->position().y() > height())
        scrollRows(1);
    selectTo(spotAt(event->position()), true);
}

void LogCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    const Spot spot = spotAt(event->position());
    const int index = m_session ? m_session->lines()->rowOf(spot.place) : 0;
    if (!m_session || index >= m_session->lines()->count())
        return;
    const QString& text = m_session->lines()->line(index).text;
    const auto inWord = [&](qsizetype at) { return at >= 0 && at < text.size() && !text[at].isSpace(); };
    qsizetype from = spot.column, to = spot.column;
    while (inWord(from - 1))
        --from;
    while (inWord(to))
        ++to;
    m_anchor = { spot.place, from };
    selectTo({ spot.place, to }, true);
}

void LogCanvas::wheelEvent(QWheelEvent* event)
{
    const QPointF steps = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 120 * kWheelRows
                                                       : QPointF(event->pixelDelta()) / m_rowHeight;
    const bool sideways = (event->modifiers() & Qt::ShiftModifier) || std::abs(steps.x()) > std::abs(steps.y());
    if (sideways) {
        const double pixels = (steps.x() != 0 ? steps.x() : steps.y()) * m_rowHeight * 2;
        scrollSideTo((m_side - pixels) / std::max(1.0, double(m_longest + 2) * m_cell));
    } else {
        scrollRows(-steps.y());
    }
    event->accept();
}

void LogCanvas::moveCursor(int lines, bool select)
{
    if (!m_session || m_rows.lines() == 0)
        return;
    const LogModel& model = *m_session->lines();
    int line = model.rowOf(m_cursor.place);
    // The first key begins with what is in sight.
    if (m_cursor.place == LogPlace() || line >= model.count())
        line = m_rows.at(qint64(m_follow ? m_top + visibleRows() - 1 : m_top)).line;
    else
        line = std::clamp(line + lines, 0, model.count() - 1);
    const LogLine& target = model.line(line);
    if (select && m_anchor.place == LogPlace())
        m_anchor = { target.place, 0 };
    // Lines are selected whole.
    const bool down = target.place >= m_anchor.place;
    selectTo({ target.place, select && down ? target.text.size() : 0 }, select);
    reveal(line);
}

void LogCanvas::selectAll()
{
    if (!m_session || m_rows.lines() == 0)
        return;
    const LogModel& lines = *m_session->lines();
    m_anchor = { lines.line(0).place, 0 };
    const LogLine& last = lines.line(lines.count() - 1);
    selectTo({ last.place, last.text.size() }, true);
}

void LogCanvas::copySelection()
{
    if (!m_session || !hasSelection())
        return;
    const auto [from, to] = std::minmax(m_anchor, m_cursor);
    m_session->copy({ from.place, to.place, from.column, to.column }, m_times);
}

QString LogCanvas::currentText() const
{
    if (!m_session || m_cursor.place == LogPlace())
        return {};
    const int line = m_session->lines()->rowOf(m_cursor.place);
    if (line >= m_session->lines()->count())
        return {};
    const LogLine& current = m_session->lines()->line(line);
    const bool many = m_session->legend()->count() > 1;
    return many ? m_session->legend()->nameOf(current.source) + QStringLiteral(": ") + current.text : current.text;
}

void LogCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    const int page = std::max(1, int(visibleRows()) - 1);
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    switch (event->key()) {
    case Qt::Key_Up:
        return moveCursor(-1, shift);
    case Qt::Key_Down:
        return moveCursor(1, shift);
    case Qt::Key_PageUp:
        return scrollRows(-page);
    case Qt::Key_PageDown:
        return scrollRows(page);
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const double step = (event->key() == Qt::Key_Left ? -8 : 8) * m_cell;
        return scrollSideTo((m_side + step) / std::max(1.0, double(m_longest + 2) * m_cell));
    }
    case Qt::Key_Home:
        setFollow(false);
        return setTop(double(m_rows.first()));
    case Qt::Key_End:
        return setFollow(true);
    default:
        event->ignore();
    }
}

void LogCanvas::focusInEvent(QFocusEvent*) { update(); }

void LogCanvas::focusOutEvent(QFocusEvent*) { update(); }

} // namespace kates::app
