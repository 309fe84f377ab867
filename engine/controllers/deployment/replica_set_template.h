// From a deployment to the replica set of its pod template: which one that is, how a new one looks, what its annotations say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/controllers/deployment/deployment_view.h"

namespace kates::controllers {

// Splits a deployment's replica sets into the one of its template (the oldest, when several match) and the others.
ReplicaSets sortReplicaSets(const api::Value& deployment, std::vector<api::Value> replicaSets);

// The same pod template, the hash label apart.
bool sameTemplate(const api::Value& left, const api::Value& right);

// A short name for a pod template; `collisionCount` gives another one when two templates have the same.
std::string templateHash(const api::Value& podTemplate, std::int64_t collisionCount);

api::Value makeReplicaSet(const api::Value& deployment, const ReplicaSets& sets);

// The replica set with the deployment's annotations, its revision (and the history of revisions that it had before) and its minReadySeconds; the null
// value when it has all that already.
api::Value withCurrentAnnotations(const api::Value& deployment, const api::Value& replicaSet, std::int64_t revision);

// The replica set with these sizes in spec and annotations; null when nothing changes.
api::Value withSize(const api::Value& deployment, const api::Value& replicaSet, std::int64_t replicas);

} // namespace kates::controllers
