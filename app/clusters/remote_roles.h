// What the Clusters page reads from a RemoteCluster of engine.kates.dev/v1alpha1: a cluster elsewhere, which the engine forwards to.
#pragma once

#include "app/connection/api_request.h"
#include "app/models/object_list_model.h"
#include "app/objects/object_state.h"

namespace kates::app {

[[nodiscard]] ResourceRef remoteClustersResource();

[[nodiscard]] StateAndText remoteStatus(const api::Value& remote);
// Only an explicit "ReadWrite" may be written to.
[[nodiscard]] bool remoteReadOnly(const api::Value& remote);
// Whether the command that its plug-in runs is not the one that the user agreed to.
[[nodiscard]] bool needsConsent(const api::Value& remote);

// How a cluster is marked: the engine keeps #rrggbb, people see names (red, amber, green, blue, violet). Another colour stays as it is.
[[nodiscard]] QString hexOfColor(const QString& name);
[[nodiscard]] QString nameOfColor(const QString& hex);

// Roles: name, state, statusText, problem, server, authentication, execCommand, version, readOnly, displayColor, needsConsent, deleting, secret.
[[nodiscard]] std::vector<ObjectListModel::Role> remoteRoles();

} // namespace kates::app
