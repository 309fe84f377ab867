// One HTTP/1.1 connection of a client: one request and its response at a time. Inside engine/http only.
#pragma once

#include <memory>
#include <string>

#include "engine/http/client.h"
#include "engine/http/deadline.h"
#include "engine/http/http1_parser.h"
#include "engine/http/socket.h"

namespace kates::http {

class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
public:
    explicit ClientConnection(std::shared_ptr<Socket> socket);

    // Sends, and receives the response's head (interim 1xx responses are skipped).
    [[nodiscard]] Task<Result<void>> roundTrip(std::string head, std::string body, bool bodyless, MonotonicTime deadline, std::stop_token stop);
    // The next piece of the body; empty at its end.
    [[nodiscard]] Task<Result<std::string>> readBody();
    std::unique_ptr<Stream> takeStream();
    void close(int systemError) { m_socket->close(systemError); }

    Http1Parser& parser() { return m_parser; }
    bool anythingReceived() const { return m_anythingReceived; } // of the response to the latest request
    // After the whole response: may carry another request.
    bool reusable() const;
    // Calls back when the idle connection ends, or was idle for too long.
    void startIdle(Duration timeout, std::function<void()> over);
    void stopIdle();

private:
    Task<Result<void>> receiveHead(bool bodyless);
    Result<bool> takeHead(std::size_t& seen, bool bodyless);

    std::shared_ptr<Socket> m_socket;
    Http1Parser m_parser{Http1Parser::Kind::Response};
    Deadline m_deadline;
    std::function<void()> m_idleOver;
    std::string m_input;
    bool m_anythingReceived = false;
};

} // namespace kates::http
