#include "engine/controllers/job/pod_failure_policy.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/meta.h"

namespace kates::controllers {

namespace {

// Says which container matched; empty: none.
std::string matchExitCode(const api::Value& rule, const api::Value& pod)
{
    const std::string_view only = rule.str("containerName");
    const api::Value& values = rule.get("values");
    for (const std::string_view list : {"containerStatuses", "initContainerStatuses"}) {
        for (const auto& status : pod.get("status", list)) {
            const api::Value& terminated = status.get("state", "terminated");
            const std::int64_t code = terminated.get("exitCode").asInt();
            if (terminated.isNull() || code == 0 || (!only.empty() && only != status.str("name")))
                continue;
            const bool listed = std::find(values.begin(), values.end(), api::Value(code)) != values.end();
            if (listed == (rule.str("operator") == "In"))
                return fmt::format(
                    "Container {} for pod {} failed with exit code {}", status.str("name"), api::ObjectMeta(pod).key().toString(), code);
        }
    }
    return {};
}

std::string matchCondition(const api::Value& patterns, const api::Value& pod)
{
    for (const auto& pattern : patterns) {
        const std::string_view type = pattern.str("type");
        if (api::condition(pod, type).str("status") == pattern.get("status").asString("True"))
            return fmt::format("Pod {} has condition {}", api::ObjectMeta(pod).key().toString(), type);
    }
    return {};
}

} // namespace

FailureVerdict judgeFailure(const api::Value& policy, const api::Value& pod)
{
    const api::Value& rules = policy.get("rules");
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const api::Value& rule = rules.at(i);
        std::string matched
            = rule.has("onExitCodes") ? matchExitCode(rule.get("onExitCodes"), pod) : matchCondition(rule.get("onPodConditions"), pod);
        if (matched.empty())
            continue;
        const std::string_view action = rule.str("action");
        if (action == "Ignore")
            return {FailureVerdict::Action::Ignore, {}};
        if (action == "FailJob")
            return {FailureVerdict::Action::FailJob, fmt::format("{} matching FailJob rule at index {}", matched, i)};
        return {};
    }
    return {};
}

} // namespace kates::controllers
