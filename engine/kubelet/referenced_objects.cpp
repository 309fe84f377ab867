#include "engine/kubelet/referenced_objects.h"

#include <algorithm>

namespace kates::kubelet {

using namespace std::chrono_literals;

namespace {
constexpr auto kRetryDelay = 1s;
constexpr auto kRetryDelayMax = 30s;
} // namespace

struct ReferencedObjects::Entry {
    Use use;
    api::Value object;
    Event known;
    std::map<std::string, std::function<void()>> users; // by pod uid
    std::stop_source stop;
    client::WatchStream* watch = nullptr; // while one is open

    void set(api::Value value)
    {
        object = std::move(value);
        known.set({});
        auto notified = users; // a user may change its uses from inside
        for (auto& [uid, changed] : notified)
            if (changed)
                changed();
    }
};

ReferencedObjects::ReferencedObjects(Loop& loop, std::shared_ptr<client::Client> client) : m_loop(loop), m_client(std::move(client)), m_tasks(loop) {}
ReferencedObjects::~ReferencedObjects() = default;

ReferencedObjects::Key ReferencedObjects::keyOf(const client::Resource& resource, std::string_view ns, std::string_view name)
{
    return resource.plural + "/" + std::string(ns) + "/" + std::string(name);
}

void ReferencedObjects::setUses(const std::string& podUid, const std::vector<Use>& uses, std::function<void()> changed)
{
    std::vector<Key> keys;
    for (const Use& use : uses) {
        Key key = keyOf(use.resource, use.ns, use.name);
        auto& entry = m_entries[key];
        if (!entry) {
            entry = std::make_shared<Entry>();
            entry->use = use;
            m_tasks.spawn(follow(entry));
        }
        entry->users[podUid] = changed;
        keys.push_back(std::move(key));
    }
    drop(podUid, keys);
    m_uses[podUid] = std::move(keys);
}

void ReferencedObjects::release(const std::string& podUid)
{
    drop(podUid, {});
    m_uses.erase(podUid);
}

void ReferencedObjects::drop(const std::string& podUid, const std::vector<Key>& kept)
{
    auto used = m_uses.find(podUid);
    if (used == m_uses.end())
        return;
    for (const Key& key : used->second) {
        auto found = m_entries.find(key);
        if (found == m_entries.end() || std::find(kept.begin(), kept.end(), key) != kept.end())
            continue;
        auto entry = found->second;
        entry->users.erase(podUid);
        if (!entry->users.empty())
            continue;
        m_entries.erase(found);
        entry->stop.request_stop();
        if (entry->watch)
            entry->watch->stop();
    }
}

Task<void> ReferencedObjects::whenKnown(std::string podUid)
{
    auto used = m_uses.find(podUid);
    if (used == m_uses.end())
        co_return;
    std::vector<Event> events;
    for (const Key& key : used->second)
        if (auto found = m_entries.find(key); found != m_entries.end())
            events.push_back(found->second->known);
    for (Event& event : events)
        co_await event;
}

api::Value ReferencedObjects::get(const client::Resource& resource, std::string_view ns, std::string_view name) const
{
    auto found = m_entries.find(keyOf(resource, ns, name));
    return found == m_entries.end() ? api::Value() : found->second->object;
}

Task<void> ReferencedObjects::follow(std::shared_ptr<Entry> entry)
{
    Duration delay = kRetryDelay;
    while (!entry->stop.stop_requested()) {
        const bool worked = co_await followOnce(entry);
        delay = worked ? Duration(kRetryDelay) : std::min<Duration>(delay * 2, kRetryDelayMax);
        if (!worked)
            co_await sleepFor(m_loop, delay, entry->stop.get_token());
    }
}

// Reads the object, then watches it until the watch ends. False: the server could not be asked.
Task<bool> ReferencedObjects::followOnce(std::shared_ptr<Entry> entry)
{
    client::ListOptions options;
    options.fieldSelector = "metadata.name=" + entry->use.name;
    auto list = co_await m_client->list(entry->use.resource, entry->use.ns, options);
    if (!list)
        co_return false;
    const api::Value found = list->items.empty() ? api::Value() : list->items.front();
    if (!(found == entry->object) || !entry->known.ready())
        entry->set(found);
    options.resourceVersion = list->resourceVersion;
    auto watch = co_await m_client->watch(entry->use.resource, entry->use.ns, options);
    if (!watch)
        co_return false;
    auto stream = std::move(*watch);
    entry->watch = stream.get();
    while (!entry->stop.stop_requested()) {
        auto events = co_await stream->next();
        if (!events)
            break;
        for (const client::WatchEvent& event : *events) {
            if (event.type == client::WatchEvent::Type::Deleted)
                entry->set({});
            else if (event.type != client::WatchEvent::Type::Bookmark)
                entry->set(event.object);
        }
    }
    entry->watch = nullptr;
    co_return true;
}

Task<void> ReferencedObjects::stop()
{
    for (auto& [key, entry] : m_entries) {
        entry->stop.request_stop();
        if (entry->watch)
            entry->watch->stop();
    }
    m_entries.clear();
    co_await m_tasks.finished();
}

} // namespace kates::kubelet
