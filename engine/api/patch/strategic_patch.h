// The recursion of strategic merge patch: maps in strategic_patch.cpp, lists in strategic_list.cpp. Internal to these two.
#pragma once

#include <string_view>

#include "engine/api/patch.h"

namespace kates::api::strategic {

inline constexpr std::string_view kDirective = "$patch";
inline constexpr std::string_view kRetainKeys = "$retainKeys";
inline constexpr std::string_view kDeletePrefix = "$deleteFromPrimitiveList/";
inline constexpr std::string_view kOrderPrefix = "$setElementOrder/";

// What the description says about the members of one map: a described type, or a map whose values have one type.
struct Shape {
    const TypeDescription* type = nullptr;
    const Field* mapField = nullptr;

    static Shape ofItems(const Field* field); // of a list's items, or a struct's members
    const Field* field(std::string_view key) const { return type ? type->field(key) : nullptr; }
    Shape child(std::string_view key) const;
};

ApiResult<Value> mergeMap(const Value& original, const Value& patch, const Shape& shape);

// The list field `field` (patchMerge) of a map. `order`: the $setElementOrder list, or null to use the patch's own order.
ApiResult<Value> mergeList(const Value& original, const Value& patch, const Value& order, const Field& field);
Value withoutItems(const Value& original, const Value& dropped); // of primitive lists

} // namespace kates::api::strategic
