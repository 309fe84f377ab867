// Who asks: a client certificate (CN is the name, O the groups), a static bearer token, or a service account's ES256 token. Without any of them
// system:anonymous; with wrong ones 401.
#pragma once

#include <unordered_map>

#include "engine/api/status.h"
#include "engine/apiserver/api_server.h"
#include "engine/apiserver/cache/resource_caches.h"
#include "engine/http/jwt.h"

namespace kates::apiserver {

constexpr std::size_t kVerifiedTokensMax = 4096;

class Authenticator {
public:
    Authenticator(Loop& loop, const ApiServerOptions& options, const ResourceCaches& caches) : m_loop(loop), m_options(options), m_caches(caches) {}

    // Reads the service account key.
    [[nodiscard]] Result<void> start();
    [[nodiscard]] api::ApiResult<UserInfo> authenticate(const http::Request& request);
    // Who a token stands for; an error says why it does not count. `audiences`, when not empty, must share one with the token.
    [[nodiscard]] Result<UserInfo> authenticateToken(const std::string& token, const std::vector<std::string>& audiences = {});
    const http::JwtKey* serviceAccountKey() const { return m_key ? &*m_key : nullptr; }

private:
    [[nodiscard]] Result<api::Value> verifiedClaims(const std::string& token);
    [[nodiscard]] Result<void> checkClaims(const api::Value& claims, const std::vector<std::string>& audiences) const;
    [[nodiscard]] Result<UserInfo> serviceAccountOf(const api::Value& claims) const;

    Loop& m_loop;
    const ApiServerOptions& m_options;
    const ResourceCaches& m_caches;
    std::optional<http::JwtKey> m_key;
    std::unordered_map<std::string, api::Value> m_verified; // tokens whose signature has been checked; their claims are judged every time
};

} // namespace kates::apiserver
