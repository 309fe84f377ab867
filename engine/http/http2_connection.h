// One HTTP/2 connection of a server: nghttp2 between the socket and the exchanges. Inside engine/http only.
//
// Back-pressure both ways: a request's body is acknowledged (WINDOW_UPDATE) as its handler reads it, so that a connection holds at most
// kConnectionWindowBytes unread; frames are taken from nghttp2 only while the socket takes them.
#pragma once

#include <nghttp2/nghttp2.h>

#include <map>
#include <memory>
#include <vector>

#include "engine/http/deadline.h"
#include "engine/http/http2_exchange.h"
#include "engine/http/server_core.h"

namespace kates::http {

constexpr std::int32_t kStreamWindowBytes = 256 << 10;
constexpr std::int32_t kConnectionWindowBytes = 1 << 20;

class Http2Connection final : public ServerConnection, public std::enable_shared_from_this<Http2Connection> {
public:
    Http2Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress);
    ~Http2Connection() override;

    Task<void> serve();
    void stop() override;
    void cut() override;

    // For the exchanges.
    ServerCore& core() { return *m_core; }
    void submitResponse(Http2Exchange& exchange, int status, const Headers& headers, std::optional<std::size_t> contentLength, bool withBody);
    void resumeResponse(std::int32_t streamId);
    void resetStream(std::int32_t streamId);
    void consumed(std::int32_t streamId, std::size_t size);
    // Sends what nghttp2 has, as far as the socket takes it.
    void pump();
    void pumpSoon();

private:
    friend struct Http2Callbacks;
    Task<bool> receiveSome();
    bool feed(std::string_view bytes);
    void deliverTouched();
    void touch(Http2Exchange& exchange);
    std::string takeFrames();
    Task<void> pumpWhenDrained();
    static Task<void> run(std::shared_ptr<Http2Connection> self, std::shared_ptr<Http2Exchange> exchange);
    void streamGone(std::int32_t streamId);
    void leave();
    std::shared_ptr<Http2Exchange> find(std::int32_t streamId) const;

    std::shared_ptr<ServerCore> m_core;
    std::shared_ptr<Socket> m_socket;
    std::string m_remoteAddress;
    std::optional<PeerCertificate> m_peer;
    nghttp2_session* m_session = nullptr;
    Deadline m_idle;
    std::map<std::int32_t, std::shared_ptr<Http2Exchange>> m_streams; // open ones
    std::vector<std::shared_ptr<Http2Exchange>> m_touched;            // changed by nghttp2's callbacks
    int m_running = 0;                                                // handlers
    WakePoint m_handlersEnded;
    bool m_inSession = false;   // nghttp2 is on the stack: it may not be entered again
    bool m_batching = false;    // a pump follows
    bool m_pumpPosted = false;
    bool m_drainAwaited = false;
    bool m_over = false;
};

} // namespace kates::http
