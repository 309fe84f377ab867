#include "app/dock/log_canvas.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

#include "app/dock/log_painter.h"
#include "app/dock/log_text.h"

namespace kates::app {

namespace {

constexpr int kNameCellsMax = 24, kStampCells = 13;
constexpr double kEdge = 6;

} // namespace

LogCanvas::LogCanvas(QQuickItem* parent)
    : QQuickPaintedItem(parent)
{
    setAcceptedMouseButtons(Qt::LeftButton);
    setActiveFocusOnTab(true);
    setOpaquePainting(true);
    connect(this, &LogCanvas::lookChanged, this, [this] {
        measure();
        rebuild();
    });
}

LogCanvas::~LogCanvas() = default;

void LogCanvas::setSession(LogSession* session)
{
    if (m_session == session)
        return;
    if (m_session) {
        m_session->disconnect(this);
        m_session->lines()->disconnect(this);
        m_session->legend()->disconnect(this);
    }
    m_session = session;
    m_follow = true;
    m_newLines = 0;
    m_side = 0;
    m_longest = 0;
    m_anchor = m_cursor = {};
    if (session) {
        connect(session->lines(), &LogModel::applied, this, &LogCanvas::onApplied);
        connect(session->legend(), &LogLegend::countChanged, this, &LogCanvas::rebuild); // the gutter's width
        connect(session, &LogSession::hitChanged, this, &LogCanvas::onHit);
        connect(session, &LogSession::searchChanged, this, [this] { update(); });
        connect(session, &LogSession::previousChanged, this, [this] { setFollow(true); });
    }
    rebuild();
    emit sessionChanged();
    emit followChanged();
}

void LogCanvas::setWrap(bool wrap)
{
    if (m_wrap == wrap)
        return;
    m_wrap = wrap;
    m_side = 0;
    emit lookChanged();
}

void LogCanvas::setTimes(bool times)
{
    if (m_times == times)
        return;
    m_times = times;
    emit lookChanged();
}

void LogCanvas::measure()
{
    m_font.setStyleHint(QFont::Monospace);
    const QFontMetricsF metrics(m_font);
    m_cell = std::max(1.0, metrics.horizontalAdvance(QLatin1Char('M')));
    m_rowHeight = std::max(1.0, std::ceil(metrics.height() * 1.15));
    m_ascent = metrics.ascent() + (m_rowHeight - metrics.height()) / 2;
}

double LogCanvas::gutter() const
{
    double cells = m_times ? kStampCells : 0;
    if (m_session && m_session->legend()->count() > 1)
        cells += std::min(kNameCellsMax, m_session->legend()->longestName() + 1) + 1;
    return kEdge + cells * m_cell;
}

int LogCanvas::textColumns() const { return std::max(10, int((width() - gutter() - m_cell) / m_cell)); }

void LogCanvas::rebuild()
{
    const LogPlace top = m_topPlace;
    m_columns = m_wrap ? textColumns() : 0;
    m_rows.clear();
    if (m_session) {
        const LogModel& lines = *m_session->lines();
        for (int line = 0; line < lines.count(); ++line)
            m_rows.append(rowCountOf(lines.line(line), m_columns));
        const int line = std::min(lines.rowOf(top), lines.count() - 1);
        setTop(m_follow || line < 0 ? topMax() : double(m_rows.startOf(line)));
    }
    update();
}

void LogCanvas::onApplied(int dropped, int kept, int appended)
{
    m_rows.dropFront(dropped);
    m_rows.truncate(kept);
    const LogModel& lines = *m_session->lines();
    for (int line = kept; line < kept + appended; ++line) {
        m_rows.append(rowCountOf(lines.line(line), m_columns));
        m_longest = std::max(m_longest, lines.line(line).text.size());
    }
    if (m_follow) {
        toEnd();
    } else {
        m_newLines = std::min<int>(m_newLines + appended, int(kLogLinesMax));
        // The lines above may be others now (a filter, a late line): the same line stays at the top.
        const int line = std::min(lines.rowOf(m_topPlace), lines.count() - 1);
        if (line >= 0 && lines.line(line).place >= m_topPlace) {
            const LogPlace wanted = m_topPlace;
            m_top = std::clamp(double(m_rows.startOf(line)) + (m_top - std::floor(m_top)), double(m_rows.first()), topMax());
            m_topPlace = wanted;
        }
        emit followChanged();
    }
    update();
    emit viewChanged();
}

void LogCanvas::setTop(double top)
{
    m_top = std::clamp(top, double(m_rows.first()), topMax());
    if (m_session && m_rows.lines() > 0)
        m_topPlace = m_session->lines()->line(m_rows.at(qint64(m_top)).line).place;
    update();
    emit viewChanged();
}

void LogCanvas::toEnd() { setTop(topMax()); }

void LogCanvas::setFollow(bool follow)
{
    if (m_follow == follow)
        return;
    m_follow = follow;
    m_newLines = 0;
    if (follow)
        toEnd();
    emit followChanged();
}

void LogCanvas::scrollRows(double rows)
{
    setTop(m_top + rows);
    setFollow(m_top >= topMax() - 0.01 && rows >= 0);
}

void LogCanvas::reveal(int line)
{
    const auto start = double(m_rows.startOf(line)), end = double(m_rows.startOf(line) + 1);
    if (start < m_top || end > m_top + visibleRows()) {
        setTop(start - std::floor(visibleRows() / 2));
        setFollow(false);
    }
    update();
}

double LogCanvas::position() const
{
    const double rows = double(m_rows.end() - m_rows.first());
    return rows > 0 ? (m_top - double(m_rows.first())) / std::max(rows, visibleRows()) : 0;
}

double LogCanvas::pageSize() const
{
    const double rows = double(m_rows.end() - m_rows.first());
    return rows > 0 ? std::min(1.0, visibleRows() / rows) : 1;
}

double LogCanvas::sidePageSize() const
{
    const double all = double(m_longest + 2) * m_cell;
    return m_wrap || all <= 0 ? 1 : std::min(1.0, (width() - gutter()) / all);
}

double LogCanvas::sidePosition() const { return m_longest > 0 ? m_side / (double(m_longest + 2) * m_cell) : 0; }

void LogCanvas::scrollTo(double position)
{
    const double before = m_top;
    setTop(double(m_rows.first()) + position * double(m_rows.end() - m_rows.first()));
    setFollow(m_top >= topMax() - 0.01 && m_top >= before);
}

void LogCanvas::scrollSideTo(double position)
{
    const double all = double(m_longest + 2) * m_cell;
    m_side = m_wrap ? 0 : std::clamp(position * all, 0.0, std::max(0.0, all - (width() - gutter())));
    update();
    emit viewChanged();
}

void LogCanvas::geometryChange(const QRectF& now, const QRectF& before)
{
    QQuickPaintedItem::geometryChange(now, before);
    if (m_wrap && textColumns() != m_columns)
        rebuild();
    else if (m_follow)
        toEnd();
    else
        setTop(m_top);
}

void LogCanvas::find(bool backwards)
{
    if (!m_session || m_session->lines()->count() == 0)
        return;
    // From where one looks: downwards from the line above the first in sight, upwards from the line below the last.
    const LogModel& lines = *m_session->lines();
    const int line = backwards ? m_rows.at(qint64(m_top + visibleRows())).line : m_rows.at(qint64(m_top)).line;
    LogPlace place = lines.line(line).place;
    place.serial += backwards ? 1 : -1;
    m_session->findNext(backwards, place);
}

void LogCanvas::onHit()
{
    const LogHit& hit = m_session->hit();
    if (hit.ordinal > 0) {
        const int line = m_session->lines()->rowOf(hit.place);
        if (line < m_rows.lines())
            reveal(line);
    }
    update();
}

void LogCanvas::paint(QPainter* painter) { LogPainter(*this, *painter).paint(); }

} // namespace kates::app
