#include "app/map/map_painter.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace kates::app {

namespace {

constexpr double kCardRadius = 10;
constexpr double kTitleSize = 13;
constexpr double kSmallSize = 11;
constexpr double kReadable = 9; // smaller type is left out
constexpr double kTitlesFrom = 0.34; // below, the cells of a node take the room of its header
constexpr double kDetailsFrom = 0.62; // scale at which subtitles, badges and gauges show
constexpr double kPadding = 14;

QColor mixed(const QColor& a, const QColor& b, double t)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * t), float(a.greenF() + (b.greenF() - a.greenF()) * t),
        float(a.blueF() + (b.blueF() - a.blueF()) * t));
}

} // namespace

MapPainter::MapPainter(QPainter& painter, const MapScene& scene, const MapViewport& view, const MapColors& colors, CellSprites* sprites)
    : m_painter(painter)
    , m_scene(scene)
    , m_view(view)
    , m_colors(colors)
    , m_sprites(sprites)
    , m_visible(view.visibleWorld())
{
}

void MapPainter::paint(const MapMotion& motion, qint64 now, const MapMarks& marks)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    const auto label = std::find(m_scene.labels.begin(), m_scene.labels.end(), marks.label);
    m_label = marks.label.isEmpty() || label == m_scene.labels.end() ? -1 : int(label - m_scene.labels.begin());
    for (const MapCard& card : m_scene.cards) {
        if (card.kind == MapCard::Kind::Group && !card.dimmed && card.rect.intersects(m_visible))
            paintGroup(card, m_view.toItem(card.rect));
    }
    paintLinks(marks);
    for (const MapCard& card : m_scene.cards) {
        if (card.kind != MapCard::Kind::Group && card.rect.intersects(m_visible))
            paintCard(card, marks);
    }
    for (const MapCell& cell : motion.leaving(now))
        paintCell(cell, { cell.rect, motion.leavingOpacity(now), 0 }, marks);
    // Cells come after all cards: those on their way fly over them.
    for (const MapCard& card : m_scene.cards) {
        if (motion.active(now) || card.rect.intersects(m_visible))
            paintCells(card, motion, now, marks);
    }
    if (!marks.ghost.isNull()) {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(m_colors.accent, 2, Qt::DashLine));
        m_painter.drawRoundedRect(m_view.toItem(marks.ghost), kCardRadius, kCardRadius);
    }
}

bool MapPainter::carries(const std::vector<int>& labels) const
{
    return m_label < 0 || std::find(labels.begin(), labels.end(), m_label) != labels.end();
}

void MapPainter::paintGroup(const MapCard& card, const QRectF& rect)
{
    m_painter.setPen(QPen(m_colors.cardBorder, 1));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(rect.adjusted(.5, .5, -.5, -.5), kCardRadius, kCardRadius);
    const double size = std::max(kTitleSize * m_view.scale, 11.0);
    const QRectF line(rect.x() + pixels(kPadding), rect.y() + pixels(10), rect.width() - 2 * pixels(kPadding), size * 1.5);
    const double right = paintCounts(card, line, size * 0.9, false);
    text(QRectF(line.topLeft(), QPointF(right, line.bottom())), Qt::AlignLeft | Qt::AlignVCenter, card.title, size, QFont::DemiBold,
        m_colors.textDim);
}

void MapPainter::paintLinks(const MapMarks& marks)
{
    for (const MapLink& link : m_scene.links) {
        const MapCard &source = m_scene.cards[std::size_t(link.from)], &target = m_scene.cards[std::size_t(link.to)];
        if (!source.rect.united(target.rect).intersects(m_visible))
            continue;
        const bool marked = !marks.hovered.isEmpty() && (source.key == marks.hovered || target.key == marks.hovered);
        const QRectF from = m_view.toItem(source.rect);
        const QRectF to = m_view.toItem(target.rect);
        const QPointF start(from.right(), from.center().y()), end(to.left(), to.center().y());
        const double bend = std::max(20.0, (end.x() - start.x()) / 2);
        QPainterPath path(start);
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(
            QPen(marked                            ? m_colors.accent
                    : link.state == ObjectState::Neutral ? m_colors.link
                                                         : m_colors.of(link.state),
                marked ? 2.5 : 1.5, link.dashed ? Qt::DashLine : Qt::SolidLine));
        m_painter.drawPath(path);
        if (!link.label.isEmpty() && m_view.scale >= kDetailsFrom) {
            const double size = 10 * m_view.scale;
            text(QRectF(end.x() - size * 3.5, end.y() - size * 1.6, size * 3, size * 1.4), Qt::AlignRight | Qt::AlignVCenter, link.label, size,
                QFont::Medium, m_colors.textDim);
        }
    }
}

