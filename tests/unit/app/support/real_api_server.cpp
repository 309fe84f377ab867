#include "tests/unit/app/support/real_api_server.h"

#include <QEventLoop>
#include <QFile>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app::test {

namespace {

constexpr int kStartLimitMs = 30'000;

api::Value parsed(const char* yaml)
{
    const auto documents = api::parseYaml(yaml);
    if (!documents)
        qFatal("the test's YAML is wrong: %s", documents.error().message.c_str());
    return documents->front().value;
}

} // namespace

RealApiServer::RealApiServer(const QString& program)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, { QStringLiteral("--memory"), QStringLiteral("--dir"), m_folder.path() });
    QByteArray said;
    while (!said.contains('\n')) {
        if (!m_process.waitForReadyRead(kStartLimitMs))
            qFatal("%s does not serve: %s", qPrintable(program), qPrintable(m_process.errorString()));
        said += m_process.readAllStandardOutput();
    }
    QFile authority(m_folder.filePath(QStringLiteral("ca.crt")));
    if (!authority.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(authority.fileName()));
    m_endpoint.server = QUrl(QString::fromUtf8(said.trimmed().mid(qstrlen("serving "))));
    m_endpoint.authorities = authority.readAll();
    m_endpoint.token = "admin-token";
    m_client = makeOn<ApiClient>(m_thread, m_thread);
    m_client->setEndpoint(m_endpoint);
}

RealApiServer::~RealApiServer()
{
    m_client.reset();
    m_process.terminate();
    m_process.waitForFinished();
}

DataPtr<ApiClient> RealApiServer::clientOf(const QString& ns, const QString& serviceAccount)
{
    const QString path = QStringLiteral("/api/v1/namespaces/%1/serviceaccounts/%2/token").arg(ns, serviceAccount);
    const api::Value token = post(path, "{apiVersion: authentication.k8s.io/v1, kind: TokenRequest, spec: {}}");
    Endpoint endpoint = m_endpoint;
    endpoint.token = QByteArray::fromStdString(std::string(token.str("status", "token")));
    DataPtr<ApiClient> client = makeOn<ApiClient>(m_thread, m_thread);
    client->setEndpoint(endpoint);
    return client;
}

api::Value RealApiServer::send(const ApiRequest& request)
{
    QEventLoop loop;
    api::Value answer;
    m_client->send(request, &loop, [&](const ApiReply& reply) {
        if (!reply)
            qFatal("%s %s: %s", request.method.constData(), qPrintable(request.path), reply.error().message.c_str());
        answer = reply->document;
        loop.quit();
    });
    loop.exec();
    return answer;
}

api::Value RealApiServer::post(const QString& path, const char* yaml) { return send(postRequest(path, parsed(yaml))); }

api::Value RealApiServer::apply(const QString& path, const char* manager, const char* yaml)
{
    ApiRequest request = patchRequest(path, kApplyPatch, parsed(yaml));
    request.query.addQueryItem(QStringLiteral("fieldManager"), QLatin1String(manager));
    return send(request);
}

} // namespace kates::app::test
