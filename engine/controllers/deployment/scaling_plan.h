// What sizes a deployment's replica sets should have next: pure functions from what is to what should be. Each step is small and safe by itself;
// the next one is planned when its effects are seen.
#pragma once

#include <string>
#include <vector>

#include "engine/controllers/deployment/deployment_view.h"

namespace kates::controllers {

struct Resize {
    api::Value replicaSet;
    std::int64_t replicas;
};
using ScalingPlan = std::vector<Resize>; // in the order in which it is carried out

// Rolling update: first the new replica set grows as maxSurge allows, then, when it has what it may have, old ones shrink as maxUnavailable allows.
ScalingPlan planRollingGrowth(const DeploymentView& deployment, const ReplicaSets& sets);
ScalingPlan planRollingShrink(const DeploymentView& deployment, const ReplicaSets& sets);

// Recreate: all old ones go first.
ScalingPlan planRecreateShrink(const ReplicaSets& sets);
ScalingPlan planRecreateGrowth(const DeploymentView& deployment, const ReplicaSets& sets);

// Not in a rollout (paused, or its size changed): one active replica set takes the size; several share the change in proportion. Names every active
// one, also those that keep their size: their annotations must say that they were sized for the deployment's new size.
ScalingPlan planScale(const DeploymentView& deployment, const ReplicaSets& sets);

// The size that a replica set of `current` replicas may have beside others that have `otherReplicas`.
std::int64_t newReplicaSetSize(const DeploymentView& deployment, std::int64_t otherReplicas, std::int64_t current);

// spec.replicas changed since the replica sets were last sized.
bool sizeChanged(const DeploymentView& deployment, const ReplicaSets& sets);

} // namespace kates::controllers
