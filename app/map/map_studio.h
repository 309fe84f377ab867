// Paints frames of the map off the GUI thread. One job at a time; used by one thread at a time.
#pragma once

#include <QImage>

#include "app/map/map_painter.h"

namespace kates::app {

struct MapFrameJob {
    MapScenePtr scene;
    MapViewport view;
    double devicePixelRatio = 1;
    MapColors colors;
    MapMarks marks;
    qint64 now = 0;
    bool motion = true; // false for a user who asked for reduced motion, and for exports
};

struct MapFrame {
    QImage image;
    MapViewport view;
    bool moving = false; // another frame is due
};

class MapStudio {
public:
    MapFrame paint(const MapFrameJob& job);

private:
    MapMotion m_motion;
    CellSprites m_sprites;
    MapScenePtr m_scene;
    bool m_wasMotion = true;
};

// The whole scene as a document, not only what is in the window. False when the file cannot be written; `problem` says why.
bool exportMapSvg(const MapScene& scene, const MapColors& colors, const QColor& background, const QString& path, QString& problem);
bool exportMapPng(const MapScene& scene, const MapColors& colors, const QColor& background, const QString& path, QString& problem);

} // namespace kates::app