void MapPainter::paintCard(const MapCard& card, const MapMarks& marks)
{
    const QRectF rect = m_view.toItem(card.rect);
    const double radius = std::min(kCardRadius * m_view.scale + 1, kCardRadius);
    const bool marked = card.key == marks.selected || card.key == marks.hovered || marks.lit.contains(card.key);
    // Zoomed out, a card stands for all that is in it.
    const State state = m_view.scale < kDetailsFrom ? worse(card.state, worstOf(card.counts)) : card.state;
    const bool troubled = state == ObjectState::Failing || state == ObjectState::Unknown;
    const QColor fill = card.kind == MapCard::Kind::Waiting ? m_colors.cardAlternate : m_colors.card;
    QColor border = marked ? m_colors.accent : card.kind == MapCard::Kind::Waiting || troubled ? m_colors.of(state) : m_colors.cardBorder;
    QPen pen(border, marked ? 2 : 1);
    if (card.simulated)
        pen.setDashPattern({ 4, 3 });
    m_painter.setOpacity(card.dimmed || !carries(card.labels) ? 0.3 : 1);
    m_painter.setPen(pen);
    m_painter.setBrush(troubled ? mixed(fill, m_colors.of(state), 0.10) : fill);
    m_painter.drawRoundedRect(rect.adjusted(.5, .5, -.5, -.5), radius, radius);
    paintHeader(card, rect);
    if (m_view.scale >= kDetailsFrom)
        paintGauges(card, rect);
    paintFolded(card, rect);
    if (card.pinned)
        paintPin(rect);
    m_painter.setOpacity(1);
}

void MapPainter::paintPin(const QRectF& rect)
{
    const double size = std::max(7.0, pixels(11));
    const QPointF tip(rect.right() - size * 0.7, rect.top() + size * 0.7);
    m_painter.setPen(QPen(m_colors.accent, std::max(1.2, size * 0.15), Qt::SolidLine, Qt::RoundCap));
    m_painter.setBrush(m_colors.accent);
    m_painter.drawLine(tip + QPointF(-size * .1, size * .1), tip + QPointF(-size * .65, size * .65));
    m_painter.drawEllipse(tip, size * .3, size * .3);
}

void MapPainter::paintHeader(const MapCard& card, const QRectF& rect)
{
    const double padding = pixels(kPadding);
    const bool details = m_view.scale >= kDetailsFrom;
    // Zoomed out, the title keeps a size that can be read as long as the card is wide enough for a few letters.
    const double size = std::max(kTitleSize * std::max(m_view.scale, details ? 0.85 : 0.0), 11.0);
    if (rect.width() < size * 4 || (card.kind == MapCard::Kind::Node && m_view.scale < kTitlesFrom))
        return;
    const double glyph = size * 1.15;
    const double line = size * 1.5;
    const QRectF place(rect.x() + padding, rect.y() + pixels(10), glyph, line);
    const State state = details ? card.state : worse(card.state, worstOf(card.counts));
    paintGlyph(m_painter, QRectF(place.x(), place.y() + (line - glyph) / 2, glyph, glyph), state, m_colors.of(state));
    double right = rect.right() - padding;
    if (details)
        right = paintBadges(card, QRectF(rect.x(), place.y(), rect.width(), line), right);
    else if (!card.gauges.empty() && card.gauges.front().wanted && rect.width() > size * 9) {
        // Ready of desired can be read when little else can.
        text(QRectF(right - size * 4, place.y(), size * 4, line), Qt::AlignRight | Qt::AlignVCenter, card.gauges.front().text, size, QFont::Medium,
            m_colors.textDim);
        right -= size * 4;
    }
    const QRectF title(place.right() + size * 0.4, place.y(), right - place.right() - size * 0.8, line);
    text(title, Qt::AlignLeft | Qt::AlignVCenter, card.title, size, QFont::DemiBold, m_colors.text);
    if (!details)
        return;
    const double small = kSmallSize * m_view.scale;
    const QRectF below(rect.x() + padding, place.bottom(), rect.width() - 2 * padding, small * 1.6);
    const double end = card.folded || card.kind == MapCard::Kind::Waiting ? below.right() : paintCounts(card, below, small, true);
    text(QRectF(below.topLeft(), QPointF(end, below.bottom())), Qt::AlignLeft | Qt::AlignVCenter, card.subtitle, small, QFont::Normal,
        m_colors.textDim);
    if (!card.note.isEmpty()) {
        const double top = card.subtitle.isEmpty() ? place.bottom() + 2 : below.bottom();
        const QRectF note(below.x(), top, below.width(), pixels(card.cellsTop) - (top - rect.y()) - pixels(6));
        text(note, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, card.note, small, QFont::Normal, m_colors.textDim);
    }
}

double MapPainter::paintCounts(const MapCard& card, const QRectF& line, double size, bool troubleOnly)
{
    QFont font(m_colors.fontFamily);
    font.setPixelSize(std::max(1, int(std::lround(size))));
    const QFontMetricsF metrics(font);
    double right = line.right();
    for (int state = ObjectState::Ok; size >= kReadable - 2 && state <= ObjectState::Failing; ++state) {
        const int count = card.counts[std::size_t(state)];
        const bool calm = state == ObjectState::Ok || state == ObjectState::Done || state == ObjectState::Neutral;
        if (count == 0 || (calm && troubleOnly))
            continue;
        const QString number = QString::number(count);
        const double width = std::max(metrics.horizontalAdvance(number) + 1, size + 1); // text() skips less
        const double glyph = size * 1.2;
        if (right - width - glyph < line.x() + line.width() * 0.35)
            break;
        text(QRectF(right - width, line.y(), width, line.height()), Qt::AlignRight | Qt::AlignVCenter, number, size, QFont::Medium, m_colors.text);
        right -= width + glyph + size * 0.15;
        paintGlyph(m_painter, QRectF(right, line.center().y() - glyph / 2, glyph, glyph), State(state), m_colors.of(State(state)));
        right -= size * 0.7;
    }
    return right;
}

