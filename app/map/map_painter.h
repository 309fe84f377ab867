// Draws a scene with QPainter: into an image for the screen, into SVG or PNG for export. Any thread.
#pragma once

#include <QPainter>
#include <QSet>

#include "app/map/cell_painter.h"
#include "app/map/map_motion.h"
#include "app/map/map_scene.h"
#include "app/map/map_viewport.h"

namespace kates::app {

struct MapMarks {
    QString hovered, selected; // keys of cells or cards
    QString label; // "app=web": what does not carry it steps back
    QSet<QString> lit; // keys of cells and cards that a deployment changes
    QRectF ghost; // where the card that is being dragged would go, in the world
    bool operator==(const MapMarks&) const = default;
};

class MapPainter {
public:
    // `sprites` null: everything is drawn as vectors.
    MapPainter(QPainter& painter, const MapScene& scene, const MapViewport& view, const MapColors& colors, CellSprites* sprites = nullptr);

    void paint(const MapMotion& motion, qint64 now, const MapMarks& marks);

private:
    bool carries(const std::vector<int>& labels) const;
    void paintLinks(const MapMarks& marks);
    void paintCard(const MapCard& card, const MapMarks& marks);
    void paintHeader(const MapCard& card, const QRectF& rect);
    // Glyphs with numbers, from the right end of the line to the left; returns where they begin.
    double paintCounts(const MapCard& card, const QRectF& line, double size, bool troubleOnly);
    void paintFolded(const MapCard& card, const QRectF& rect);
    void paintPin(const QRectF& rect);
    double paintBadges(const MapCard& card, const QRectF& rect, double right);
    void paintGauges(const MapCard& card, const QRectF& rect);
    void paintGroup(const MapCard& card, const QRectF& rect);
    void paintCells(const MapCard& card, const MapMotion& motion, qint64 now, const MapMarks& marks);
    void paintCell(const MapCell& cell, const MapMotion::Pose& pose, const MapMarks& marks);
    void paintOpenCell(const MapCell& cell, const QRectF& rect);
    void paintContainers(const MapCell& cell, const QRectF& rect);
    void paintCellMarks(const MapCell& cell, const QRectF& rect);
    void text(const QRectF& rect, int flags, const QString& text, double size, int weight, const QColor& color);
    double pixels(double worldSize) const { return worldSize * m_view.scale; }

    QPainter& m_painter;
    const MapScene& m_scene;
    const MapViewport& m_view;
    const MapColors& m_colors;
    CellSprites* m_sprites;
    QRectF m_visible;
    int m_label = -1; // the lit label's number; -1: all are alike
};

} // namespace kates::app
