// The cells of a scene: specks from far, glyphs from nearer, and the pod with its containers from close.
#include <QCoreApplication>

#include <algorithm>

#include "app/map/map_painter.h"

namespace kates::app {

namespace {

// Widths of a cell in item pixels.
constexpr double kMarksFrom = 13; // shows whether it serves
constexpr double kRestartsFrom = 30;
constexpr double kNamesFrom = 84; // holds its pod's name
constexpr double kContainersFrom = 130;
constexpr double kOpenText = 11;
constexpr double kContainerHeight = 38;

} // namespace

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
        paintOpenCell(cell, rect);
    else if (m_sprites)
        m_sprites->draw(m_painter, rect, cell.state);
    else
        kates::app::paintCell(m_painter, rect, cell.state, m_colors);
    if (rect.width() >= kMarksFrom)
        paintCellMarks(cell, rect);
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

void MapPainter::paintCellMarks(const MapCell& cell, const QRectF& rect)
{
    if (cell.serving) {
        const double radius = std::clamp(rect.width() * 0.09, 1.8, 5.0);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colors.accent);
        m_painter.drawEllipse(QPointF(rect.right() - radius * 1.6, rect.top() + radius * 1.6), radius, radius);
    }
    if (cell.restarts > 0 && rect.width() >= kRestartsFrom) {
        const QString count = QStringLiteral("↻") + QString::number(cell.restarts);
        text(rect.adjusted(3, 0, -4, -2), Qt::AlignRight | Qt::AlignBottom, count, 10, QFont::Medium,
            cell.state >= ObjectState::Waiting ? m_colors.card : m_colors.text); // those states are filled with their colour
    }
}

void MapPainter::paintOpenCell(const MapCell& cell, const QRectF& rect)
{
    QColor fill = m_colors.of(cell.state);
    m_painter.setPen(QPen(fill, 1.5));
    fill.setAlphaF(0.16f);
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(rect.adjusted(.75, .75, -.75, -.75), 6, 6);
    const double glyph = kOpenText * 1.3;
    paintGlyph(m_painter, QRectF(rect.x() + 7, rect.y() + 7, glyph, glyph), cell.state, m_colors.of(cell.state));
    text(QRectF(rect.x() + 10 + glyph, rect.y() + 6, rect.width() - glyph - 16, glyph + 2), Qt::AlignLeft | Qt::AlignVCenter, cell.statusText,
        kOpenText, QFont::DemiBold, m_colors.of(cell.state));
    const double top = rect.y() + 10 + glyph;
    const bool containers = cell.containers && rect.height() >= kContainersFrom && rect.width() >= kContainersFrom;
    const double nameHeight = containers ? 2 * kOpenText * 1.35 : rect.bottom() - top - 6;
    text(QRectF(rect.x() + 8, top, rect.width() - 16, nameHeight), Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere, cell.name, kOpenText,
        QFont::Normal, m_colors.text);
    if (containers)
        paintContainers(cell, QRectF(rect.x() + 8, top + nameHeight + 4, rect.width() - 16, rect.bottom() - top - nameHeight - 12));
}

void MapPainter::paintContainers(const MapCell& cell, const QRectF& rect)
{
    const double height = kContainerHeight, step = height + 4;
    const auto& all = *cell.containers;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QRectF box(rect.x(), rect.y() + double(i) * step, rect.width(), height);
        if (box.bottom() + (i + 1 < all.size() ? step / 2 : 0) > rect.bottom()) {
            text(box, Qt::AlignLeft | Qt::AlignTop, QCoreApplication::translate("Map", "%1 more containers").arg(all.size() - i), kOpenText,
                QFont::Normal, m_colors.textDim);
            return;
        }
        const MapContainer& container = all[i];
        m_painter.setPen(QPen(m_colors.cardBorder, 1));
        m_painter.setBrush(m_colors.card);
        m_painter.drawRoundedRect(box.adjusted(.5, .5, -.5, -.5), 4, 4);
        const double glyph = kOpenText * 1.3;
        paintGlyph(m_painter, QRectF(box.x() + 6, box.y() + 5, glyph, glyph), container.state, m_colors.of(container.state));
        const QRectF first(box.x() + 10 + glyph, box.y() + 4, box.width() - glyph - 16, glyph + 2);
        text(first, Qt::AlignLeft | Qt::AlignVCenter, container.name, kOpenText, QFont::DemiBold, m_colors.text);
        const QString restarts = container.restarts == 0 ? QString()
            : container.restarts == 1 ? QCoreApplication::translate("Map", "1 restart")
                                      : QCoreApplication::translate("Map", "%1 restarts").arg(container.restarts);
        const QString said = restarts.isEmpty() ? container.text : container.text + QStringLiteral("  ·  ") + restarts;
        text(first.translated(0, glyph + 2), Qt::AlignLeft | Qt::AlignVCenter, said, kOpenText, QFont::Normal, m_colors.textDim);
    }
}

} // namespace kates::app