void MapPainter::paintFolded(const MapCard& card, const QRectF& rect)
{
    if (!card.folded || m_view.scale < kDetailsFrom)
        return;
    const QRectF line(rect.x() + pixels(kPadding), rect.y() + pixels(card.cellsTop + 4), rect.width() - 2 * pixels(kPadding), pixels(20));
    const double right = paintCounts(card, line, kTitleSize * m_view.scale, false);
    text(QRectF(line.topLeft(), QPointF(right, line.bottom())), Qt::AlignLeft | Qt::AlignVCenter, card.foldedText, kSmallSize * m_view.scale,
        QFont::Normal, m_colors.textDim);
}

double MapPainter::paintBadges(const MapCard& card, const QRectF& rect, double right)
{
    const double size = std::max(kReadable, 10 * m_view.scale);
    QFont font(m_colors.fontFamily);
    font.setPixelSize(int(std::lround(size)));
    font.setWeight(QFont::Medium);
    const QFontMetricsF metrics(font);
    for (auto badge = card.badges.crbegin(); badge != card.badges.crend(); ++badge) {
        const double width = metrics.horizontalAdvance(*badge) + size * 1.2;
        if (right - width < rect.x() + rect.width() * 0.45)
            break;
        const QRectF pill(right - width, rect.center().y() - size * 0.85, width, size * 1.7);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colors.track);
        m_painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
        text(pill, Qt::AlignCenter, *badge, size, QFont::Medium, m_colors.textDim);
        right -= width + size * 0.5;
    }
    return right;
}

void MapPainter::paintGauges(const MapCard& card, const QRectF& rect)
{
    const double padding = pixels(kPadding);
    const double size = 10 * m_view.scale;
    double top = rect.y() + pixels(card.cellsTop - 4 - 16 * double(card.gauges.size()));
    for (const MapGauge& gauge : card.gauges) {
        const QRectF line(rect.x() + padding, top, rect.width() - 2 * padding, pixels(14));
        const double labelWidth = size * 4.4, textWidth = size * 9.5;
        text(QRectF(line.x(), line.y(), labelWidth, line.height()), Qt::AlignLeft | Qt::AlignVCenter, gauge.label, size, QFont::Normal,
            m_colors.textDim);
        text(QRectF(line.right() - textWidth, line.y(), textWidth, line.height()), Qt::AlignRight | Qt::AlignVCenter, gauge.text, size, QFont::Normal,
            m_colors.textDim);
        const QRectF track(line.x() + labelWidth, line.center().y() - pixels(2.5), line.width() - labelWidth - textWidth, pixels(5));
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colors.track);
        m_painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
        const State state = gauge.wanted ? (gauge.fraction >= 1 ? ObjectState::Ok
                                    : gauge.fraction > 0.3      ? ObjectState::Neutral
                                                                : ObjectState::Waiting)
            : gauge.fraction > 1         ? ObjectState::Failing
            : gauge.fraction > 0.9       ? ObjectState::Waiting
                                         : ObjectState::Neutral;
        m_painter.setBrush(state == ObjectState::Neutral ? m_colors.accent : m_colors.of(state));
        const double filled = track.width() * std::clamp(gauge.fraction, 0.0, 1.0);
        if (filled > 0.5)
            m_painter.drawRoundedRect(
                QRectF(track.topLeft(), QSizeF(std::max(filled, track.height()), track.height())), track.height() / 2, track.height() / 2);
        top += pixels(16);
    }
    if (card.footer.isEmpty())
        return;
    const QRectF footer(
        rect.x() + padding, rect.y() + pixels(card.cellsTop + 6), rect.width() - 2 * padding, rect.height() - pixels(card.cellsTop + 14));
    text(footer, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, card.footer, kSmallSize * m_view.scale, QFont::Normal, m_colors.textDim);
}

void MapPainter::text(const QRectF& rect, int flags, const QString& text, double size, int weight, const QColor& color)
{
    if (size < kReadable - 2 || rect.width() < size || text.isEmpty())
        return;
    QFont font(m_colors.fontFamily);
    font.setPixelSize(std::max(1, int(std::lround(size))));
    font.setWeight(QFont::Weight(weight));
    m_painter.setFont(font);
    m_painter.setPen(color);
    if (flags & (Qt::TextWordWrap | Qt::TextWrapAnywhere)) {
        m_painter.save();
        m_painter.setClipRect(rect, Qt::IntersectClip);
        m_painter.drawText(rect, flags, text);
        m_painter.restore();
        return;
    }
    m_painter.drawText(rect, flags | Qt::TextSingleLine, QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace kates::app
