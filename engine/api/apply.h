// Server-side apply: structured merge with field ownership in metadata.managedFields (KEP-555), by the descriptions.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

struct ApplyRequest {
    std::string manager; // fieldManager
    bool force = false;
    std::string apiVersion; // of the applied configuration
    std::string subresource; // "" or "status"
    std::string now; // RFC 3339
};

// Merges the applied configuration into the live object (null when it does not exist yet): takes ownership of what it names, removes what this
// manager owned and no longer names (unless others own it), and fails with 409 Conflict listing every field that another manager owns with another
// value, unless forced.
[[nodiscard]] ApiResult<Value> applyServerSide(const KindDescription& kind, const Value& live, const Value& applied, const ApplyRequest& request);

// Records in `updated` the ownership that a create, update or other patch by `request.manager` takes: what differs from `live`.
void trackUpdate(const KindDescription& kind, const Value& live, Value& updated, const ApplyRequest& request);

} // namespace kates::api
