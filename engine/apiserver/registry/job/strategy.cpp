#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/job/job_checks.h"
#include "engine/apiserver/registry/pod/pod_checks.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/apiserver/registry/workload/workload_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

void prepareJobSpec(Value& spec)
{
    constexpr std::int64_t kBackoffLimit = 6;
    constexpr std::int64_t kUnlimited = 2147483647;
    if (!spec.has("completions") && !spec.has("parallelism"))
        spec.set("completions", 1);
    if (!spec.has("parallelism"))
        spec.set("parallelism", 1);
    if (!spec.has("backoffLimit"))
        spec.set("backoffLimit", spec.has("backoffLimitPerIndex") ? kUnlimited : kBackoffLimit);
    if (!spec.has("podReplacementPolicy"))
        spec.set("podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
}

void validateJobSpec(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    constexpr std::string_view kCounts[] {
        "parallelism", "completions", "backoffLimit", "backoffLimitPerIndex", "maxFailedIndexes", "activeDeadlineSeconds", "ttlSecondsAfterFinished"};
    requireNonNegativeFields(path, spec, kCounts, errors);
    if (spec.str("completionMode") == "Indexed" && spec.get("completions").isNull())
        errors.required(path.child("completions"), "when completion mode is Indexed");
    const FieldPath podTemplate = path.child("template");
    validatePodTemplate(podTemplate, spec.get("template"), errors);
    const Value& policy = spec.get("template", "spec", "restartPolicy");
    constexpr std::string_view kPolicies[] {"OnFailure", "Never"};
    if (policy.asString() == "Always")
        errors.notSupported(podTemplate.child("spec.restartPolicy"), policy, kPolicies);
    if (spec.has("podFailurePolicy") && policy.asString() != "Never")
        errors.invalid(podTemplate.child("spec.restartPolicy"), policy, "only \"Never\" is supported when podFailurePolicy is specified");
}

namespace {

constexpr std::string_view kUidLabels[] {"batch.kubernetes.io/controller-uid", "controller-uid"};
constexpr std::string_view kNameLabels[] {"batch.kubernetes.io/job-name", "job-name"};

// A job finds its pods by its uid, unless the user takes over.
void generateSelector(Value& job)
{
    if (job.get("spec", "manualSelector").asBool())
        return;
    const Value uid = job.get("metadata", "uid");
    const Value name = job.get("metadata", "name");
    Value& labels = job.edit("spec", "template", "metadata", "labels");
    for (const std::string_view label : kNameLabels)
        labels.set(label, name);
    for (const std::string_view label : kUidLabels)
        labels.set(label, uid);
    job.edit("spec", "selector", "matchLabels").set(kUidLabels[0], uid);
}

class JobStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& job) const override
    {
        prepareTemplate(job);
        adjust(job, "spec", prepareJobSpec);
        labelLikeTemplate(job);
        if (job.get("spec", "selector").isNull() || !job.get("spec", "manualSelector").asBool())
            generateSelector(job);
    }

    void prepareForUpdate(const StrategyContext&, Value& job, const Value&) const override
    {
        prepareTemplate(job);
        adjust(job, "spec", prepareJobSpec);
    }

    void validate(const StrategyContext& context, const Value& job, FieldErrors& errors) const override
    {
        const FieldPath path("spec");
        if (context.subresource == "status")
            return;
        validateJobSpec(path, job.get("spec"), errors);
        validateSelectorAndTemplateLabels(path, job.get("spec"), errors);
    }

    void validateUpdate(const StrategyContext& context, const Value& job, const Value& old, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        constexpr std::string_view kFixed[] {
            "completions", "selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex", "successPolicy"};
        for (const std::string_view field : kFixed) {
            // An indexed job may grow and shrink with its parallelism.
            const bool elastic = field == "completions" && job.str("spec", "completionMode") == "Indexed"
                && job.get("spec", "completions") == job.get("spec", "parallelism");
            if (!elastic)
                requireUnchangedField(job, old, field, errors);
        }
        // A suspended job that has not started may still be adjusted to where it will run.
        if (!(old.get("spec", "suspend").asBool() && old.str("status", "startTime").empty()))
            requireUnchangedField(job, old, "template", errors);
    }

private:
    static void validateSelectorAndTemplateLabels(const FieldPath& path, const Value& spec, FieldErrors& errors)
    {
        const FieldPath selector = path.child("selector");
        if (spec.get("selector").isNull()) {
            errors.required(selector);
            return;
        }
        validateLabelSelector(selector, spec.get("selector"), errors);
        requireSelected(path, spec, errors);
    }
};

} // namespace

const Strategy& jobStrategy()
{
    static const JobStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
