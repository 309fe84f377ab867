// One document on its way to the cluster.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/deploy/manifest.h"
#include "app/deploy/text_diff.h"
#include "app/discovery/discovery.h"
#include "app/objects/object_state.h"

namespace kates::app {

namespace DeployPhase {
Q_NAMESPACE
QML_ELEMENT
enum Value {
    Invalid, // cannot be sent; the message says why
    Checking, // the server is asked what would happen
    Created, // would be created
    Changed, // would be changed
    Same, // is there already, exactly so
    Refused, // the server would refuse it
    Applying,
    Failed, // the server refused it
    Following, // applied; not ready yet
    Ready,
    Undoing,
    Undone, // as it was before
};
Q_ENUM_NS(Value)
} // namespace DeployPhase
inline constexpr int kDeployPhases = DeployPhase::Undone + 1;

struct DeployItem {
    int id = 0;
    ManifestDocument document;
    ResourceInfo resource; // once resolved; without one: its kind comes with this deployment
    QString ns; // where it goes; "" for cluster-scoped kinds
    DeployPhase::Value phase = DeployPhase::Checking;
    QString message; // why it was refused, what it waits for
    bool conflict = false; // refused because somebody else owns a field: can be forced
    bool force = false;
    TextDiff diff;
    api::Value live; // before applying; null when it was not there
    api::Value applied; // what the server answered to applying; null before

    bool canApply() const { return phase == DeployPhase::Created || phase == DeployPhase::Changed; }
    bool isResolved() const { return !resource.ref.resource.isEmpty(); }
};

} // namespace kates::app
