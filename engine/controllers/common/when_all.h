// Runs tasks at the same time and waits for all of them.
#pragma once

#include <optional>
#include <vector>

#include "engine/base/task.h"

namespace kates::controllers {

namespace detail {
template <typename T>
Task<void> storeResult(Task<T> task, std::optional<T>& place, std::size_t& missing, Event done)
{
    place.emplace(co_await std::move(task));
    if (--missing == 0)
        done.set({});
}
} // namespace detail

// The results in the order of the tasks.
template <typename T>
Task<std::vector<T>> whenAll(std::vector<Task<T>> tasks)
{
    std::vector<std::optional<T>> places(tasks.size());
    std::size_t missing = tasks.size();
    Event done;
    for (std::size_t i = 0; i < places.size(); ++i)
        spawn(detail::storeResult(std::move(tasks[i]), places[i], missing, done));
    if (!places.empty())
        co_await done;
    std::vector<T> results;
    results.reserve(places.size());
    for (auto& place : places)
        results.push_back(std::move(*place));
    co_return results;
}

} // namespace kates::controllers
