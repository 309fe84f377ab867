#include "engine/http/spdy_session.h"

#include <algorithm>
#include <cerrno>

namespace kates::http {

namespace {
constexpr std::size_t kUpdateAfterBytes = kSpdyInitialWindowBytes / 2;
}

// The peer's good-bye ends the session once no stream is left; the transport's end ends it at once.
Task<void> SpdySession::run()
{
    auto self = shared_from_this();
    while (!m_over) {
        auto frame = m_reader.next();
        if (!frame || (*frame && !handle(std::move(**frame)))) {
            send(spdyControl(SpdyType::GoAway, 0, spdyNumber(m_lastStreamId) + spdyNumber(kSpdyProtocolError)));
            break;
        }
        if (*frame)
            continue;
        while (m_unreadBytes > kSpdyUnreadMaxBytes && !m_over)
            co_await m_room.wait();
        auto bytes = co_await m_transport->read();
        if (!bytes || bytes->empty())
            break;
        m_reader.push(*bytes);
    }
    close();
}

void SpdySession::close()
{
    if (std::exchange(m_over, true))
        return;
    auto self = shared_from_this();
    send(spdyControl(SpdyType::GoAway, 0, spdyNumber(m_lastStreamId) + spdyNumber(0)));
    m_transport->closeWrite();
    m_transport->close();
    m_room.wake();
    endAll();
    m_incoming.close();
}

void SpdySession::endAll()
{
    auto streams = std::exchange(m_streams, {});
    for (auto& [id, stream] : streams) {
        stream->reset = true;
        stream->reader.wake();
        stream->writer.wake();
    }
}

void SpdySession::send(std::string frame)
{
    if (++m_controlPending <= kSpdyControlPendingMax)
        spawn(sendNow(std::move(frame)));
}

Task<void> SpdySession::sendNow(std::string frame)
{
    auto self = shared_from_this();
    co_await m_transport->write(std::move(frame));
    --m_controlPending;
}

Task<Result<std::string>> SpdySession::read(std::shared_ptr<SpdyStreamState> stream)
{
    auto self = shared_from_this();
    while (stream->unread.empty() && !stream->remoteEnded && !stream->reset)
        co_await stream->reader.wait();
    if (stream->unread.empty() && stream->remoteEnded)
        co_return std::string();
    if (stream->unread.empty())
        co_return systemFailure("the SPDY stream was reset", ECONNRESET);
    std::string bytes = std::exchange(stream->unread, {});
    m_unreadBytes -= bytes.size();
    if (m_flowControl && !m_over) {
        giveBack(stream->id, stream->readSinceUpdate, bytes.size());
        giveBack(0, m_readSinceUpdate, bytes.size());
    }
    m_room.wake();
    co_return bytes;
}

// Opens the peer's window of a stream (0: of the session) again, in large steps.
void SpdySession::giveBack(std::uint32_t streamId, std::uint32_t& readSinceUpdate, std::size_t size)
{
    readSinceUpdate += static_cast<std::uint32_t>(size);
    if (readSinceUpdate >= kUpdateAfterBytes)
        send(spdyControl(SpdyType::WindowUpdate, 0, spdyNumber(streamId) + spdyNumber(std::exchange(readSinceUpdate, 0))));
}

std::int64_t SpdySession::windowFor(const SpdyStreamState& stream) const
{
    return m_flowControl ? std::min(stream.sendWindow, m_sessionWindow) : static_cast<std::int64_t>(kSpdyDataMaxBytes);
}

Task<Result<void>> SpdySession::write(std::shared_ptr<SpdyStreamState> stream, std::string bytes)
{
    auto self = shared_from_this();
    co_await stream->writes.enter();
    auto written = co_await writeFrames(*stream, bytes);
    stream->writes.leave();
    co_return written;
}

Task<Result<void>> SpdySession::writeFrames(SpdyStreamState& stream, std::string_view bytes)
{
    while (!bytes.empty()) {
        while (!stream.reset && !stream.localEnded && windowFor(stream) <= 0)
            co_await stream.writer.wait();
        if (stream.reset || stream.localEnded)
            co_return systemFailure("the SPDY stream is closed", EPIPE);
        auto size = std::min({bytes.size(), kSpdyDataMaxBytes, static_cast<std::size_t>(windowFor(stream))});
        auto frame = spdyData(stream.id, 0, bytes.substr(0, size));
        bytes.remove_prefix(size);
        stream.sendWindow -= static_cast<std::int64_t>(size);
        m_sessionWindow -= static_cast<std::int64_t>(size);
        auto written = co_await m_transport->write(std::move(frame));
        if (!written)
            co_return written;
    }
    co_return Result<void>();
}

void SpdySession::closeWrite(SpdyStreamState& stream)
{
    if (stream.reset || std::exchange(stream.localEnded, true))
        return;
    send(spdyData(stream.id, kSpdyFin, {}));
    forget(stream);
}

void SpdySession::closeStream(std::shared_ptr<SpdyStreamState> stream)
{
    bool unfinished = !stream->reset && !(stream->localEnded && stream->remoteEnded);
    stream->reset = true;
    m_unreadBytes -= stream->unread.size();
    stream->unread.clear();
    if (unfinished && !m_over)
        send(spdyControl(SpdyType::RstStream, 0, spdyNumber(stream->id) + spdyNumber(kSpdyCancel)));
    m_streams.erase(stream->id);
    stream->reader.wake();
    stream->writer.wake();
    m_room.wake();
}

void SpdySession::remoteEnded(SpdyStreamState& stream)
{
    stream.remoteEnded = true;
    forget(stream);
    stream.reader.wake();
}

// Both sides have said everything.
void SpdySession::forget(SpdyStreamState& stream)
{
    if (stream.localEnded && stream.remoteEnded)
        m_streams.erase(stream.id);
}

std::shared_ptr<SpdyStreamState> SpdySession::find(std::uint32_t id) const
{
    auto found = m_streams.find(id);
    return found == m_streams.end() ? nullptr : found->second;
}

} // namespace kates::http
