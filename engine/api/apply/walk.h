// The walks over documents that server-side apply is made of. Internal to it.
#pragma once

#include "engine/api/apply/merge_type.h"
#include "engine/api/status.h"

namespace kates::api {

// The fields that a configuration names.
FieldSet fieldsOf(const Value& value, const MergeType& type);

struct Comparison {
    FieldSet added, removed, modified;
    bool same() const { return added.empty() && removed.empty() && modified.empty(); }
};
// From `before` to `after`; nullptr is absent.
Comparison compare(const Value* before, const Value* after, const MergeType& type);

// `live` with what `config` names put over it. Lists follow the order of `config`, with live's own items where they stood.
Value mergeConfig(const Value& live, const Value& config, const MergeType& type);

// `value` without what is in `last` and in nobody's set (`managed`): what the manager applied before and no longer does.
Value prune(const Value& value, const MergeType& type, const FieldSet& last, const FieldSet& managed);

// List items without their keys, or twice the same ones, are 400: they could not be merged.
ApiResult<void> checkListKeys(const Value& config, const MergeType& type, const std::string& path);

// Without explicit nulls, which name no field.
Value withoutNulls(const Value& value);

} // namespace kates::api
