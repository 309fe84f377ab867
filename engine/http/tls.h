// TLS set-ups from PEM text. TLS 1.2 and 1.3 only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace kates::http {

class TlsContext; // wraps an SSL_CTX; immutable, shared by connections

struct TlsServerOptions {
    std::string certificatePem; // chain, leaf first
    std::string keyPem;
    std::string clientCaPem; // not empty: clients may present a certificate of this CA; it is verified, never demanded
    bool http2 = true;       // offer h2 by ALPN
};
struct TlsClientOptions {
    std::string caPem;             // empty: the system's trust store
    std::string certificatePem, keyPem; // client certificate, optional
    std::string serverName;        // verified against the certificate; empty: the host of the URL
    bool insecureSkipVerify = false;
    bool http2 = false;
};
[[nodiscard]] Result<std::shared_ptr<TlsContext>> makeServerTls(const TlsServerOptions& options);
[[nodiscard]] Result<std::shared_ptr<TlsContext>> makeClientTls(const TlsClientOptions& options);

// Who the peer proved to be.
struct PeerCertificate {
    std::string commonName;
    std::vector<std::string> organizations;
};

} // namespace kates::http
