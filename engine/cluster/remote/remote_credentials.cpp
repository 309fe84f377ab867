#include "engine/cluster/remote/remote_credentials.h"

#include "engine/base/base64.h"

namespace kates::cluster {

namespace {

Result<client::ApiEndpoint> plainEndpoint(client::KubeContext context)
{
    context.exec.reset();
    context.username.clear();
    return client::endpointOf(context);
}

} // namespace

Result<std::shared_ptr<RemoteCredentials>> RemoteCredentials::make(
    Loop& loop, ProcessLauncher& processes, client::LoginPath& path, client::KubeContext context)
{
    if (!context.proxyUrl.empty())
        return failure("it asks for a proxy (proxy-url), which the engine does not use");
    if (!context.impersonate.empty())
        return failure("it acts as somebody else (as: " + context.impersonate + "), which the engine does not do");
    std::shared_ptr<RemoteCredentials> made(new RemoteCredentials);
    auto endpoint = plainEndpoint(context);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    made->m_endpoint = std::move(*endpoint);
    if (context.exec) {
        const client::ExecCluster cluster{context.server, context.tlsServerName, context.caPem, context.insecureSkipTlsVerify};
        made->m_plugin = std::make_unique<client::ExecPlugin>(loop, processes, path, *context.exec, client::execInfo(*context.exec, cluster));
    }
    made->m_context = std::move(context);
    return made;
}

const char* RemoteCredentials::authentication() const
{
    return m_context.exec ? "ExecPlugin"
        : !m_context.clientCertificatePem.empty() ? "ClientCertificate"
        : !m_context.token.empty() ? "Token"
        : !m_context.username.empty() ? "Basic"
                                      : "None";
}

std::optional<RemoteProblem> RemoteCredentials::consentProblem(std::string_view approvedCommand) const
{
    if (!m_context.exec || m_context.exec->line() == approvedCommand)
        return std::nullopt;
    return RemoteProblem{"ExecPluginNeedsConsent", "its kubeconfig gets credentials from a program, which runs only when it is approved: " + m_context.exec->line()};
}

Result<client::ApiEndpoint> RemoteCredentials::endpointWith(const client::ExecCredential& credential)
{
    if (credential.certificatePem.empty())
        return m_endpoint;
    if (credential.certificatePem != m_pluginCertificate) {
        client::KubeContext context = m_context;
        context.clientCertificatePem = credential.certificatePem;
        context.clientKeyPem = credential.keyPem;
        auto endpoint = plainEndpoint(std::move(context));
        if (!endpoint)
            return endpoint;
        m_pluginEndpoint = std::move(*endpoint);
        m_pluginCertificate = credential.certificatePem;
    }
    return m_pluginEndpoint;
}

Task<tl::expected<RemoteConnection, RemoteProblem>> RemoteCredentials::connection(std::string approvedCommand)
{
    using Failure = tl::unexpected<RemoteProblem>;
    RemoteConnection connection;
    if (auto problem = consentProblem(approvedCommand))
        co_return Failure(*problem);
    if (m_context.exec && !m_plugin)
        co_return Failure(RemoteProblem{"NotConnected", "its kubeconfig is not used any more"});
    if (m_plugin) {
        auto credential = co_await m_plugin->credential();
        if (!credential)
            co_return Failure(RemoteProblem{"ExecPluginFailed", credential.error().message});
        connection.plugin = std::move(*credential);
    }
    auto endpoint = endpointWith(connection.plugin);
    if (!endpoint)
        co_return Failure(RemoteProblem{"ExecPluginFailed", "what the credential plug-in gave cannot be used: " + endpoint.error().message});
    connection.endpoint = http::Endpoint{endpoint->host, endpoint->port, endpoint->tls};
    connection.prefix = endpoint->pathPrefix;
    const std::string& token = connection.plugin.token.empty() ? m_context.token : connection.plugin.token;
    if (!token.empty())
        connection.authorization = "Bearer " + token;
    else if (!m_context.username.empty())
        connection.authorization = "Basic " + encodeBase64(m_context.username + ":" + m_context.password);
    co_return connection;
}

void RemoteCredentials::refused(const RemoteConnection& connection)
{
    if (m_plugin)
        m_plugin->refused(connection.plugin);
}

} // namespace kates::cluster
