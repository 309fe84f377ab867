// A local, live copy of one resource (list, then watch, again after a failure) with indexes and change handlers.
//
// What is read may be behind the server, never ahead of it; each object is seen in the order of its resourceVersions, some versions may be skipped.
// Handlers run on the loop's thread right after the cache has changed; they only enqueue keys (reconcilers compare cached state and act). A handler
// and what it refers to must live until stop() has completed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/api/meta.h"
#include "engine/base/random.h"
#include "engine/client/client.h"

namespace kates::client {

struct InformerHandler {
    std::function<void(const api::Value& object)> added;
    std::function<void(const api::Value& before, const api::Value& after)> updated;
    std::function<void(const api::Value& last)> deleted;
    std::function<void()> synced; // the first list is in the cache
};

class Informer {
public:
    virtual ~Informer() = default;
    virtual void addHandler(InformerHandler handler) = 0; // existing objects are replayed as added
    // Objects can be looked up by every value that `keysOf` gives (a node's name, an owner's uid). An index of that name may exist already: then it
    // must be the same one, and nothing happens.
    virtual void addIndex(std::string name, std::function<std::vector<std::string>(const api::Value&)> keysOf) = 0;
    virtual void start() = 0;
    virtual Task<void> stop() = 0;
    virtual bool synced() const = 0;
    virtual Future<Done> whenSynced() const = 0;

    virtual const api::Value* get(std::string_view ns, std::string_view name) const = 0; // nullptr: not there; copy it before co_await
    virtual std::vector<api::Value> byIndex(std::string_view index, std::string_view key) const = 0;
    virtual std::vector<api::Value> byNamespace(std::string_view ns) const = 0; // empty: all
    virtual std::size_t size() const = 0;
    virtual void forEach(const std::function<void(const api::Value&)>& visit) const = 0;
};

// Shares one informer per (resource, options) among all users of a client.
class InformerFactory {
public:
    virtual ~InformerFactory() = default;
    virtual Informer& informer(const Resource& resource, const ListOptions& options = {}) = 0;
    virtual void start() = 0; // starts those not yet started
    virtual Task<void> stop() = 0;
    virtual Future<Done> whenSynced() = 0; // all that exist now
};

// `random` spreads reconnections; without one it is the system's.
[[nodiscard]] std::unique_ptr<InformerFactory> makeInformerFactory(
    Loop& loop, std::shared_ptr<Client> client, std::shared_ptr<Random> random = nullptr);

} // namespace kates::client
