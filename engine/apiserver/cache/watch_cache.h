// The current objects of one stored kind and its recent changes, in memory: every read and every watch is answered from here.
//
// Follows the store: apply() is called once per committed change, in order, before the write is acknowledged.
#pragma once

#include <deque>
#include <map>
#include <unordered_set>

#include "engine/apiserver/cache/watcher.h"

namespace kates::apiserver {

struct CacheChange {
    ObjectPointer current;  // null: deleted
    ObjectPointer previous; // null: created
    store::Revision revision;
    // `previous` under this change's revision, for watchers that no longer see the object. Made when first needed.
    const ObjectPointer& gone() const
    {
        if (!m_gone)
            m_gone = previous->at(revision);
        return m_gone;
    }
    mutable ObjectPointer m_gone;
};

class WatchCache {
public:
    // `eventsMax`: changes kept for watches that start in the past.
    WatchCache(std::string resource, std::size_t eventsMax) : m_resource(std::move(resource)), m_eventsMax(eventsMax) {}

    const std::string& resource() const { return m_resource; } // "pods", "deployments.apps"
    ObjectPointer find(std::string_view ns, std::string_view name) const;
    std::size_t size() const { return m_objects.size(); }

    // The objects in key order ("namespace/name"), from `startKey` on; `visit` says whether to go on. `startKey` is empty or from a key that was
    // visited.
    using Visitor = std::function<bool(const std::string& key, const ObjectPointer&)>;
    void visit(std::string_view ns, std::string_view startKey, const Visitor& visit) const;
    // Those of them that `selection` wants; an object that is named is looked up, not searched for.
    void select(const Selection& selection, std::string_view startKey, const Visitor& visit) const;
    // The revision of the newest change to this kind.
    store::Revision lastChange() const { return m_lastChange; }
    // Changes above this revision are known.
    store::Revision oldest() const { return m_oldest; }

    void load(ObjectPointer object);
    void startAt(store::Revision revision) { m_oldest = m_lastChange = revision; }
    void apply(CacheChange change);

    // Starts a watch; ends with the Watcher. After `after`: 410 Expired when those changes are gone.
    struct From {
        std::optional<store::Revision> after; // nullopt: the current objects first
        bool initialEventsEnd = false;        // then a bookmark that says so
    };
    [[nodiscard]] api::ApiResult<std::shared_ptr<Watcher>> watch(Loop& loop, Selection selection, From from, bool bookmarks, store::Revision now);
    void bookmark(store::Revision revision);
    void closeWatchers();
    std::size_t watcherCount() const { return m_watchers.size(); }

private:
    using Objects = std::map<std::string, ObjectPointer, std::less<>>;
    static std::string keyOf(std::string_view ns, std::string_view name);
    static void deliver(Watcher& watcher, const CacheChange& change);
    void sendInitial(Watcher& watcher, const From& from, store::Revision now) const;
    void forgetOld();

    std::string m_resource;
    std::size_t m_eventsMax;
    Objects m_objects;
    std::deque<CacheChange> m_changes;
    store::Revision m_lastChange = 0;
    store::Revision m_oldest = 0;
    std::vector<std::weak_ptr<Watcher>> m_watchers;
};

} // namespace kates::apiserver
