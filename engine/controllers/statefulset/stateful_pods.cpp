#include "engine/controllers/statefulset/stateful_pods.h"

#include <algorithm>
#include <charconv>

#include "engine/api/meta.h"
#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/common/pods.h"

namespace kates::controllers {

namespace {

std::string podName(const api::Value& set, std::int64_t ordinal)
{
    return std::string(api::ObjectMeta(set).name()) + "-" + std::to_string(ordinal);
}

std::string claimName(const api::Value& set, const api::Value& claimTemplate, std::int64_t ordinal)
{
    return std::string(api::ObjectMeta(claimTemplate).name()) + "-" + podName(set, ordinal);
}

// The template's own volume of that name gives way to the claim.
void addClaimVolumes(const api::Value& set, api::Value& pod, std::int64_t ordinal)
{
    const api::Value& templates = set.get("spec", "volumeClaimTemplates");
    if (templates.size() == 0)
        return;
    api::Value volumes = api::Value::array();
    for (const auto& claim : templates) {
        const api::Value source = api::Value::object({{"claimName", claimName(set, claim, ordinal)}});
        volumes.push(api::Value::object({{"name", api::ObjectMeta(claim).name()}, {"persistentVolumeClaim", source}}));
    }
    for (const auto& volume : pod.get("spec", "volumes")) {
        const bool replaced = std::any_of(
            templates.begin(), templates.end(), [&](const api::Value& claim) { return api::ObjectMeta(claim).name() == volume.str("name"); });
        if (!replaced)
            volumes.push(volume);
    }
    pod.edit("spec").set("volumes", std::move(volumes));
}

} // namespace

std::optional<std::int64_t> ordinalOf(const api::Value& set, const api::Value& pod)
{
    std::string_view name = api::ObjectMeta(pod).name();
    const std::string prefix = std::string(api::ObjectMeta(set).name()) + "-";
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    std::int64_t ordinal = -1;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), ordinal);
    if (error != std::errc() || end != name.data() + name.size() || ordinal < 0)
        return std::nullopt;
    return ordinal;
}

api::Value statefulPod(const api::Value& set, const api::Value& revision, std::int64_t ordinal)
{
    api::Value podTemplate = revision.get("data", "spec", "template");
    podTemplate.erase("$patch");
    api::Value pod = podFromTemplate(podTemplate, set);
    const std::string name = podName(set, ordinal);
    pod.edit("metadata").erase("generateName");
    pod.edit("metadata").set("name", name);
    api::Value& labels = pod.edit("metadata", "labels");
    labels.set(kRevisionHashLabel, api::ObjectMeta(revision).name());
    labels.set("statefulset.kubernetes.io/pod-name", name);
    labels.set("apps.kubernetes.io/pod-index", std::to_string(ordinal));
    pod.edit("spec").set("hostname", name);
    pod.edit("spec").set("subdomain", set.str("spec", "serviceName"));
    addClaimVolumes(set, pod, ordinal);
    return pod;
}

std::vector<api::Value> claimsOf(const api::Value& set, std::int64_t ordinal)
{
    std::vector<api::Value> claims;
    for (api::Value claim : set.get("spec", "volumeClaimTemplates")) {
        const std::string name = claimName(set, claim, ordinal);
        claim.set("apiVersion", "v1");
        claim.set("kind", "PersistentVolumeClaim");
        claim.erase("status");
        api::Value& metadata = claim.edit("metadata");
        metadata.set("name", name);
        metadata.set("namespace", api::ObjectMeta(set).ns());
        metadata.set("labels", set.get("spec", "selector", "matchLabels"));
        claims.push_back(std::move(claim));
    }
    return claims;
}

} // namespace kates::controllers
