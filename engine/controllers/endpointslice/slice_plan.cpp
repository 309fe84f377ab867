#include "engine/controllers/endpointslice/slice_plan.h"

#include <algorithm>

#include "engine/api/meta.h"

namespace kates::controllers {

namespace {

// One slice while it is planned.
struct Draft {
    api::Value before; // null: new
    std::vector<api::Value> endpoints;
    bool changed = false;
    std::size_t room() const { return kEndpointsPerSliceMax - std::min(endpoints.size(), kEndpointsPerSliceMax); }
};

api::Value sliceLabels(const api::Value& service)
{
    api::Value labels = api::Value::object();
    for (const auto& member : api::ObjectMeta(service).labels().members())
        labels.set(member.key, member.value);
    labels.set(kServiceNameLabel, api::ObjectMeta(service).name());
    labels.set(kManagedByLabel, kManagedBy);
    if (headless(service))
        labels.set(kHeadlessLabel, "");
    return labels;
}

api::Value newSlice(const api::Value& service, const EndpointGroup& group)
{
    api::ObjectMeta owner(service);
    api::Value metadata = api::Value::object({{"generateName", std::string(owner.name()) + "-"}, {"namespace", owner.ns()},
        {"ownerReferences", api::Value::array({api::controllerReference(service)})}});
    return api::Value::object({{"apiVersion", "discovery.k8s.io/v1"}, {"kind", "EndpointSlice"}, {"metadata", std::move(metadata)},
        {"addressType", group.addressType}, {"ports", group.ports}});
}

// Keeps the endpoints that are still wanted, as they are now.
Draft keepWanted(const api::Value& slice, std::map<std::string, api::Value>& wanted)
{
    Draft draft{slice, {}, false};
    for (const auto& endpoint : slice.get("endpoints")) {
        auto found = wanted.find(std::string(endpoint.str("targetRef", "uid")));
        if (found == wanted.end()) {
            draft.changed = true;
            continue;
        }
        draft.changed = draft.changed || found->second != endpoint;
        draft.endpoints.push_back(std::move(found->second));
        wanted.erase(found);
    }
    return draft;
}

void fill(Draft& draft, std::map<std::string, api::Value>& wanted)
{
    while (draft.room() > 0 && !wanted.empty()) {
        draft.endpoints.push_back(std::move(wanted.begin()->second));
        wanted.erase(wanted.begin());
        draft.changed = true;
    }
}

void placeNew(std::vector<Draft>& drafts, std::map<std::string, api::Value>& wanted)
{
    for (auto& draft : drafts) {
        if (draft.changed)
            fill(draft, wanted);
    }
    auto fits = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) { return !wanted.empty() && draft.room() >= wanted.size(); });
    if (fits != drafts.end())
        fill(*fits, wanted);
    while (!wanted.empty()) {
        drafts.emplace_back();
        fill(drafts.back(), wanted);
    }
}

// An empty list of ports and none are the same.
bool samePorts(const api::Value& left, const api::Value& right)
{
    return left == right || (left.size() == 0 && right.size() == 0);
}

void planGroup(const api::Value& service, EndpointGroup& group, std::vector<api::Value>& unclaimed, SlicePlan& plan)
{
    std::vector<Draft> drafts;
    const bool placeholder = group.endpoints.empty();
    for (auto slice = unclaimed.begin(); slice != unclaimed.end();) {
        if (slice->str("addressType") != group.addressType || !samePorts(slice->get("ports"), group.ports) || (placeholder && !drafts.empty())) {
            ++slice;
            continue;
        }
        drafts.push_back(keepWanted(*slice, group.endpoints));
        slice = unclaimed.erase(slice);
    }
    placeNew(drafts, group.endpoints);
    if (placeholder && drafts.empty())
        drafts.emplace_back();
    const api::Value labels = sliceLabels(service);
    for (auto& draft : drafts) {
        if (draft.endpoints.empty() && !placeholder) {
            plan.remove.push_back(draft.before);
            continue;
        }
        api::Value slice = draft.before.isNull() ? newSlice(service, group) : draft.before;
        if (draft.changed || draft.before.isNull())
            slice.set("endpoints", api::Value::array(std::move(draft.endpoints)));
        if (api::ObjectMeta(slice).labels() != labels)
            slice.edit("metadata").set("labels", labels);
        if (draft.before.isNull())
            plan.create.push_back(std::move(slice));
        else if (slice != draft.before)
            plan.update.push_back(std::move(slice));
    }
}

} // namespace

SlicePlan planSlices(const api::Value& service, std::vector<EndpointGroup> groups, const std::vector<api::Value>& existing)
{
    for (const auto& type : addressTypes(service)) {
        const bool has = std::any_of(groups.begin(), groups.end(), [&](const EndpointGroup& group) { return group.addressType == type; });
        if (!has)
            groups.push_back({type, api::Value::array(), {}});
    }
    SlicePlan plan;
    std::vector<api::Value> unclaimed = existing;
    for (auto& group : groups)
        planGroup(service, group, unclaimed, plan);
    for (auto& slice : unclaimed)
        plan.remove.push_back(std::move(slice));
    return plan;
}

} // namespace kates::controllers
