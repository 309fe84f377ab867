#include "engine/http/http2_exchange.h"

#include "engine/base/log.h"
#include "engine/http/http2_connection.h"
#include "engine/http/response_head.h"

#include <cerrno>
#include <cstring>

namespace kates::http {

namespace {
constexpr std::size_t kHeaderOverheadBytes = 32; // per field, as RFC 9113 counts (section 6.5.2)
}

Http2Exchange::Http2Exchange(Http2Connection& connection, std::int32_t streamId)
    : m_connection(connection), m_streamId(streamId), m_bodyDeadline(connection.core().loop, [this] {
          m_timedOut = true;
          m_reader.wake();
      })
{
    m_request.versionMajor = 2;
}

Loop& Http2Exchange::loop() const
{
    return m_connection.core().loop;
}

void Http2Exchange::addHeader(std::string_view name, std::string_view value)
{
    m_headerBytes += name.size() + value.size() + kHeaderOverheadBytes;
    if (m_headerBytes > m_connection.core().options.limits.headerMaxBytes)
        headerTooLarge = true;
    else if (name == ":method")
        m_request.method = value;
    else if (name == ":path")
        takePath(value);
    else if (name == ":authority")
        m_request.headers.set("Host", value);
    else if (!name.empty() && name[0] != ':' && !(name == "host" && m_request.headers.has("Host")))
        m_request.headers.add(name, value);
}

void Http2Exchange::takePath(std::string_view path)
{
    auto question = path.find('?');
    m_request.path = path.substr(0, question);
    if (question != std::string_view::npos)
        m_request.query = path.substr(question + 1);
}

Task<Result<std::string>> Http2Exchange::readBody(std::size_t sizeMaxBytes)
{
    std::string body;
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

Task<Result<std::string>> Http2Exchange::readSome()
{
    while (m_body.empty() && !m_bodyEnded && !m_streamClosed && !m_timedOut) {
        m_bodyDeadline.set(m_connection.core().options.limits.bodyTimeout);
        co_await m_reader.wait();
        m_bodyDeadline.clear();
    }
    if (!m_body.empty()) {
        std::string piece = std::exchange(m_body, {});
        m_connection.consumed(m_streamId, piece.size());
        co_return piece;
    }
    if (m_bodyEnded)
        co_return std::string();
    if (std::exchange(m_timedOut, false))
        co_return systemFailure("waiting for the rest of the body", ETIMEDOUT);
    co_return systemFailure("the client went away before the end of its body", ECONNRESET);
}

void Http2Exchange::submitHead(int status, const Headers& headers, std::optional<std::size_t> contentLength, bool withBody)
{
    m_started = true;
    if (!m_streamClosed)
        m_connection.submitResponse(*this, status, headers, contentLength, withBody);
}

Task<void> Http2Exchange::respond(int status, Headers headers, Bytes body)
{
    if (m_started) {
        log::error("http", "a second response to one request", "path", m_request.path);
        co_return;
    }
    bool head = m_request.method == "HEAD";
    bool mayHaveBody = status != 204 && status != 304;
    std::optional<std::size_t> contentLength;
    if (mayHaveBody && !(head && headers.has("Content-Length")))
        contentLength = body.size();
    bool withBody = mayHaveBody && !head && !body.empty();
    if (withBody)
        m_output.push(std::move(body));
    m_ended = true;
    submitHead(status, headers, contentLength, withBody);
    m_connection.pump();
    if (mustWait())
        co_await waitForRoom();
}

void Http2Exchange::begin(int status, Headers headers)
{
    if (m_started) {
        log::error("http", "a second response to one request", "path", m_request.path);
        return;
    }
    m_discard = m_request.method == "HEAD" || status == 204 || status == 304;
    submitHead(status, headers, std::nullopt, !m_discard);
    m_connection.pumpSoon();
}

Task<bool> Http2Exchange::write(std::vector<Bytes> pieces)
{
    if (!m_started || m_ended || m_streamClosed)
        co_return false;
    std::size_t before = m_output.size();
    for (auto& piece : pieces) {
        if (!m_discard)
            m_output.push(std::move(piece));
    }
    if (m_output.size() == before)
        co_return true;
    m_connection.resumeResponse(m_streamId);
    m_connection.pump();
    if (mustWait())
        co_await waitForRoom();
    co_return !m_streamClosed;
}

Task<void> Http2Exchange::end()
{
    if (!m_started || m_ended)
        co_return;
    m_ended = true;
    if (!m_discard && !m_streamClosed)
        m_connection.resumeResponse(m_streamId);
    m_connection.pump();
    if (mustWait())
        co_await waitForRoom();
}

bool Http2Exchange::mustWait() const
{
    return !m_streamClosed && m_output.size() > m_connection.core().options.limits.sendBufferMaxBytes;
}

Task<void> Http2Exchange::waitForRoom()
{
    while (mustWait())
        co_await m_writer.wait();
}

std::size_t Http2Exchange::takeOutput(char* to, std::size_t sizeMaxBytes, bool& last)
{
    std::size_t taken = 0;
    while (taken < sizeMaxBytes && !m_output.empty()) {
        iovec entry = {};
        m_output.gather(&entry, 1);
        std::size_t count = std::min(entry.iov_len, sizeMaxBytes - taken);
        std::memcpy(to + taken, entry.iov_base, count);
        m_output.consume(count);
        taken += count;
    }
    last = m_ended && m_output.empty();
    return taken;
}

std::stop_token Http2Exchange::closed() const
{
    if (!m_stop) {
        m_stop.emplace();
        if (m_streamClosed || m_connection.core().stopping())
            m_stop->request_stop();
    }
    return m_stop->get_token();
}

void Http2Exchange::requestClose()
{
    if (!m_stop)
        return;
    auto stop = *m_stop; // whoever waits for it may end this exchange
    stop.request_stop();
}

void Http2Exchange::deliver()
{
    bool gone = m_streamClosed;
    if (!m_body.empty() || m_bodyEnded || gone)
        m_reader.wake();
    if (gone || m_output.size() <= m_connection.core().options.limits.sendBufferMaxBytes)
        m_writer.wake();
    if (gone)
        requestClose();
}

Task<void> Http2Exchange::finish()
{
    if (m_streamClosed)
        co_return;
    if (!m_started) {
        auto answer = missingAnswer(m_connection.core().stopping(), m_request.method, m_request.path);
        Headers headers;
        headers.add("Content-Type", "text/plain; charset=utf-8");
        Bytes body{std::string(answer.text)};
        co_await respond(answer.status, std::move(headers), std::move(body));
    } else if (!m_ended) {
        // Cut short: the client must not take what it has for the whole.
        m_connection.resetStream(m_streamId);
    }
}

} // namespace kates::http
