#include "engine/scheduler/node_info.h"

namespace kates::scheduler {

namespace {

bool hasAffinity(const PodInfo& pod)
{
    return !pod.affinity.empty() || !pod.antiAffinity.empty() || !pod.preferredAffinity.empty() || !pod.preferredAntiAffinity.empty();
}

} // namespace

void NodeInfo::setNode(const api::Value& object)
{
    node = object;
    name = api::ObjectMeta(object).name();
    allocatable = Resources::fromList(object.get("status", "allocatable"));
    unschedulable = object.get("spec", "unschedulable").asBool();
    taints.clear();
    for (const api::Value& taint : object.get("spec", "taints"))
        taints.push_back({std::string(taint.str("key")), std::string(taint.str("value")), std::string(taint.str("effect"))});
}

void NodeInfo::addPod(std::shared_ptr<const PodInfo> pod)
{
    removePod(pod->uid);
    requested.add(pod->requests);
    scoreCpuMilli += pod->scoreCpuMilli;
    scoreMemoryBytes += pod->scoreMemoryBytes;
    podsWithAntiAffinity += !pod->antiAffinity.empty();
    podsWithAffinity += hasAffinity(*pod);
    pods.emplace(pod->uid, std::move(pod));
}

void NodeInfo::removePod(const std::string& uid)
{
    auto found = pods.find(uid);
    if (found == pods.end())
        return;
    const PodInfo& pod = *found->second;
    requested.subtract(pod.requests);
    scoreCpuMilli -= pod.scoreCpuMilli;
    scoreMemoryBytes -= pod.scoreMemoryBytes;
    podsWithAntiAffinity -= !pod.antiAffinity.empty();
    podsWithAffinity -= hasAffinity(pod);
    pods.erase(found);
}

} // namespace kates::scheduler
