// A TLS connection of its own, for probes: from inside a network namespace when `networkNamespace` is its path.
#pragma once

#include "engine/http/client.h"

namespace kates::http {

// `address` is a literal; `timeout` is for the connection and the handshake together. The server's certificate has to be good for `address`, unless `tls`
// does not verify.
[[nodiscard]] Task<Result<std::unique_ptr<Stream>>> connectTls(
    Loop& loop, std::string address, int port, Duration timeout, std::string networkNamespace, std::shared_ptr<TlsContext> tls);

} // namespace kates::http
