#include <fmt/format.h>

#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/cronjob/cron_schedule.h"
#include "engine/apiserver/registry/job/job_checks.h"
#include "engine/apiserver/registry/pod/pod_defaults.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

// Its jobs append a dash and ten digits, and a job's name is a label.
constexpr std::size_t kNameMax = 52;

void prepareJob(Value& job)
{
    prepareJobSpec(job);
    adjust(job, "template", [](Value& podTemplate) { adjust(podTemplate, "spec", preparePodSpec); });
}

class CronJobStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& cronJob) const override
    {
        adjust(cronJob, "spec", [](Value& spec) {
            adjust(spec, "jobTemplate", [](Value& jobTemplate) { adjust(jobTemplate, "spec", prepareJob); });
        });
    }

    void prepareForUpdate(const StrategyContext& context, Value& cronJob, const Value&) const override { prepareForCreate(context, cronJob); }

    void validate(const StrategyContext& context, const Value& cronJob, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const FieldPath name("metadata.name");
        const Value& spec = cronJob.get("spec");
        if (cronJob.str("metadata", "name").size() > kNameMax)
            errors.invalid(name, cronJob.get("metadata", "name"), fmt::format("must be no more than {} characters", kNameMax));
        if (const std::string_view schedule = spec.str("schedule"); !schedule.empty()) {
            if (const auto problem = cronScheduleProblem(schedule))
                errors.invalid(path.child("schedule"), schedule, *problem);
        }
        constexpr std::string_view kCounts[] {"startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"};
        requireNonNegativeFields(path, spec, kCounts, errors);
        const FieldPath job = path.child("jobTemplate.spec");
        validateJobSpec(job, spec.get("jobTemplate", "spec"), errors);
        if (spec.get("jobTemplate", "spec", "manualSelector").asBool())
            errors.invalid(job.child("manualSelector"), true, "`manualSelector` will be auto-generated");
    }
};

} // namespace

const Strategy& cronJobStrategy()
{
    static const CronJobStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
