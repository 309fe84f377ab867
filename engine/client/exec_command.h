// A credential plug-in as a kubeconfig's user names it (users[].user.exec), and what passes between it and its caller: client.authentication.k8s.io, v1
// and v1beta1. Pure functions; exec_plugin.h runs it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/loop.h"
#include "engine/base/result.h"

namespace kates::client {

// The cluster's extension whose content a plug-in is given as spec.cluster.config.
constexpr std::string_view kExecClusterExtension = "client.authentication.k8s.io/exec";

struct ExecCommand {
    std::string apiVersion; // client.authentication.k8s.io/v1 or /v1beta1
    std::string command;
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> environment; // beside the caller's
    std::string interactiveMode = "IfAvailable";                  // Never, IfAvailable, Always
    std::string installHint;
    bool provideClusterInfo = false;
    api::Value clusterConfig;

    // As a shell would read it, words quoted only where they need it: PROFILE=prod aws eks get-token --cluster-name 'my cluster'.
    // Two plug-ins that do different things have different lines: the environment is part of it.
    std::string line() const;
    bool operator==(const ExecCommand&) const = default;
};

// `exec` is the user's exec section, `cluster` the cluster section of the same context. An error names what is missing or not supported.
[[nodiscard]] Result<ExecCommand> readExecCommand(const api::Value& exec, const api::Value& cluster);
[[nodiscard]] api::Value toValue(const ExecCommand& command);

// The cluster as a plug-in that asked for it is told.
struct ExecCluster {
    std::string server, tlsServerName, caPem;
    bool insecureSkipTlsVerify = false;
};
// The content of KUBERNETES_EXEC_INFO.
[[nodiscard]] std::string execInfo(const ExecCommand& command, const ExecCluster& cluster);

struct ExecCredential {
    std::string token, certificatePem, keyPem; // a token, or a certificate with its key, or all
    std::optional<WallTime> expires;
};
// What a plug-in printed. It is not trusted: a token that no header can carry is an error too.
[[nodiscard]] Result<ExecCredential> parseExecCredential(std::string_view text, const std::string& apiVersion);

} // namespace kates::client
