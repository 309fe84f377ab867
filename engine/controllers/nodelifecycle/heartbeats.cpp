#include "engine/controllers/nodelifecycle/heartbeats.h"

namespace kates::controllers {

Heartbeats::Heartbeats(Loop& loop, Duration grace, std::function<void(const std::string& node)> silent)
    : m_loop(loop), m_grace(grace), m_silentCallback(std::move(silent))
{
}

void Heartbeats::beat(const std::string& node)
{
    auto place = m_places.try_emplace(node, m_alive.end()).first;
    if (place->second != m_alive.end())
        m_alive.erase(place->second);
    place->second = m_alive.insert(m_alive.end(), {node, m_loop.now()});
    if (!m_timer)
        arm();
}

void Heartbeats::forget(const std::string& node)
{
    auto place = m_places.find(node);
    if (place == m_places.end())
        return;
    if (place->second != m_alive.end())
        m_alive.erase(place->second);
    m_places.erase(place);
}

bool Heartbeats::isSilent(const std::string& node) const
{
    auto place = m_places.find(node);
    return place != m_places.end() && place->second == m_alive.end();
}

void Heartbeats::arm()
{
    if (m_alive.empty()) {
        m_timer.reset();
        return;
    }
    const Duration left
        = std::max<Duration>(Duration::zero(), m_alive.front().last + std::chrono::ceil<MonotonicTime::duration>(m_grace) - m_loop.now());
    m_timer = m_loop.after(left, [this] { expire(); });
}

void Heartbeats::expire()
{
    std::list<std::string> silent;
    while (!m_alive.empty() && m_loop.now() - m_alive.front().last >= m_grace) {
        silent.push_back(m_alive.front().node);
        m_places[m_alive.front().node] = m_alive.end();
        m_alive.pop_front();
    }
    arm();
    for (const auto& node : silent)
        m_silentCallback(node);
}

} // namespace kates::controllers
