#include "engine/http/client.h"

#include "engine/http/client_pool.h"
#include "engine/http/connect.h"
#include "engine/http/resolver.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

namespace kates::http {

namespace {

class PooledResponse final : public ClientResponse {
public:
    PooledResponse(std::shared_ptr<ClientConnection> connection, std::weak_ptr<ClientPool> pool, Endpoint endpoint)
        : m_connection(std::move(connection)), m_pool(std::move(pool)), m_endpoint(std::move(endpoint)), m_status(m_connection->parser().status()),
          m_headers(std::move(m_connection->parser().headers()))
    {
        if (m_status != 101 && m_connection->parser().complete())
            release();
    }
    ~PooledResponse() override { cancel(); }

    int status() const override { return m_status; }
    const Headers& headers() const override { return m_headers; }
    Task<Result<std::string>> readSome() override
    {
        if (m_cancelled)
            co_return systemFailure("reading the response", ECANCELED);
        if (!m_connection)
            co_return std::string();
        auto connection = m_connection;
        auto piece = co_await connection->readBody();
        // From here on `this` may be gone: only a read that succeeded proves that it is not.
        if (!piece)
            co_return piece;
        if (connection->parser().complete())
            release();
        co_return piece;
    }
    Task<Result<std::string>> readAll(std::size_t sizeMaxBytes) override
    {
        std::string body;
        for (;;) {
            auto piece = co_await readSome();
            if (!piece || piece->empty())
                co_return piece ? Result<std::string>(std::move(body)) : std::move(piece);
            if (body.size() + piece->size() > sizeMaxBytes)
                co_return systemFailure("the response is too large", EMSGSIZE);
            body += *piece;
        }
    }
    void cancel() override
    {
        m_cancelled = m_cancelled || m_connection;
        if (auto connection = std::exchange(m_connection, nullptr))
            connection->close(ECANCELED);
    }
    std::unique_ptr<Stream> takeStream() override
    {
        auto connection = m_status == 101 ? std::exchange(m_connection, nullptr) : nullptr;
        return connection ? connection->takeStream() : nullptr;
    }

private:
    void release()
    {
        auto connection = std::exchange(m_connection, nullptr);
        auto pool = m_pool.lock();
        if (!connection)
            return;
        if (pool && connection->reusable())
            pool->put(m_endpoint, std::move(connection));
        else
            connection->close(ECONNABORTED);
    }

