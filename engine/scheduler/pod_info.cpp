#include "engine/scheduler/pod_info.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kates::scheduler {

namespace {

constexpr std::int64_t kScoreCpuMilli = 100;
constexpr std::int64_t kScoreMemoryBytes = 200ll << 20;

using Operator = api::LabelSelector::Operator;

bool requirementHolds(const api::LabelSelector::Requirement& requirement, const std::string* value)
{
    const auto listed = [&] { return std::find(requirement.values.begin(), requirement.values.end(), *value) != requirement.values.end(); };
    const auto number = [](const std::string& text) {
        std::int64_t parsed = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), parsed);
        return result.ec == std::errc() && result.ptr == text.data() + text.size() ? std::optional(parsed) : std::nullopt;
    };
    switch (requirement.op) {
    case Operator::In:
        return value && listed();
    case Operator::NotIn:
        return !value || !listed();
    case Operator::Exists:
        return value != nullptr;
    case Operator::DoesNotExist:
        return value == nullptr;
    case Operator::GreaterThan:
    case Operator::LessThan:
        break;
    }
    auto have = value ? number(*value) : std::nullopt;
    auto bound = requirement.values.size() == 1 ? number(requirement.values.front()) : std::nullopt;
    return have && bound && (requirement.op == Operator::GreaterThan ? *have > *bound : *have < *bound);
}

std::optional<Operator> operatorOf(std::string_view text)
{
    static const std::map<std::string_view, Operator> known = {{"In", Operator::In}, {"NotIn", Operator::NotIn}, {"Exists", Operator::Exists},
        {"DoesNotExist", Operator::DoesNotExist}, {"Gt", Operator::GreaterThan}, {"Lt", Operator::LessThan}};
    auto found = known.find(text);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

std::vector<api::LabelSelector::Requirement> parseRequirements(const api::Value& list)
{
    std::vector<api::LabelSelector::Requirement> out;
    for (const api::Value& item : list) {
        auto op = operatorOf(item.str("operator"));
        api::LabelSelector::Requirement requirement{std::string(item.str("key")), op.value_or(Operator::In), {}}; // an unknown operator matches nothing
        for (const api::Value& value : item.get("values"))
            requirement.values.emplace_back(value.asString());
        std::sort(requirement.values.begin(), requirement.values.end());
        out.push_back(std::move(requirement));
    }
    return out;
}

NodeSelectorTerm parseTerm(const api::Value& term)
{
    return {parseRequirements(term.get("matchExpressions")), parseRequirements(term.get("matchFields"))};
}

PodAffinityTerm parseAffinityTerm(const api::Value& term, const std::string& ns, const api::Value& podLabels, int weight)
{
    PodAffinityTerm out;
    api::Value selector = term.get("labelSelector");
    // matchLabelKeys add the pod's own values of those labels.
    for (const api::Value& key : term.get("matchLabelKeys"))
        if (podLabels.has(key.asString()))
            selector.edit("matchLabels").set(key.asString(), podLabels.get(key.asString()));
    if (auto parsed = api::LabelSelector::fromValue(selector))
        out.selector = std::move(*parsed);
    for (const api::Value& name : term.get("namespaces"))
        out.namespaces.emplace_back(name.asString());
    // A namespaceSelector that is present and empty means all of them. (Selecting namespaces by label needs their informer: see README.)
    out.allNamespaces = term.has("namespaceSelector");
    if (out.namespaces.empty() && !out.allNamespaces)
        out.namespaces.push_back(ns);
    out.topologyKey = term.str("topologyKey");
    out.weight = weight;
    return out;
}

void parseAffinity(const api::Value& affinity, std::string_view kind, PodInfo& info, std::vector<PodAffinityTerm>& required, std::vector<PodAffinityTerm>& preferred)
{
    const api::Value& labels = info.pod.get("metadata", "labels");
    for (const api::Value& term : affinity.get(kind, "requiredDuringSchedulingIgnoredDuringExecution"))
        required.push_back(parseAffinityTerm(term, info.ns, labels, 0));
    for (const api::Value& weighted : affinity.get(kind, "preferredDuringSchedulingIgnoredDuringExecution"))
        preferred.push_back(parseAffinityTerm(weighted.get("podAffinityTerm"), info.ns, labels, static_cast<int>(weighted.get("weight").asInt())));
}

void parseNodeAffinity(const api::Value& spec, PodInfo& info)
{
    const api::Value& node = spec.get("affinity", "nodeAffinity");
    if (spec.get("nodeSelector").size() > 0) {
        info.nodeSelector = api::LabelSelector::fromMap(spec.get("nodeSelector"));
        info.hasNodeRequirement = true;
    }
    if (const api::Value* required = node.find("requiredDuringSchedulingIgnoredDuringExecution"); required && required->isObject()) {
        info.hasNodeTerms = info.hasNodeRequirement = true;
        for (const api::Value& term : required->get("nodeSelectorTerms"))
            info.nodeTerms.push_back(parseTerm(term));
    }
    for (const api::Value& preferred : node.get("preferredDuringSchedulingIgnoredDuringExecution"))
        info.preferredNodes.push_back({parseTerm(preferred.get("preference")), static_cast<int>(preferred.get("weight").asInt())});
}

void parseSpread(const api::Value& spec, PodInfo& info)
{
    for (const api::Value& item : spec.get("topologySpreadConstraints")) {
        SpreadConstraint constraint;
        constraint.topologyKey = item.str("topologyKey");
        constraint.maxSkew = static_cast<int>(item.get("maxSkew").asInt(1));
        constraint.minDomains = static_cast<int>(item.get("minDomains").asInt(1));
        constraint.required = item.str("whenUnsatisfiable") != "ScheduleAnyway";
        constraint.honorNodeAffinity = item.str("nodeAffinityPolicy") != "Ignore";
        constraint.honorNodeTaints = item.str("nodeTaintsPolicy") == "Honor";
        api::Value selector = item.get("labelSelector");
        for (const api::Value& key : item.get("matchLabelKeys"))
            if (info.pod.get("metadata", "labels").has(key.asString()))
                selector.edit("matchLabels").set(key.asString(), info.pod.get("metadata", "labels", key.asString()));
        if (auto parsed = api::LabelSelector::fromValue(selector))
            constraint.selector = std::move(*parsed);
        info.spread.push_back(std::move(constraint));
    }
}

// The sum over containers, or the largest init container if that is more; sidecars count for both.
void parseRequests(const api::Value& spec, PodInfo& info)
{
    Resources sidecars;
    for (const api::Value& container : spec.get("containers")) {
        const Resources requests = Resources::fromList(container.get("resources", "requests"));
        info.requests.add(requests);
        info.scoreCpuMilli += requests.cpuMilli ? requests.cpuMilli : kScoreCpuMilli;
        info.scoreMemoryBytes += requests.memoryBytes ? requests.memoryBytes : kScoreMemoryBytes;
        for (const api::Value& port : container.get("ports"))
            if (const int number = static_cast<int>(port.get("hostPort").asInt()))
                info.hostPorts.push_back({std::string(port.str("hostIP")), std::string(port.str("protocol").empty() ? "TCP" : port.str("protocol")), number});
    }
    Resources init;
    for (const api::Value& container : spec.get("initContainers")) {
        Resources requests = Resources::fromList(container.get("resources", "requests"));
        if (container.str("restartPolicy") == "Always") {
            sidecars.add(requests);
            init.raiseTo(sidecars);
            continue;
        }
        requests.add(sidecars);
        init.raiseTo(requests);
    }
    info.requests.add(sidecars);
    info.requests.raiseTo(init);
    info.requests.add(Resources::fromList(spec.get("overhead")));
    info.requests.pods = 1;
}

} // namespace

