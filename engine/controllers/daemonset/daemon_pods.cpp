#include "engine/controllers/daemonset/daemon_pods.h"

#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/common/node_affinity.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/taints.h"

namespace kates::controllers {

namespace {

api::Value toleration(std::string_view key, std::string_view effect)
{
    return api::Value::object({{"key", key}, {"operator", "Exists"}, {"effect", effect}});
}

// As upstream's AddOrUpdateDaemonPodTolerations.
api::Value daemonTolerations(const api::Value& spec)
{
    api::Value all = spec.get("tolerations").isArray() ? spec.get("tolerations") : api::Value::array();
    for (const std::string_view key : {taints::kNotReady, taints::kUnreachable})
        all.push(toleration(key, "NoExecute"));
    for (const std::string_view key : {taints::kDiskPressure, taints::kMemoryPressure, taints::kPidPressure, taints::kUnschedulable})
        all.push(toleration(key, "NoSchedule"));
    if (spec.get("hostNetwork").asBool())
        all.push(toleration(taints::kNetworkUnavailable, "NoSchedule"));
    return all;
}

api::Value nameField(std::string_view node)
{
    return api::Value::array({api::Value::object({{"key", "metadata.name"}, {"operator", "In"}, {"values", api::Value::array({api::Value(node)})}})});
}

// Every term of the template's affinity gets the node's name; without terms one term is just that.
void tieToNode(api::Value& spec, std::string_view node)
{
    constexpr std::string_view kRequired = "requiredDuringSchedulingIgnoredDuringExecution";
    api::Value terms = spec.get("affinity", "nodeAffinity", kRequired, "nodeSelectorTerms");
    if (terms.size() == 0)
        terms = api::Value::array({api::Value::object()});
    for (std::size_t i = 0; i < terms.size(); ++i)
        terms.editAt(i).set("matchFields", nameField(node));
    spec.edit("affinity", "nodeAffinity", kRequired).set("nodeSelectorTerms", std::move(terms));
}

} // namespace

NodeVerdict daemonVerdict(const api::Value& daemonSet, const api::Value& node)
{
    const api::Value& spec = daemonSet.get("spec", "template", "spec");
    const std::string_view wanted = spec.str("nodeName");
    if ((!wanted.empty() && wanted != node.str("metadata", "name")) || !nodeMatches(spec, node))
        return {};
    const api::Value tolerations = daemonTolerations(spec);
    NodeVerdict verdict{true, true};
    for (const auto& taint : node.get("spec", "taints")) {
        if (taint.str("effect") == "PreferNoSchedule" || tolerationFor(tolerations, taint))
            continue;
        verdict.shouldRun = false;
        if (taint.str("effect") == "NoExecute")
            verdict.mayStay = false;
    }
    return verdict;
}

std::string daemonPodNode(const api::Value& pod)
{
    if (const std::string_view node = pod.str("spec", "nodeName"); !node.empty())
        return std::string(node);
    const api::Value& terms
        = pod.get("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
    for (const auto& field : terms.at(0).get("matchFields")) {
        if (field.str("key") == "metadata.name")
            return std::string(field.get("values").at(0).asString());
    }
    return {};
}

api::Value daemonPod(const api::Value& daemonSet, std::string_view revisionHash, std::string_view node)
{
    api::Value pod = podFromTemplate(daemonSet.get("spec", "template"), daemonSet);
    pod.edit("metadata", "labels").set(kRevisionHashLabel, revisionHash);
    api::Value& spec = pod.edit("spec");
    spec.set("tolerations", daemonTolerations(spec));
    tieToNode(spec, node);
    return pod;
}

} // namespace kates::controllers
