// One condition of a label selector: checked when it is made. Internal to selector*.cpp.
#pragma once

#include "engine/api/selector.h"

namespace kates::api {

// Checks key, number of values and values as the API does; sorts the values.
Result<LabelSelector::Requirement> makeRequirement(std::string key, LabelSelector::Operator op, std::vector<std::string> values);
Result<std::vector<LabelSelector::Requirement>> parseRequirements(std::string_view text);
bool parseInteger(std::string_view text, std::int64_t& number);

} // namespace kates::api
