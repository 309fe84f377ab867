// What a TlsContext is made of, and how connections use it. Inside engine/http only.
#pragma once

#include "engine/http/openssl.h"
#include "engine/http/tls.h"

#include <optional>

namespace kates::http {

class TlsContext {
public:
    TlsContext(SslCtxPtr context, bool server) : m_context(std::move(context)), m_server(server) {}
    SSL_CTX* context() const { return m_context.get(); }
    bool isServer() const { return m_server; }

    // A new session over `fd`, which stays the caller's. `host`: whom a client expects when its options name nobody.
    [[nodiscard]] Result<SslPtr> newSession(int fd, const std::string& host) const;

    std::string serverName;
    bool insecureSkipVerify = false;
    bool http2 = false;

private:
    SslCtxPtr m_context;
    bool m_server;
};

// Whom the peer's certificate names, when it was verified.
std::optional<PeerCertificate> peerCertificate(SSL* session);
std::string_view spokenProtocol(SSL* session); // by ALPN: "h2", "http/1.1" or ""
// Why a handshake failed, for a person: certificate problems by name.
std::string handshakeProblem(SSL* session, int sslError, int systemError);

} // namespace kates::http
