#include "engine/http/spdy.h"

#include "engine/http/spdy_session.h"

namespace kates::http {

namespace {

class SpdyServer final : public SpdyConnection {
public:
    explicit SpdyServer(std::shared_ptr<SpdySession> session) : m_session(std::move(session)) { spawn(m_session->run()); }
    ~SpdyServer() override { m_session->close(); }
    Task<std::optional<Incoming>> accept() override { return acceptFrom(m_session); }
    void close() override { m_session->close(); }

private:
    static Task<std::optional<Incoming>> acceptFrom(std::shared_ptr<SpdySession> session)
    {
        auto next = co_await session->incoming().next();
        co_return next;
    }
    std::shared_ptr<SpdySession> m_session;
};

} // namespace

std::unique_ptr<SpdyConnection> makeSpdyServer(Loop& loop, std::unique_ptr<Stream> transport)
{
    return std::make_unique<SpdyServer>(std::make_shared<SpdySession>(loop, std::move(transport)));
}

} // namespace kates::http
