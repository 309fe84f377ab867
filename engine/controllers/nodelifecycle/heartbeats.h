// Which nodes have been silent for too long, by our own clock: what a node writes as a time is never compared with it.
//
// One timer for all nodes: beats move a node to the end of a list, and the timer waits for the one at its front.
#pragma once

#include <functional>
#include <list>
#include <string>
#include <unordered_map>

#include "engine/base/loop.h"

namespace kates::controllers {

class Heartbeats {
public:
    // `silent` is called once for a node that has not been heard for `grace`; for several of one moment, when all of them count as silent.
    Heartbeats(Loop& loop, Duration grace, std::function<void(const std::string& node)> silent);

    void beat(const std::string& node); // also starts the grace period of a node that is new
    void forget(const std::string& node);
    bool isSilent(const std::string& node) const;

private:
    struct Entry {
        std::string node;
        MonotonicTime last;
    };
    void arm();
    void expire();

    Loop& m_loop;
    Duration m_grace;
    std::function<void(const std::string& node)> m_silentCallback;
    std::list<Entry> m_alive; // the one heard longest ago first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_places; // a silent one: m_alive.end()
    Registration m_timer;
};

} // namespace kates::controllers
