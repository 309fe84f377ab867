// The Client over HTTP: to our API server or to anybody else's.
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/client/client.h"
#include "engine/client/kubeconfig.h"
#include "engine/http/client.h"

namespace kates::client {

struct ApiEndpoint {
    std::string host;
    int port = 443;
    std::shared_ptr<http::TlsContext> tls; // none: plain HTTP
    std::string bearerToken;
    std::string bearerTokenFile; // wins over bearerToken; read again every minute, because it rotates
    std::string pathPrefix;      // "/clusters/dev": stands before /api and /apis
};

// Limits: an object of 8 MiB, a list page of 256 MiB, a watch event of 8 MiB (watch_stream.h); an error past them.
constexpr std::size_t kObjectMaxBytes = 8u << 20;
constexpr std::size_t kListMaxBytes = 256u << 20;

// No answer at all is ServiceUnavailable with the cause; nothing is tried twice.
[[nodiscard]] std::shared_ptr<Client> makeHttpClient(Loop& loop, ApiEndpoint endpoint);

// The endpoint that a kubeconfig context names. An error for a server URL or a certificate that cannot be used, and for a context that needs a credential
// plug-in or a password.
[[nodiscard]] Result<ApiEndpoint> endpointOf(const KubeContext& context);

} // namespace kates::client
