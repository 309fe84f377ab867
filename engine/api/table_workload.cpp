#include <fmt/format.h>

#include "engine/api/duration.h"
#include "engine/api/meta.h"
#include "engine/api/table_cells.h"
#include "engine/base/time.h"

namespace kates::api::table {

namespace {

Value readyOfDesired(const Row& row)
{
    return fmt::format("{}/{}", row.object.get("status", "readyReplicas").asInt(), row.object.get("spec", "replicas").asInt());
}

Value labelSelector(const Row& row)
{
    return joinSelector(row.object.get("spec", "selector"));
}

Value mapSelector(const Row& row)
{
    return joinLabels(row.object.get("spec", "selector"));
}

Value templateNodeSelector(const Row& row)
{
    return joinLabels(row.object.get("spec", "template", "spec", "nodeSelector"));
}

Value podTemplateLabels(const Row& row)
{
    return joinLabels(row.object.get("template", "metadata", "labels"));
}

Value jobTemplateSelector(const Row& row)
{
    return joinSelector(row.object.get("spec", "jobTemplate", "spec", "selector"));
}

Value jobStatus(const Row& row)
{
    for (const std::string_view type : {"Complete", "Failed", "Suspended", "SuccessCriteriaMet", "FailureTarget"}) {
        if (conditionIsTrue(row.object, type))
            return type;
    }
    return ObjectMeta(row.object).beingDeleted() ? "Terminating" : "Running";
}

Value jobCompletions(const Row& row)
{
    const Value& spec = row.object.get("spec");
    const std::int64_t succeeded = row.object.get("status", "succeeded").asInt();
    if (const Value& completions = spec.get("completions"); !completions.isNull())
        return fmt::format("{}/{}", succeeded, completions.asInt());
    const std::int64_t parallelism = spec.get("parallelism").asInt();
    return parallelism > 1 ? fmt::format("{}/1 of {}", succeeded, parallelism) : fmt::format("{}/1", succeeded);
}

Value jobDuration(const Row& row)
{
    const auto started = parseTime(row.object.str("status", "startTime"));
    if (!started)
        return "";
    const auto completed = parseTime(row.object.str("status", "completionTime"));
    return humanDuration((completed ? *completed : row.now) - *started);
}

Value cronJobSuspend(const Row& row)
{
    const Value& suspend = row.object.get("spec", "suspend");
    return suspend.isNull() ? "<unset>" : suspend.asBool() ? "True" : "False";
}

Value cronJobLastSchedule(const Row& row)
{
    const std::string_view last = row.object.str("status", "lastScheduleTime");
    return last.empty() ? std::string("<none>") : since(last, row.now);
}

Value revisionController(const Row& row)
{
    const Value& owner = ObjectMeta(row.object).controllerRef();
    if (owner.isNull())
        return "<none>";
    const std::string_view apiVersion = owner.str("apiVersion");
    const std::size_t slash = apiVersion.find('/');
    std::string kind(owner.str("kind"));
    for (char& c : kind)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    const std::string group = slash == std::string_view::npos ? "" : "." + std::string(apiVersion.substr(0, slash));
    return fmt::format("{}{}/{}", kind, group, owner.str("name"));
}

Value scaleTarget(const Row& row)
{
    const Value& target = row.object.get("spec", "scaleTargetRef");
    return fmt::format("{}/{}", target.str("kind"), target.str("name"));
}

// One side of a target: a percentage or a quantity.
std::string amount(const Value& values)
{
    if (const Value& utilization = values.get("averageUtilization"); !utilization.isNull())
        return fmt::format("{}%", utilization.asInt());
    const std::string_view average = values.str("averageValue");
    return std::string(average.empty() ? values.str("value") : average);
}

const Value& sourceOf(const Value& metric)
{
    std::string key(metric.str("type")); // Resource → resource, ContainerResource → containerResource
    if (!key.empty())
        key[0] = static_cast<char>(key[0] - 'A' + 'a');
    return metric.get(key);
}

Value scaleMetrics(const Row& row)
{
    constexpr std::size_t kShown = 2;
    std::vector<std::string> texts;
    const Value& current = row.object.get("status", "currentMetrics");
    std::size_t position = 0;
    for (const Value& metric : row.object.get("spec", "metrics")) {
        const Value& source = sourceOf(metric);
        const std::string now = amount(sourceOf(current.at(position++)).get("current"));
        const bool average = source.get("target").has("averageValue") && metric.str("type") != "Pods";
        const std::string_view label = source.str("name");
        texts.push_back(fmt::format("{}{}{}/{}{}", label, label.empty() ? "" : ": ", now.empty() ? "<unknown>" : now, amount(source.get("target")),
            average && metric.str("type") != "Resource" ? " (avg)" : ""));
    }
    if (texts.empty())
        return "<none>";
    const bool more = texts.size() > kShown;
    const std::string shown = joinAll(std::span(texts).first(std::min(kShown, texts.size())), ", ");
    return more ? fmt::format("{} + {} more...", shown, texts.size() - kShown) : shown;
}

constexpr Cell kCells[] {
    {"readyOfDesired", readyOfDesired},
    {"labelSelector", labelSelector},
    {"mapSelector", mapSelector},
    {"templateNodeSelector", templateNodeSelector},
    {"podTemplateLabels", podTemplateLabels},
    {"jobTemplateSelector", jobTemplateSelector},
    {"jobStatus", jobStatus},
    {"jobCompletions", jobCompletions},
    {"jobDuration", jobDuration},
    {"cronJobSuspend", cronJobSuspend},
    {"cronJobLastSchedule", cronJobLastSchedule},
    {"revisionController", revisionController},
    {"scaleTarget", scaleTarget},
    {"scaleMetrics", scaleMetrics},
};

} // namespace

std::span<const Cell> workloadCells()
{
    return kCells;
}

} // namespace kates::api::table
