// How a registry wants to be asked: the WWW-Authenticate header (RFC 9110 §11) and the token answer of the distribution specification. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

struct AuthChallenge {
    std::string scheme; // lower case: "bearer", "basic"
    std::map<std::string, std::string> parameters; // names in lower case
};
[[nodiscard]] std::vector<AuthChallenge> parseChallenges(std::string_view header);

struct Url {
    bool tls = true;
    std::string host; // lower case, without brackets
    int port = 443;
    std::string target; // path and query, at least "/"
    bool sameHost(const Url& other) const { return tls == other.tls && host == other.host && port == other.port; }
};
// Absolute http and https URLs; with `base`, also a path on the same host. No user names, fragments are dropped.
[[nodiscard]] Result<Url> parseUrl(std::string_view text, const Url* base = nullptr);
[[nodiscard]] bool isLoopbackHost(std::string_view host);

// Where the registry of a domain ("docker.io", "localhost:5000") is spoken to.
[[nodiscard]] Url registryUrl(const std::string& domain);

// Where to fetch the token that the challenge asks for.
[[nodiscard]] Result<Url> tokenUrl(const AuthChallenge& challenge, const std::string& repository);
[[nodiscard]] std::string basicAuthorization(const RegistryCredential& credential);
[[nodiscard]] Result<std::string> parseTokenAnswer(std::string_view json);

} // namespace kates::runtime
