// The status of a deployment: counts, and the conditions that `kubectl rollout status` reads. Pure functions.
#pragma once

#include <optional>

#include "engine/base/loop.h"
#include "engine/controllers/deployment/deployment_view.h"

namespace kates::controllers {

// Counts, Available and ReplicaFailure; conditions that it does not decide are kept.
api::Value countedStatus(const api::Value& deployment, const ReplicaSets& sets, WallTime now);
// That, and how the rollout goes (Progressing).
api::Value rolloutStatus(const api::Value& deployment, const ReplicaSets& sets, WallTime now);

// Every replica is of the current template and available, and no other is left.
bool rolloutComplete(const api::Value& deployment, const api::Value& status);

// When to look again whether the rollout has passed its progress deadline; nullopt: no need.
std::optional<Duration> progressCheckAfter(const api::Value& deployment, const api::Value& status, WallTime now);

// Progressing, when the deployment has a deadline. Says whether anything changed.
bool setProgressing(api::Value& deployment, std::string_view status, std::string_view reason, const std::string& message, WallTime now);
// The Progressing condition for a deployment that is paused or goes on again; null: its status need not change.
api::Value pausedStatus(const api::Value& deployment, WallTime now);

} // namespace kates::controllers
