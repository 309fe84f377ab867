// What a job does next, and how it ends: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/controllers/job/job_counts.h"

namespace kates::controllers {

struct JobEnding {
    bool success = false;
    std::string reason, message;
};
// Decided now or before (then its conditions say so).
std::optional<JobEnding> endingOf(const api::Value& job, const JobCounts& counts, WallTime now);

struct JobPlan {
    std::vector<api::Value> create; // pods
    std::vector<api::Value> remove;
    std::optional<Duration> again;  // creation waits this long after a failure
};
// For a job that goes on.
JobPlan planJob(const api::Value& job, const JobCounts& counts, WallTime now);

// The whole status. `active` is the number of active pods after the plan was carried out.
api::Value jobStatus(
    const api::Value& job, const JobCounts& counts, const std::optional<JobEnding>& ending, std::int64_t active, WallTime now);

} // namespace kates::controllers
