// Where a request goes: the path and query of the Kubernetes REST conventions.
#pragma once

#include "engine/client/client.h"

namespace kates::client {

struct RequestTarget {
    Resource resource;
    std::string ns;   // empty: cluster-scoped, or all namespaces
    std::string name; // empty: the collection
    std::string subresource;

    std::string path(std::string_view prefix = {}) const; // /apis/apps/v1/namespaces/default/deployments/web/status
};

std::string listQuery(const ListOptions& options);  // with its '?' unless empty
std::string watchQuery(const ListOptions& options); // asks for bookmarks
std::string writeQuery(const WriteOptions& options);
api::Value deleteOptionsBody(const DeleteOptions& options);
std::string_view patchContentType(PatchType type);

} // namespace kates::client
