// The REST client that every component uses. Two transports implement it: HTTPS, and in-process (which passes pointers through the API server's
// whole filter chain without a socket).
//
// Objects that come back are shared and immutable: copy (free) before changing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/status.h"
#include "engine/api/value.h"
#include "engine/base/task.h"

namespace kates::client {

// "apps/v1 deployments"
struct Resource {
    std::string group, version, plural;
    std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    bool operator==(const Resource&) const = default;
};

struct ListOptions {
    std::string labelSelector, fieldSelector;
    std::string resourceVersion; // "" newest, "0" any cached
    std::size_t limit = 0;
    std::string continueToken;
};

struct ObjectList {
    std::vector<api::Value> items; // each with apiVersion and kind
    std::string resourceVersion;
    std::string continueToken;
};

enum class PatchType { Json, Merge, Strategic, Apply };

struct WriteOptions {
    std::string fieldManager;
    bool force = false;
    bool dryRun = false;
    std::string subresource; // "status", "scale", "binding", "eviction" …
};

struct DeleteOptions {
    std::optional<std::int64_t> gracePeriodSeconds;
    std::string propagationPolicy; // "", Orphan, Background, Foreground
    std::string preconditionUid, preconditionResourceVersion;
};

struct WatchEvent {
    enum class Type { Added, Modified, Deleted, Bookmark } type;
    api::Value object;
};

class WatchStream {
public:
    virtual ~WatchStream() = default; // ends the watch
    // The next events, at least one, in order. An error ends the stream: Expired means list again; a broken connection is ServiceUnavailable.
    virtual Task<api::ApiResult<std::vector<WatchEvent>>> next() = 0;
    virtual void stop() = 0; // a waiting next() ends with an error
};

// GCC 12 destroys an aggregate that is written as {…} in a co_await expression at the wrong address: the defaults below are constructor calls for
// that reason, and callers name their options before the call.
class Client {
public:
    virtual ~Client() = default;
    virtual Task<api::ApiResult<api::Value>> get(Resource resource, std::string ns, std::string name, std::string subresource = std::string()) = 0;
    virtual Task<api::ApiResult<ObjectList>> list(Resource resource, std::string ns, ListOptions options = ListOptions()) = 0;
    virtual Task<api::ApiResult<std::unique_ptr<WatchStream>>> watch(Resource resource, std::string ns, ListOptions options) = 0;
    // metadata.name may be empty where generateName is given. With a subresource, `name` says whose it is.
    virtual Task<api::ApiResult<api::Value>> create(
        Resource resource, std::string ns, api::Value object, WriteOptions options = WriteOptions(), std::string name = std::string())
        = 0;
    virtual Task<api::ApiResult<api::Value>> update(
        Resource resource, std::string ns, std::string name, api::Value object, WriteOptions options = WriteOptions())
        = 0;
    virtual Task<api::ApiResult<api::Value>> patch(
        Resource resource, std::string ns, std::string name, PatchType type, api::Value patch, WriteOptions options = WriteOptions())
        = 0;
    virtual Task<api::ApiResult<api::Value>> remove(Resource resource, std::string ns, std::string name, DeleteOptions options = DeleteOptions()) = 0;
    virtual Task<api::ApiResult<void>> removeCollection(
        Resource resource, std::string ns, ListOptions selector, DeleteOptions options = DeleteOptions())
        = 0;
};

// The resources that components name often.
namespace resources {
inline const Resource pods{"", "v1", "pods"};
inline const Resource nodes{"", "v1", "nodes"};
inline const Resource services{"", "v1", "services"};
inline const Resource endpoints{"", "v1", "endpoints"};
inline const Resource namespaces{"", "v1", "namespaces"};
inline const Resource configMaps{"", "v1", "configmaps"};
inline const Resource secrets{"", "v1", "secrets"};
inline const Resource serviceAccounts{"", "v1", "serviceaccounts"};
inline const Resource events{"", "v1", "events"};
inline const Resource deployments{"apps", "v1", "deployments"};
inline const Resource replicaSets{"apps", "v1", "replicasets"};
inline const Resource endpointSlices{"discovery.k8s.io", "v1", "endpointslices"};
inline const Resource leases{"coordination.k8s.io", "v1", "leases"};
} // namespace resources

} // namespace kates::client
