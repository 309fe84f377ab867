// Events live for an hour after they were last seen; then the server forgets them. One timer, set for the moment when the oldest is due.
#pragma once

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

constexpr auto kEventLifetime = std::chrono::hours(1);
constexpr std::size_t kExpiredPerCommit = 500;

class EventExpiry {
public:
    EventExpiry(Registry& registry, std::shared_ptr<store::Store> store) : m_registry(registry), m_store(std::move(store)) {}
    void start();
    void stop() { m_timer.reset(); }

private:
    Task<void> sweep();
    void arm(Duration delay);
    Registry& m_registry;
    std::shared_ptr<store::Store> m_store;
    Registration m_timer;
};

} // namespace kates::apiserver
