#include "engine/apiserver/filters/authentication.h"

#include <strings.h>

#include "engine/api/json.h"

namespace kates::apiserver {

namespace {

constexpr std::string_view kAuthenticated = "system:authenticated";
constexpr std::string_view kServiceAccountPrefix = "system:serviceaccount:";

UserInfo authenticated(UserInfo user)
{
    if (std::find(user.groups.begin(), user.groups.end(), kAuthenticated) == user.groups.end())
        user.groups.emplace_back(kAuthenticated);
    return user;
}

// Compares without telling by its time how much was right.
bool sameSecret(std::string_view left, std::string_view right)
{
    if (left.size() != right.size())
        return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        difference |= static_cast<unsigned char>(left[i] ^ right[i]);
    return difference == 0;
}

std::int64_t secondsOf(WallTime time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

bool isOfCluster(const api::Value& audience, const std::vector<std::string>& wanted)
{
    return std::find(wanted.begin(), wanted.end(), audience.asString()) != wanted.end();
}

} // namespace

Result<void> Authenticator::start()
{
    if (m_options.serviceAccountKeyPem.empty())
        return {};
    auto key = http::JwtKey::fromPem(m_options.serviceAccountKeyPem);
    if (!key)
        return failure("the service account key cannot be used: " + key.error().message);
    m_key.emplace(std::move(*key));
    return {};
}

api::ApiResult<UserInfo> Authenticator::authenticate(const http::Request& request)
{
    if (request.peer && !request.peer->commonName.empty())
        return authenticated({request.peer->commonName, "", request.peer->organizations});
    auto header = request.headers.get("Authorization");
    if (header.empty())
        return UserInfo{"system:anonymous", "", {"system:unauthenticated"}};
    auto space = header.find(' ');
    constexpr std::string_view kScheme = "Bearer";
    if (space != kScheme.size() || ::strncasecmp(header.data(), kScheme.data(), kScheme.size()) != 0)
        return api::ApiFailure(api::unauthorized());
    auto user = authenticateToken(std::string(header.substr(space + 1)));
    if (!user)
        return api::ApiFailure(api::unauthorized());
    return std::move(*user);
}

Result<UserInfo> Authenticator::authenticateToken(const std::string& token, const std::vector<std::string>& audiences)
{
    for (const auto& known : m_options.tokens) {
        if (sameSecret(known.token, token))
            return authenticated(known.user);
    }
    auto claims = verifiedClaims(token);
    if (!claims)
        return tl::unexpected(claims.error());
    if (auto valid = checkClaims(*claims, audiences); !valid)
        return tl::unexpected(valid.error());
    return serviceAccountOf(*claims);
}

Result<api::Value> Authenticator::verifiedClaims(const std::string& token)
{
    auto known = m_verified.find(token);
    if (known != m_verified.end())
        return known->second;
    if (!m_key)
        return failure("the token is unknown");
    auto text = m_key->verify(token);
    if (!text)
        return tl::unexpected(text.error());
    auto claims = api::parseJson(*text);
    if (!claims)
        return failure("the token's claims are no JSON: " + claims.error().message);
    if (m_verified.size() >= kVerifiedTokensMax)
        m_verified.clear();
    m_verified.emplace(token, *claims);
    return claims;
}

Result<void> Authenticator::checkClaims(const api::Value& claims, const std::vector<std::string>& audiences) const
{
    auto now = secondsOf(m_loop.wallTime());
    if (claims.str("iss") != m_options.serviceAccountIssuer)
        return failure("the token has another issuer");
    if (claims.get("exp").asInt() <= now)
        return failure("the token has expired");
    if (claims.get("nbf").asInt() > now + 1)
        return failure("the token is not valid yet");
    auto wanted = audiences.empty() ? std::vector<std::string>{m_options.serviceAccountIssuer} : audiences;
    const auto& given = claims.get("aud");
    bool ours = given.isString() && isOfCluster(given, wanted);
    for (const auto& audience : given)
        ours = ours || isOfCluster(audience, wanted);
    if (!ours)
        return failure("the token is for another audience");
    return {};
}

Result<UserInfo> Authenticator::serviceAccountOf(const api::Value& claims) const
{
    const auto& bound = claims.get("kubernetes.io");
    auto ns = bound.str("namespace"), name = bound.str("serviceaccount", "name");
    if (claims.str("sub") != std::string(kServiceAccountPrefix) + std::string(ns) + ":" + std::string(name))
        return failure("the token's subject is not a service account");
    auto accounts = m_caches.find("", "serviceaccounts");
    auto account = accounts ? accounts->find(ns, name) : nullptr;
    if (!account || account->value().str("metadata", "uid") != bound.str("serviceaccount", "uid"))
        return failure("the token's service account does not exist any more");
    if (auto pod = bound.find("pod")) {
        auto pods = m_caches.find("", "pods");
        auto found = pods ? pods->find(ns, pod->str("name")) : nullptr;
        if (!found || found->value().str("metadata", "uid") != pod->str("uid"))
            return failure("the token's pod does not exist any more");
    }
    return UserInfo{std::string(claims.str("sub")), std::string(bound.str("serviceaccount", "uid")),
        {"system:serviceaccounts", "system:serviceaccounts:" + std::string(ns), std::string(kAuthenticated)}};
}

} // namespace kates::apiserver
