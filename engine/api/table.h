// meta.k8s.io/v1 Table: what kubectl get prints, by the description's printer columns.
#pragma once

#include <span>

#include "engine/api/schema.h"
#include "engine/base/loop.h"

namespace kates::api {

enum class IncludeObject { None, Metadata, Object };

// Columns, or none for the later events of a watch.
Value tableColumns(const KindDescription& kind);
// One row: cells and object (a PartialObjectMetadata, the whole object, or nothing).
Value tableRow(const KindDescription& kind, const Value& object, IncludeObject include, WallTime now);
Value makeTable(const KindDescription& kind, std::span<const Value> objects, IncludeObject include, const Value& listMetadata, WallTime now, bool withColumns = true);

} // namespace kates::api
