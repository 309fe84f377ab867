// One HTTP/1.x connection of a server: a coroutine that receives a head, lets the handler answer, and starts again.
// Inside engine/http only.
#pragma once

#include <memory>
#include <string>

#include "engine/http/deadline.h"
#include "engine/http/http1_parser.h"
#include "engine/http/server_core.h"

namespace kates::http {

class Http1Exchange;

class Http1Connection final : public ServerConnection, public std::enable_shared_from_this<Http1Connection> {
public:
    Http1Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress);

    Task<void> serve();
    void stop() override;
    void cut() override;

private:
    friend class Http1Exchange;
    enum class Head { Received, Closed, TimedOut, TooLarge, Malformed };

    Task<Head> receiveHead();
    std::optional<Head> takeHead(std::size_t& seen);
    Request makeRequest();
    Task<void> refuse(Head problem);
    Task<bool> drainBody(Http1Exchange& exchange);
    Task<void> lingeringClose();
    void readWhileBusy();
    std::string_view input() const { return std::string_view(m_input).substr(m_inputUsed); }
    void consume(std::size_t count);

    std::shared_ptr<ServerCore> m_core;
    std::shared_ptr<Socket> m_socket;
    std::string m_remoteAddress;
    std::optional<PeerCertificate> m_peer;
    Http1Parser m_parser{Http1Parser::Kind::Request};
    Deadline m_deadline;
    std::string m_input; // received, of which the first m_inputUsed bytes are done with
    std::size_t m_inputUsed = 0;
    Http1Exchange* m_exchange = nullptr; // the running one
    bool m_timedOut = false;
    bool m_first = true;
};

} // namespace kates::http
