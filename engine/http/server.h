// The HTTP server: HTTP/1.1 and HTTP/2, plain or TLS, one coroutine per request, the same Exchange for both protocols.
//
// Limits: see ServerLimits; over one the client gets 400, 408, 413, 431 or 503, or its connection is closed, never silence.
// Threads: everything on the loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/bytes.h"
#include "engine/http/headers.h"
#include "engine/http/stream.h"
#include "engine/http/tls.h"

namespace kates::http {

struct Request {
    std::string method;
    std::string path;  // as sent, without the query
    std::string query; // as sent, without '?'
    Headers headers;
    int versionMajor = 1;
    std::string remoteAddress; // "127.0.0.1:51234"
    std::optional<PeerCertificate> peer;
};

// One request and its response. Lives until the handler's task has ended.
class Exchange {
public:
    virtual ~Exchange() = default;
    virtual const Request& request() const = 0;
    virtual Loop& loop() const = 0; // on which everything here runs

    // The whole body; fails with systemError EMSGSIZE past the limit (the handler then answers 413), ECONNRESET when the client went away.
    virtual Task<Result<std::string>> readBody(std::size_t sizeMaxBytes) = 0;
    // The next piece of the body, empty at its end.
    virtual Task<Result<std::string>> readSome() = 0;

    // A whole response with Content-Length. The bytes are not copied.
    virtual Task<void> respond(int status, Headers headers, Bytes body) = 0;
    // A streamed response: begin once, write any number of times, end. write() waits while the client is slow, and says false once it is gone.
    // Several pieces given in one call leave in one send.
    virtual void begin(int status, Headers headers) = 0;
    virtual Task<bool> write(std::vector<Bytes> pieces) = 0;
    virtual Task<void> end() = 0;
    // Bytes accepted by write() and not yet sent.
    virtual std::size_t pendingBytes() const = 0;

    // Answers 101 with `headers` (Connection: Upgrade is added) and hands the connection over, early bytes first. HTTP/1.1 only: nullptr
    // otherwise, and nullptr before the whole body was read. The stream may outlive the handler; the Server's end closes it.
    virtual std::unique_ptr<Stream> upgrade(Headers headers) = 0;

    // Requested when the client goes away or the server stops.
    virtual std::stop_token closed() const = 0;
    virtual bool responseStarted() const = 0;
};

using Handler = std::function<Task<void>(Exchange&)>;

struct ServerLimits {
    std::size_t headerMaxBytes = 64u << 10;
    std::size_t connectionsMax = 10'000;
    Duration headerTimeout = std::chrono::seconds(15);  // from the connection's (or the request's) first byte
    Duration idleTimeout = std::chrono::minutes(5);     // keep-alive without a request
    Duration bodyTimeout = std::chrono::minutes(1);     // between two pieces of a body that a handler waits for
    int streamsPerConnectionMax = 250;                  // HTTP/2
    std::size_t sendBufferMaxBytes = 1u << 20;          // per response: past it write() waits
};

class Server {
public:
    virtual ~Server() = default; // stops at once
    virtual int port() const = 0;
    // No new connections or requests; completes when all running exchanges have ended or `grace` has passed (then they are cut).
    virtual Task<void> stop(Duration grace) = 0;
};

struct ListenOptions {
    std::string address = "127.0.0.1"; // IPv4 or IPv6 literal
    int port = 0;                      // 0: any free one
    int listeningFd = -1;              // >= 0: an already listening socket to take over instead
    std::shared_ptr<TlsContext> tls;   // none: plain
    ServerLimits limits;
};

// A busy port is an error that names it.
[[nodiscard]] Result<std::unique_ptr<Server>> listen(Loop& loop, ListenOptions options, Handler handler);

// GET, status text and so on.
std::string_view reasonPhrase(int status);

} // namespace kates::http
