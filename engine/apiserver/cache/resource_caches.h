// Every kind's watch cache, fed by one watch on the whole store.
#pragma once

#include <unordered_map>

#include "engine/api/schema.h"
#include "engine/apiserver/cache/watch_cache.h"

namespace kates::apiserver {

// "/registry/<group or core>/<plural>/"
[[nodiscard]] std::string storagePrefix(const api::KindDescription& kind);
[[nodiscard]] std::string storageKey(const api::KindDescription& kind, std::string_view ns, std::string_view name);

class ResourceCaches {
public:
    ResourceCaches(Loop& loop, std::shared_ptr<store::Store> store, std::size_t eventsMax)
        : m_loop(loop), m_store(std::move(store)), m_eventsMax(eventsMax)
    {
    }

    // Loads every kind of the scheme from the store and follows it from then on.
    [[nodiscard]] Task<Result<void>> start(const api::Scheme& scheme);
    void closeWatchers();
    void stop();

    // The cache of a kind that is stored under its own name; nullptr when there is none.
    std::shared_ptr<WatchCache> find(const api::KindDescription& kind) const;
    std::shared_ptr<WatchCache> find(std::string_view group, std::string_view plural) const;
    // For kinds that appear while the server runs: what the store holds of them is there when the task is done.
    Task<Result<void>> add(api::Scheme::KindPointer kind);
    // Ends its watches.
    void remove(std::string_view group, std::string_view plural);

    // A writer gives the document of the text it is about to commit, so that it need not be parsed when it comes back. Ends with the returned object.
    class Written {
    public:
        Written(ResourceCaches& caches, Bytes text, api::Value document);
        ~Written();
        Written(const Written&) = delete;

    private:
        ResourceCaches& m_caches;
        Bytes m_text;
    };

    store::Revision revision() const { return m_store->currentRevision(); }
    std::size_t watcherCount() const;
    ObjectPointer parse(const store::KeyValue& stored) const; // nullptr (and a log line) when it is no JSON

private:
    void apply(const store::WatchBatch& batch);
    void armBookmarks();
    void load(const std::vector<store::KeyValue>& items);

    Loop& m_loop;
    std::shared_ptr<store::Store> m_store;
    std::size_t m_eventsMax;
    std::unordered_map<std::string, std::shared_ptr<WatchCache>> m_caches; // by storage prefix
    std::unordered_map<const char*, api::Value> m_written;                 // by the text's address
    std::unique_ptr<store::Watch> m_watch;
    Registration m_bookmarkTimer;
};

} // namespace kates::apiserver
