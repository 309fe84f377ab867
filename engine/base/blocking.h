// Work that blocks (unpacking, removing trees, waiting for a file lock) leaves the loop's thread.
#pragma once

#include <optional>
#include <thread>
#include <type_traits>

#include "engine/base/task.h"

namespace kates {

// Runs `work` on a thread of its own and gives its result on the loop's thread. The thread is fresh and ends with the work, so work may change what
// belongs to a thread: its root and working directory (after unshare(CLONE_FS)), its namespaces, its locale.
// The awaiting coroutine must not be destroyed before it completes. `work` returns a value, and throws nothing.
template <typename Work, typename Value = std::invoke_result_t<Work>>
Task<Value> runBlocking(Loop& loop, Work work)
{
    std::optional<Value> value;
    Event done;
    std::thread thread([&loop, &work, &value, &done] {
        value.emplace(work());
        loop.post([done] { done.set({}); });
    });
    co_await done;
    thread.join();
    co_return std::move(*value);
}

} // namespace kates
