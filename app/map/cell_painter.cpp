#include "app/map/cell_painter.h"

#include <QPainterPath>

#include <cmath>

namespace kates::app {

namespace {

constexpr double kGlyphFrom = 13; // smaller cells carry no glyph
constexpr double kRoundFrom = 5; // smaller cells are plain squares
constexpr int kSpritesMax = 256;

// States that ask for attention are filled; those that are as they should be stay calm.
bool isLoud(State state) { return state == ObjectState::Failing || state == ObjectState::Waiting || state == ObjectState::Unknown; }

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(float(alpha));
    return color;
}

} // namespace

void paintGlyph(QPainter& painter, const QRectF& square, State state, const QColor& color)
{
    const double s = square.width();
    const auto at = [&](double x, double y) { return QPointF(square.x() + x * s, square.y() + y * s); };
    const auto dot = [&](double x, double y, double radius) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(at(x, y), radius * s, radius * s);
    };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, std::max(1.2, s * 0.13), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (state) {
    case ObjectState::Ok:
        painter.drawPolyline(QPolygonF({ at(.22, .54), at(.42, .73), at(.78, .30) }));
        break;
    case ObjectState::Done:
        painter.drawRect(QRectF(at(.3, .3), at(.7, .7)));
        break;
    case ObjectState::Neutral:
        painter.drawLine(at(.25, .5), at(.75, .5));
        break;
    case ObjectState::Terminating:
        painter.drawLine(at(.28, .28), at(.72, .72));
        painter.drawLine(at(.72, .28), at(.28, .72));
        break;
    case ObjectState::Progressing:
        for (const double x : { .22, .5, .78 })
            dot(x, .5, .085);
        break;
    case ObjectState::Waiting:
        painter.drawEllipse(at(.5, .5), .32 * s, .32 * s);
        painter.drawPolyline(QPolygonF({ at(.5, .31), at(.5, .52), at(.64, .58) }));
        break;
    case ObjectState::Unknown:
        painter.drawPolyline(QPolygonF({ at(.34, .36), at(.38, .26), at(.5, .22), at(.63, .27), at(.65, .38), at(.51, .50), at(.5, .58) }));
        dot(.5, .78, .08);
        break;
    case ObjectState::Failing:
        painter.drawLine(at(.5, .22), at(.5, .55));
        dot(.5, .76, .085);
        break;
    }
}

void paintCell(QPainter& painter, const QRectF& rect, State state, const MapColors& colors)
{
    const double small = std::min(rect.width(), rect.height());
    const QColor& color = colors.of(state);
    const bool loud = isLoud(state);
    if (small < kRoundFrom) {
        painter.fillRect(rect, withAlpha(color, loud ? 1 : 0.75));
        return;
    }
    const double radius = std::min(5.0, small * 0.24);
    painter.setRenderHint(QPainter::Antialiasing);
    if (small < kGlyphFrom) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(color, loud ? 1 : 0.7));
        painter.drawRoundedRect(rect, radius, radius);
        return;
    }
    painter.setPen(
        QPen(withAlpha(color, loud ? 1 : 0.85), std::clamp(small * 0.05, 1.0, 2.0), state == ObjectState::Terminating ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(withAlpha(color, loud ? 1 : 0.2));
    painter.drawRoundedRect(rect.adjusted(.5, .5, -.5, -.5), radius, radius);
    const double glyph = std::min(small * 0.72, 30.0);
    const QRectF square(rect.center() - QPointF(glyph, glyph) / 2, QSizeF(glyph, glyph));
    paintGlyph(painter, square, state, loud ? colors.card : color);
}

void CellSprites::setUp(const MapColors& colors, double devicePixelRatio)
{
    if (colors.states != m_colors.states || colors.card != m_colors.card || devicePixelRatio != m_ratio)
        m_sprites.clear();
    m_colors = colors;
    m_ratio = devicePixelRatio;
}

void CellSprites::draw(QPainter& painter, const QRectF& rect, State state)
{
    const int width = std::max(1, int(std::lround(rect.width() * m_ratio)));
    const int height = std::max(1, int(std::lround(rect.height() * m_ratio)));
    if (std::min(rect.width(), rect.height()) < kRoundFrom) {
        painter.fillRect(rect, withAlpha(m_colors.of(state), isLoud(state) ? 1 : 0.75));
        return;
    }
    const quint64 key = (quint64(width) << 40) | (quint64(height) << 16) | quint64(state);
    auto sprite = m_sprites.find(key);
    if (sprite == m_sprites.end()) {
        if (m_sprites.size() >= kSpritesMax)
            m_sprites.clear();
        QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(m_ratio);
        image.fill(Qt::transparent);
        QPainter inner(&image);
        paintCell(inner, QRectF(0, 0, width / m_ratio, height / m_ratio), state, m_colors);
        inner.end();
        sprite = m_sprites.insert(key, image);
    }
    // On whole device pixels, so that edges stay crisp.
    const QPointF corner(std::round(rect.x() * m_ratio) / m_ratio, std::round(rect.y() * m_ratio) / m_ratio);
    painter.drawImage(corner, *sprite);
}

} // namespace kates::app
