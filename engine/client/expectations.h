// What a controller has asked for and not yet seen in its cache: while something is outstanding, counting the cache would be wrong and the
// controller waits for the watch instead (upstream's ControllerExpectations, with deletions tracked by uid).
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/base/loop.h"

namespace kates::client {

class Expectations {
public:
    explicit Expectations(Loop& loop) : m_loop(loop) {}

    // Nothing is outstanding for this controller object, or it has been for so long (five minutes) that the events must have been missed.
    bool satisfied(const std::string& key) const;

    // Replaces what was expected before: call when satisfied.
    void expect(const std::string& key, int creations, const std::vector<std::string>& deletedUids);
    void expectCreations(const std::string& key, int count) { expect(key, count, {}); }
    void expectDeletions(const std::string& key, const std::vector<std::string>& uids) { expect(key, 0, uids); }

    // The watch showed it, or the request failed.
    void creationObserved(const std::string& key);
    void deletionObserved(const std::string& key, std::string_view uid);

    void forget(const std::string& key) { m_pending.erase(key); } // the controller object is gone

private:
    struct Pending {
        int creations = 0;
        std::unordered_set<std::string> deletions;
        MonotonicTime since;
    };
    Loop& m_loop;
    std::unordered_map<std::string, Pending> m_pending;
};

} // namespace kates::client
