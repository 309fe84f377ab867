// Which containers a log is of: those of one pod, or of all the pods that a workload selects. Pure functions; the data thread.
#pragma once

#include "app/details/object_actions.h"
#include "app/dock/log_collector.h"
#include "engine/api/selector.h"

namespace kates::app {

struct PodSelection {
    QString ns;
    QString pod; // "" takes the selector
    QString container; // "" takes all
    api::LabelSelector selector;

    // Of a pod, or of any object whose spec.selector chooses pods: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, ReplicationController, Service.
    // Nothing when the object chooses none.
    static std::optional<PodSelection> of(const ActionTarget& target, const QString& container);

    bool matches(const api::Value& pod) const;
};

// The containers of the selected pods whose log can be read now, by natural order; of `previous`: those that ran before their last restart.
[[nodiscard]] QList<LogSourceNow> sourcesIn(
    const PodSelection& selection, const std::unordered_map<std::string, api::Value>& pods, bool previous);

} // namespace kates::app
