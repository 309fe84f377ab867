#include "app/connection/api_client.h"

#include <QCoreApplication>

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

constexpr api::ParseLimits kAnswerLimits { std::size_t(kAnswerBytesMax), 100, 50'000'000 };

api::StatusError localError(const char* reason, const QString& message)
{
    api::StatusError error;
    error.code = 0;
    error.reason = reason;
    error.message = toStd(message);
    return error;
}

ApiReply replyOf(QNetworkReply& reply)
{
    ApiResponse response;
    response.body = reply.readAll();
    response.code = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.contentType = reply.header(QNetworkRequest::ContentTypeHeader).toByteArray();
    const bool complete = response.code >= 200 && response.code < 300 && reply.error() == QNetworkReply::NoError;
    if (!complete)
        return api::ApiFailure(ApiClient::errorOf(reply, response.body));
    if (response.contentType.startsWith("application/json")) {
        auto document = api::parseJson({ response.body.constData(), std::size_t(response.body.size()) }, kAnswerLimits);
        if (!document)
            return api::ApiFailure(
                localError(kMalformed, QStringLiteral("The server's answer cannot be read: %1").arg(displayText(document.error().message))));
        response.document = std::move(*document);
        response.body.clear();
    }
    return response;
}

} // namespace

ApiClient::ApiClient(DataThread& thread)
    : m_thread(thread)
{
}

ApiClient::~ApiClient()
{
    if (!m_requests)
        return;
    const auto replies = m_requests->findChildren<QNetworkReply*>();
    for (QNetworkReply* reply : replies)
        reply->abort();
}

void ApiClient::setEndpoint(const Endpoint& endpoint)
{
    m_thread.post([self = QPointer(this), endpoint] {
        if (self)
            self->setEndpointHere(endpoint);
    });
}

void ApiClient::setEndpointHere(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    m_tls = tlsConfiguration(endpoint);
    // Old managers are kept alive by what still runs over them.
    m_requests.reset(new QNetworkAccessManager, DeleteOnItsThread());
    m_streams.clear();
}

void ApiClient::setGuardedRoots(const QSet<QString>& roots)
{
    m_thread.post([self = QPointer(this), roots] {
        if (self)
            self->m_guarded = roots;
    });
}

bool ApiClient::isGuarded(const ApiRequest& request) const
{
    if (request.method == "GET" || request.method == "HEAD" || request.query.queryItemValue(QStringLiteral("dryRun")) == QLatin1String("All"))
        return false;
    if (request.path.contains(QLatin1String("/apis/authorization.k8s.io/")))
        return false;
    return std::any_of(m_guarded.begin(), m_guarded.end(), [&](const QString& root) { return request.path.startsWith(root + u'/'); });
}

QNetworkRequest ApiClient::networkRequest(const ApiRequest& request) const
{
    QUrl url = m_endpoint.server;
    url.setPath(url.path(QUrl::FullyEncoded) + request.path, QUrl::TolerantMode);
    url.setQuery(request.query);
    QNetworkRequest result(url);
    result.setSslConfiguration(m_tls);
    result.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    result.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    result.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    result.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    result.setRawHeader("Accept", request.accept);
    result.setRawHeader("Accept-Encoding", "identity");
    result.setRawHeader("User-Agent", "kates-desktop");
    if (!m_endpoint.token.isEmpty())
        result.setRawHeader("Authorization", "Bearer " + m_endpoint.token);
    if (!request.contentType.isEmpty())
        result.setHeader(QNetworkRequest::ContentTypeHeader, request.contentType);
    if (request.timeoutMs > 0)
        result.setTransferTimeout(request.timeoutMs);
    return result;
}

QNetworkReply* ApiClient::start(QNetworkAccessManager& manager, const ApiRequest& request)
{
    return manager.sendCustomRequest(networkRequest(request), request.method, request.body);
}

void ApiClient::send(const ApiRequest& request, QObject* context, Callback callback)
{
    Q_ASSERT(context);
    const bool onData = context->thread() == thread();
    // A QPointer may be copied on any thread but looked at only on its object's own; delivery happens there.
    auto deliver = [guard = QPointer(context), callback = std::move(callback), onData](ApiReply reply) {
        auto call = [guard, callback, reply = std::move(reply)]() mutable {
            if (guard)
                callback(std::move(reply));
        };
        if (onData)
            call();
        else
            QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(call), Qt::QueuedConnection);
    };
    m_thread.post([self = QPointer(this), request, deliver = std::move(deliver)] {
        if (self)
            self->sendHere(request, deliver);
    });
}

void ApiClient::sendHere(const ApiRequest& request, std::function<void(ApiReply)> deliver)
{
    if (!m_requests) {
        deliver(api::ApiFailure(localError(kUnreachable, QStringLiteral("The engine is not running."))));
        return;
    }
    if (isGuarded(request)) {
        deliver(api::ApiFailure(localError(kReadOnlyHere,
            QCoreApplication::translate("ApiClient", "This cluster is read-only here, so nothing was sent. Unlock it beside its name to change it."))));
        return;
    }
    QNetworkReply* reply = start(*m_requests, request);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received) {
        if (received > kAnswerBytesMax)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, reply, [reply, manager = m_requests, deliver = std::move(deliver)] {
        reply->deleteLater();
        deliver(replyOf(*reply));
    });
}

DataPtr<QNetworkReply> ApiClient::openStream(const ApiRequest& request)
{
    if (!m_requests)
        return nullptr;
    auto free = std::find_if(m_streams.begin(), m_streams.end(), [](const auto& s) { return s->streams < kStreamsPerManager; });
    if (free == m_streams.end()) {
        m_streams.push_back(std::make_shared<StreamManager>());
        free = std::prev(m_streams.end());
        (*free)->manager.reset(new QNetworkAccessManager);
    }
    const std::shared_ptr<StreamManager> home = *free;
    ++home->streams;
    QNetworkReply* reply = start(*home->manager, request);
    connect(reply, &QObject::destroyed, [home] { --home->streams; });
    return DataPtr<QNetworkReply>(reply);
}

api::StatusError ApiClient::errorOf(QNetworkReply& reply, const QByteArray& body)
{
    const int code = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (code >= 300) {
        const auto document = api::parseJson({ body.constData(), std::size_t(body.size()) });
        if (document && document->str("kind") == "Status")
            return api::StatusError::fromValue(*document, code);
        api::StatusError error = localError("",
            QStringLiteral("The server answered %1 %2.")
                .arg(code)
                .arg(displayText(reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray().toStdString(), 200)));
        error.code = code;
        return error;
    }
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError: // what a transfer timeout ends in
        return localError(kTimedOut, QStringLiteral("The server did not answer in time."));
    case QNetworkReply::ConnectionRefusedError:
        return localError(kUnreachable, QStringLiteral("Nothing answers at %1.").arg(reply.url().authority()));
    case QNetworkReply::SslHandshakeFailedError:
        return localError(kUnreachable, QStringLiteral("The server at %1 cannot be trusted: %2.").arg(reply.url().authority(), reply.errorString()));
    default:
        return localError(kUnreachable, QStringLiteral("The connection to %1 failed: %2.").arg(reply.url().authority(), reply.errorString()));
    }
}

} // namespace kates::app
