// spec.podFailurePolicy: what a failed pod means for its job.
#pragma once

#include <string>

#include "engine/api/value.h"

namespace kates::controllers {

struct FailureVerdict {
    enum class Action { Count, Ignore, FailJob } action = Action::Count;
    std::string message; // for FailJob: which container or condition, and which rule
};

// The first rule that matches decides; without one the failure counts.
FailureVerdict judgeFailure(const api::Value& policy, const api::Value& pod);

} // namespace kates::controllers
