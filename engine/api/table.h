// meta.k8s.io/v1 Table: what kubectl get prints, by the description's printer columns; Name and Created At for kinds that have none.
// Pure functions.
#pragma once

#include <span>

#include "engine/api/schema.h"
#include "engine/base/loop.h"

namespace kates::api {

enum class IncludeObject { None, Metadata, Object };

Value tableColumns(const KindDescription& kind);
// One row: cells and object (a PartialObjectMetadata, the whole object, or nothing).
Value tableRow(const KindDescription& kind, const Value& object, IncludeObject include, WallTime now);
// `listMetadata` is the list's (resourceVersion, continue …). Without columns: the later events of a watch.
Value makeTable(const KindDescription& kind, std::span<const Value> objects, IncludeObject include, const Value& listMetadata, WallTime now,
    bool withColumns = true);

// meta.k8s.io/v1 PartialObjectMetadata: apiVersion, kind and the object's metadata.
Value partialObjectMetadata(const Value& object);
Value partialObjectMetadataList(std::span<const Value> objects, const Value& listMetadata);

} // namespace kates::api
