// The pods of a stateful set: each has an ordinal, a name and storage that stay the same. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/value.h"

namespace kates::controllers {

class StatefulSetView {
public:
    explicit StatefulSetView(const api::Value& set) : m_set(set) {}
    std::int64_t replicas() const { return m_set.get("spec", "replicas").asInt(1); }
    std::int64_t firstOrdinal() const { return m_set.get("spec", "ordinals", "start").asInt(); }
    bool ordered() const { return m_set.str("spec", "podManagementPolicy") != "Parallel"; }
    bool rollingUpdate() const { return m_set.str("spec", "updateStrategy", "type") != "OnDelete"; }
    std::int64_t partition() const { return m_set.get("spec", "updateStrategy", "rollingUpdate", "partition").asInt(); }
    std::int64_t minReadySeconds() const { return m_set.get("spec", "minReadySeconds").asInt(); }

private:
    const api::Value& m_set;
};

// The ordinal in the name of a pod of this set ("web-3"); nullopt: its name is not of the set.
std::optional<std::int64_t> ordinalOf(const api::Value& set, const api::Value& pod);

// A pod of this ControllerRevision.
api::Value statefulPod(const api::Value& set, const api::Value& revision, std::int64_t ordinal);
// The claims that the pod's volumes need: PersistentVolumeClaims.
std::vector<api::Value> claimsOf(const api::Value& set, std::int64_t ordinal);

} // namespace kates::controllers
