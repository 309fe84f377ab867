// One stream of an HTTP/2 connection as an Exchange. Inside engine/http only.
//
// nghttp2's callbacks only change state here; coroutines are woken by the connection afterwards (deliver()), because what they do may call
// nghttp2 again.
#pragma once

#include "engine/http/deadline.h"
#include "engine/http/send_queue.h"
#include "engine/http/server.h"
#include "engine/http/wake_point.h"

namespace kates::http {

class Http2Connection;

class Http2Exchange final : public Exchange {
public:
    Http2Exchange(Http2Connection& connection, std::int32_t streamId);

    const Request& request() const override { return m_request; }
    Loop& loop() const override;
    Task<Result<std::string>> readBody(std::size_t sizeMaxBytes) override;
    Task<Result<std::string>> readSome() override;
    Task<void> respond(int status, Headers headers, Bytes body) override;
    void begin(int status, Headers headers) override;
    Task<bool> write(std::vector<Bytes> pieces) override;
    Task<void> end() override;
    std::size_t pendingBytes() const override { return m_output.size(); }
    std::unique_ptr<Stream> upgrade(Headers) override { return nullptr; } // HTTP/1.1 only
    std::stop_token closed() const override;
    bool responseStarted() const override { return m_started; }

    // For the connection.
    std::int32_t streamId() const { return m_streamId; }
    void addHeader(std::string_view name, std::string_view value);
    void takePath(std::string_view path);
    void addBody(std::string_view bytes) { m_body += bytes; }
    void endBody() { m_bodyEnded = true; }
    bool bodyEnded() const { return m_bodyEnded; }
    std::size_t unreadBody() const { return m_body.size(); }
    void streamClosed() { m_streamClosed = true; }
    bool isStreamClosed() const { return m_streamClosed; }
    // Bytes for a DATA frame. `last`: the response ends with them.
    std::size_t takeOutput(char* to, std::size_t sizeMaxBytes, bool& last);
    void deliver(); // wakes whoever waits for what has changed
    void requestClose();
    bool finished() const { return m_ended || m_streamClosed; }
    Task<void> finish(); // after the handler

    Request m_request;
    bool handlerStarted = false;
    bool headerTooLarge = false;

private:
    void submitHead(int status, const Headers& headers, std::optional<std::size_t> contentLength, bool withBody);
    bool mustWait() const;
    Task<void> waitForRoom();

    Http2Connection& m_connection;
    std::int32_t m_streamId;
    std::string m_body; // received and not yet read
    SendQueue m_output;
    WakePoint m_reader;
    WakePoint m_writer;
    Deadline m_bodyDeadline;
    std::size_t m_headerBytes = 0;
    bool m_timedOut = false;
    bool m_bodyEnded = false;
    bool m_started = false;
    bool m_ended = false;
    bool m_discard = false; // a response without body
    bool m_streamClosed = false;
    mutable std::optional<std::stop_source> m_stop;
};

} // namespace kates::http
