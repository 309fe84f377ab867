// Other servers' responses, kept for a short while (at most half a minute, and never longer than their TTLs say).
#pragma once

#include <list>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/base/loop.h"
#include "engine/network/dns/message.h"

namespace kates::network::dns {

constexpr std::size_t kCachedResponsesMax = 4'096; // the one not used for longest goes first
constexpr std::uint32_t kCacheSecondsMax = 30;

class ResponseCache {
public:
    explicit ResponseCache(Loop& loop) : m_loop(loop) {}
    // The response to this query, with this query's id and with TTLs as they are now.
    std::optional<std::string> find(const Query& query);
    // Keeps it when it may be kept: an answer or "no such name", whole, with a TTL.
    void add(const Query& query, const std::string& response, const ResponseInfo& info);
    std::size_t size() const { return m_places.size(); }

private:
    struct Entry {
        std::string key, response;
        std::vector<std::size_t> ttlOffsets;
        MonotonicTime stored, expires;
    };
    static std::string keyOf(const Query& query);
    Loop& m_loop;
    std::list<Entry> m_entries; // used last first
    std::unordered_map<std::string, std::list<Entry>::iterator> m_places;
};

} // namespace kates::network::dns
