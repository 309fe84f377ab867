// The half of SpdySession that acts on frames.
#include "engine/http/spdy_session.h"

namespace kates::http {

namespace {

constexpr std::uint32_t kIdBits = 0x7fffffffu;
constexpr std::size_t kSynStreamFixedBytes = 10; // two ids, priority, slot
constexpr std::int64_t kWindowMax = 0x7fffffff;

class SpdyStream final : public Stream {
public:
    SpdyStream(std::shared_ptr<SpdySession> session, std::shared_ptr<SpdyStreamState> state)
        : m_session(std::move(session)), m_state(std::move(state))
    {
    }
    ~SpdyStream() override { close(); }
    Task<Result<std::string>> read() override { return m_session->read(m_state); }
    Task<Result<void>> write(std::string bytes) override { return m_session->write(m_state, std::move(bytes)); }
    void closeWrite() override { m_session->closeWrite(*m_state); }
    void close() override { m_session->closeStream(m_state); }

private:
    std::shared_ptr<SpdySession> m_session;
    std::shared_ptr<SpdyStreamState> m_state;
};

} // namespace

bool SpdySession::handle(SpdyFrame frame)
{
    std::string_view payload = frame.payload;
    switch (frame.type) {
    case SpdyType::Data:
        return takeData(frame);
    case SpdyType::SynStream:
        return openStream(frame);
    case SpdyType::SynReply: // we open no streams
    case SpdyType::Headers:
        return takeHeaders(frame);
    case SpdyType::RstStream:
        takeReset(spdyNumberAt(payload, 0) & kIdBits);
        return payload.size() >= 8;
    case SpdyType::Settings:
        takeSettings(payload);
        return true;
    case SpdyType::Ping:
        if (spdyNumberAt(payload, 0) % 2 == 1) // the client's, to be given back
            send(spdyControl(SpdyType::Ping, 0, spdyNumber(spdyNumberAt(payload, 0))));
        return payload.size() >= 4 && m_controlPending <= kSpdyControlPendingMax;
    case SpdyType::GoAway:
        return true; // it opens no more streams; those that are open go on
    case SpdyType::WindowUpdate:
        return takeWindowUpdate(payload);
    }
    return true;
}

bool SpdySession::openStream(const SpdyFrame& frame)
{
    std::string_view payload = frame.payload;
    std::uint32_t id = spdyNumberAt(payload, 0) & kIdBits;
    if (payload.size() < kSynStreamFixedBytes || id % 2 == 0 || id <= m_lastStreamId)
        return false;
    m_lastStreamId = id;
    auto headers = m_inflater.decode(payload.substr(kSynStreamFixedBytes));
    if (!headers)
        return false;
    if (m_streams.size() >= kSpdyStreamsMax) {
        send(spdyControl(SpdyType::RstStream, 0, spdyNumber(id) + spdyNumber(kSpdyRefusedStream)));
        return m_controlPending <= kSpdyControlPendingMax;
    }
    auto state = std::make_shared<SpdyStreamState>();
    state->id = id;
    state->sendWindow = m_initialWindow;
    state->remoteEnded = (frame.flags & kSpdyFin) != 0;
    state->localEnded = (frame.flags & kSpdyUnidirectional) != 0;
    m_streams.emplace(id, state);
    send(spdyControl(SpdyType::SynReply, 0, spdyNumber(id) + m_deflater.encode({})));
    m_incoming.push({std::move(*headers), std::make_unique<SpdyStream>(shared_from_this(), std::move(state))});
    return true;
}

bool SpdySession::takeData(const SpdyFrame& frame)
{
    auto stream = find(frame.streamId);
    if (!stream)
        return frame.streamId <= m_lastStreamId; // of a stream that has ended: it may have been on its way
    if (stream->remoteEnded)
        return false;
    stream->unread += frame.payload;
    m_unreadBytes += frame.payload.size();
    if (frame.flags & kSpdyFin)
        remoteEnded(*stream);
    else
        stream->reader.wake();
    return true;
}

// The block must be decompressed even when nobody wants it: the next one builds on it.
bool SpdySession::takeHeaders(const SpdyFrame& frame)
{
    std::string_view payload = frame.payload;
    if (payload.size() < 4 || !m_inflater.decode(payload.substr(4)))
        return false;
    auto stream = find(spdyNumberAt(payload, 0) & kIdBits);
    if (stream && !stream->remoteEnded && (frame.flags & kSpdyFin))
        remoteEnded(*stream);
    return true;
}

void SpdySession::takeReset(std::uint32_t id)
{
    auto stream = find(id);
    if (!stream)
        return;
    m_streams.erase(id);
    stream->reset = true;
    stream->reader.wake();
    stream->writer.wake();
}

void SpdySession::takeSettings(std::string_view payload)
{
    constexpr std::size_t entryBytes = 8;
    m_flowControl = true;
    for (std::size_t at = 4; at + entryBytes <= payload.size(); at += entryBytes) {
        std::int64_t value = spdyNumberAt(payload, at + 4);
        if ((spdyNumberAt(payload, at) & 0xffffffu) != kSpdySettingsInitialWindow || value > kWindowMax)
            continue;
        for (auto& [id, stream] : m_streams)
            stream->sendWindow += value - m_initialWindow;
        m_initialWindow = value;
    }
    wakeWriters();
}

bool SpdySession::takeWindowUpdate(std::string_view payload)
{
    if (payload.size() < 8)
        return false;
    m_flowControl = true;
    std::uint32_t id = spdyNumberAt(payload, 0) & kIdBits;
    std::int64_t delta = spdyNumberAt(payload, 4) & kIdBits;
    if (id == 0) {
        m_sessionWindow += delta;
    } else if (auto stream = find(id)) {
        stream->sendWindow += delta;
        if (stream->sendWindow > kWindowMax)
            return false;
    }
    wakeWriters();
    return m_sessionWindow <= kWindowMax;
}

void SpdySession::wakeWriters()
{
    auto streams = m_streams; // whoever wakes may end streams
    for (auto& [id, stream] : streams)
        stream->writer.wake();
}

} // namespace kates::http
