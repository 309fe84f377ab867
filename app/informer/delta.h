// What changed in a set of objects.
#pragma once

#include <QMetaType>

#include <memory>
#include <string>
#include <vector>

#include "engine/api/value.h"

namespace kates::app {

struct Delta {
    enum class Kind { Set, Removed };
    Kind kind;
    std::string key; // "namespace/name" or "name"
    api::Value object; // the new one, or the last known one of a removed
};

using Deltas = std::vector<Delta>;

} // namespace kates::app
