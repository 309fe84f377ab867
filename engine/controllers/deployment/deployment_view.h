// Reads a Deployment and its replica sets by name, with the API's defaults for what is absent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/value.h"

namespace kates::controllers {

namespace annotations {
inline constexpr std::string_view kRevision = "deployment.kubernetes.io/revision";
inline constexpr std::string_view kRevisionHistory = "deployment.kubernetes.io/revision-history";
inline constexpr std::string_view kDesiredReplicas = "deployment.kubernetes.io/desired-replicas";
inline constexpr std::string_view kMaxReplicas = "deployment.kubernetes.io/max-replicas";
inline constexpr std::string_view kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";
inline constexpr std::string_view kRollbackTo = "deprecated.deployment.rollback.to";
} // namespace annotations

constexpr std::string_view kPodTemplateHash = "pod-template-hash";

// A view: lasts as long as the document.
class DeploymentView {
public:
    explicit DeploymentView(const api::Value& deployment) : m_deployment(deployment) {}
    std::int64_t replicas() const { return m_deployment.get("spec", "replicas").asInt(1); }
    bool rollingUpdate() const { return m_deployment.str("spec", "strategy", "type") != "Recreate"; }
    std::int64_t maxSurge() const;       // 0 for Recreate
    std::int64_t maxUnavailable() const; // 0 for Recreate; at most replicas
    bool paused() const { return m_deployment.get("spec", "paused").asBool(); }
    bool hasProgressDeadline() const { return progressDeadlineSeconds() != kNoLimit; }
    std::int64_t progressDeadlineSeconds() const { return m_deployment.get("spec", "progressDeadlineSeconds").asInt(kNoLimit); }
    bool hasRevisionHistoryLimit() const { return revisionHistoryLimit() != kNoLimit; }
    std::int64_t revisionHistoryLimit() const { return m_deployment.get("spec", "revisionHistoryLimit").asInt(kNoLimit); }

private:
    static constexpr std::int64_t kNoLimit = 2147483647; // MaxInt32
    const api::Value& m_deployment;
};

class ReplicaSetView {
public:
    explicit ReplicaSetView(const api::Value& replicaSet) : m_replicaSet(replicaSet) {}
    std::string_view name() const { return m_replicaSet.str("metadata", "name"); }
    std::int64_t replicas() const { return m_replicaSet.get("spec", "replicas").asInt(1); }
    std::int64_t actual() const { return m_replicaSet.get("status", "replicas").asInt(); }
    std::int64_t ready() const { return m_replicaSet.get("status", "readyReplicas").asInt(); }
    std::int64_t available() const { return m_replicaSet.get("status", "availableReplicas").asInt(); }
    std::int64_t terminating() const { return m_replicaSet.get("status", "terminatingReplicas").asInt(); }
    std::int64_t revision() const { return annotationNumber(annotations::kRevision); }
    std::int64_t annotationNumber(std::string_view annotation) const; // 0 when absent or not a number

private:
    const api::Value& m_replicaSet;
};

// The replica sets of a deployment: `current` has its pod template (null: not yet made), `old` are the others, oldest first.
struct ReplicaSets {
    api::Value current;
    std::vector<api::Value> old;

    std::vector<api::Value> all() const; // old, then current
    std::int64_t specReplicas() const;
    std::int64_t maxOldRevision() const;
};

// An int-or-percentage of `total`.
std::int64_t scaledValue(const api::Value& intOrPercent, std::int64_t total, bool roundUp, std::string_view fallback);

} // namespace kates::controllers
