// The state of one SPDY connection, shared by its streams and its receiving coroutine. Inside engine/http only.
#pragma once

#include <map>
#include <memory>

#include "engine/http/spdy.h"
#include "engine/http/spdy_frames.h"
#include "engine/http/wake_point.h"

namespace kates::http {

constexpr std::size_t kSpdyStreamsMax = 1000;
constexpr std::size_t kSpdyUnreadMaxBytes = 1u << 20;  // of all streams; past it nothing more is received
constexpr std::size_t kSpdyDataMaxBytes = 32u << 10;   // per frame that we send
constexpr int kSpdyControlPendingMax = 1000;           // answers that the peer makes us queue and does not take

struct SpdyStreamState {
    std::uint32_t id = 0;
    std::string unread;
    std::int64_t sendWindow = kSpdyInitialWindowBytes;
    std::uint32_t readSinceUpdate = 0;
    bool remoteEnded = false; // FIN came
    bool localEnded = false;  // FIN was sent
    bool reset = false;       // by either side
    WakePoint reader, writer;
    Turnstile writes;
};

class SpdySession : public std::enable_shared_from_this<SpdySession> {
public:
    SpdySession(Loop& loop, std::unique_ptr<Stream> transport) : m_loop(loop), m_transport(std::move(transport)) {}

    Task<void> run(); // receives until the end
    void close();
    Channel<SpdyConnection::Incoming>& incoming() { return m_incoming; }

    Task<Result<std::string>> read(std::shared_ptr<SpdyStreamState> stream);
    Task<Result<void>> write(std::shared_ptr<SpdyStreamState> stream, std::string bytes); // in the order of the calls
    void closeWrite(SpdyStreamState& stream);
    void closeStream(std::shared_ptr<SpdyStreamState> stream);

private:
    Task<Result<void>> writeFrames(SpdyStreamState& stream, std::string_view bytes);
    bool handle(SpdyFrame frame); // false: the connection must end
    bool openStream(const SpdyFrame& frame);
    bool takeData(const SpdyFrame& frame);
    bool takeHeaders(const SpdyFrame& frame);
    void takeReset(std::uint32_t id);
    void takeSettings(std::string_view payload);
    bool takeWindowUpdate(std::string_view payload);
    void remoteEnded(SpdyStreamState& stream);
    void forget(SpdyStreamState& stream);
    void endAll();
    void send(std::string frame); // without waiting
    Task<void> sendNow(std::string frame);
    std::shared_ptr<SpdyStreamState> find(std::uint32_t id) const;
    void giveBack(std::uint32_t streamId, std::uint32_t& readSinceUpdate, std::size_t size);
    std::int64_t windowFor(const SpdyStreamState& stream) const;
    void wakeWriters();

    Loop& m_loop;
    std::unique_ptr<Stream> m_transport;
    SpdyFrameReader m_reader;
    SpdyInflater m_inflater;
    SpdyDeflater m_deflater;
    std::map<std::uint32_t, std::shared_ptr<SpdyStreamState>> m_streams;
    Channel<SpdyConnection::Incoming> m_incoming;
    WakePoint m_room; // unread bytes have become fewer
    std::size_t m_unreadBytes = 0;
    std::uint32_t m_lastStreamId = 0;
    int m_controlPending = 0;
    // Kubernetes' own clients (spdystream) neither send nor heed WINDOW_UPDATE: windows bind only a peer that has shown it knows them.
    bool m_flowControl = false;
    std::int64_t m_initialWindow = kSpdyInitialWindowBytes;
    std::int64_t m_sessionWindow = kSpdyInitialWindowBytes;
    std::uint32_t m_readSinceUpdate = 0;
    bool m_over = false;
};

} // namespace kates::http