    std::shared_ptr<ClientConnection> m_connection; // until the whole body was read
    std::weak_ptr<ClientPool> m_pool;
    Endpoint m_endpoint;
    int m_status;
    Headers m_headers;
    bool m_cancelled = false;
};

bool isSafeText(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// A request may be sent again when the server cannot have acted on it twice (RFC 9110, section 9.2.2).
bool mayRepeat(const std::string& method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

Result<std::string> requestHead(const Endpoint& endpoint, const ClientRequest& request)
{
    bool safe = isSafeText(request.method) && isSafeText(request.target) && request.target.find(' ') == std::string::npos && !request.target.empty();
    for (const auto& [name, value] : request.headers.fields())
        safe = safe && isSafeText(name) && isSafeText(value);
    if (!safe)
        return failure("the request holds characters that HTTP does not allow");
    std::string head = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    if (!request.headers.has("Host")) {
        bool defaultPort = endpoint.port == (endpoint.tls ? 443 : 80);
        std::string host = endpoint.host.find(':') != std::string::npos && endpoint.host[0] != '[' ? '[' + endpoint.host + ']' : endpoint.host;
        head += "Host: " + host + (defaultPort ? "" : ":" + std::to_string(endpoint.port)) + "\r\n";
    }
    for (const auto& [name, value] : request.headers.fields())
        head += name + ": " + value + "\r\n";
    bool expectsBody = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if ((!request.body.empty() || expectsBody) && !request.headers.has("Content-Length"))
        head += fmt::format("Content-Length: {}\r\n", request.body.size());
    head += "\r\n";
    return head;
}

struct ClientCore {
    explicit ClientCore(Loop& theLoop) : loop(theLoop), resolver(theLoop), pool(std::make_shared<ClientPool>()) {}
    Loop& loop;
    Resolver resolver;
    std::shared_ptr<ClientPool> pool;
};

Task<Result<std::shared_ptr<Socket>>> openSocket(std::shared_ptr<ClientCore> core, Endpoint endpoint, MonotonicTime deadline)
{
    std::string where = endpoint.host + ":" + std::to_string(endpoint.port);
    auto addresses = co_await core->resolver.resolve(endpoint.host, endpoint.port, deadline);
    if (!addresses)
        co_return tl::unexpected(addresses.error());
    Result<OwnedFd> connected = failure("no address for " + endpoint.host);
    for (const auto& address : *addresses) {
        auto fd = makeTcpSocket(address.family(), {});
        if (!fd)
            co_return tl::unexpected(fd.error());
        connected = co_await connectSocket(core->loop, std::move(*fd), address, deadline);
        if (connected)
            break;
    }
    if (!connected)
        co_return systemFailure("cannot connect to " + where, connected.error().systemError);
    auto socket = Socket::make(core->loop, std::move(*connected));
    if (!endpoint.tls)
        co_return socket;
    Deadline timeout(core->loop, [socket] { socket->close(ETIMEDOUT); });
    if (deadline != MonotonicTime::max())
        timeout.set(deadline - core->loop.now());
    auto secured = co_await socket->startTls(endpoint.tls, endpoint.host);
    timeout.stop();
    if (!secured)
        co_return tl::unexpected(Error{where + ": " + secured.error().message, secured.error().systemError});
    co_return socket;
}

Task<Result<std::unique_ptr<ClientResponse>>> sendRequest(std::shared_ptr<ClientCore> core, Endpoint endpoint, ClientRequest request)
{
    auto head = requestHead(endpoint, request);
    if (!head)
        co_return tl::unexpected(head.error());
    MonotonicTime deadline = request.timeout > Duration::zero() ? core->loop.now() + request.timeout : MonotonicTime::max();
    for (;;) {
        auto connection = core->pool->take(endpoint);
        bool reused = connection != nullptr;
        if (!reused) {
            auto socket = co_await openSocket(core, endpoint, deadline);
            if (!socket)
                co_return tl::unexpected(socket.error());
            connection = std::make_shared<ClientConnection>(std::move(*socket));
        }
        std::string body = mayRepeat(request.method) ? request.body : std::move(request.body);
        auto done = co_await connection->roundTrip(*head, std::move(body), request.method == "HEAD", deadline, request.stop);
        if (done)
            co_return std::make_unique<PooledResponse>(std::move(connection), core->pool, std::move(endpoint));
        // The server may have closed the idle connection just when we used it.
        bool ourDoing = done.error().systemError == ETIMEDOUT || done.error().systemError == ECANCELED;
        bool stale = reused && !connection->anythingReceived() && !ourDoing;
        if (!stale || !mayRepeat(request.method)) {
            std::string message = fmt::format("{}:{}: {}", endpoint.host, endpoint.port, done.error().message);
            co_return tl::unexpected(Error{std::move(message), done.error().systemError});
        }
    }
}

class PooledClient final : public Client {
public:
    explicit PooledClient(Loop& loop) : m_core(std::make_shared<ClientCore>(loop)) {}
    ~PooledClient() override
    {
        m_core->pool->clear();
        m_core->resolver.shutDown();
    }
    Task<Result<std::unique_ptr<ClientResponse>>> send(Endpoint endpoint, ClientRequest request) override
    {
        return sendRequest(m_core, std::move(endpoint), std::move(request));
    }

private:
    std::shared_ptr<ClientCore> m_core;
};

} // namespace

std::unique_ptr<Client> makeClient(Loop& loop)
{
    return std::make_unique<PooledClient>(loop);
}

} // namespace kates::http
