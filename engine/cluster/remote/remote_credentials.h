// What a remote cluster's kubeconfig comes to: where its API server is, and with what the engine shows who asks.
#pragma once

#include <memory>
#include <string>

#include "engine/client/exec_plugin.h"
#include "engine/client/http_client.h"
#include "engine/client/kubeconfig.h"

namespace kates::cluster {

constexpr std::size_t kRemoteKubeconfigMaxBytes = 1u << 20;
constexpr std::string_view kRemoteSecretType = "cluster.x-k8s.io/secret"; // as Cluster API keeps kubeconfigs
constexpr std::string_view kRemoteSecretKey = "value";

// Why there is no connection: a reason of the condition Reachable, and a sentence.
struct RemoteProblem {
    std::string reason, message;
};

struct RemoteConnection {
    http::Endpoint endpoint;
    std::string prefix;        // stands before every path
    std::string authorization; // the header's value; empty: none
    client::ExecCredential plugin;
};

class RemoteCredentials {
public:
    // From a kubeconfig's current context. The error is a sentence: it is no kubeconfig, names files, or asks for what the engine does not do.
    [[nodiscard]] static Result<std::shared_ptr<RemoteCredentials>> make(
        Loop& loop, ProcessLauncher& processes, client::LoginPath& path, client::KubeContext context);

    const std::string& server() const { return m_context.server; }
    bool insecure() const { return m_context.insecureSkipTlsVerify; }
    const char* authentication() const; // as RemoteClusterStatus.authentication
    std::string execCommand() const { return m_context.exec ? m_context.exec->line() : std::string(); }
    // Nothing when its command is this one, or it has none.
    std::optional<RemoteProblem> consentProblem(std::string_view approvedCommand) const;

    // Runs the plug-in when it has to. Hold this object until it is done.
    [[nodiscard]] Task<tl::expected<RemoteConnection, RemoteProblem>> connection(std::string approvedCommand);
    // Kills a plug-in that runs: who waits for it gets an error, and so does who asks later.
    void close() { m_plugin.reset(); }
    // The server has answered 401 to this one.
    void refused(const RemoteConnection& connection);

private:
    RemoteCredentials() = default;
    Result<client::ApiEndpoint> endpointWith(const client::ExecCredential& credential);

    client::KubeContext m_context;
    client::ApiEndpoint m_endpoint;        // without what a plug-in gives
    std::unique_ptr<client::ExecPlugin> m_plugin;
    std::string m_pluginCertificate;       // of m_pluginEndpoint
    client::ApiEndpoint m_pluginEndpoint;
};

} // namespace kates::cluster
