// From a kubeconfig context to an endpoint: the server's URL and the TLS set-up.
#include <charconv>

#include "engine/client/http_client.h"

namespace kates::client {

namespace {

struct ServerUrl {
    bool https = true;
    std::string host, prefix;
    int port = 0;
};

Result<ServerUrl> parseServer(std::string_view text)
{
    const std::string whole(text);
    ServerUrl url;
    if (text.starts_with("http://"))
        url.https = false;
    else if (!text.starts_with("https://"))
        return failure("the server \"" + whole + "\" is not an http or https URL");
    text.remove_prefix(text.find("://") + 3);
    const std::size_t slash = text.find('/');
    if (slash != std::string_view::npos) {
        url.prefix = text.substr(slash);
        while (url.prefix.ends_with('/'))
            url.prefix.pop_back();
        text = text.substr(0, slash);
    }
    url.port = url.https ? 443 : 80;
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos) {
        const std::string_view digits = text.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
        if (error != std::errc() || end != digits.data() + digits.size() || url.port < 1 || url.port > 65535)
            return failure("the server \"" + whole + "\" has no valid port");
        text = text.substr(0, colon);
    }
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    if (text.empty())
        return failure("the server \"" + whole + "\" names no host");
    url.host = text;
    return url;
}

} // namespace

Result<ApiEndpoint> endpointOf(const KubeContext& context)
{
    if (context.exec || !context.username.empty())
        return failure("the user of context \"" + context.name + "\" needs " + (context.exec ? "\"exec\"" : "a password")
            + ", which this client does not do: use a token or a client certificate");
    auto url = parseServer(context.server);
    if (!url)
        return unexpected(url.error());
    ApiEndpoint endpoint;
    endpoint.host = url->host;
    endpoint.port = url->port;
    endpoint.pathPrefix = url->prefix;
    endpoint.bearerToken = context.token;
    endpoint.bearerTokenFile = context.tokenFile;
    if (!url->https)
        return endpoint;
    http::TlsClientOptions options;
    options.caPem = context.caPem;
    options.certificatePem = context.clientCertificatePem;
    options.keyPem = context.clientKeyPem;
    options.serverName = context.tlsServerName;
    options.insecureSkipVerify = context.insecureSkipTlsVerify;
    auto tls = http::makeClientTls(options);
    if (!tls)
        return failure("context \"" + context.name + "\": " + tls.error().message);
    endpoint.tls = std::move(*tls);
    return endpoint;
}

} // namespace kates::client
