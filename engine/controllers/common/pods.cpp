#include "engine/controllers/common/pods.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/base/time.h"

namespace kates::controllers {

namespace {
constexpr std::size_t kGenerateNameMax = 57; // a DNS label's 63 less the dash and the five random letters
}

bool podTerminal(const api::Value& pod)
{
    const std::string_view phase = pod.str("status", "phase");
    return phase == "Succeeded" || phase == "Failed";
}

bool podActive(const api::Value& pod)
{
    return !podTerminal(pod) && !api::ObjectMeta(pod).beingDeleted();
}

bool podReady(const api::Value& pod)
{
    return api::conditionIsTrue(pod, "Ready");
}

std::optional<WallTime> podReadySince(const api::Value& pod)
{
    const api::Value& ready = api::condition(pod, "Ready");
    if (ready.str("status") != "True")
        return std::nullopt;
    return parseTime(ready.str("lastTransitionTime"));
}

bool podAvailable(const api::Value& pod, std::int64_t minReadySeconds, WallTime now)
{
    if (!podReady(pod))
        return false;
    if (minReadySeconds == 0)
        return true;
    const auto since = podReadySince(pod);
    return since && *since + std::chrono::seconds(minReadySeconds) <= now;
}

std::optional<Duration> soonestAvailability(const std::vector<api::Value>& pods, std::int64_t minReadySeconds, WallTime now)
{
    const std::chrono::seconds minReady(minReadySeconds);
    std::optional<Duration> soonest;
    for (const auto& pod : pods) {
        const auto since = podReadySince(pod);
        if (since && *since + minReady > now)
            soonest = std::min(soonest.value_or(Duration::max()), Duration(*since + minReady - now));
    }
    return soonest;
}

std::int64_t podRestarts(const api::Value& pod)
{
    std::int64_t most = 0;
    for (const auto& status : pod.get("status", "containerStatuses"))
        most = std::max(most, status.get("restartCount").asInt());
    return most;
}

api::Value podFromTemplate(const api::Value& podTemplate, const api::Value& owner)
{
    std::string prefix(api::ObjectMeta(owner).name());
    prefix.resize(std::min(prefix.size(), kGenerateNameMax));
    api::Value metadata = api::Value::object({{"generateName", prefix + "-"}, {"namespace", api::ObjectMeta(owner).ns()}});
    for (std::string_view copied : {"labels", "annotations", "finalizers"}) {
        if (const api::Value& value = podTemplate.get("metadata", copied); !value.isEmpty())
            metadata.set(copied, value);
    }
    metadata.set("ownerReferences", api::Value::array({api::controllerReference(owner)}));
    return api::Value::object({{"apiVersion", "v1"}, {"kind", "Pod"}, {"metadata", std::move(metadata)}, {"spec", podTemplate.get("spec")}});
}

} // namespace kates::controllers
