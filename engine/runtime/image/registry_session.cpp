#include "engine/runtime/image/registry_session.h"

#include <algorithm>

#include "engine/api/json.h"
#include "engine/base/blocking.h"

namespace kates::runtime {

namespace {

constexpr int kRedirectsMax = 5;
constexpr std::size_t kErrorBodyMaxBytes = 64u << 10;
constexpr std::size_t kTokenAnswerMaxBytes = 256u << 10;
constexpr std::size_t kReasonLengthMax = 300;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Text from a registry goes into events and logs: one line, no control characters.
std::string tidy(std::string_view text)
{
    std::string result(text.substr(0, kReasonLengthMax));
    std::replace_if(result.begin(), result.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    return result;
}

http::ClientRequest makeRequest(const Url& url, const std::string& accept, const std::string& authorization)
{
    http::ClientRequest request;
    request.target = url.target;
    const bool usualPort = url.port == (url.tls ? 443 : 80);
    request.headers.set("Host", usualPort ? url.host : url.host + ":" + std::to_string(url.port));
    request.headers.set("User-Agent", "kates");
    if (!accept.empty())
        request.headers.set("Accept", accept);
    if (!authorization.empty())
        request.headers.set("Authorization", authorization);
    return request;
}

} // namespace

// Credentials and requests stay encrypted, and a registry elsewhere cannot make us speak plain HTTP to this machine.
Result<void> RegistrySession::checkTarget(const Url& url) const
{
    if (!url.tls && !(isLoopbackHost(url.host) && isLoopbackHost(m_registry.host)))
        return failure("the registry " + m_reference.domain + " leads to http://" + tidy(url.host)
            + ": plain HTTP is used with registries on this machine only");
    return {};
}

Task<RegistrySession::Response> RegistrySession::send(Url url, std::string accept, std::string authorization)
{
    if (auto allowed = checkTarget(url); !allowed)
        co_return unexpected(allowed.error());
    if (url.tls && !m_tls) {
        auto tls = co_await runBlocking(m_loop, [] { return http::makeClientTls({}); }); // reads the system's trust store
        if (!tls)
            co_return unexpected(tls.error());
        m_tls = *tls;
    }
    auto request = makeRequest(url, accept, authorization);
    http::Endpoint endpoint;
    endpoint.host = url.host;
    endpoint.port = url.port;
    if (url.tls)
        endpoint.tls = m_tls;
    co_return co_await m_client.send(std::move(endpoint), std::move(request));
}

Task<RegistrySession::Response> RegistrySession::followRedirects(Url url, std::string accept)
{
    for (int redirects = 0; redirects <= kRedirectsMax; ++redirects) {
        // The token is the registry's business; storage elsewhere must not see it.
        std::string authorization;
        if (url.sameHost(m_registry))
            authorization = m_authorization;
        auto response = co_await send(url, accept, std::move(authorization));
        if (!response || !isRedirect((*response)->status()))
            co_return response;
        auto next = parseUrl((*response)->headers().get("Location"), &url);
        if (!next)
            co_return failure("the registry " + m_reference.domain + " redirects to nowhere: " + next.error().message);
        url = *next;
    }
    co_return failure("the registry " + m_reference.domain + " redirects more than " + std::to_string(kRedirectsMax) + " times");
}

Task<RegistrySession::Response> RegistrySession::get(std::string what, std::string accept)
{
    Url url = m_registry;
    url.target = "/v2/" + m_reference.path + "/" + what;
    auto response = co_await followRedirects(url, accept);
    if (response && (*response)->status() == 401 && m_authorization.empty()) {
        const std::string header((*response)->headers().get("WWW-Authenticate"));
        response->reset();
        auto authenticated = co_await authenticate(header);
        if (!authenticated)
            co_return unexpected(authenticated.error());
        response = co_await followRedirects(url, accept);
    }
    if (!response)
        co_return failure("the registry " + m_reference.domain + " cannot be reached: " + response.error().message);
    if ((*response)->status() != 200)
        co_return unexpected(co_await explain(**response));
    co_return response;
}

Task<Error> RegistrySession::explain(http::ClientResponse& response)
{
    const int status = response.status();
    const auto body = co_await response.readAll(kErrorBodyMaxBytes);
    const auto value = body ? api::parseJson(*body) : unexpected(body.error());
    const auto reason = value ? tidy(value->get("errors").at(0).str("message")) : std::string();
    std::string text;
    if (status == 404)
        text = "the registry " + m_reference.domain + " does not have it";
    else if (status == 401 || status == 403)
        text = "the registry " + m_reference.domain + " denies access"
            + (m_credential ? " to the user " + m_credential->username : " without credentials");
    else if (status == 429)
        text = "the registry " + m_reference.domain + " says that there are too many requests";
    else
        text = "the registry " + m_reference.domain + " answers with status " + std::to_string(status);
    co_return Error {reason.empty() ? text : text + " (" + reason + ")"};
}

Task<Result<void>> RegistrySession::authenticate(std::string header)
{
    const auto challenges = parseChallenges(header);
    for (const auto& challenge : challenges) {
        if (challenge.scheme == "bearer") {
            auto token = co_await fetchToken(challenge);
            if (!token)
                co_return unexpected(token.error());
            m_authorization = "Bearer " + *token;
            co_return Result<void>();
        }
        if (challenge.scheme == "basic" && m_credential) {
            m_authorization = basicAuthorization(*m_credential);
            co_return Result<void>();
        }
    }
    const bool basic = std::any_of(challenges.begin(), challenges.end(), [](const auto& challenge) { return challenge.scheme == "basic"; });
    co_return failure(
        "the registry " + m_reference.domain + (basic ? " wants a user name and a password" : " wants an authentication that is not supported"));
}

Task<Result<std::string>> RegistrySession::fetchToken(AuthChallenge challenge)
{
    const auto url = tokenUrl(challenge, m_reference.path);
    if (!url)
        co_return unexpected(url.error());
    std::string authorization;
    if (m_credential)
        authorization = basicAuthorization(*m_credential);
    auto response = co_await send(*url, "application/json", std::move(authorization));
    if (!response)
        co_return failure("the token service of the registry " + m_reference.domain + " cannot be reached: " + response.error().message);
    if ((*response)->status() != 200)
        co_return unexpected(co_await explain(**response));
    const auto body = co_await (*response)->readAll(kTokenAnswerMaxBytes);
    co_return body ? parseTokenAnswer(*body) : unexpected(body.error());
}

} // namespace kates::runtime
