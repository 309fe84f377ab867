#include "app/map/map_motion.h"

#include <algorithm>

namespace kates::app {

namespace {

double eased(qint64 start, qint64 now)
{
    const double t = std::clamp(double(now - start) / double(kMotionMs), 0.0, 1.0);
    const double rest = 1 - t;
    return 1 - rest * rest * rest;
}

QRectF between(const QRectF& from, const QRectF& to, double t)
{
    const auto mix = [t](double a, double b) { return a + (b - a) * t; };
    return { mix(from.x(), to.x()), mix(from.y(), to.y()), mix(from.width(), to.width()), mix(from.height(), to.height()) };
}

} // namespace

void MapMotion::setScene(const MapScenePtr& scene, qint64 now)
{
    const MapScenePtr old = std::exchange(m_scene, scene);
    if (!old || old->cells.empty()) {
        m_tracks.clear();
        return;
    }
    QHash<QString, const MapCell*> before;
    before.reserve(qsizetype(old->cells.size()));
    for (const MapCell& cell : old->cells)
        before.insert(cell.key, &cell);
    QHash<QString, Track> tracks;
    for (const MapCell& cell : scene->cells) {
        const auto known = before.find(cell.key);
        if (known == before.end()) {
            tracks.insert(cell.key, { {}, false, false, now });
            continue;
        }
        const MapCell& was = **known;
        before.erase(known);
        if (was.rect != cell.rect)
            tracks.insert(cell.key, { pose(was, now).rect, true, was.state != cell.state, now });
        else if (was.state != cell.state)
            tracks.insert(cell.key, { {}, false, true, now });
        else if (const auto running = m_tracks.constFind(cell.key); running != m_tracks.cend() && now < running->start + kMotionMs)
            tracks.insert(cell.key, *running);
    }
    std::vector<MapCell> leaving;
    for (const MapCell* cell : std::as_const(before))
        leaving.push_back(*cell);
    const bool noise = tracks.size() + qsizetype(leaving.size()) > kMotionsMax;
    m_tracks = noise ? QHash<QString, Track>() : tracks;
    if (noise || !leaving.empty()) {
        m_leaving = noise ? std::vector<MapCell>() : std::move(leaving);
        m_leavingStart = now;
    }
    if (!m_tracks.isEmpty() || !m_leaving.empty())
        m_until = now + kMotionMs;
}

MapMotion::Pose MapMotion::pose(const MapCell& cell, qint64 now) const
{
    const auto track = m_tracks.constFind(cell.key);
    if (track == m_tracks.cend() || now >= track->start + kMotionMs)
        return { cell.rect, 1, 0 };
    const double t = eased(track->start, now);
    if (track->moves)
        return { between(track->from, cell.rect, t), 1, track->changed ? 1 - t : 0 };
    if (track->changed)
        return { cell.rect, 1, 1 - t };
    // It grows from its centre.
    const double inset = (1 - t) * 0.4;
    return { cell.rect.adjusted(cell.rect.width() * inset, cell.rect.height() * inset, -cell.rect.width() * inset, -cell.rect.height() * inset), t,
        0 };
}

const std::vector<MapCell>& MapMotion::leaving(qint64 now) const
{
    static const std::vector<MapCell> none;
    return now < m_leavingStart + kMotionMs ? m_leaving : none;
}

double MapMotion::leavingOpacity(qint64 now) const { return 1 - eased(m_leavingStart, now); }

} // namespace kates::app
