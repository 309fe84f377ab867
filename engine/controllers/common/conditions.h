// Conditions beyond what api/meta.h does: whole ones, and removal.
#pragma once

#include "engine/api/meta.h"

namespace kates::controllers {

// Replaces the condition of this one's type, or adds it.
void putCondition(api::Value& object, api::Value condition);
void removeCondition(api::Value& object, std::string_view type);

} // namespace kates::controllers
