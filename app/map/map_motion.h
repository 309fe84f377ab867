// What moves on the map: pods that appear, go to a node, change their state or leave. Made from two scenes, asked by time.
#pragma once

#include <QHash>

#include "app/map/map_scene.h"

namespace kates::app {

inline constexpr qint64 kMotionMs = 420;
inline constexpr int kMotionsMax = 2000; // more at once is not motion but noise: the picture just changes

class MapMotion {
public:
    struct Pose {
        QRectF rect;
        double opacity = 1;
        double flash = 0; // 1 just after a change of state, then fading
    };

    // The scene that is shown from `now` on.
    void setScene(const MapScenePtr& scene, qint64 now);
    bool active(qint64 now) const { return now < m_until; }
    Pose pose(const MapCell& cell, qint64 now) const;
    // Cells of the old scene that fade away.
    const std::vector<MapCell>& leaving(qint64 now) const;
    double leavingOpacity(qint64 now) const;

private:
    struct Track {
        QRectF from; // null: it fades in where it is
        bool moves = false;
        bool changed = false;
        qint64 start = 0;
    };
    MapScenePtr m_scene;
    QHash<QString, Track> m_tracks;
    std::vector<MapCell> m_leaving;
    qint64 m_leavingStart = 0;
    qint64 m_until = 0;
};

} // namespace kates::app
