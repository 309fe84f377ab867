#include "engine/controllers/nodelifecycle/eviction_gate.h"

#include <algorithm>

#include "engine/api/meta.h"

namespace kates::controllers {

namespace {

std::string zoneOf(const api::Value& node)
{
    api::ObjectMeta meta(node);
    return std::string(meta.label("topology.kubernetes.io/region")) + "/" + std::string(meta.label("topology.kubernetes.io/zone"));
}

} // namespace

bool EvictionGate::observe(const api::Value& node, bool silent)
{
    const std::string name(api::ObjectMeta(node).name());
    const Place place{zoneOf(node), silent || wantsEviction(node)};
    auto known = m_places.find(name);
    if (known != m_places.end() && known->second.zone == place.zone && known->second.notReady == place.notReady)
        return false;
    const bool left = known != m_places.end() && known->second.zone != place.zone && forget(name);
    const bool moved = !m_places.contains(name);
    Zone& zone = m_zones[place.zone];
    const ZoneState before = zone.state();
    zone.nodes += moved;
    zone.notReady += place.notReady;
    zone.notReady -= !moved && m_places[name].notReady;
    m_places[name] = place;
    return left || before != zone.state();
}

bool EvictionGate::forget(const std::string& node)
{
    auto place = m_places.find(node);
    if (place == m_places.end())
        return false;
    Zone& zone = m_zones[place->second.zone];
    const ZoneState before = zone.state();
    --zone.nodes;
    zone.notReady -= place->second.notReady;
    const bool changed = before != zone.state();
    if (zone.nodes == 0)
        m_zones.erase(place->second.zone);
    m_places.erase(place);
    return changed;
}

bool EvictionGate::allZonesDown() const
{
    return std::all_of(m_zones.begin(), m_zones.end(), [](const auto& entry) { return entry.second.state() == ZoneState::FullDisruption; });
}

EvictionGate::Answer EvictionGate::ask(const std::string& node)
{
    auto place = m_places.find(node);
    if (place == m_places.end() || !place->second.notReady || allZonesDown()) {
        m_granted.erase(node);
        return {};
    }
    if (m_granted.contains(node))
        return {true, std::nullopt};
    Zone& zone = m_zones[place->second.zone];
    const double rate = evictionsPerSecond(zone.state(), zone.nodes);
    if (rate <= 0)
        return {};
    if (m_loop.now() < zone.nextAllowed)
        return {false, zone.nextAllowed - m_loop.now()};
    zone.nextAllowed = m_loop.now() + std::chrono::duration_cast<MonotonicTime::duration>(std::chrono::duration<double>(1 / rate));
    m_granted.insert(node);
    return {true, std::nullopt};
}

} // namespace kates::controllers
