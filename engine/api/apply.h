// Server-side apply: structured merge with field ownership in metadata.managedFields (KEP-555), by the descriptions.
#pragma once

#include "engine/api/schema.h"
#include "engine/api/status.h"

namespace kates::api {

struct ApplyRequest {
    std::string manager; // fieldManager
    bool force = false; // apply only
    std::string apiVersion; // of the object as it was sent
    std::string subresource; // "" or "status"
    std::string now; // RFC 3339
};

// Merges the applied configuration into the live object (null when it does not exist yet): takes ownership of what it names, removes what this
// manager owned and no longer names (unless others own it), and fails with 409 Conflict listing every field that another manager owns with
// another value, unless forced. Both must have passed checkTypes.
// - An explicit null names no field. What the endpoint does not write (status, or all but status) is left out.
// - Quantities and times are compared in canonical form. When nothing changes, the result is `live` itself, times included.
// - An object that nobody is recorded for counts as owned by "before-first-apply". Defaults belong to nobody.
// - Never owned: apiVersion, kind, and what the server keeps in metadata (name, namespace, uid, resourceVersion, generation, creationTimestamp …).
// - 400: a list item without the keys that tell items apart, two with the same keys, managedFields in the configuration.
[[nodiscard]] ApiResult<Value> applyServerSide(const KindDescription& kind, const Value& live, const Value& applied, const ApplyRequest& request);

// Records in `updated` the ownership that a create, update or other patch by `request.manager` takes: what differs from `live` (null: a create).
// Everybody else loses what changed or went. managedFields that a client sends replace the recorded ones when they can be read; a single empty
// entry forgets all. At most kUpdateManagersMax (10) entries of updaters are kept; older ones are merged into "ancient-changes".
void trackUpdate(const KindDescription& kind, const Value& live, Value& updated, const ApplyRequest& request);

} // namespace kates::api
