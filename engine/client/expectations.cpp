#include "engine/client/expectations.h"

namespace kates::client {

using namespace std::chrono_literals;

namespace {
constexpr Duration kExpectationTimeout = 5min;
}

bool Expectations::satisfied(const std::string& key) const
{
    auto found = m_pending.find(key);
    if (found == m_pending.end())
        return true;
    const Pending& pending = found->second;
    return (pending.creations <= 0 && pending.deletions.empty()) || m_loop.now() - pending.since > kExpectationTimeout;
}

void Expectations::expect(const std::string& key, int creations, const std::vector<std::string>& deletedUids)
{
    m_pending[key] = Pending{creations, {deletedUids.begin(), deletedUids.end()}, m_loop.now()};
}

void Expectations::creationObserved(const std::string& key)
{
    auto found = m_pending.find(key);
    if (found != m_pending.end() && found->second.creations > 0)
        --found->second.creations;
}

void Expectations::deletionObserved(const std::string& key, std::string_view uid)
{
    auto found = m_pending.find(key);
    if (found != m_pending.end())
        found->second.deletions.erase(std::string(uid));
}

} // namespace kates::client
