// One request on an HTTP/1.x connection and its response. Inside engine/http only.
#pragma once

#include "engine/http/http1_connection.h"

namespace kates::http {

class Http1Exchange final : public Exchange {
public:
    Http1Exchange(Http1Connection& connection, Request request);

    const Request& request() const override { return m_request; }
    Loop& loop() const override { return m_socket->loop(); }
    Task<Result<std::string>> readBody(std::size_t sizeMaxBytes) override;
    Task<Result<std::string>> readSome() override;
    Task<void> respond(int status, Headers headers, Bytes body) override;
    void begin(int status, Headers headers) override;
    Task<bool> write(std::vector<Bytes> pieces) override;
    Task<void> end() override;
    std::size_t pendingBytes() const override { return m_socket->pendingBytes(); }
    std::unique_ptr<Stream> upgrade(Headers headers) override;
    std::stop_token closed() const override;
    bool responseStarted() const override { return m_state != State::Waiting; }

    // For the connection.
    bool finished() const { return m_state == State::Ended || m_state == State::Upgraded; }
    Task<void> finish(); // after the handler: sees to it that there is an answer, or that the connection breaks
    bool upgraded() const { return m_state == State::Upgraded; }
    bool keepsAlive() const { return m_keepAlive && m_socket->canWrite(); }
    void requestClose(); // closed() fires, and the connection will not be used again
    void clientGone();

private:
    enum class State { Waiting, Streaming, Ended, Upgraded };
    enum class Framing { Length, Chunked, UntilClose, None };

    void queueHead(int status, const Headers& headers, std::string_view framingHeader);
    void decideKeepAlive();
    static bool statusHasBody(int status) { return status != 204 && status != 304; }
    bool mayHaveBody(int status) const { return statusHasBody(status) && m_request.method != "HEAD"; }
    bool mustWait() const;
    Task<void> waitForRoom();

    Http1Connection& m_connection;
    std::shared_ptr<Socket> m_socket;
    Request m_request;
    State m_state = State::Waiting;
    Framing m_framing = Framing::Length;
    std::uint64_t m_lengthLeft = 0; // Framing::Length: still to be written
    bool m_keepAlive;
    bool m_expectsContinue;
    bool m_gone = false;
    mutable std::optional<std::stop_source> m_stop; // made when somebody asks
};

} // namespace kates::http