bool Toleration::tolerates(const Taint& taint) const
{
    if (!effect.empty() && effect != taint.effect)
        return false;
    if (!key.empty() && key != taint.key)
        return false;
    if (op == "Exists")
        return true;
    return !key.empty() && value == taint.value;
}

bool NodeSelectorTerm::matches(const api::Value& nodeLabels, const std::string& nodeName) const
{
    if (labels.empty() && fields.empty())
        return false; // an empty term matches nothing
    for (const auto& requirement : labels) {
        const api::Value* value = nodeLabels.find(requirement.key);
        const std::string text(value ? value->asString() : std::string_view());
        if (!requirementHolds(requirement, value ? &text : nullptr))
            return false;
    }
    for (const auto& requirement : fields)
        if (requirement.key != "metadata.name" || !requirementHolds(requirement, &nodeName))
            return false;
    return true;
}

bool PodAffinityTerm::matches(std::string_view podNamespace, const api::Value& podLabels) const
{
    if (!allNamespaces && std::find(namespaces.begin(), namespaces.end(), podNamespace) == namespaces.end())
        return false;
    return selector.matches(podLabels);
}

bool HostPort::clashesWith(const HostPort& other) const
{
    const auto any = [](const std::string& address) { return address.empty() || address == "0.0.0.0"; };
    return port == other.port && protocol == other.protocol && (any(address) || any(other.address) || address == other.address);
}

bool PodInfo::tolerates(const Taint& taint) const
{
    return std::any_of(tolerations.begin(), tolerations.end(), [&](const Toleration& toleration) { return toleration.tolerates(taint); });
}

bool PodInfo::fitsNodeSelection(const api::Value& nodeLabels, const std::string& nodeName) const
{
    if (!hasNodeRequirement)
        return true;
    if (!nodeSelector.requirements().empty() && !nodeSelector.matches(nodeLabels))
        return false;
    return !hasNodeTerms || std::any_of(nodeTerms.begin(), nodeTerms.end(), [&](const NodeSelectorTerm& term) { return term.matches(nodeLabels, nodeName); });
}

std::shared_ptr<const PodInfo> PodInfo::parse(const api::Value& pod)
{
    auto info = std::make_shared<PodInfo>();
    const api::ObjectMeta meta(pod);
    const api::Value& spec = pod.get("spec");
    info->pod = pod;
    info->uid = meta.uid();
    info->ns = meta.ns();
    info->name = meta.name();
    info->nodeName = spec.str("nodeName");
    info->priority = static_cast<int>(spec.get("priority").asInt());
    info->terminating = meta.beingDeleted();
    parseRequests(spec, *info);
    for (const api::Value& toleration : spec.get("tolerations"))
        info->tolerations.push_back({std::string(toleration.str("key")), std::string(toleration.str("operator")), std::string(toleration.str("value")), std::string(toleration.str("effect"))});
    parseNodeAffinity(spec, *info);
    parseAffinity(spec.get("affinity"), "podAffinity", *info, info->affinity, info->preferredAffinity);
    parseAffinity(spec.get("affinity"), "podAntiAffinity", *info, info->antiAffinity, info->preferredAntiAffinity);
    parseSpread(spec, *info);
    return info;
}

} // namespace kates::scheduler
