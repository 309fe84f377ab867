#include "engine/controllers/deployment/scaling_plan.h"

#include <algorithm>
#include <cmath>

namespace kates::controllers {

namespace {

bool active(const api::Value& replicaSet)
{
    return ReplicaSetView(replicaSet).replicas() > 0;
}

std::int64_t sumAvailable(const std::vector<api::Value>& replicaSets)
{
    std::int64_t sum = 0;
    for (const auto& replicaSet : replicaSets)
        sum += ReplicaSetView(replicaSet).available();
    return sum;
}

std::vector<Resize> currentSizes(const std::vector<api::Value>& replicaSets)
{
    std::vector<Resize> sizes;
    for (const auto& replicaSet : replicaSets)
        sizes.push_back({replicaSet, ReplicaSetView(replicaSet).replicas()});
    return sizes;
}

// Takes up to `budget` replicas, oldest first; `removable` says how many one may lose.
template <typename Removable>
void shrinkOldest(std::vector<Resize>& sizes, std::int64_t budget, Removable removable)
{
    for (auto& size : sizes) {
        const std::int64_t step = std::clamp<std::int64_t>(removable(size), 0, std::max<std::int64_t>(budget, 0));
        size.replicas -= step;
        budget -= step;
    }
}

ScalingPlan onlyChanges(std::vector<Resize> sizes)
{
    std::erase_if(sizes, [](const Resize& size) { return size.replicas == ReplicaSetView(size.replicaSet).replicas(); });
    return sizes;
}

bool saturated(const DeploymentView& deployment, const api::Value& current)
{
    if (current.isNull())
        return false;
    const ReplicaSetView view(current);
    return view.replicas() == deployment.replicas() && view.available() == deployment.replicas()
        && view.annotationNumber(annotations::kDesiredReplicas) == deployment.replicas();
}

// The only active replica set, or the newest when none is. Null: several are active.
api::Value activeOrLatest(const ReplicaSets& sets)
{
    std::vector<api::Value> actives = sets.all();
    std::erase_if(actives, [](const api::Value& replicaSet) { return !active(replicaSet); });
    if (actives.size() == 1)
        return actives.front();
    if (!actives.empty())
        return {};
    return !sets.current.isNull() ? sets.current : sets.old.empty() ? api::Value() : sets.old.back();
}

// How much of the change this replica set takes by its share of what the deployment had at most before.
std::int64_t proportion(const DeploymentView& deployment, const ReplicaSetView& view, std::int64_t toAdd, std::int64_t added)
{
    std::int64_t share = -view.replicas();
    if (deployment.replicas() > 0) {
        const std::int64_t before = view.annotationNumber(annotations::kMaxReplicas);
        if (before == 0)
            return 0;
        const double size = static_cast<double>(view.replicas() * (deployment.replicas() + deployment.maxSurge())) / static_cast<double>(before);
        share = std::llround(size) - view.replicas();
    }
    const std::int64_t left = toAdd - added;
    return toAdd > 0 ? std::min(share, left) : std::max(share, left);
}

ScalingPlan planProportional(const DeploymentView& deployment, const ReplicaSets& sets)
{
    std::vector<Resize> sizes = currentSizes(sets.all());
    std::erase_if(sizes, [](const Resize& size) { return size.replicas == 0; });
    const std::int64_t allowed = deployment.replicas() > 0 ? deployment.replicas() + deployment.maxSurge() : 0;
    const std::int64_t toAdd = allowed - sets.specReplicas();
    if (toAdd == 0 || sizes.empty())
        return sizes;
    // The biggest first; among equals the newest grows and the oldest shrinks.
    if (toAdd > 0)
        std::reverse(sizes.begin(), sizes.end());
    std::stable_sort(sizes.begin(), sizes.end(), [](const Resize& a, const Resize& b) { return a.replicas > b.replicas; });
    std::int64_t added = 0;
    for (auto& size : sizes) {
        const std::int64_t step = proportion(deployment, ReplicaSetView(size.replicaSet), toAdd, added);
        size.replicas += step;
        added += step;
    }
    sizes.front().replicas = std::max<std::int64_t>(0, sizes.front().replicas + toAdd - added);
    return sizes;
}

} // namespace

std::int64_t newReplicaSetSize(const DeploymentView& deployment, std::int64_t otherReplicas, std::int64_t current)
{
    if (!deployment.rollingUpdate())
        return deployment.replicas();
    const std::int64_t room = deployment.replicas() + deployment.maxSurge() - otherReplicas - current;
    if (room <= 0)
        return current;
    return current + std::min(room, deployment.replicas() - current);
}

ScalingPlan planRollingGrowth(const DeploymentView& deployment, const ReplicaSets& sets)
{
    const std::int64_t size = ReplicaSetView(sets.current).replicas();
    std::int64_t wanted = deployment.replicas();
    if (size < wanted)
        wanted = newReplicaSetSize(deployment, sets.specReplicas() - size, size);
    return onlyChanges({{sets.current, wanted}});
}

ScalingPlan planRollingShrink(const DeploymentView& deployment, const ReplicaSets& sets)
{
    std::vector<Resize> sizes = currentSizes(sets.old);
    const ReplicaSetView current(sets.current);
    const std::int64_t minAvailable = deployment.replicas() - deployment.maxUnavailable();
    // Pods of the new template that are not available yet must not be counted on.
    const std::int64_t budget = sets.specReplicas() - minAvailable - (current.replicas() - current.available());
    if (budget <= 0)
        return {};
    // Unhealthy pods first: they do not serve anyway.
    shrinkOldest(sizes, budget, [](const Resize& size) { return size.replicas - ReplicaSetView(size.replicaSet).available(); });
    // Then healthy ones, as far as enough stay available.
    shrinkOldest(sizes, sumAvailable(sets.all()) - minAvailable, [](const Resize& size) { return size.replicas; });
    return onlyChanges(std::move(sizes));
}

ScalingPlan planRecreateShrink(const ReplicaSets& sets)
{
    std::vector<Resize> sizes = currentSizes(sets.old);
    for (auto& size : sizes)
        size.replicas = 0;
    return onlyChanges(std::move(sizes));
}

ScalingPlan planRecreateGrowth(const DeploymentView& deployment, const ReplicaSets& sets)
{
    return onlyChanges({{sets.current, deployment.replicas()}});
}

ScalingPlan planScale(const DeploymentView& deployment, const ReplicaSets& sets)
{
    if (api::Value only = activeOrLatest(sets); !only.isNull())
        return {{only, deployment.replicas()}};
    if (saturated(deployment, sets.current))
        return planRecreateShrink(sets);
    return deployment.rollingUpdate() ? planProportional(deployment, sets) : ScalingPlan();
}

bool sizeChanged(const DeploymentView& deployment, const ReplicaSets& sets)
{
    for (const auto& replicaSet : sets.all()) {
        if (!active(replicaSet) || !replicaSet.get("metadata", "annotations").has(annotations::kDesiredReplicas))
            continue;
        if (ReplicaSetView(replicaSet).annotationNumber(annotations::kDesiredReplicas) != deployment.replicas())
            return true;
    }
    return false;
}

} // namespace kates::controllers
