// ES256 JSON Web Tokens (RFC 7515 compact form, RFC 7518 section 3.4), for service account tokens.
//
// Only signatures are checked here. The claims (iss, aud, exp, nbf) are the caller's to judge: they are JSON text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace kates::http {

constexpr std::size_t kJwtMaxBytes = 64u << 10;

class JwtKey {
public:
    // A P-256 private key (signs and verifies) or public key (verifies).
    [[nodiscard]] static Result<JwtKey> fromPem(const std::string& pem);
    JwtKey(JwtKey&&) noexcept;
    JwtKey& operator=(JwtKey&&) noexcept;
    ~JwtKey();

    // The header's "kid": base64url of the SHA-256 of the public key, as Kubernetes derives it.
    const std::string& id() const;
    [[nodiscard]] Result<std::string> sign(std::string_view claimsJson) const;
    // The claims, when the token is well formed, says ES256 and carries this key's signature. About 0.1 ms: cache the answer.
    [[nodiscard]] Result<std::string> verify(std::string_view token) const;

private:
    struct Data;
    explicit JwtKey(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace kates::http
