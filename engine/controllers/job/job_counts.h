// How a job's pods are counted so that none is lost and none counts twice, whatever is deleted or crashes when: pure.
//
// Each pod of a job carries a finalizer. A pod that has ended is first noted by uid in status.uncountedTerminatedPods (one status write), then its
// finalizer is removed, then it moves from the note to the counters (the next status write).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/loop.h"
#include "engine/controllers/job/job_view.h"

namespace kates::controllers {

struct JobCounts {
    std::vector<api::Value> active;      // running or waiting, not being deleted
    std::vector<api::Value> terminating; // being deleted, not ended
    std::vector<api::Value> release;     // ended and noted: their finalizers go once the status is written
    std::int64_t succeeded = 0, failed = 0; // noted ones included
    std::string failJob;                 // why the pod failure policy fails the job; empty: it does not
    std::optional<WallTime> lastFailure;
    api::Value status;                   // the job's, with notes and counters brought up to date
    bool settled() const { return !status.has("uncountedTerminatedPods"); }
};

JobCounts countPods(const api::Value& job, const std::vector<api::Value>& pods);

bool tracked(const api::Value& pod); // still carries the finalizer
std::optional<int> completionIndex(const api::Value& pod);

} // namespace kates::controllers
