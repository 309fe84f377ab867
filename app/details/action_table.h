// What can be done to objects of which kind, what right it takes, and how kubectl says it: one table. Pure.
#pragma once

#include <QStringList>
#include <QVariantMap>

#include "app/connection/api_request.h"
#include "app/details/access.h"

namespace kates::app {

// The object that is acted on, as it was last seen.
struct ActionTarget {
    ResourceRef resource;
    QString kind, ns, name;
    api::Value object;
};

// Of: scale, restart, revisions, pause, resume, cordon, uncordon, drain, evict, delete; in the order in which they are shown.
[[nodiscard]] QStringList actionsFor(const ActionTarget& target);

// The rights that the drawer asks for, by the name of the action that needs it; "logs", "shell" and "edit" besides the above. Those of a kind do not
// depend on what the object says.
[[nodiscard]] std::vector<AccessQuestion> rightsFor(const ActionTarget& target);

// Why an action makes no sense for the object as it is; empty when it does.
[[nodiscard]] QString hindranceOf(const QString& action, const ActionTarget& target);

// kubectl's words for it. `options`: replicas, revision, propagation, deleteEmptyDir, force; what is absent is left out.
[[nodiscard]] QString kubectlCommand(const QString& action, const ActionTarget& target, const QVariantMap& options = {});

} // namespace kates::app
