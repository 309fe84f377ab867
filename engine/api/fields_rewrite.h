// Rewriting documents along their description while sharing what stays the same. Internal to fields_*.cpp.
#pragma once

#include <optional>

#include "engine/api/schema.h"

namespace kates::api::fields {

// The changed value; nothing when nothing changes.
using Rewritten = std::optional<Value>;

// Applies `one` to the value, to each item or to each map value, by the field's shape. Values of another shape are left alone.
template <typename One>
Rewritten rewriteShape(const Field& field, const Value& value, One&& one)
{
    Rewritten result;
    const auto changed = [&]() -> Value& { return result ? *result : result.emplace(value); };
    switch (field.shape) {
    case Field::Shape::Single:
        return one(value);
    case Field::Shape::List:
        for (std::size_t i = 0; value.isArray() && i < value.size(); ++i) {
            if (Rewritten item = one(value.at(i)))
                changed().editAt(i) = std::move(*item);
        }
        return result;
    case Field::Shape::Map:
        for (const Member& member : value.members()) {
            if (Rewritten item = one(member.value))
                changed().set(member.key, std::move(*item));
        }
        return result;
    }
    return result;
}

} // namespace kates::api::fields
