// One pull's conversation with a registry: requests with authentication and redirects.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/http/client.h"
#include "engine/runtime/image/reference.h"
#include "engine/runtime/image/registry_auth.h"

namespace kates::runtime {

class RegistrySession {
public:
    RegistrySession(Loop& loop, http::Client& client, ImageReference reference, std::optional<RegistryCredential> credential)
        : m_loop(loop), m_client(client), m_reference(std::move(reference)), m_credential(std::move(credential)),
          m_registry(registryUrl(m_reference.domain))
    {
    }
    // The answer with status 200 to GET /v2/<path>/<what>; everything else is an error that names the cause.
    [[nodiscard]] Task<Result<std::unique_ptr<http::ClientResponse>>> get(std::string what, std::string accept);

private:
    using Response = Result<std::unique_ptr<http::ClientResponse>>;
    Task<Response> send(Url url, std::string accept, std::string authorization);
    Task<Response> followRedirects(Url url, std::string accept);
    Task<Result<void>> authenticate(std::string header);
    Task<Result<std::string>> fetchToken(AuthChallenge challenge);
    Task<Error> explain(http::ClientResponse& response);
    Result<void> checkTarget(const Url& url) const;

    Loop& m_loop;
    http::Client& m_client;
    ImageReference m_reference;
    std::optional<RegistryCredential> m_credential;
    Url m_registry;
    std::shared_ptr<http::TlsContext> m_tls;
    std::string m_authorization;
};

} // namespace kates::runtime
