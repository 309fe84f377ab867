#include "engine/apiserver/cache/resource_caches.h"

#include "engine/api/json.h"
#include "engine/base/log.h"

namespace kates::apiserver {

namespace {

constexpr std::string_view kRoot = "/registry/";
constexpr auto kBookmarkInterval = std::chrono::minutes(1);

// "/registry/apps/deployments/ns/name" → "/registry/apps/deployments/"
std::string_view prefixOf(std::string_view key)
{
    auto end = key.find('/', kRoot.size());
    end = end == std::string_view::npos ? end : key.find('/', end + 1);
    return end == std::string_view::npos ? std::string_view() : key.substr(0, end + 1);
}

std::string prefixFor(std::string_view group, std::string_view plural)
{
    std::string prefix(kRoot);
    return prefix.append(group.empty() ? "core" : group).append("/").append(plural).append("/");
}

bool hasOwnStorage(const api::KindDescription& kind)
{
    return !kind.virtualKind && !kind.storedAs;
}

std::shared_ptr<WatchCache> makeCache(const api::KindDescription& kind, std::size_t eventsMax)
{
    return std::make_shared<WatchCache>(api::GroupResource{kind.group, kind.plural}.toString(), eventsMax);
}

} // namespace

std::string storagePrefix(const api::KindDescription& kind)
{
    return prefixFor(kind.storedAs ? kind.storedAs->group : kind.group, kind.plural);
}

std::string storageKey(const api::KindDescription& kind, std::string_view ns, std::string_view name)
{
    auto key = storagePrefix(kind);
    if (!ns.empty())
        key.append(ns).append("/");
    return key.append(name);
}

ResourceCaches::Written::Written(ResourceCaches& caches, Bytes text, api::Value document) : m_caches(caches), m_text(std::move(text))
{
    m_caches.m_written.insert_or_assign(m_text.view().data(), std::move(document));
}

ResourceCaches::Written::~Written()
{
    m_caches.m_written.erase(m_text.view().data());
}

ObjectPointer ResourceCaches::parse(const store::KeyValue& stored) const
{
    auto known = m_written.find(stored.value.view().data());
    if (known != m_written.end())
        return std::make_shared<CachedObject>(known->second, stored.value, stored.revision);
    auto value = api::parseJson(stored.value.view());
    if (!value) {
        log::error("apiserver", "a stored object cannot be read and is left out", "key", stored.key, "cause", value.error().message);
        return nullptr;
    }
    return std::make_shared<CachedObject>(std::move(*value), stored.value, stored.revision);
}

void ResourceCaches::load(const std::vector<store::KeyValue>& items)
{
    for (const auto& item : items) {
        auto cache = m_caches.find(std::string(prefixOf(item.key)));
        auto object = cache == m_caches.end() ? nullptr : parse(item);
        if (object)
            cache->second->load(std::move(object));
    }
}

Task<Result<void>> ResourceCaches::start(const api::Scheme& scheme)
{
    auto page = co_await m_store->list(std::string(kRoot), "", 0, 0);
    if (!page)
        co_return failure("the store cannot be read: " + page.error().message);
    for (const auto& kind : scheme.kinds()) {
        if (hasOwnStorage(*kind)) {
            auto cache = makeCache(*kind, m_eventsMax);
            cache->startAt(page->revision);
            m_caches.try_emplace(storagePrefix(*kind), std::move(cache));
        }
    }
    load(page->items);
    store::WatchHandler handler{[this](auto batch) { apply(*batch); },
        [](store::StoreError error) { log::error("apiserver", "the watch on the store ended", "cause", error.message); }};
    auto watch = m_store->watch(std::string(kRoot), page->revision, std::move(handler));
    if (!watch)
        co_return failure("the store cannot be watched: " + watch.error().message);
    m_watch = std::move(*watch);
    armBookmarks();
    co_return Result<void>();
}

void ResourceCaches::stop()
{
    m_watch.reset();
    m_bookmarkTimer.reset();
    closeWatchers();
}

void ResourceCaches::closeWatchers()
{
    for (auto& [prefix, cache] : m_caches)
        cache->closeWatchers();
}

void ResourceCaches::apply(const store::WatchBatch& batch)
{
    for (const auto& event : batch) {
        auto found = m_caches.find(std::string(prefixOf(event.key)));
        if (found == m_caches.end())
            continue;
        auto& cache = *found->second;
        CacheChange change{.revision = event.revision};
        auto slash = event.key.rfind('/');
        auto ns = std::string_view(event.key).substr(found->first.size(), slash + 1 - found->first.size());
        change.previous = cache.find(ns.substr(0, ns.empty() ? 0 : ns.size() - 1), std::string_view(event.key).substr(slash + 1));
        if (event.current)
            change.current = parse(*event.current);
        if (change.current || change.previous)
            cache.apply(std::move(change));
    }
}

void ResourceCaches::armBookmarks()
{
    m_bookmarkTimer = m_loop.after(kBookmarkInterval, [this] {
        for (auto& [prefix, cache] : m_caches)
            cache->bookmark(revision());
        armBookmarks();
    });
}

std::shared_ptr<WatchCache> ResourceCaches::find(const api::KindDescription& kind) const
{
    auto found = m_caches.find(storagePrefix(kind));
    return found == m_caches.end() ? nullptr : found->second;
}

std::shared_ptr<WatchCache> ResourceCaches::find(std::string_view group, std::string_view plural) const
{
    auto found = m_caches.find(prefixFor(group, plural));
    return found == m_caches.end() ? nullptr : found->second;
}

Task<Result<void>> ResourceCaches::add(api::Scheme::KindPointer kind)
{
    auto prefix = storagePrefix(*kind);
    if (!hasOwnStorage(*kind) || m_caches.contains(prefix))
        co_return Result<void>();
    auto page = co_await m_store->list(prefix, "", 0, 0);
    if (!page)
        co_return failure("the store cannot be read: " + page.error().message);
    auto cache = makeCache(*kind, m_eventsMax);
    cache->startAt(page->revision);
    m_caches.try_emplace(std::move(prefix), std::move(cache));
    load(page->items);
    co_return Result<void>();
}

void ResourceCaches::remove(std::string_view group, std::string_view plural)
{
    auto found = m_caches.find(prefixFor(group, plural));
    if (found == m_caches.end())
        return;
    found->second->closeWatchers();
    m_caches.erase(found);
}

std::size_t ResourceCaches::watcherCount() const
{
    std::size_t count = 0;
    for (const auto& [prefix, cache] : m_caches)
        count += cache->watcherCount();
    return count;
}

} // namespace kates::apiserver
