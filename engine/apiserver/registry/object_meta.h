// The server's part of metadata: identity, what a client cannot change, deletion.
#pragma once

#include "engine/apiserver/request/resource_request.h"
#include "engine/base/random.h"

namespace kates::apiserver {

// The body is of the kind, namespace and name that the request names; what it leaves out is filled in.
[[nodiscard]] api::ApiResult<void> matchRequest(const ResourceRequest& request, api::Value& object);
// uid, creationTimestamp, generation; what only the server sets is removed first.
void fillForCreate(const ResourceRequest& request, api::Value& object, const std::string& now, Random& random);
// Conflict when `proposed` was made from another version or another object of that name.
[[nodiscard]] api::ApiResult<void> checkVersion(const ResourceRequest& request, const api::Value& live, const api::Value& proposed);
// What only the server changes is as it was.
void keepServerFields(const api::Value& live, api::Value& proposed);
// generation + 1 when anything but metadata and status differs.
void bumpGeneration(const api::KindDescription& kind, const api::Value& live, api::Value& proposed);
// metadata.finalizers, and spec.finalizers of a namespace.
[[nodiscard]] bool hasFinalizers(const api::KindDescription& kind, const api::Value& object);
// Equal but for metadata.managedFields and metadata.resourceVersion.
[[nodiscard]] bool sameContent(const api::Value& left, const api::Value& right);

} // namespace kates::apiserver
