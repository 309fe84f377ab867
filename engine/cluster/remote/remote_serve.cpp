// A request on its way to a remote cluster.
#include <cerrno>

#include "engine/apiserver/respond/respond.h"
#include "engine/cluster/remote/passed_headers.h"
#include "engine/cluster/remote/read_only.h"
#include "engine/cluster/remote/remote_cluster.h"
#include "engine/http/reverse_proxy.h"

namespace kates::cluster {

namespace {

constexpr std::size_t kDeleteBodyMaxBytes = 1u << 20;

// kubectl reads discovery as raw bytes: what it says about a failure is the answer's text when that is plain, and never a 503's.
Task<void> answer(http::Exchange& exchange, const api::StatusError& error, const std::string& path)
{
    if (path == "/api" || path == "/apis")
        co_await apiserver::respondText(exchange, error.code == 503 ? 502 : error.code, error.message);
    else
        co_await apiserver::respondStatus(exchange, error);
}

} // namespace

api::StatusError RemoteCluster::forbidden(const std::string& why) const
{
    return api::forbidden({"engine.kates.dev", "remoteclusters"}, m_name, why);
}

// Nothing: it may pass. A delete's body has then been read.
Task<std::optional<api::StatusError>> RemoteCluster::refusal(http::Exchange& exchange, const std::string& path, std::optional<std::string>& body)
{
    const http::Request& request = exchange.request();
    if (impersonates(request.headers))
        co_return forbidden("a remote cluster does not take requests on behalf of somebody else (Impersonate-* headers)");
    if (!readOnly())
        co_return std::nullopt;
    ReadOnlyVerdict verdict = judgeReadOnly(request, path);
    if (verdict.pass == ReadOnlyVerdict::Pass::ByBody) {
        auto read = co_await exchange.readBody(kDeleteBodyMaxBytes);
        if (!read)
            co_return read.error().systemError == EMSGSIZE ? api::requestEntityTooLarge(read.error().message) : api::badRequest(read.error().message);
        const bool dryRun = isDryRunBody(*read, saysDryRun(http::Query::parse(request.query)));
        verdict = dryRun ? ReadOnlyVerdict{ReadOnlyVerdict::Pass::Yes, {}} : ReadOnlyVerdict{ReadOnlyVerdict::Pass::No, "a delete is a write"};
        body = std::move(*read);
    }
    if (verdict.pass == ReadOnlyVerdict::Pass::Yes)
        co_return std::nullopt;
    co_return forbidden("it is attached ReadOnly, and " + verdict.why + "; to allow changes: kates attach " + m_name + " --access ReadWrite");
}

Task<void> RemoteCluster::serve(http::Exchange& exchange, std::string path)
{
    auto self = shared_from_this();
    Event loaded = m_loaded;
    co_await loaded;
    std::optional<std::string> body;
    auto refused = co_await refusal(exchange, path, body);
    if (!refused && !m_credentials)
        refused = api::serviceUnavailable("the remote cluster " + m_name + " cannot be reached: " + m_reachable.message);
    if (refused)
        co_await answer(exchange, *refused, path);
    else
        co_await forward(exchange, std::move(path), std::move(body));
}

Task<void> RemoteCluster::forward(http::Exchange& exchange, std::string path, std::optional<std::string> body)
{
    auto self = shared_from_this();
    auto credentials = m_credentials;
    http::ForwardOptions options;
    options.stop = m_cut.get_token();
    auto connection = co_await credentials->connection(approvedCommand());
    if (!connection) {
        if (credentials == m_credentials)
            set({"False", connection.error().reason, connection.error().message});
        const bool consent = connection.error().reason == "ExecPluginNeedsConsent";
        const api::StatusError error = consent
            ? forbidden(connection.error().message + " (to approve it: kates attach " + m_name + " --allow-exec)")
            : api::serviceUnavailable("the remote cluster " + m_name + " cannot be reached: " + connection.error().message);
        co_await answer(exchange, error, path);
        co_return;
    }
    const http::Request& request = exchange.request();
    options.endpoint = connection->endpoint;
    options.target = connection->prefix + path + (request.query.empty() ? "" : "?" + request.query);
    options.droppedHeaders = keptHeaders(request.headers);
    if (const auto protocols = request.headers.get("Sec-WebSocket-Protocol"); !protocols.empty())
        options.extraHeaders.set("Sec-WebSocket-Protocol", protocolsWithoutToken(protocols));
    if (!connection->authorization.empty())
        options.extraHeaders.set("Authorization", connection->authorization);
    options.body = std::move(body);
    options.answered = [self, credentials, used = *connection](int status) { self->answered(status, credentials, used); };
    const http::Refuse refuse = [self, path](http::Exchange& asked, int status, Error why) { return self->refuse(asked, path, status, std::move(why)); };
    co_await http::forwardExchange(m_context.loop, *m_http, exchange, std::move(options), refuse);
}

Task<void> RemoteCluster::refuse(http::Exchange& exchange, std::string path, int status, Error why)
{
    if (status == 503)
        failed(why);
    const api::StatusError error = status == 413 ? api::requestEntityTooLarge(why.message)
        : status == 400                          ? api::badRequest(why.message)
                                                 : api::serviceUnavailable("the remote cluster " + m_name + " cannot be reached: " + why.message);
    co_await answer(exchange, error, path);
}

void RemoteCluster::answered(int status, const std::shared_ptr<RemoteCredentials>& credentials, const RemoteConnection& connection)
{
    if (credentials != m_credentials)
        return;
    if (status == 401) {
        credentials->refused(connection);
        m_versionKnown = false;
        set({"False", "Unauthorized", "the server does not accept the credentials"});
        return;
    }
    set({"True", "Connected", ""});
    if (!m_versionKnown && !m_stopped)
        m_tasks.spawn(fetchVersion());
}

void RemoteCluster::failed(const Error& why)
{
    if (why.systemError == ECANCELED)
        return; // the client has gone
    m_versionKnown = false;
    set({"False", why.systemError == EKEYREJECTED ? "CertificateInvalid" : "Unreachable", why.message});
}

} // namespace kates::cluster
