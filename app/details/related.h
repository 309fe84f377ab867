// Which objects belong to one: its owners, what it owns, what selects it or is selected by it, what it uses. Pure; runs on the data thread.
#pragma once

#include <QString>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/objects/object_state.h"

namespace kates::app {

inline constexpr std::size_t kRelatedMax = 300;

struct RelatedObject {
    enum class Relation { OwnedBy, Owns, SelectedBy, Selects, RunsOn, Runs, Uses, UsedBy, Scales, RoutedBy, RoutesTo };
    Relation relation;
    QString apiVersion, kind, ns, name;
    State state = ObjectState::Neutral;
    QString text;
};

// The objects of one kind that are known.
struct KnownObjects {
    std::string apiVersion, kind;
    const std::unordered_map<std::string, api::Value>* objects;
};

[[nodiscard]] std::vector<RelatedObject> relatedTo(const api::Value& object, const std::vector<KnownObjects>& known);
[[nodiscard]] QString relationText(RelatedObject::Relation relation);

// The labels that an object's pods carry: a pod's own, a workload's template's.
[[nodiscard]] const api::Value& podLabelsOf(const api::Value& object);

} // namespace kates::app
