// Blocking work of a few milliseconds off the loop, on a thread of its own that ends with it: for calls that change the thread (setns).
#pragma once

#include <functional>
#include <thread>
#include <type_traits>

#include "engine/base/task.h"

namespace kates::network {

// `work` runs on a new thread and must touch nothing that the loop's thread uses meanwhile. The awaiting coroutine must not be destroyed before it
// resumes.
template <typename Work, typename T = std::invoke_result_t<Work>>
Task<T> runOnThread(Loop& loop, Work work)
{
    Event done;
    std::optional<T> result;
    std::thread thread([&] {
        result.emplace(work());
        loop.post([done] { done.set({}); });
    });
    co_await done;
    thread.join();
    co_return std::move(*result);
}

} // namespace kates::network
