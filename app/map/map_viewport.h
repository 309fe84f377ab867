// How world coordinates become item coordinates.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <algorithm>

namespace kates::app {

struct MapViewport {
    static constexpr double kScaleMin = 0.04;
    static constexpr double kScaleMax = 16; // a small pod with its containers

    QSizeF size;
    double scale = 1;
    QPointF offset; // item coordinates of the world's origin

    QPointF toItem(const QPointF& world) const { return world * scale + offset; }
    QRectF toItem(const QRectF& world) const { return { toItem(world.topLeft()), world.size() * scale }; }
    QPointF toWorld(const QPointF& item) const { return (item - offset) / scale; }
    QRectF visibleWorld() const { return { toWorld({ 0, 0 }), size / scale }; }

    MapViewport zoomed(double factor, const QPointF& at) const
    {
        MapViewport view = *this;
        view.scale = std::clamp(scale * factor, kScaleMin, kScaleMax);
        view.offset = at - (at - offset) * (view.scale / scale);
        return view;
    }
    // All of `world` with margins at the sides and above and below, but never larger than `largest`.
    MapViewport fitted(const QRectF& world, double side, double ends, double largest) const
    {
        MapViewport view = *this;
        const double across = (size.width() - 2 * side) / std::max(1.0, world.width());
        const double down = (size.height() - 2 * ends) / std::max(1.0, world.height());
        view.scale = std::clamp(std::min({ across, down, largest }), kScaleMin, kScaleMax);
        view.offset = QPointF(size.width(), size.height()) / 2 - world.center() * view.scale;
        return view;
    }
    // Moved by as little as brings `world` into the view.
    MapViewport showing(const QRectF& world, double margin) const
    {
        MapViewport view = *this;
        const QRectF rect = toItem(world);
        view.offset.rx() += std::max(0.0, margin - rect.left()) - std::max(0.0, rect.right() + margin - size.width());
        view.offset.ry() += std::max(0.0, margin - rect.top()) - std::max(0.0, rect.bottom() + margin - size.height());
        return view;
    }
    bool operator==(const MapViewport&) const = default;
};

} // namespace kates::app
