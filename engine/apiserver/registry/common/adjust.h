// Changing a part of an object only when something in it changes, so that what stays the same keeps its storage (and a write that changes nothing is
// seen at once).
#pragma once

#include "engine/api/value.h"

namespace kates::apiserver {

// change(Value& part) works on a copy of object.get(key); the object is touched only if that changed.
template <typename Change>
void adjust(api::Value& object, std::string_view key, Change&& change)
{
    api::Value part = object.get(key);
    change(part);
    if (!part.sameStorage(object.get(key)))
        object.set(key, std::move(part));
}

inline void setIfDifferent(api::Value& object, std::string_view key, const api::Value& value)
{
    if (object.get(key) != value)
        object.set(key, value);
}

} // namespace kates::apiserver
