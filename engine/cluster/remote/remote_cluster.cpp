#include "engine/cluster/remote/remote_cluster.h"

#include "engine/api/json.h"
#include "engine/base/base64.h"
#include "engine/base/blocking.h"
#include "engine/base/time.h"

namespace kates::cluster {

RemoteCluster::RemoteCluster(EngineContext& context, client::LoginPath& path, api::Value object)
    : m_context(context), m_path(path), m_object(std::move(object)), m_name(api::ObjectMeta(m_object).name()), m_http(http::makeClient(context.loop)),
      m_version(m_object.str("status", "version")), m_observedProbe(m_object.str("status", "observedProbe")),
      m_status(context.loop, context.client, resources::remoteClusters, "kates-engine"), m_tasks(context.loop)
{
}

void RemoteCluster::update(api::Value object, api::Value secret)
{
    const bool wasReadOnly = readOnly();
    const std::string approvedBefore = approvedCommand();
    m_object = std::move(object);
    const api::ObjectMeta meta(secret);
    const std::string version = secretName() + "/" + std::string(meta.uid()) + "/" + std::string(meta.resourceVersion());
    if (version != m_secretVersion) {
        m_secretVersion = version;
        cut();
        dropCredentials();
        if (m_loaded.ready())
            m_loaded = Event();
        m_tasks.spawn(load(std::move(secret), version));
        return;
    }
    if (!m_loaded.ready())
        return;
    if (approvedCommand() != approvedBefore || (readOnly() && !wasReadOnly))
        cut();
    if (approvedCommand() != approvedBefore)
        judge();
    publish();
    probeWhenAsked();
}

Task<Result<std::shared_ptr<RemoteCredentials>>> RemoteCluster::read(api::Value secret)
{
    const std::string where = "the Secret " + std::string(kSystemNamespace) + "/" + secretName();
    if (secret.isNull())
        co_return failure(where + " does not exist");
    if (secret.str("type") != kRemoteSecretType)
        co_return failure(where + " is of type \"" + std::string(secret.str("type")) + "\", not " + std::string(kRemoteSecretType));
    auto text = decodeBase64(secret.str("data", kRemoteSecretKey));
    if (!text || text->empty())
        co_return failure(where + " holds no kubeconfig under \"" + std::string(kRemoteSecretKey) + "\"");
    if (text->size() > kRemoteKubeconfigMaxBytes)
        co_return failure(where + " holds more than " + std::to_string(kRemoteKubeconfigMaxBytes) + " bytes");
    // Large YAML takes a while.
    auto context = co_await runBlocking(m_context.loop, [&text] { return client::parseKubeconfig(*text); });
    if (!context)
        co_return failure(where + ": " + context.error().message);
    auto credentials = RemoteCredentials::make(m_context.loop, m_context.processes, m_path, std::move(*context));
    co_return credentials ? std::move(credentials) : failure(where + ": " + credentials.error().message);
}

Task<void> RemoteCluster::load(api::Value secret, std::string version)
{
    auto credentials = co_await read(std::move(secret));
    if (version != m_secretVersion || m_stopped)
        co_return; // a newer one is being read
    m_versionKnown = false;
    if (credentials) {
        m_credentials = std::move(*credentials);
        judge();
    } else {
        m_reachable = {"False", "KubeconfigInvalid", credentials.error().message};
    }
    publish();
    m_loaded.set({});
    probeWhenAsked();
}

// What can be said without connecting.
void RemoteCluster::judge()
{
    if (!m_credentials)
        return;
    if (auto problem = m_credentials->consentProblem(approvedCommand()))
        m_reachable = {"False", problem->reason, problem->message};
    else
        m_reachable = {};
}

void RemoteCluster::set(Reachable reachable)
{
    if (m_stopped || (reachable.reason == m_reachable.reason && reachable.message == m_reachable.message))
        return;
    m_reachable = std::move(reachable);
    publish();
}

void RemoteCluster::publish()
{
    if (m_stopped)
        return;
    api::Value status = api::Value::object({{"observedGeneration", api::ObjectMeta(m_object).generation()}});
    if (m_credentials) {
        status.set("server", m_credentials->server());
        status.set("authentication", m_credentials->authentication());
        if (!m_credentials->execCommand().empty())
            status.set("execCommand", m_credentials->execCommand());
        if (m_credentials->insecure())
            status.set("insecureSkipTLSVerify", true);
    }
    if (!m_version.empty())
        status.set("version", m_version);
    if (!m_observedProbe.empty())
        status.set("observedProbe", m_observedProbe);
    api::Value holder = m_object;
    if (!holder.get("status", "conditions").isArray())
        holder.edit("status").set("conditions", api::Value::array());
    api::setCondition(holder, "Reachable", m_reachable.status, m_reachable.reason, m_reachable.message, formatTime(m_context.loop.wallTime()));
    status.set("conditions", holder.get("status", "conditions"));
    m_status.set(m_object, status);
}

void RemoteCluster::cut()
{
    std::stop_source old = std::exchange(m_cut, std::stop_source());
    old.request_stop();
}

void RemoteCluster::dropCredentials()
{
    if (auto old = std::exchange(m_credentials, nullptr))
        old->close();
}

void RemoteCluster::probeWhenAsked()
{
    const std::string asked(api::ObjectMeta(m_object).annotation(kProbeAnnotation));
    if (asked.empty() || asked == m_observedProbe || asked == m_probing || m_stopped)
        return;
    m_probing = asked;
    m_tasks.spawn(probe(asked));
}

Task<void> RemoteCluster::probe(std::string asked)
{
    co_await fetchVersion();
    m_observedProbe = asked;
    publish();
}

// GET /version, like any client; what comes of it is the state of the connection.
Task<void> RemoteCluster::fetchVersion()
{
    m_versionKnown = true;
    auto credentials = m_credentials;
    if (!credentials)
        co_return;
    auto connection = co_await credentials->connection(approvedCommand());
    if (!connection) {
        if (credentials == m_credentials)
            set({"False", connection.error().reason, connection.error().message});
        co_return;
    }
    http::ClientRequest request;
    request.target = connection->prefix + "/version";
    request.headers.set("Accept", "application/json");
    if (!connection->authorization.empty())
        request.headers.set("Authorization", connection->authorization);
    request.timeout = kProbeTimeout;
    request.stop = m_cut.get_token();
    http::Endpoint endpoint = connection->endpoint;
    auto response = co_await m_http->send(endpoint, std::move(request));
    if (!response) {
        failed(response.error());
        co_return;
    }
    answered((*response)->status(), credentials, *connection);
    if ((*response)->status() != 200)
        co_return;
    auto body = co_await (*response)->readAll(kVersionMaxBytes);
    auto document = body ? api::parseJson(*body) : tl::unexpected(body.error());
    if (document && !document->str("gitVersion").empty()) {
        m_version = document->str("gitVersion");
        publish();
    }
}

Task<void> RemoteCluster::stop()
{
    auto self = shared_from_this();
    m_stopped = true;
    dropCredentials();
    cut();
    m_loaded.set({});
    m_tasks.requestStop();
    co_await m_tasks.finished();
    co_await m_status.abandon();
}

} // namespace kates::cluster
