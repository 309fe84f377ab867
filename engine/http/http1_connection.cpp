#include "engine/http/http1_connection.h"

#include "engine/http/http1_exchange.h"

#include <algorithm>
#include <cerrno>

namespace kates::http {

namespace {

constexpr std::size_t kReadAheadMaxBytes = 64u << 10; // taken from the client while a handler runs
constexpr std::size_t kDrainMaxBytes = 256u << 10;    // of a body that the handler did not read; a longer one costs the connection
constexpr std::size_t kLingerMaxBytes = 1u << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);
constexpr int kRequestsPerTurnMax = 32; // pipelined: then others have their turn

} // namespace

Http1Connection::Http1Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Socket> socket, std::string remoteAddress)
    : m_core(std::move(core)), m_socket(std::move(socket)), m_remoteAddress(std::move(remoteAddress)), m_deadline(m_core->loop, [this] {
          m_timedOut = true;
          m_socket->cancelRead();
      })
{
    if (m_socket->tls())
        m_peer = peerCertificate(m_socket->tls());
}

Task<void> Http1Connection::serve()
{
    auto self = shared_from_this();
    for (int served = 1;; ++served) {
        Head head = co_await receiveHead();
        if (head != Head::Received) {
            co_await refuse(head);
            break;
        }
        Http1Exchange exchange(*this, makeRequest());
        m_exchange = &exchange;
        m_socket->setReadCallback([this] { readWhileBusy(); });
        co_await m_core->handler(exchange);
        m_socket->setReadCallback({});
        if (!exchange.finished())
            co_await exchange.finish();
        if (exchange.upgraded()) {
            m_exchange = nullptr;
            co_return; // the socket belongs to the stream now
        }
        bool drained = m_parser.complete();
        if (!drained)
            drained = co_await drainBody(exchange);
        m_exchange = nullptr;
        if (!drained) {
            co_await lingeringClose();
            break;
        }
        if (!exchange.keepsAlive()) {
            m_socket->closeWrite();
            co_await m_socket->sentUpTo(m_socket->queuedTotal());
            break;
        }
        if (served % kRequestsPerTurnMax == 0)
            co_await yieldTo(m_core->loop);
    }
    m_deadline.stop();
    m_socket->close(ECONNABORTED);
}

void Http1Connection::stop()
{
    auto self = shared_from_this();
    if (m_exchange)
        m_exchange->requestClose();
    else if (input().empty())
        m_socket->cancelRead();
}

void Http1Connection::cut()
{
    auto self = shared_from_this();
    if (m_exchange)
        m_exchange->requestClose();
    m_socket->close(ECONNABORTED);
}

Task<Http1Connection::Head> Http1Connection::receiveHead()
{
    const ServerLimits& limits = m_core->options.limits;
    bool begun = std::exchange(m_first, false) || !input().empty();
    m_deadline.set(begun ? limits.headerTimeout : limits.idleTimeout);
    std::size_t seen = 0;
    for (;;) {
        auto head = takeHead(seen);
        if (head) {
            m_deadline.clear();
            co_return *head;
        }
        if (m_core->stopping() && input().empty())
            co_return Head::Closed;
        auto state = m_socket->read(m_input, limits.headerMaxBytes + 1);
        if (state == Socket::ReadState::End || state == Socket::ReadState::Failed)
            co_return Head::Closed;
        if (state == Socket::ReadState::Data) {
            if (!std::exchange(begun, true))
                m_deadline.set(limits.headerTimeout);
            continue;
        }
        if (input().empty())
            m_input = {}; // an idle connection holds no buffer
        bool proceed = co_await m_socket->readable();
        if (!proceed)
            co_return m_timedOut && begun ? Head::TimedOut : Head::Closed;
    }
}

// Takes one head from the input. nullopt: it is not complete yet.
std::optional<Http1Connection::Head> Http1Connection::takeHead(std::size_t& seen)
{
    while (seen == 0 && input().substr(0, 2) == "\r\n")
        consume(2); // RFC 9112, section 2.2: empty lines before a request are skipped
    auto scan = scanHead(input(), seen);
    std::size_t size = scan.state == HeadScan::State::Complete ? scan.size : input().size();
    if (size > m_core->options.limits.headerMaxBytes)
        return Head::TooLarge;
    if (scan.state == HeadScan::State::Malformed)
        return Head::Malformed;
    if (scan.state == HeadScan::State::Incomplete) {
        seen = input().size();
        return std::nullopt;
    }
    bool good = m_parser.parseHead(input().substr(0, scan.size));
    consume(scan.size);
    return good ? Head::Received : Head::Malformed;
}

void Http1Connection::consume(std::size_t count)
{
    m_inputUsed += count;
    if (m_inputUsed == m_input.size()) {
        m_input.clear();
        m_inputUsed = 0;
    } else if (m_inputUsed >= kReadAheadMaxBytes) {
        m_input.erase(0, m_inputUsed);
        m_inputUsed = 0;
    }
}

Request Http1Connection::makeRequest()
{
    Request request;
    request.method = m_parser.method();
    std::string_view target = m_parser.target();
    auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question != std::string_view::npos)
        request.query = target.substr(question + 1);
    request.headers = std::move(m_parser.headers());
    request.remoteAddress = m_remoteAddress;
    request.peer = m_peer;
    return request;
}

Task<void> Http1Connection::refuse(Head problem)
{
    int status = problem == Head::TimedOut ? 408 : problem == Head::TooLarge ? 431 : problem == Head::Malformed ? 400 : 0;
    if (status == 0)
        co_return;
    std::string text = problem == Head::Malformed && !m_parser.problem().empty() ? m_parser.problem() : std::string(reasonPhrase(status));
    text += '\n';
    m_socket->queue("HTTP/1.1 " + std::to_string(status) + ' ' + std::string(reasonPhrase(status)) + "\r\nDate: " + m_core->date()
        + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + std::to_string(text.size()) + "\r\nConnection: close\r\n\r\n" + text);
    co_await lingeringClose();
}

// What the handler left of the body is read over, so that the next request can be found. False: the connection must close, while the
// client may still be sending.
Task<bool> Http1Connection::drainBody(Http1Exchange& exchange)
{
    std::size_t drained = 0;
    while (!m_parser.complete()) {
        if (!exchange.keepsAlive() || drained > kDrainMaxBytes)
            co_return false;
        auto piece = co_await exchange.readSome();
        if (!piece)
            co_return false;
        drained += piece->size();
    }
    co_return true;
}

// Closing while the client still sends would reset the connection and could destroy our last answer on its way: we close our side, and
// read on for a moment.
Task<void> Http1Connection::lingeringClose()
{
    m_socket->closeWrite();
    co_await m_socket->sentUpTo(m_socket->queuedTotal());
    m_deadline.set(kLingerTime);
    std::size_t discarded = 0;
    while (discarded < kLingerMaxBytes) {
        m_input.clear();
        m_inputUsed = 0;
        auto state = m_socket->read(m_input, kReadAheadMaxBytes);
        if (state == Socket::ReadState::End || state == Socket::ReadState::Failed)
            break;
        discarded += m_input.size();
        if (state == Socket::ReadState::Data)
            continue;
        bool proceed = co_await m_socket->readable();
        if (!proceed)
            break;
    }
}

void Http1Connection::readWhileBusy()
{
    if (m_input.size() >= kReadAheadMaxBytes) {
        m_socket->pauseReading();
        return;
    }
    auto state = m_socket->read(m_input, kReadAheadMaxBytes - m_input.size());
    if (state == Socket::ReadState::End || state == Socket::ReadState::Failed)
        m_exchange->clientGone();
}

} // namespace kates::http
