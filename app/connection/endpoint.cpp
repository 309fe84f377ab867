#include "app/connection/endpoint.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QStandardPaths>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app {

namespace {

using api::Value;

const Value& byName(const Value& list, std::string_view name)
{
    static const Value nothing;
    for (const Value& item : list) {
        if (item.str("name") == name)
            return item;
    }
    return nothing;
}

QByteArray decoded(const Value& owner, std::string_view key)
{
    const std::string_view text = owner.str(key);
    return QByteArray::fromBase64(QByteArray(text.data(), qsizetype(text.size())));
}

} // namespace

Result<Endpoint> parseConnection(std::string_view yaml)
{
    const auto documents = api::parseYaml(yaml);
    if (!documents)
        return unexpected(documents.error());
    if (documents->empty())
        return failure("it is empty");
    const Value& config = documents->front().value;
    const Value& context = byName(config.get("contexts"), config.str("current-context")).get("context");
    const Value& cluster = byName(config.get("clusters"), context.str("cluster")).get("cluster");
    const Value& user = byName(config.get("users"), context.str("user")).get("user");

    Endpoint endpoint;
    endpoint.server = QUrl(toQString(cluster.str("server")), QUrl::StrictMode);
    if (endpoint.server.scheme() != QLatin1String("https") || endpoint.server.host().isEmpty())
        return failure("its current context names no https server");
    endpoint.authorities = decoded(cluster, "certificate-authority-data");
    if (endpoint.authorities.isEmpty())
        return failure("it holds no certificate-authority-data, so the server could not be verified");
    const std::string_view token = user.str("token");
    endpoint.token = QByteArray(token.data(), qsizetype(token.size()));
    endpoint.clientCertificate = decoded(user, "client-certificate-data");
    endpoint.clientKey = decoded(user, "client-key-data");
    return endpoint;
}

Result<Endpoint> readConnectionFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(toStd(QStringLiteral("%1: %2").arg(path, file.errorString())));
    if (file.size() > kConnectionFileBytesMax)
        return failure(toStd(QStringLiteral("%1 is too large for a connection file").arg(path)));
    const QByteArray text = file.readAll();
    auto endpoint = parseConnection({ text.constData(), std::size_t(text.size()) });
    if (!endpoint)
        return failure(toStd(path) + " is not a usable connection file: " + endpoint.error().message);
    return endpoint;
}

QSslConfiguration tlsConfiguration(const Endpoint& endpoint)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromData(endpoint.authorities));
    tls.setAllowedNextProtocols({ QByteArrayLiteral("http/1.1") });
    if (!endpoint.clientCertificate.isEmpty()) {
        tls.setLocalCertificate(QSslCertificate(endpoint.clientCertificate));
        tls.setPrivateKey(QSslKey(endpoint.clientKey, endpoint.clientKey.contains("RSA") ? QSsl::Rsa : QSsl::Ec));
    }
    return tls;
}

QString defaultConnectionFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/kates/engine.kubeconfig");
}

} // namespace kates::app
