// One pod's cell: fill by state, glyph by state, so that colour is never the only sign.
#pragma once

#include <QHash>
#include <QImage>
#include <QPainter>

#include "app/map/map_palette.h"

namespace kates::app {

// Vector drawing, for exports and for the sprites. `size` in item pixels decides how much detail there is.
void paintCell(QPainter& painter, const QRectF& rect, State state, const MapColors& colors);
// The glyph alone, in `color`, inside a square.
void paintGlyph(QPainter& painter, const QRectF& square, State state, const QColor& color);

// Cells drawn once per size and state, then copied: ten thousand of them cost a few milliseconds.
class CellSprites {
public:
    void setUp(const MapColors& colors, double devicePixelRatio);
    void draw(QPainter& painter, const QRectF& rect, State state);

private:
    MapColors m_colors;
    double m_ratio = 1;
    QHash<quint64, QImage> m_sprites;
};

} // namespace kates::app
