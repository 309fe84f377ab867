#include "engine/http/tls_context.h"

#include "engine/http/socket_bio.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <arpa/inet.h>

#include <cstring>

namespace kates::http {

namespace {

constexpr unsigned char kAlpnBoth[] = "\x02h2\x08http/1.1";
constexpr unsigned char kAlpnHttp1[] = "\x08http/1.1";

Result<SslCtxPtr> makeContext(const SSL_METHOD* method)
{
    SslCtxPtr context(SSL_CTX_new(method));
    if (!context)
        return opensslFailure("cannot set up TLS");
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // No resumption: Kubernetes' clients do not use it, and tickets cost each handshake.
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_read_ahead(context.get(), 1); // one recv() per record instead of two
    return context;
}

Result<void> useCertificate(SSL_CTX* context, const std::string& certificatePem, const std::string& keyPem)
{
    BioPtr bio = readOnlyBio(certificatePem);
    X509Ptr leaf(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
        return opensslFailure("cannot use the certificate");
    while (X509Ptr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
            return opensslFailure("cannot use the certificate's chain");
    }
    ERR_clear_error(); // the end of the text is reported as an error
    BioPtr keyBio = readOnlyBio(keyPem);
    KeyPtr key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, nullptr, nullptr));
    if (!key || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return opensslFailure("cannot use the private key");
    if (SSL_CTX_check_private_key(context) != 1)
        return opensslFailure("the private key does not belong to the certificate");
    return {};
}

Result<void> trustAuthorities(SSL_CTX* context, const std::string& pem, bool announce)
{
    BioPtr bio = readOnlyBio(pem);
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    int count = 0;
    while (X509Ptr authority{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
        if (X509_STORE_add_cert(store, authority.get()) != 1 || (announce && SSL_CTX_add_client_CA(context, authority.get()) != 1))
            return opensslFailure("cannot use the certificate authority");
        ++count;
    }
    ERR_clear_error();
    if (count == 0)
        return failure("no certificate authority in the PEM text");
    return {};
}

int selectAlpn(SSL*, const unsigned char** out, unsigned char* outSize, const unsigned char* offered, unsigned offeredSize, void* http2)
{
    auto* ours = http2 ? kAlpnBoth : kAlpnHttp1;
    unsigned oursSize = http2 ? sizeof kAlpnBoth - 1 : sizeof kAlpnHttp1 - 1;
    unsigned char* selected = nullptr;
    if (SSL_select_next_proto(&selected, outSize, ours, oursSize, offered, offeredSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = selected;
    return SSL_TLSEXT_ERR_OK;
}

// A client certificate that does not verify makes its bearer anonymous (the API then answers 401); it does not break the connection.
int verifyWithoutRefusing(X509_STORE_CTX* context, void*)
{
    X509_verify_cert(context); // the outcome stays in the context, and becomes SSL_get_verify_result()
    return 1;
}

std::string nameEntry(X509_NAME_ENTRY* entry)
{
    unsigned char* text = nullptr;
    int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
    std::string value(reinterpret_cast<char*>(text), size > 0 ? static_cast<std::size_t>(size) : 0);
    OPENSSL_free(text);
    return value;
}

bool isAddress(const std::string& host)
{
    unsigned char bytes[16];
    return inet_pton(AF_INET, host.c_str(), bytes) == 1 || inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

} // namespace

Result<std::shared_ptr<TlsContext>> makeServerTls(const TlsServerOptions& options)
{
    auto context = makeContext(TLS_server_method());
    if (!context)
        return tl::unexpected(context.error());
    SSL_CTX* raw = context->get();
    auto used = useCertificate(raw, options.certificatePem, options.keyPem);
    if (!used)
        return tl::unexpected(used.error());
    if (!options.clientCaPem.empty()) {
        auto trusted = trustAuthorities(raw, options.clientCaPem, true);
        if (!trusted)
            return tl::unexpected(trusted.error());
        SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
        SSL_CTX_set_cert_verify_callback(raw, verifyWithoutRefusing, nullptr);
    }
    auto tls = std::make_shared<TlsContext>(std::move(*context), true);
    tls->http2 = options.http2;
    SSL_CTX_set_alpn_select_cb(raw, selectAlpn, options.http2 ? tls.get() : nullptr);
    return tls;
}

Result<std::shared_ptr<TlsContext>> makeClientTls(const TlsClientOptions& options)
{
    auto context = makeContext(TLS_client_method());
    if (!context)
        return tl::unexpected(context.error());
    SSL_CTX* raw = context->get();
    if (options.caPem.empty()) {
        SSL_CTX_set_default_verify_paths(raw);
    } else {
        auto trusted = trustAuthorities(raw, options.caPem, false);
        if (!trusted)
            return tl::unexpected(trusted.error());
    }
    if (!options.certificatePem.empty()) {
        auto used = useCertificate(raw, options.certificatePem, options.keyPem);
        if (!used)
            return tl::unexpected(used.error());
    }
    SSL_CTX_set_verify(raw, options.insecureSkipVerify ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    auto tls = std::make_shared<TlsContext>(std::move(*context), false);
    tls->serverName = options.serverName;
    tls->insecureSkipVerify = options.insecureSkipVerify;
    tls->http2 = options.http2;
    if (options.http2)
        SSL_CTX_set_alpn_protos(raw, kAlpnBoth, sizeof kAlpnBoth - 1);
    else
        SSL_CTX_set_alpn_protos(raw, kAlpnHttp1, sizeof kAlpnHttp1 - 1);
    return tls;
}

Result<SslPtr> TlsContext::newSession(int fd, const std::string& host) const
{
    SslPtr session(SSL_new(m_context.get()));
    BIO* bio = session ? makeSocketBio(fd) : nullptr;
    if (!bio)
        return opensslFailure("cannot start TLS");
    SSL_set_bio(session.get(), bio, bio);
    if (m_server) {
        SSL_set_accept_state(session.get());
        return session;
    }
    const std::string& expected = serverName.empty() ? host : serverName;
    if (isAddress(expected)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), expected.c_str());
    } else {
        SSL_set_tlsext_host_name(session.get(), expected.c_str());
        SSL_set1_host(session.get(), expected.c_str());
    }
    SSL_set_connect_state(session.get());
    return session;
}

std::optional<PeerCertificate> peerCertificate(SSL* session)
{
    X509Ptr certificate(SSL_get1_peer_certificate(session));
    if (!certificate || SSL_get_verify_result(session) != X509_V_OK)
        return std::nullopt;
    PeerCertificate peer;
    X509_NAME* subject = X509_get_subject_name(certificate.get());
    for (int i = 0; i < X509_NAME_entry_count(subject); ++i) {
        X509_NAME_ENTRY* entry = X509_NAME_get_entry(subject, i);
        int nid = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry));
        if (nid == NID_commonName)
            peer.commonName = nameEntry(entry);
        else if (nid == NID_organizationName)
            peer.organizations.push_back(nameEntry(entry));
    }
    return peer;
}

std::string_view spokenProtocol(SSL* session)
{
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(session, &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

std::string handshakeProblem(SSL* session, int sslError, int systemError)
{
    long verifyResult = SSL_get_verify_result(session);
    if (sslError == SSL_ERROR_SSL && !SSL_is_server(session) && verifyResult != X509_V_OK)
        return std::string("the server's certificate is not trusted: ") + X509_verify_cert_error_string(verifyResult);
    if (sslError == SSL_ERROR_SSL)
        return opensslFailure("TLS handshake failed").value().message;
    return std::string("TLS handshake failed: ") + (systemError ? std::strerror(systemError) : "the peer closed the connection");
}

} // namespace kates::http
