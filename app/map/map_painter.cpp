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
constexpr double kNamesFrom = 84; // width of a cell, in item pixels, that holds its pod's name
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
        if (card.kind == MapCard::Kind::Group && card.rect.intersects(m_visible))
            paintGroup(card, m_view.toItem(card.rect));
    }
    paintLinks();
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
    text(QRectF(rect.x() + pixels(kPadding), rect.y() + pixels(10), rect.width() - 2 * pixels(kPadding), size * 1.5),
        Qt::AlignLeft | Qt::AlignVCenter, card.title, size, QFont::DemiBold, m_colors.textDim);
}

void MapPainter::paintLinks()
{
    for (const MapLink& link : m_scene.links) {
        const QRectF from = m_view.toItem(m_scene.cards[std::size_t(link.from)].rect);
        const QRectF to = m_view.toItem(m_scene.cards[std::size_t(link.to)].rect);
        const QPointF start(from.right(), from.center().y()), end(to.left(), to.center().y());
        const double bend = std::max(20.0, (end.x() - start.x()) / 2);
        QPainterPath path(start);
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(
            QPen(link.state == ObjectState::Neutral ? m_colors.link : m_colors.of(link.state), 1.5, link.dashed ? Qt::DashLine : Qt::SolidLine));
        m_painter.drawPath(path);
    }
}

void MapPainter::paintCard(const MapCard& card, const MapMarks& marks)
{
    const QRectF rect = m_view.toItem(card.rect);
    const double radius = std::min(kCardRadius * m_view.scale + 1, kCardRadius);
    const bool marked = card.key == marks.selected || card.key == marks.hovered || marks.lit.contains(card.key);
    const bool troubled = card.state == ObjectState::Failing || card.state == ObjectState::Unknown;
    const QColor fill = card.kind == MapCard::Kind::Waiting ? m_colors.cardAlternate : m_colors.card;
    QColor border = marked ? m_colors.accent : card.kind == MapCard::Kind::Waiting || troubled ? m_colors.of(card.state) : m_colors.cardBorder;
    QPen pen(border, marked ? 2 : 1);
    if (card.simulated)
        pen.setDashPattern({ 4, 3 });
    m_painter.setOpacity(card.dimmed || !carries(card.labels) ? 0.3 : 1);
    m_painter.setPen(pen);
    m_painter.setBrush(troubled ? mixed(fill, m_colors.of(card.state), 0.10) : fill);
    m_painter.drawRoundedRect(rect.adjusted(.5, .5, -.5, -.5), radius, radius);
    paintHeader(card, rect);
    if (m_view.scale >= kDetailsFrom)
        paintGauges(card, rect);
    m_painter.setOpacity(1);
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
    paintGlyph(m_painter, QRectF(place.x(), place.y() + (line - glyph) / 2, glyph, glyph), card.state, m_colors.of(card.state));
    double right = rect.right() - padding;
    if (details)
        right = paintBadges(card, QRectF(rect.x(), place.y(), rect.width(), line), right);
    const QRectF title(place.right() + size * 0.4, place.y(), right - place.right() - size * 0.8, line);
    text(title, Qt::AlignLeft | Qt::AlignVCenter, card.title, size, QFont::DemiBold, m_colors.text);
    if (!details)
        return;
    const double small = kSmallSize * m_view.scale;
    const QRectF below(rect.x() + padding, place.bottom(), rect.width() - 2 * padding, small * 1.6);
    text(below, Qt::AlignLeft | Qt::AlignVCenter, card.subtitle, small, QFont::Normal, m_colors.textDim);
    if (!card.note.isEmpty()) {
        const double top = card.subtitle.isEmpty() ? place.bottom() + 2 : below.bottom();
        const QRectF note(below.x(), top, below.width(), pixels(card.cellsTop) - (top - rect.y()) - pixels(6));
        text(note, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, card.note, small, QFont::Normal, m_colors.textDim);
    }
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
        const double labelWidth = size * 3.1, textWidth = size * 9.5;
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

void MapPainter::paintCells(const MapCard& card, const MapMotion& motion, qint64 now, const MapMarks& marks)
{
    for (int i = card.firstCell; i < card.firstCell + card.cellCount; ++i) {
        const MapCell& cell = m_scene.cells[std::size_t(i)];
        const MapMotion::Pose pose = motion.pose(cell, now);
        if (pose.rect.intersects(m_visible))
            paintCell(cell, pose, marks);
    }
}

void MapPainter::paintCell(const MapCell& cell, const MapMotion::Pose& pose, const MapMarks& marks)
{
    const QRectF rect = m_view.toItem(m_scene.shownRect(cell, pose.rect, m_view.scale));
    m_painter.setOpacity(pose.opacity * (cell.dimmed || !carries(cell.labels) ? 0.2 : 1));
    if (rect.width() >= kNamesFrom)
        paintCellName(cell, rect);
    else if (m_sprites)
        m_sprites->draw(m_painter, rect, cell.state);
    else
        kates::app::paintCell(m_painter, rect, cell.state, m_colors);
    const bool marked = cell.key == marks.selected || cell.key == marks.hovered || marks.lit.contains(cell.key);
    if (marked || pose.flash > 0) {
        QColor ring = marked ? m_colors.accent : m_colors.of(cell.state);
        const double grow = marked ? 2.5 : 2 + 5 * (1 - pose.flash);
        m_painter.setOpacity(marked ? 1 : pose.flash);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(ring, 2));
        m_painter.drawRoundedRect(rect.adjusted(-grow, -grow, grow, grow), 6, 6);
    }
    m_painter.setOpacity(1);
}

void MapPainter::paintCellName(const MapCell& cell, const QRectF& rect)
{
    QColor fill = m_colors.of(cell.state);
    m_painter.setPen(QPen(fill, 1.5));
    fill.setAlphaF(0.16f);
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(rect.adjusted(.75, .75, -.75, -.75), 6, 6);
    const double size = 11;
    const double glyph = size * 1.3;
    paintGlyph(m_painter, QRectF(rect.x() + 7, rect.y() + 7, glyph, glyph), cell.state, m_colors.of(cell.state));
    text(QRectF(rect.x() + 10 + glyph, rect.y() + 6, rect.width() - glyph - 16, glyph + 2), Qt::AlignLeft | Qt::AlignVCenter, cell.statusText, size,
        QFont::DemiBold, m_colors.of(cell.state));
    const QRectF body(rect.x() + 8, rect.y() + 10 + glyph, rect.width() - 16, rect.height() - glyph - 16);
    text(body, Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere, cell.name, size, QFont::Normal, m_colors.text);
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
