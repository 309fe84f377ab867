// Where an API server is and how to talk to it: what a kubeconfig says, reduced to one server.
#pragma once

#include <QByteArray>
#include <QSslConfiguration>
#include <QString>
#include <QUrl>

#include "engine/base/result.h"

namespace kates::app {

inline constexpr qint64 kConnectionFileBytesMax = 1 << 20;

struct Endpoint {
    QUrl server; // https only
    QByteArray authorities; // PEM; the only certificates that are trusted
    QByteArray token;
    QByteArray clientCertificate, clientKey; // PEM; empty when a token is used

    bool isValid() const { return server.isValid(); }
    bool operator==(const Endpoint&) const = default;
};

// Reads the current context of a kubeconfig (certificate-authority-data, token, client-certificate-data, client-key-data; files by their paths are
// not followed, the engine always embeds). The error is a sentence naming the file.
[[nodiscard]] Result<Endpoint> readConnectionFile(const QString& path);
[[nodiscard]] Result<Endpoint> parseConnection(std::string_view yaml);

// Trusts nothing but the endpoint's authorities; shows its client certificate.
[[nodiscard]] QSslConfiguration tlsConfiguration(const Endpoint& endpoint);

// $XDG_CONFIG_HOME/kates/engine.kubeconfig, which `kates engine` writes.
[[nodiscard]] QString defaultConnectionFile();

} // namespace kates::app
