#include "engine/apiserver/cache/watch_cache.h"

#include <algorithm>

namespace kates::apiserver {

std::string WatchCache::keyOf(std::string_view ns, std::string_view name)
{
    std::string key;
    key.reserve(ns.size() + name.size() + 1);
    if (!ns.empty())
        key.append(ns).append("/");
    return key.append(name);
}

ObjectPointer WatchCache::find(std::string_view ns, std::string_view name) const
{
    auto found = m_objects.find(keyOf(ns, name));
    return found == m_objects.end() ? nullptr : found->second;
}

void WatchCache::visit(std::string_view ns, std::string_view startKey, const Visitor& visit) const
{
    auto prefix = ns.empty() ? std::string() : std::string(ns) + "/";
    auto at = m_objects.lower_bound(std::max(std::string_view(prefix), startKey));
    while (at != m_objects.end() && at->first.starts_with(prefix) && visit(at->first, at->second))
        ++at;
}

void WatchCache::select(const Selection& selection, std::string_view startKey, const Visitor& visitOne) const
{
    if (selection.everything()) {
        visit(selection.ns, startKey, visitOne);
        return;
    }
    // Without a namespace this is the key of a cluster-scoped object, or of none.
    auto named = selection.name.empty() ? m_objects.end() : m_objects.find(keyOf(selection.ns, selection.name));
    bool found = named != m_objects.end();
    if (found && named->first >= startKey && selection.matches(*named->second))
        visitOne(named->first, named->second);
    if (found || (!selection.name.empty() && !selection.ns.empty()))
        return;
    visit(selection.ns, startKey,
        [&](const std::string& key, const ObjectPointer& object) { return !selection.matches(*object) || visitOne(key, object); });
}

void WatchCache::load(ObjectPointer object)
{
    auto key = object->key();
    m_lastChange = std::max(m_lastChange, object->revision());
    m_objects.insert_or_assign(keyOf(key.ns, key.name), std::move(object));
}

void WatchCache::apply(CacheChange change)
{
    m_lastChange = change.revision;
    auto key = (change.current ? change.current : change.previous)->key();
    if (change.current)
        m_objects.insert_or_assign(keyOf(key.ns, key.name), change.current);
    else
        m_objects.erase(keyOf(key.ns, key.name));
    bool someEnded = false;
    for (const auto& weak : m_watchers) {
        if (auto watcher = weak.lock())
            deliver(*watcher, change);
        else
            someEnded = true;
    }
    if (someEnded)
        std::erase_if(m_watchers, [](const auto& weak) { return weak.expired(); });
    m_changes.push_back(std::move(change));
    forgetOld();
}

void WatchCache::forgetOld()
{
    while (m_changes.size() > m_eventsMax) {
        m_oldest = m_changes.front().revision;
        m_changes.pop_front();
    }
}

// A watcher sees an object appear and go as it comes into and leaves what it selected.
void WatchCache::deliver(Watcher& watcher, const CacheChange& change)
{
    bool now = change.current && watcher.selection().matches(*change.current);
    bool before = change.previous && watcher.selection().matches(*change.previous);
    if (now)
        watcher.push({before ? EventType::Modified : EventType::Added, change.current, change.revision});
    else if (before)
        watcher.push({EventType::Deleted, change.gone(), change.revision});
}

api::ApiResult<std::shared_ptr<Watcher>> WatchCache::watch(Loop& loop, Selection selection, From from, bool bookmarks, store::Revision now)
{
    if (from.after && *from.after < m_oldest)
        return api::ApiFailure(api::expired("too old resource version: " + std::to_string(*from.after) + " (" + std::to_string(m_oldest) + ")"));
    auto watcher = std::make_shared<Watcher>(loop, std::move(selection), bookmarks);
    if (from.after) {
        auto first = std::partition_point(m_changes.begin(), m_changes.end(), [&](const auto& change) { return change.revision <= *from.after; });
        for (; first != m_changes.end(); ++first)
            deliver(*watcher, *first);
    } else {
        sendInitial(*watcher, from, now);
    }
    m_watchers.push_back(watcher);
    return watcher;
}

void WatchCache::sendInitial(Watcher& watcher, const From& from, store::Revision now) const
{
    select(watcher.selection(), {}, [&](const std::string&, const ObjectPointer& object) {
        watcher.pushInitial({EventType::Added, object, object->revision()});
        return true;
    });
    if (from.initialEventsEnd)
        watcher.pushInitial({EventType::Bookmark, nullptr, now, true});
}

void WatchCache::bookmark(store::Revision revision)
{
    for (const auto& weak : m_watchers) {
        auto watcher = weak.lock();
        if (watcher && watcher->wantsBookmarks())
            watcher->push({EventType::Bookmark, nullptr, revision});
    }
}

void WatchCache::closeWatchers()
{
    auto watchers = std::exchange(m_watchers, {});
    for (const auto& weak : watchers) {
        if (auto watcher = weak.lock())
            watcher->close();
    }
}

} // namespace kates::apiserver
