// Numbers in use: those of the objects in the cache, and those that writes under way hold.
#pragma once

#include <cstdint>
#include <memory>
#include <set>

namespace kates::apiserver {

class Reservations {
public:
    // Held as long as the returned object lives.
    [[nodiscard]] std::shared_ptr<void> hold(std::uint64_t number)
    {
        m_held->insert(number);
        return std::shared_ptr<void>(nullptr, [held = m_held, number](void*) { held->erase(held->find(number)); });
    }
    bool holds(std::uint64_t number) const { return m_held->contains(number); }

private:
    std::shared_ptr<std::multiset<std::uint64_t>> m_held = std::make_shared<std::multiset<std::uint64_t>>();
};

} // namespace kates::apiserver
