// The HTTP client: keep-alive connection pool per endpoint, TLS, streamed responses, upgrades. HTTP/1.1 (HTTP/2 may come behind the same interface).
#pragma once

#include <memory>
#include <string>

#include "engine/http/headers.h"
#include "engine/http/stream.h"
#include "engine/http/tls.h"

namespace kates::http {

struct Endpoint {
    std::string host; // name or literal; resolved off the loop's thread when it is a name
    int port = 0;
    std::shared_ptr<TlsContext> tls; // none: plain
    bool operator==(const Endpoint&) const = default;
};

struct ClientRequest {
    std::string method = "GET";
    std::string target = "/"; // path and query, encoded
    Headers headers;
    std::string body;
    Duration timeout = std::chrono::seconds(30); // until the response's headers; zero: none
    std::stop_token stop; // ends the wait for the response's headers; send() then fails with ECANCELED
};

class ClientResponse {
public:
    virtual ~ClientResponse() = default; // an unread rest closes the connection
    virtual int status() const = 0;
    virtual const Headers& headers() const = 0;
    virtual Task<Result<std::string>> readSome() = 0; // empty at the end
    virtual Task<Result<std::string>> readAll(std::size_t sizeMaxBytes) = 0;
    virtual void cancel() = 0; // a waiting read ends with an error
    // After a 101: the connection itself.
    virtual std::unique_ptr<Stream> takeStream() = 0;
};

class Client {
public:
    virtual ~Client() = default;
    // GCC 12 breaks a braced temporary inside a co_await expression: give the request a name, co_await send(endpoint, std::move(request)).
    // An error only when no response came at all; its text says which step failed (resolve, connect, TLS, send, receive). Its systemError is
    // EKEYREJECTED when the server's certificate is not trusted.
    [[nodiscard]] virtual Task<Result<std::unique_ptr<ClientResponse>>> send(Endpoint endpoint, ClientRequest request) = 0;
};

[[nodiscard]] std::unique_ptr<Client> makeClient(Loop& loop);

// A plain connection, for probes and forwarding: TCP ("127.0.0.1", 80), or from inside a network namespace when `networkNamespace` is its path.
[[nodiscard]] Task<Result<std::unique_ptr<Stream>>> connectTcp(
    Loop& loop, std::string address, int port, Duration timeout, std::string networkNamespace = {});
[[nodiscard]] std::unique_ptr<Stream> streamFromFd(Loop& loop, int fd); // takes the descriptor

} // namespace kates::http
