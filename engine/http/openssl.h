// Owned OpenSSL handles and OpenSSL's error queue as text. Inside engine/http only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "engine/base/result.h"

namespace kates::http {

template <auto function>
struct OpensslFree {
    template <typename Handle>
    void operator()(Handle* handle) const
    {
        function(handle);
    }
};

using SslPtr = std::unique_ptr<SSL, OpensslFree<SSL_free>>;
using SslCtxPtr = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, OpensslFree<X509_free>>;
using BioPtr = std::unique_ptr<BIO, OpensslFree<BIO_free>>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;

// "<what>: <the first entry of OpenSSL's error queue>", and empties the queue.
[[nodiscard]] tl::unexpected<Error> opensslFailure(std::string_view what);

// Read access to PEM text. The text must outlive the BIO.
BioPtr readOnlyBio(std::string_view text);
std::string bioText(BIO* bio);

} // namespace kates::http
