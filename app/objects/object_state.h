// What state an object is in, for colour, glyph and words: pure functions over documents.
#pragma once

#include <QObject>
#include <QString>
#include <qqmlregistration.h>

#include "engine/api/value.h"

namespace kates::app {

// The states that the theme has a colour and a glyph for. Ordered from best to worst for roll-ups: see worse().
namespace ObjectState {
Q_NAMESPACE
QML_ELEMENT
enum Value { Ok, Done, Neutral, Terminating, Progressing, Waiting, Unknown, Failing };
Q_ENUM_NS(Value)
} // namespace ObjectState
using State = ObjectState::Value;

[[nodiscard]] inline State worse(State left, State right) { return left < right ? right : left; }

struct StateAndText {
    State state = ObjectState::Unknown;
    QString text; // one or two words: kubectl's STATUS
    QString reason; // a sentence when there is one
};

struct PodSummary {
    StateAndText status;
    int ready = 0;
    int containers = 0;
    int restarts = 0;
    bool unscheduled = false;
};

// kubectl's STATUS column: pkg/printers/internalversion/printers.go printPod.
[[nodiscard]] PodSummary podSummary(const api::Value& pod);
// What a container's waiting reason means: still on its way, or in trouble.
[[nodiscard]] State stateOfContainerReason(const QString& reason);
// The phase of a Cluster or a Machine of the engine.
[[nodiscard]] State stateOfProcessPhase(std::string_view phase);
// Ready, NotReady, Unknown; with ",SchedulingDisabled".
[[nodiscard]] StateAndText nodeStatus(const api::Value& node);
// Any kind: deletion, then the workload counters, then the Ready or Available or Progressing conditions; Neutral when it says nothing.
[[nodiscard]] StateAndText objectStatus(const api::Value& object);

} // namespace kates::app
