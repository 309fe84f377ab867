// What a client of the engine sends about itself, and what of that a remote cluster may see.
#pragma once

#include <string>
#include <vector>

#include "engine/http/headers.h"

namespace kates::cluster {

// Who acts as somebody else: Impersonate-User and the like. Remote clusters would do it with the engine's credentials.
[[nodiscard]] bool impersonates(const http::Headers& headers);

// The names of those that stay here: credentials for the engine, cookies, what a proxy says about the client, and what changes the method.
[[nodiscard]] std::vector<std::string> keptHeaders(const http::Headers& headers);

// Sec-WebSocket-Protocol without the entry that carries a bearer token in place of a header (base64url.bearer.authorization.k8s.io.TOKEN).
[[nodiscard]] std::string protocolsWithoutToken(std::string_view protocols);

} // namespace kates::cluster
