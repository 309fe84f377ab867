// Lets the nodes of a zone be emptied one after the other, and none while every zone is down.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "engine/base/loop.h"
#include "engine/controllers/nodelifecycle/node_health.h"

namespace kates::controllers {

class EvictionGate {
public:
    explicit EvictionGate(Loop& loop) : m_loop(loop) {}

    // Keeps count of the zones' nodes; a silent one counts as not ready before its conditions say so. Says whether the state of a zone changed, so
    // that answers may be different now.
    bool observe(const api::Value& node, bool silent);
    bool forget(const std::string& node);

    struct Answer {
        bool allowed = false;
        std::optional<Duration> again; // not now: ask again after this; nullopt: when observe() says so
    };
    // May this node, which is not ready, be emptied? Yes stays yes until the node is ready again, or every zone is down: then it is us who cannot
    // hear.
    Answer ask(const std::string& node);

private:
    struct Zone {
        std::size_t nodes = 0, notReady = 0;
        MonotonicTime nextAllowed{};
        ZoneState state() const { return zoneState(nodes, notReady); }
    };
    struct Place {
        std::string zone;
        bool notReady = false;
    };
    bool allZonesDown() const;
    Loop& m_loop;
    std::map<std::string, Zone> m_zones;
    std::unordered_map<std::string, Place> m_places; // by node
    std::unordered_set<std::string> m_granted;
};

} // namespace kates::controllers
