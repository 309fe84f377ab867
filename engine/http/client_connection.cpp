#include "engine/http/client_connection.h"

#include "engine/http/socket_stream.h"

#include <cerrno>

namespace kates::http {

namespace {
constexpr std::size_t kResponseHeadMaxBytes = 256u << 10;
constexpr std::size_t kBodyReadBytes = 64u << 10;
constexpr int kSwitchingProtocols = 101;
}

ClientConnection::ClientConnection(std::shared_ptr<Socket> socket)
    : m_socket(std::move(socket)), m_deadline(m_socket->loop(), [this] {
          auto self = shared_from_this();
          if (auto idleOver = m_idleOver)
              idleOver();
          else
              m_socket->close(ETIMEDOUT);
      })
{
}

Task<Result<void>> ClientConnection::roundTrip(
    std::string head, std::string body, bool bodyless, MonotonicTime deadline, std::stop_token stop)
{
    auto self = shared_from_this();
    std::stop_callback onStop(stop, [self] {
        auto socket = self->m_socket; // closing resumes us, and this callback goes
        socket->close(ECANCELED);
    });
    m_anythingReceived = false;
    if (deadline != MonotonicTime::max())
        m_deadline.set(deadline - m_socket->loop().now());
    m_socket->queue(std::move(head));
    m_socket->queue(Bytes(std::move(body)));
    m_socket->flush();
    auto received = co_await receiveHead(bodyless);
    m_deadline.clear();
    if (!received)
        m_socket->close(ECONNABORTED);
    co_return received;
}

Task<Result<void>> ClientConnection::receiveHead(bool bodyless)
{
    std::size_t seen = 0;
    for (;;) {
        auto taken = takeHead(seen, bodyless);
        if (!taken)
            co_return tl::unexpected(taken.error());
        if (*taken && (m_parser.status() >= 200 || m_parser.status() == kSwitchingProtocols))
            co_return Result<void>();
        if (*taken)
            continue; // 100 Continue and the like
        auto state = m_socket->read(m_input, kResponseHeadMaxBytes);
        if (state == Socket::ReadState::Data)
            m_anythingReceived = true;
        else if (state == Socket::ReadState::WouldBlock)
            co_await m_socket->readable();
        else if (m_socket->error())
            co_return systemFailure("receiving the response", m_socket->error());
        else
            co_return systemFailure("the server closed the connection without a response", ECONNRESET);
    }
}

Result<bool> ClientConnection::takeHead(std::size_t& seen, bool bodyless)
{
    auto scan = scanHead(m_input, seen);
    if (scan.state == HeadScan::State::Malformed)
        return failure("the response is not HTTP/1.1");
    std::size_t size = scan.state == HeadScan::State::Complete ? scan.size : m_input.size();
    if (size > kResponseHeadMaxBytes)
        return failure("the response's header is too large");
    seen = m_input.size();
    if (scan.state == HeadScan::State::Incomplete)
        return false;
    bool good = m_parser.parseHead(std::string_view(m_input).substr(0, size), bodyless);
    m_input.erase(0, size);
    seen = 0;
    if (!good)
        return failure("the response is malformed: " + m_parser.problem());
    return true;
}

Task<Result<std::string>> ClientConnection::readBody()
{
    auto self = shared_from_this();
    std::string piece;
    for (;;) {
        std::size_t consumed = 0;
        auto step = m_parser.parseBody(m_input, piece, consumed);
        m_input.erase(0, consumed);
        if (step == Http1Parser::Step::Malformed)
            co_return failure("the response's body is malformed: " + m_parser.problem());
        if (!piece.empty() || step == Http1Parser::Step::Complete)
            co_return piece;
        auto state = m_socket->read(m_input, kBodyReadBytes);
        if (state == Socket::ReadState::WouldBlock)
            co_await m_socket->readable();
        else if (state == Socket::ReadState::Failed)
            co_return systemFailure("receiving the response's body", m_socket->error());
        else if (state == Socket::ReadState::End && !m_parser.finish())
            co_return systemFailure("the server closed the connection before the end of the response's body", ECONNRESET);
        else if (state == Socket::ReadState::End)
            co_return piece;
    }
}

std::unique_ptr<Stream> ClientConnection::takeStream()
{
    if (m_parser.status() != kSwitchingProtocols)
        return nullptr;
    m_deadline.stop();
    return makeSocketStream(m_socket, std::exchange(m_input, {}));
}

bool ClientConnection::reusable() const
{
    return m_parser.complete() && m_parser.keepAlive() && m_parser.status() != kSwitchingProtocols && m_input.empty() && m_socket->canWrite();
}

void ClientConnection::startIdle(Duration timeout, std::function<void()> over)
{
    m_idleOver = std::move(over);
    m_deadline.set(timeout);
    // Whatever arrives now, the end or bytes that nobody asked for, ends the connection.
    m_socket->setReadCallback([this] {
        std::string unasked;
        if (m_socket->read(unasked, 1) != Socket::ReadState::WouldBlock) {
            auto callback = m_idleOver;
            callback();
        }
    });
}

void ClientConnection::stopIdle()
{
    m_idleOver = {};
    m_deadline.clear();
    m_socket->setReadCallback({});
}

} // namespace kates::http
