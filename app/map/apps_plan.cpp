#include "app/map/apps_plan.h"

#include <algorithm>
#include <cmath>

#include "app/map/apps_metrics.h"

namespace kates::app {

using namespace apps;

namespace {

int unitsOf(int bays) { return bays * kBayUnits + kFrameUnits; }
double widthOf(bool wide) { return (wide ? kFrameWidth : kNarrowWidth) + kFrameGap; }
int perBay(AppsPlan::Lane lane) { return lane == AppsPlan::Lane::Workload ? 1 : 2; }

} // namespace

void AppsPlan::setUp(const std::map<QString, Needs>& needs)
{
    *this = {};
    struct Wanted {
        QString ns;
        bool wide;
        int bays;
    };
    std::vector<Wanted> all;
    double area = 0;
    for (const auto& [ns, need] : needs) {
        const int bays = std::max({ 1, need.workloads, (need.services + 1) / 2, (need.ingresses + 1) / 2 });
        // Some room to spare, so that the next few need no other frame.
        all.push_back({ ns, need.services + need.ingresses > 0, bays + (bays > 3 ? bays / 4 : 0) });
        area += widthOf(all.back().wide) * unitsOf(all.back().bays) * kUnit;
    }
    // Columns as many as the aspect asks for, wide ones first.
    const double height = std::sqrt(area / kAspect);
    for (const bool wide : { true, false }) {
        double sum = 0;
        for (const Wanted& wanted : all)
            sum += wanted.wide == wide ? unitsOf(wanted.bays) * kUnit : 0;
        for (int columns = int(std::lround(sum / std::max(1.0, height))); columns > 0 || (sum > 0 && columnFor(wide) < 0); --columns)
            addColumn(wide);
    }
    for (const Wanted& wanted : all)
        addChunk(wanted.ns, wanted.wide, wanted.bays);
}

int AppsPlan::addColumn(bool wide)
{
    const double left = m_columns.empty() ? 0 : m_columns.back().left + widthOf(m_columns.back().wide);
    m_columns.push_back({ wide, left, 0 });
    return int(m_columns.size()) - 1;
}

int AppsPlan::columnFor(bool wide)
{
    int best = -1;
    for (int i = 0; i < int(m_columns.size()); ++i) {
        const Column& column = m_columns[std::size_t(i)];
        if (column.wide == wide && (best < 0 || column.end < m_columns[std::size_t(best)].end))
            best = i;
    }
    return best;
}

int AppsPlan::addChunk(const QString& ns, bool wide, int bays)
{
    int column = columnFor(wide);
    // One more column when the whole has become clearly too tall.
    const double across = m_columns.empty() ? 0 : m_columns.back().left + widthOf(m_columns.back().wide);
    if (column < 0 || m_columns[std::size_t(column)].end * kUnit * kAspect > (across + kFrameWidth) * 1.8)
        column = addColumn(wide);
    Chunk chunk { ns, wide, column, m_columns[std::size_t(column)].end, bays, {}, 0 };
    for (const Lane lane : { Lane::Ingress, Lane::Service, Lane::Workload })
        chunk.taken[int(lane)].resize(std::size_t(wide || lane == Lane::Workload ? bays * perBay(lane) : 0));
    m_columns[std::size_t(column)].end += unitsOf(bays);
    m_chunks.push_back(std::move(chunk));
    return int(m_chunks.size()) - 1;
}

bool AppsPlan::grow(Chunk& chunk)
{
    Column& column = m_columns[std::size_t(chunk.column)];
    if (chunk.top + unitsOf(chunk.bays) != column.end)
        return false;
    ++chunk.bays;
    column.end += kBayUnits;
    for (const Lane lane : { Lane::Ingress, Lane::Service, Lane::Workload }) {
        if (chunk.wide || lane == Lane::Workload)
            chunk.taken[int(lane)].resize(std::size_t(chunk.bays * perBay(lane)));
    }
    return true;
}

int AppsPlan::freeSlot(const Chunk& chunk, Lane lane, int wanted)
{
    const auto& taken = chunk.taken[int(lane)];
    int best = -1;
    for (int i = 0; i < int(taken.size()); ++i) {
        if (taken[std::size_t(i)].isEmpty() && (best < 0 || std::abs(i - wanted) < std::abs(best - wanted)))
            best = i;
    }
    return best;
}

QPointF AppsPlan::place(const QString& ns, Lane lane, const QString& key, const QString& near)
{
    if (const auto known = m_places.find(key); known != m_places.end())
        return corner(known->second);
    const auto kin = m_places.find(near);
    // The half of the bay that the kin has, when both have halves.
    const int wanted = kin == m_places.end() ? 0
        : perBay(kin->second.lane) == perBay(lane) ? kin->second.slot
                                                   : kin->second.slot * perBay(lane);
    int found = -1, slot = -1;
    for (int pass = 0; pass < 2 && found < 0; ++pass) { // the second may let a frame grow
        for (int i = 0; i < int(m_chunks.size()) && found < 0; ++i) {
            Chunk& chunk = m_chunks[std::size_t(i)];
            if (chunk.ns != ns || (lane != Lane::Workload && !chunk.wide) || (pass == 1 && !grow(chunk)))
                continue;
            slot = freeSlot(chunk, lane, wanted);
            found = slot < 0 ? -1 : i;
        }
    }
    // What another namespace left behind is as good as new.
    for (int i = 0; i < int(m_chunks.size()) && found < 0; ++i) {
        Chunk& chunk = m_chunks[std::size_t(i)];
        if (chunk.used > 0 || chunk.wide != (lane != Lane::Workload))
            continue;
        chunk.ns = ns;
        found = i;
        slot = 0;
    }
    if (found < 0) {
        found = addChunk(ns, lane != Lane::Workload, 2);
        slot = 0;
    }
    Chunk& chunk = m_chunks[std::size_t(found)];
    chunk.taken[int(lane)][std::size_t(slot)] = key;
    ++chunk.used;
    const Place place { found, lane, slot };
    m_places.emplace(key, place);
    return corner(place);
}

void AppsPlan::remove(const QString& key)
{
    const auto known = m_places.find(key);
    if (known == m_places.end())
        return;
    Chunk& chunk = m_chunks[std::size_t(known->second.chunk)];
    chunk.taken[int(known->second.lane)][std::size_t(known->second.slot)].clear();
    --chunk.used;
    m_places.erase(known);
}

QPointF AppsPlan::corner(const Place& place) const
{
    const Chunk& chunk = m_chunks[std::size_t(place.chunk)];
    const Column& column = m_columns[std::size_t(chunk.column)];
    const double left = place.lane == Lane::Ingress ? kIngressLeft
        : place.lane == Lane::Service               ? kServiceLeft
        : chunk.wide                                ? kWorkloadLeft
                                                    : kNarrowLeft;
    const int each = perBay(place.lane);
    const double half = place.slot % each * (kWorkloadHeight - kRouteHeight);
    return { column.left + left, chunk.top * kUnit + kFrameHeader + place.slot / each * kBay + half };
}

std::vector<AppsPlan::Frame> AppsPlan::frames() const
{
    std::vector<Frame> frames;
    m_frameNumber.assign(m_chunks.size(), -1);
    for (std::size_t i = 0; i < m_chunks.size(); ++i) {
        const Chunk& chunk = m_chunks[i];
        if (chunk.used == 0)
            continue;
        m_frameNumber[i] = int(frames.size());
        const bool first = std::none_of(frames.begin(), frames.end(), [&](const Frame& frame) { return frame.ns == chunk.ns; });
        frames.push_back({ chunk.ns,
            QRectF(m_columns[std::size_t(chunk.column)].left, chunk.top * kUnit, widthOf(chunk.wide) - kFrameGap,
                unitsOf(chunk.bays) * kUnit - kFrameGap),
            first });
    }
    return frames;
}

} // namespace kates::app
