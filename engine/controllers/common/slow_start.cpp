#include "engine/controllers/common/slow_start.h"

#include <algorithm>

#include "engine/controllers/common/when_all.h"

namespace kates::controllers {

Task<SlowStartResult> slowStart(int count, std::function<Task<api::ApiResult<void>>(int index)> request)
{
    SlowStartResult result;
    int batch = 1;
    while (result.attempts < count && !result.error) {
        batch = std::min(batch, count - result.attempts);
        std::vector<Task<api::ApiResult<void>>> tasks;
        for (int i = 0; i < batch; ++i)
            tasks.push_back(request(result.attempts + i));
        auto answers = co_await whenAll(std::move(tasks));
        result.attempts += batch;
        for (auto& answer : answers) {
            if (answer)
                ++result.successes;
            else if (!result.error)
                result.error = answer.error();
        }
        batch *= 2;
    }
    co_return result;
}

} // namespace kates::controllers
