#include "engine/http/http2_connection.h"

#include "engine/http/http2_callbacks.h"
#include "engine/http/response_head.h"

#include <algorithm>
#include <cerrno>

namespace kates::http {

namespace {

constexpr std::size_t kReadBytes = 64u << 10;
constexpr std::size_t kFramesPerSendBytes = 16u << 10; // one TLS record
constexpr std::size_t kSocketPendingMaxBytes = 64u << 10;
constexpr int kReadsPerTurnMax = 16;

// What nghttp2 copies from must live through the call: this holds the texts that are not the handler's.
class HeaderList {
public:
    void add(std::string_view name, std::string_view value)
    {
        m_fields.push_back({bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    const std::vector<nghttp2_nv>& fields() const { return m_fields; }

private:
    static std::uint8_t* bytes(std::string_view text) // nghttp2 copies; it does not write
    {
        return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    }
    std::vector<nghttp2_nv> m_fields;
};

std::string lowerCase(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string cleanValue(std::string_view value)
{
    std::string clean(value);
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return clean;
}

} // namespace

Http2Connection::Http2Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress)
    : m_core(std::move(core)), m_socket(std::move(socket)), m_remoteAddress(std::move(remoteAddress)), m_idle(m_core->loop, [this] { stop(); })
{
    if (m_socket->tls())
        m_peer = peerCertificate(m_socket->tls());
    m_session = makeHttp2Session(*this, m_core->options.limits.headerMaxBytes, m_core->options.limits.streamsPerConnectionMax);
}

Http2Connection::~Http2Connection()
{
    nghttp2_session_del(m_session);
}

Task<void> Http2Connection::serve()
{
    auto self = shared_from_this();
    m_idle.set(m_core->options.limits.idleTimeout);
    pump();
    for (bool more = m_session != nullptr; more;)
        more = co_await receiveSome();
    m_socket->closeWrite();
    co_await m_socket->sentUpTo(m_socket->queuedTotal());
    leave();
    while (m_running > 0)
        co_await m_handlersEnded.wait();
}

// False: the connection is over.
Task<bool> Http2Connection::receiveSome()
{
    std::string input;
    for (int reads = 0; reads < kReadsPerTurnMax; ++reads) {
        if (m_over || !(nghttp2_session_want_read(m_session) || nghttp2_session_want_write(m_session)))
            co_return false;
        input.clear();
        auto state = m_socket->read(input, kReadBytes);
        if (state == Socket::ReadState::End || state == Socket::ReadState::Failed)
            co_return false;
        if (state == Socket::ReadState::Data && !feed(input))
            co_return false;
        if (state == Socket::ReadState::WouldBlock) {
            input = {};
            co_return co_await m_socket->readable();
        }
    }
    co_await yieldTo(m_core->loop);
    co_return true;
}

bool Http2Connection::feed(std::string_view bytes)
{
    m_inSession = true;
    auto used = nghttp2_session_mem_recv(m_session, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    m_inSession = false;
    if (used < 0) {
        nghttp2_session_terminate_session(m_session, NGHTTP2_PROTOCOL_ERROR);
        pump();
        return false;
    }
    // The answers that handlers give at once leave together.
    m_batching = true;
    deliverTouched();
    m_batching = false;
    pump();
    return true;
}

void Http2Connection::touch(Http2Exchange& exchange)
{
    auto found = m_streams.find(exchange.streamId());
    if (found != m_streams.end() && (m_touched.empty() || m_touched.back() != found->second))
        m_touched.push_back(found->second);
}

void Http2Connection::deliverTouched()
{
    auto self = shared_from_this();
    while (!m_touched.empty()) {
        auto touched = std::exchange(m_touched, {});
        for (auto& exchange : touched) {
            if (!exchange->handlerStarted && !exchange->isStreamClosed()) {
                exchange->handlerStarted = true;
                m_idle.clear();
                ++m_running;
                spawn(run(self, exchange));
            } else {
                exchange->deliver();
            }
        }
    }
}

Task<void> Http2Connection::run(std::shared_ptr<Http2Connection> self, std::shared_ptr<Http2Exchange> exchange)
{
    if (exchange->headerTooLarge) {
        Headers headers;
        Bytes body(std::string("the request's header is too large\n"));
        co_await exchange->respond(431, std::move(headers), std::move(body));
    } else {
        co_await self->m_core->handler(*exchange);
    }
    if (!exchange->finished())
        co_await exchange->finish();
    if (--self->m_running == 0) {
        if (!self->m_over)
            self->m_idle.set(self->m_core->options.limits.idleTimeout);
        self->m_handlersEnded.wake();
    }
}

void Http2Connection::streamGone(std::int32_t streamId)
{
    auto found = m_streams.find(streamId);
    if (found == m_streams.end())
        return;
    auto exchange = std::move(found->second);
    m_streams.erase(found);
    exchange->streamClosed();
    // What nobody will read any more must not keep the connection's window closed.
    nghttp2_session_consume_connection(m_session, exchange->unreadBody());
    if (exchange->handlerStarted)
        m_touched.push_back(std::move(exchange));
}

void Http2Connection::submitResponse(
    Http2Exchange& exchange, int status, const Headers& headers, std::optional<std::size_t> contentLength, bool withBody)
{
    std::string statusText = std::to_string(status);
    std::string lengthText = contentLength ? std::to_string(*contentLength) : std::string();
    std::vector<std::pair<std::string, std::string>> clean;
    clean.reserve(headers.fields().size());
    for (const auto& [name, value] : headers.fields()) {
        auto lower = lowerCase(name);
        if (!isConnectionField(lower) && !(contentLength && lower == "content-length"))
            clean.emplace_back(std::move(lower), cleanValue(value));
    }
    HeaderList list;
    list.add(":status", statusText);
    if (!headers.has("Date"))
        list.add("date", m_core->date());
    for (const auto& [name, value] : clean)
        list.add(name, value);
    if (contentLength)
        list.add("content-length", lengthText);
    auto provider = http2BodyProvider();
    nghttp2_submit_response(m_session, exchange.streamId(), list.fields().data(), list.fields().size(), withBody ? &provider : nullptr);
}

void Http2Connection::resumeResponse(std::int32_t streamId)
{
    if (!m_over)
        nghttp2_session_resume_data(m_session, streamId);
}

void Http2Connection::resetStream(std::int32_t streamId)
{
    nghttp2_submit_rst_stream(m_session, NGHTTP2_FLAG_NONE, streamId, NGHTTP2_INTERNAL_ERROR);
    pump();
}

void Http2Connection::consumed(std::int32_t streamId, std::size_t size)
{
    if (m_over)
        return;
    // After the stream's end its bytes were given back already (streamGone).
    if (m_streams.count(streamId))
        nghttp2_session_consume(m_session, streamId, size);
    pumpSoon();
}

void Http2Connection::pump()
{
    if (m_inSession || m_batching || m_over)
        return;
    auto self = shared_from_this();
    while (m_socket->canWrite() && m_socket->pendingBytes() <= kSocketPendingMaxBytes) {
        auto frames = takeFrames();
        if (frames.empty())
            break;
        m_socket->queue(std::move(frames));
        m_socket->flush();
    }
    if (m_socket->pendingBytes() > kSocketPendingMaxBytes && !std::exchange(m_drainAwaited, true))
        spawn(pumpWhenDrained());
    deliverTouched();
    bool finished = !nghttp2_session_want_read(m_session) && !nghttp2_session_want_write(m_session);
    if (finished && !m_over)
        m_socket->cancelRead(); // serve() notices
}

std::string Http2Connection::takeFrames()
{
    std::string frames;
    m_inSession = true;
    while (frames.size() < kFramesPerSendBytes) {
        const std::uint8_t* data = nullptr;
        auto size = nghttp2_session_mem_send(m_session, &data);
        if (size <= 0)
            break;
        frames.append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    }
    m_inSession = false;
    return frames;
}

Task<void> Http2Connection::pumpWhenDrained()
{
    auto self = shared_from_this();
    co_await m_socket->sentUpTo(m_socket->queuedTotal() - kSocketPendingMaxBytes / 2);
    m_drainAwaited = false;
    pump();
}

void Http2Connection::pumpSoon()
{
    if (m_inSession || std::exchange(m_pumpPosted, true))
        return;
    m_core->loop.post([self = shared_from_this()] {
        self->m_pumpPosted = false;
        self->pump();
    });
}

void Http2Connection::stop()
{
    auto self = shared_from_this();
    if (!m_over) {
        nghttp2_submit_goaway(m_session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(m_session), NGHTTP2_NO_ERROR, nullptr, 0);
        pump();
    }
    auto streams = m_streams;
    for (auto& [id, exchange] : streams)
        exchange->requestClose();
}

void Http2Connection::cut()
{
    auto self = shared_from_this();
    leave();
}

// The connection has ended: every handler sees its client gone.
void Http2Connection::leave()
{
    if (std::exchange(m_over, true))
        return;
    m_idle.stop();
    m_socket->close(ECONNABORTED);
    auto streams = std::exchange(m_streams, {});
    for (auto& [id, exchange] : streams) {
        exchange->streamClosed();
        exchange->deliver();
    }
}

} // namespace kates::http
