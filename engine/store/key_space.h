// What a store holds in memory: the newest state of every key, and the commits of the recent past, from which an older state is found by undoing.
// No disk, no threads: every implementation that keeps its data in this process publishes into one of these.
#pragma once

#include <deque>
#include <map>

#include "engine/store/store.h"

namespace kates::store {

// A stored version that no reader can ask for any more.
struct DeadVersion {
    Revision revision;
    std::string key;
};

class KeySpace {
public:
    // nullptr: the key does not exist.
    const KeyValue* find(std::string_view key) const;
    std::size_t size() const { return m_current.size(); }
    Revision revision() const { return m_revision; }
    Revision compacted() const { return m_compacted; }
    std::size_t historyLength() const { return m_history.size(); }
    std::size_t historyBytes() const { return m_historyBytes; }

    // Makes a commit the newest state. Its events are complete (`previous` too) and its revision is above all others.
    void publish(Revision revision, std::shared_ptr<const WatchBatch> batch);
    // While a file is read back: a version that is older than all history.
    void load(const std::string& key, std::optional<KeyValue> state);
    void startHistory(Revision compacted, Revision revision);

    StoreResult<ListPage> list(std::string_view prefix, std::string_view startKey, std::size_t limit, Revision revision) const;
    // The kept commits with a revision above `after`.
    StoreResult<std::vector<std::shared_ptr<const WatchBatch>>> commitsAfter(Revision after) const;
    // The state at `revision` stays readable, older ones are forgotten; what nobody can reach any more is appended to `dead`.
    void forgetBelow(Revision revision, std::vector<DeadVersion>& dead);
    void forgetOldest(std::vector<DeadVersion>& dead);

private:
    using Current = std::map<std::string, KeyValue, std::less<>>;
    // Keys changed after `revision`, as they were then; nullptr: absent.
    using Undo = std::map<std::string_view, const KeyValue*>;
    Undo undoTo(Revision revision, std::string_view prefix) const;
    ListPage listCurrent(std::string_view prefix, std::string_view startKey, std::size_t limit) const;
    ListPage listWith(const Undo& undo, std::string_view prefix, std::string_view startKey, std::size_t limit) const;

    Current m_current;
    std::deque<std::shared_ptr<const WatchBatch>> m_history; // oldest first, no empty ones
    std::size_t m_historyBytes = 0;                           // of the values that only the history holds
    Revision m_revision = 0;
    Revision m_compacted = 0;
};

} // namespace kates::store
