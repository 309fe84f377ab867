#include "engine/network/dns/response_cache.h"

#include <algorithm>
#include <fmt/format.h>

namespace kates::network::dns {

std::string ResponseCache::keyOf(const Query& query)
{
    // Servers answer differently to those who do not speak EDNS or want signatures.
    const int edns = query.edns ? (query.edns->dnssecOk ? 2 : 1) : 0;
    return fmt::format("{}/{}/{}/{}", query.type, query.queryClass, edns, query.name);
}

std::optional<std::string> ResponseCache::find(const Query& query)
{
    auto found = m_places.find(keyOf(query));
    if (found == m_places.end())
        return std::nullopt;
    auto entry = found->second;
    const auto now = m_loop.now();
    if (now >= entry->expires) {
        m_entries.erase(entry);
        m_places.erase(found);
        return std::nullopt;
    }
    m_entries.splice(m_entries.begin(), m_entries, entry);
    auto response = entry->response;
    writeNumber16(response, 0, query.id);
    response.replace(kHeaderSize, query.question.size(), query.question); // the case of its letters is the asker's
    const auto age = static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now - entry->stored).count());
    for (const auto offset : entry->ttlOffsets) {
        const auto ttl = std::uint32_t(readNumber16(response, offset)) << 16 | readNumber16(response, offset + 2);
        writeNumber32(response, offset, ttl > age ? ttl - age : 0);
    }
    return response;
}

void ResponseCache::add(const Query& query, const std::string& response, const ResponseInfo& info)
{
    if (info.truncated || info.ttlMin == 0 || (info.code != NoError && info.code != NxDomain))
        return;
    auto key = keyOf(query);
    if (auto found = m_places.find(key); found != m_places.end()) {
        m_entries.erase(found->second);
        m_places.erase(found);
    }
    if (m_entries.size() >= kCachedResponsesMax) {
        m_places.erase(m_entries.back().key);
        m_entries.pop_back();
    }
    const auto now = m_loop.now();
    m_entries.push_front({key, response, info.ttlOffsets, now, now + std::chrono::seconds(std::min(info.ttlMin, kCacheSecondsMax))});
    m_places[std::move(key)] = m_entries.begin();
}

} // namespace kates::network::dns
