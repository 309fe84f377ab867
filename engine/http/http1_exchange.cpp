#include "engine/http/http1_exchange.h"

#include "engine/base/log.h"
#include "engine/http/response_head.h"
#include "engine/http/socket_stream.h"

#include <fmt/format.h>

#include <cerrno>

namespace kates::http {

namespace {
constexpr std::size_t kBodyReadBytes = 64u << 10;
constexpr std::uint64_t kUnreadBodyMaxBytes = 256u << 10; // a longer unread rest costs the connection
}

Http1Exchange::Http1Exchange(Http1Connection& connection, Request request)
    : m_connection(connection), m_socket(connection.m_socket), m_request(std::move(request)),
      m_keepAlive(connection.m_parser.keepAlive() && !connection.m_core->stopping()),
      m_expectsContinue(!connection.m_parser.complete() && m_request.headers.containsToken("Expect", "100-continue"))
{
}

Task<Result<std::string>> Http1Exchange::readBody(std::size_t sizeMaxBytes)
{
    std::string body;
    if (m_connection.m_parser.contentLength() > sizeMaxBytes)
        co_return systemFailure("the body is too large", EMSGSIZE);
    for (;;) {
        auto piece = co_await readSome();
        if (!piece)
            co_return piece;
        if (piece->empty())
            co_return body;
        if (body.size() + piece->size() > sizeMaxBytes)
            co_return systemFailure("the body is too large", EMSGSIZE);
        if (body.empty())
            body = std::move(*piece);
        else
            body += *piece;
    }
}

Task<Result<std::string>> Http1Exchange::readSome()
{
    std::string piece;
    if (upgraded())
        co_return piece;
    if (std::exchange(m_expectsContinue, false) && m_state == State::Waiting) {
        m_socket->queue(std::string("HTTP/1.1 100 Continue\r\n\r\n"));
        m_socket->flush();
    }
    for (;;) {
        std::size_t consumed = 0;
        auto step = m_connection.m_parser.parseBody(m_connection.input(), piece, consumed);
        m_connection.consume(consumed);
        if (step == Http1Parser::Step::Malformed) {
            m_keepAlive = false;
            co_return failure("the body is malformed: " + m_connection.m_parser.problem());
        }
        if (!piece.empty() || step == Http1Parser::Step::Complete)
            co_return piece;
        auto state = m_socket->read(m_connection.m_input, kBodyReadBytes);
        if (state == Socket::ReadState::End || state == Socket::ReadState::Failed) {
            clientGone();
            co_return systemFailure("the client went away before the end of its body", ECONNRESET);
        }
        if (state == Socket::ReadState::Data)
            continue;
        m_connection.m_deadline.set(m_connection.m_core->options.limits.bodyTimeout);
        bool proceed = co_await m_socket->readable();
        m_connection.m_deadline.clear();
        if (!proceed) {
            m_keepAlive = false;
            co_return systemFailure("waiting for the rest of the body", ETIMEDOUT);
        }
    }
}

// After a response, the rest of an unread body stands between us and the next request.
void Http1Exchange::decideKeepAlive()
{
    const auto& parser = m_connection.m_parser;
    if (!parser.complete() && (m_expectsContinue || parser.contentLength() > kUnreadBodyMaxBytes))
        m_keepAlive = false;
}

void Http1Exchange::queueHead(int status, const Headers& headers, std::string_view framingHeader)
{
    decideKeepAlive();
    std::string_view connection;
    if (!m_keepAlive)
        connection = "close";
    else if (m_connection.m_parser.versionMinor() == 0)
        connection = "keep-alive";
    m_socket->queue(responseHead(status, headers, m_connection.m_core->date(), framingHeader, connection));
}

Task<void> Http1Exchange::respond(int status, Headers headers, Bytes body)
{
    if (m_state != State::Waiting) {
        log::error("http", "a second response to one request", "path", m_request.path);
        co_return;
    }
    m_state = State::Ended;
    std::string framing;
    if (m_request.method == "HEAD" && headers.has("Content-Length")) // what GET would have: the handler knows it
        framing = fmt::format("Content-Length: {}\r\n", headers.get("Content-Length"));
    else if (statusHasBody(status))
        framing = fmt::format("Content-Length: {}\r\n", body.size());
    queueHead(status, headers, framing);
    if (mayHaveBody(status))
        m_socket->queue(std::move(body));
    m_socket->flush();
    if (mustWait())
        co_await waitForRoom();
}

void Http1Exchange::begin(int status, Headers headers)
{
    if (m_state != State::Waiting) {
        log::error("http", "a second response to one request", "path", m_request.path);
        return;
    }
    m_state = State::Streaming;
    std::string framing;
    if (headers.has("Content-Length")) {
        auto text = headers.get("Content-Length");
        framing = fmt::format("Content-Length: {}\r\n", text);
        m_framing = Framing::Length;
        m_lengthLeft = std::strtoull(std::string(text).c_str(), nullptr, 10);
    } else if (m_connection.m_parser.versionMinor() >= 1) {
        m_framing = Framing::Chunked;
        framing = statusHasBody(status) ? "Transfer-Encoding: chunked\r\n" : "";
    } else {
        m_framing = Framing::UntilClose;
        m_keepAlive = false;
    }
    if (!mayHaveBody(status))
        m_framing = Framing::None;
    queueHead(status, headers, framing);
    m_socket->flushSoon();
}

Task<bool> Http1Exchange::write(std::vector<Bytes> pieces)
{
    if (m_state != State::Streaming || m_gone || !m_socket->canWrite())
        co_return false;
    std::size_t size = 0;
    for (const auto& piece : pieces)
        size += piece.size();
    if (size == 0 || m_framing == Framing::None)
        co_return true;
    if (m_framing == Framing::Length && size > m_lengthLeft) {
        log::error("http", "a handler wrote more than its Content-Length", "path", m_request.path);
        m_keepAlive = false;
        co_return false;
    }
    if (m_framing == Framing::Length)
        m_lengthLeft -= size;
    if (m_framing == Framing::Chunked)
        m_socket->queue(fmt::format("{:x}\r\n", size));
    for (auto& piece : pieces)
        m_socket->queue(std::move(piece));
    if (m_framing == Framing::Chunked)
        m_socket->queue(std::string("\r\n"));
    m_socket->flush();
    if (mustWait())
        co_await waitForRoom();
    co_return !m_gone && m_socket->canWrite();
}

Task<void> Http1Exchange::end()
{
    if (m_state != State::Streaming)
        co_return;
    m_state = State::Ended;
    if (m_framing == Framing::Length && m_lengthLeft > 0)
        m_keepAlive = false; // the client sees the response cut short
    if (m_framing == Framing::Chunked)
        m_socket->queue(std::string("0\r\n\r\n"));
    m_socket->flush();
    if (mustWait())
        co_await waitForRoom();
}

bool Http1Exchange::mustWait() const
{
    return m_socket->pendingBytes() > m_connection.m_core->options.limits.sendBufferMaxBytes;
}

Task<void> Http1Exchange::waitForRoom()
{
    co_await m_socket->sentUpTo(m_socket->queuedTotal() - m_connection.m_core->options.limits.sendBufferMaxBytes);
}

std::unique_ptr<Stream> Http1Exchange::upgrade(Headers headers)
{
    if (m_state != State::Waiting || !m_connection.m_parser.complete())
        return nullptr;
    m_state = State::Upgraded;
    m_socket->queue(responseHead(101, headers, m_connection.m_core->date(), {}, "Upgrade"));
    m_socket->setReadCallback({});
    m_socket->flush();
    std::string early(m_connection.input());
    m_connection.m_input = {};
    m_connection.m_inputUsed = 0;
    m_connection.m_deadline.stop();
    m_connection.m_core->addUpgraded(m_socket);
    return makeSocketStream(m_socket, std::move(early));
}

std::stop_token Http1Exchange::closed() const
{
    if (!m_stop) {
        m_stop.emplace();
        if (m_gone || m_connection.m_core->stopping())
            m_stop->request_stop();
    }
    return m_stop->get_token();
}

void Http1Exchange::requestClose()
{
    m_keepAlive = false;
    if (!m_stop)
        return;
    auto stop = *m_stop; // whoever waits for it may end this exchange
    stop.request_stop();
}

void Http1Exchange::clientGone()
{
    m_gone = true;
    requestClose();
}

Task<void> Http1Exchange::finish()
{
    if (m_state == State::Waiting && !m_gone && m_socket->canWrite()) {
        auto answer = missingAnswer(m_connection.m_core->stopping(), m_request.method, m_request.path);
        Headers headers;
        headers.add("Content-Type", "text/plain; charset=utf-8");
        Bytes body{std::string(answer.text)};
        co_await respond(answer.status, std::move(headers), std::move(body));
    }
    if (m_state == State::Streaming) {
        // Cut short: the client must not take what it has for the whole.
        m_keepAlive = false;
        m_socket->close(ECONNABORTED);
    }
}

} // namespace kates::http
