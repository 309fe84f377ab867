#include <charconv>

#include "engine/http/websocket.h"
#include "engine/kubelet/server/port_forward.h"

namespace kates::kubelet {

namespace {

constexpr const char* kProtocol = "v4.channel.k8s.io";

// One socket and what came over it for each port.
struct PortChannels {
    std::unique_ptr<http::WebSocket> socket;
    std::vector<std::unique_ptr<Channel<std::string>>> incoming; // by port
    std::size_t queuedBytes = 0;
    Signal room;
    std::size_t open = 0; // ports to which the client may still write
    bool closed = false;

    void close()
    {
        closed = true;
        for (auto& channel : incoming)
            channel->close();
        room.notify();
    }
    static Task<void> receive(std::shared_ptr<PortChannels> self)
    {
        while (!self->closed) {
            auto message = co_await self->socket->receive();
            if (!message || message->type == http::WebSocketMessage::Type::Close)
                break;
            const auto channel = message->data.empty() ? 1u : static_cast<unsigned char>(message->data[0]);
            if (channel % 2 != 0 || channel / 2 >= self->incoming.size() || message->data.size() < 2)
                continue; // the client has nothing to say on an error channel
            self->queuedBytes += message->data.size();
            self->incoming[channel / 2]->push(message->data.substr(1));
            while (self->queuedBytes > kForwardQueuedMaxBytes && !self->closed)
                co_await self->room.wait();
        }
        self->close();
    }
    static Task<void> finish(std::shared_ptr<PortChannels> self)
    {
        co_await self->socket->close(1000, "");
        self->close();
    }
};

class PortStream : public http::Stream {
public:
    PortStream(std::shared_ptr<PortChannels> channels, std::size_t channel) : m_channels(std::move(channels)), m_channel(channel) {}
    ~PortStream() override { end(); }
    Task<Result<std::string>> read() override
    {
        auto piece = co_await m_channels->incoming[m_channel / 2]->next();
        if (!piece)
            co_return std::string();
        m_channels->queuedBytes -= std::min(m_channels->queuedBytes, piece->size() + 1);
        m_channels->room.notify();
        co_return std::move(*piece);
    }
    Task<Result<void>> write(std::string bytes) override
    {
        bytes.insert(bytes.begin(), static_cast<char>(m_channel));
        co_return co_await m_channels->socket->send(http::WebSocketMessage::Type::Binary, std::move(bytes));
    }
    // There is no half close: the socket goes when the last port has nothing more to say.
    void closeWrite() override { end(); }
    void close() override
    {
        m_channels->incoming[m_channel / 2]->close();
        end();
    }

private:
    void end()
    {
        if (m_channel % 2 != 0 || std::exchange(m_ended, true))
            return;
        if (--m_channels->open == 0)
            spawn(PortChannels::finish(m_channels));
    }
    std::shared_ptr<PortChannels> m_channels;
    std::size_t m_channel;
    bool m_ended = false;
};

// "port=80,443&port=8080"; empty when one of them is no port.
std::vector<int> portsOf(const http::Query& query)
{
    std::vector<int> ports;
    for (std::string_view list : query.all("port")) {
        while (!list.empty()) {
            const std::string_view text = list.substr(0, list.find(','));
            list.remove_prefix(std::min(list.size(), text.size() + 1));
            int port = 0;
            const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
            if (problem != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
                return {};
            ports.push_back(port);
        }
    }
    return ports;
}

} // namespace

bool wantsPortForwardChannels(const http::Request& request)
{
    return http::isWebSocketUpgrade(request) && request.headers.containsToken("Sec-WebSocket-Protocol", kProtocol);
}

Task<void> servePortForwardChannels(Loop& loop, http::Exchange& exchange, runtime::ContainerRuntime& runtime, std::string sandboxId)
{
    const std::vector<int> ports = portsOf(http::Query::parse(exchange.request().query));
    if (ports.empty() || ports.size() > kForwardPortsMax) {
        http::Headers headers{{"Content-Type", "text/plain; charset=utf-8"}};
        Bytes why("the query must name between one and " + std::to_string(kForwardPortsMax) + " ports\n");
        co_await exchange.respond(400, std::move(headers), std::move(why));
        co_return;
    }
    auto channels = std::make_shared<PortChannels>();
    std::vector<std::string> protocols(1, kProtocol);
    channels->socket = co_await http::acceptWebSocket(exchange, std::move(protocols));
    if (!channels->socket)
        co_return;
    channels->open = ports.size();
    for (std::size_t i = 0; i < ports.size(); ++i)
        channels->incoming.push_back(std::make_unique<Channel<std::string>>());
    TaskGroup forwards(loop);
    for (std::size_t i = 0; i < ports.size(); ++i) {
        PortForwardPair pair{std::make_unique<PortStream>(channels, 2 * i), std::make_unique<PortStream>(channels, 2 * i + 1)};
        const std::string port{static_cast<char>(ports[i] & 0xFF), static_cast<char>(ports[i] >> 8)};
        (void)co_await pair.data->write(port);
        (void)co_await pair.error->write(port);
        forwards.spawn(forwardPort(loop, runtime, sandboxId, ports[i], std::move(pair)));
    }
    spawn(PortChannels::receive(channels));
    co_await forwards.finished();
}

} // namespace kates::kubelet
