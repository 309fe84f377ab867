#include "app/dock/log_painter.h"

#include <algorithm>
#include <cmath>

#include "app/dock/log_text.h"

namespace kates::app {

namespace {

constexpr double kEdge = 3; // pixels: the stripe in the pod's colour
constexpr int kStampCells = 13;

} // namespace

LogPainter::LogPainter(const LogCanvas& canvas, QPainter& painter)
    : m_canvas(canvas)
    , m_painter(painter)
    , m_gutter(canvas.gutter())
{
}

void LogPainter::paint()
{
    m_painter.fillRect(QRectF({ 0, 0 }, m_canvas.size()), m_canvas.m_ground);
    const LogRows& rows = m_canvas.m_rows;
    if (!m_canvas.m_session || rows.lines() == 0)
        return;
    const auto top = qint64(std::floor(m_canvas.m_top));
    const LogRows::Spot first = rows.at(top);
    double y = (double(rows.startOf(first.line)) - m_canvas.m_top) * m_canvas.m_rowHeight;
    for (int line = first.line; line < rows.lines() && y < m_canvas.height(); ++line)
        y += paintLine(line, y) * m_canvas.m_rowHeight;
}

int LogPainter::paintLine(int index, double y)
{
    const LogLine& line = m_canvas.m_session->lines()->line(index);
    const QList<qsizetype> starts = rowStarts(line, m_canvas.m_columns);
    const QList<Look> looks = looksOf(line);
    for (qsizetype row = 0; row < starts.size(); ++row) {
        const double rowY = y + double(row) * m_canvas.m_rowHeight;
        if (rowY + m_canvas.m_rowHeight <= 0 || rowY >= m_canvas.height())
            continue;
        m_painter.save();
        m_painter.setClipRect(QRectF(m_gutter, rowY, m_canvas.width() - m_gutter, m_canvas.m_rowHeight));
        paintRow(line, looks, starts[row], row + 1 < starts.size() ? starts[row + 1] : line.text.size(), rowY);
        m_painter.restore();
    }
    paintGutter(line, y);
    if (m_canvas.hasActiveFocus() && line.place == m_canvas.m_cursor.place) {
        m_painter.setPen(m_canvas.m_faintColor);
        m_painter.drawRect(QRectF(0.5, y + 0.5, m_canvas.width() - 1, double(starts.size()) * m_canvas.m_rowHeight - 1));
    }
    return int(starts.size());
}

void LogPainter::paintGutter(const LogLine& line, double y)
{
    const LogLegend& legend = *m_canvas.m_session->legend();
    double x = kEdge * 2;
    m_painter.setFont(m_canvas.m_font);
    if (legend.count() > 1 && !m_canvas.m_seriesColors.isEmpty()) {
        const QColor color = m_canvas.m_seriesColors[legend.entryOf(line.source) % m_canvas.m_seriesColors.size()];
        const auto index = double(rowCountOf(line, m_canvas.m_columns));
        m_painter.fillRect(QRectF(0, y, kEdge, index * m_canvas.m_rowHeight), color);
        const double width = m_gutter - x - (m_canvas.m_times ? kStampCells * m_canvas.m_cell : 0) - m_canvas.m_cell;
        QString name = legend.nameOf(line.source);
        const auto cells = int(width / m_canvas.m_cell);
        if (name.size() > cells) // what tells pods of one workload apart stands at the end
            name = u'…' + name.right(std::max(1, cells - 1));
        m_painter.setPen(color);
        m_painter.drawText(QPointF(x, y + m_canvas.m_ascent), name);
        x += width + m_canvas.m_cell;
    }
    if (m_canvas.m_times) {
        m_painter.setPen(m_canvas.m_faintColor);
        m_painter.drawText(QPointF(x, y + m_canvas.m_ascent), logClock(line.place.time));
    }
}

QList<LogPainter::Look> LogPainter::looksOf(const LogLine& line) const
{
    const bool note = line.kind == LogLine::Kind::Note;
    QList<Look> looks(line.text.size(), Look { note ? m_canvas.m_noteColor : m_canvas.m_textColor, {}, false, note, false });
    const auto paint = [&](qsizetype from, qsizetype length, const auto& change) {
        for (qsizetype i = std::max<qsizetype>(0, from); i < std::min(looks.size(), from + length); ++i)
            change(looks[i]);
    };
    for (const LogStyle& style : line.styles) {
        paint(style.start, style.length, [&](Look& look) {
            look.foreground = colorOf(style.foreground, look.foreground);
            look.background = colorOf(style.background, {});
            look.bold = style.bold, look.italic = style.italic, look.underline = style.underline;
        });
    }
    const LogHit& hit = m_canvas.m_session->hit();
    const bool current = hit.ordinal > 0 && hit.place == line.place;
    for (const auto& [start, length] : m_canvas.m_session->search().all(line.text)) {
        paint(start, length, [&](Look& look) {
            look.background = current ? m_canvas.m_currentHitColor : m_canvas.m_hitColor;
            look.foreground = current ? m_canvas.m_currentHitText : m_canvas.m_textColor;
        });
    }
    const auto [from, to] = std::minmax(m_canvas.m_anchor, m_canvas.m_cursor);
    if (from != to && line.place >= from.place && line.place <= to.place) {
        const qsizetype start = line.place == from.place ? from.column : 0;
        const qsizetype end = line.place == to.place ? to.column : line.text.size();
        paint(start, end - start, [&](Look& look) {
            look.background = m_canvas.m_selectionColor;
            look.foreground = m_canvas.m_textColor;
        });
    }
    return looks;
}

void LogPainter::paintRow(const LogLine& line, const QList<Look>& looks, qsizetype from, qsizetype to, double y)
{
    double x = m_gutter - (m_canvas.m_columns == 0 ? m_canvas.m_side : 0);
    if (line.narrow) { // what lies left of the edge need not be painted
        const auto hidden = std::clamp<qsizetype>(qsizetype((m_gutter - x) / m_canvas.m_cell), 0, to - from);
        from += hidden;
        x += double(hidden) * m_canvas.m_cell;
    }
    while (from < to && x < m_canvas.width()) {
        qsizetype end = from + 1;
        while (end < to && looks[end] == looks[from] && (end - from) * m_canvas.m_cell < m_canvas.width())
            ++end;
        if (end < to && line.text[end].isLowSurrogate())
            ++end;
        paintPiece(line.text.mid(from, end - from), line.narrow, looks[from], x, y);
        from = end;
    }
}

void LogPainter::paintPiece(const QString& text, bool narrow, const Look& look, double& x, double y)
{
    QFont font = m_canvas.m_font;
    font.setBold(look.bold);
    font.setItalic(look.italic);
    font.setUnderline(look.underline);
    m_painter.setFont(font);
    const auto draw = [&](const QString& piece, int cells) {
        const double width = cells * m_canvas.m_cell;
        if (look.background.isValid())
            m_painter.fillRect(QRectF(x, y, width, m_canvas.m_rowHeight), look.background);
        m_painter.setPen(look.foreground);
        m_painter.drawText(QPointF(x, y + m_canvas.m_ascent), piece);
        x += width;
    };
    if (narrow)
        return draw(text, int(text.size()));
    // Other fonts step in for these characters: each is put into its cell, with what combines with it.
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = at;
        int cells = 0;
        do {
            const bool pair = text[end].isHighSurrogate() && end + 1 < text.size();
            const int width = cellWidth(pair ? QChar::surrogateToUcs4(text[end], text[end + 1]) : text[end].unicode());
            if (end > at && width > 0)
                break;
            cells += width;
            end += pair ? 2 : 1;
        } while (end < text.size());
        draw(text.mid(at, end - at), cells);
        at = end;
    }
}

QColor LogPainter::colorOf(const AnsiColor& color, const QColor& otherwise) const
{
    if (color.index == AnsiColor::kRgb)
        return QColor(color.rgb);
    return color.index >= 0 && color.index < m_canvas.m_ansiColors.size() ? m_canvas.m_ansiColors[color.index] : otherwise;
}

} // namespace kates::app
