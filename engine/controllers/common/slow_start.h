// Many requests of one sort as fast as the API takes them, and few when it refuses: batches of 1, 2, 4 … that run at the same time each.
#pragma once

#include <functional>
#include <optional>

#include "engine/api/status.h"
#include "engine/base/task.h"

namespace kates::controllers {

struct SlowStartResult {
    int attempts = 0; // the rest was not tried after a failure
    int successes = 0;
    std::optional<api::StatusError> error; // the first one
};

// Give it a named function: GCC 12 destroys a lambda that is written inside a co_await expression at the wrong address.
Task<SlowStartResult> slowStart(int count, std::function<Task<api::ApiResult<void>>(int index)> request);

} // namespace kates::controllers
