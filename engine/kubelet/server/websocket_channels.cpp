// Remote commands over one WebSocket: each binary message begins with a channel number (KEP-4006).
#include <array>

#include "engine/http/websocket.h"
#include "engine/kubelet/server/remote_streams.h"
#include "engine/kubelet/server/spdy_streams.h"

namespace kates::kubelet {

namespace {

constexpr int kStdin = 0, kStdout = 1, kStderr = 2, kError = 3, kResize = 4;
constexpr int kChannels = 5;
constexpr unsigned char kCloseChannel = 255; // v5: [255, n] closes channel n
constexpr std::size_t kQueuedMaxBytes = 4u << 20; // stdin that the process does not read

struct Channels {
    std::unique_ptr<http::WebSocket> socket;
    std::array<Channel<std::string>, kChannels> incoming;
    std::size_t queuedBytes = 0;
    bool closed = false;

    void closeAll()
    {
        closed = true;
        for (auto& channel : incoming)
            channel.close();
    }
    static Task<void> receive(std::shared_ptr<Channels> self)
    {
        while (!self->closed) {
            auto message = co_await self->socket->receive();
            if (!message || message->type == http::WebSocketMessage::Type::Close)
                break;
            if (message->data.empty())
                continue;
            const auto number = static_cast<unsigned char>(message->data[0]);
            if (number == kCloseChannel && message->data.size() >= 2) {
                const auto which = static_cast<unsigned char>(message->data[1]);
                if (which < kChannels)
                    self->incoming[which].close();
                continue;
            }
            if (number != kStdin && number != kResize)
                continue;
            self->queuedBytes += message->data.size();
            if (self->queuedBytes > kQueuedMaxBytes)
                break;
            self->incoming[number].push(message->data.substr(1));
        }
        self->closeAll();
    }
};

class ChannelStream : public http::Stream {
public:
    ChannelStream(std::shared_ptr<Channels> channels, int number) : m_channels(std::move(channels)), m_number(number) {}
    Task<Result<std::string>> read() override
    {
        std::optional<std::string> piece;
        while (!piece || piece->empty()) {
            piece = co_await m_channels->incoming[static_cast<std::size_t>(m_number)].next();
            if (!piece)
                co_return std::string();
            m_channels->queuedBytes -= std::min(m_channels->queuedBytes, piece->size() + 1);
        }
        co_return std::move(*piece);
    }
    Task<Result<void>> write(std::string bytes) override
    {
        bytes.insert(bytes.begin(), static_cast<char>(m_number));
        co_return co_await m_channels->socket->send(http::WebSocketMessage::Type::Binary, std::move(bytes));
    }
    void closeWrite() override {}
    void close() override { m_channels->incoming[static_cast<std::size_t>(m_number)].close(); }

private:
    std::shared_ptr<Channels> m_channels;
    int m_number;
};

// Closes the socket politely once the command is over and the streams are gone.
struct Closer {
    std::shared_ptr<Channels> channels;
    ~Closer() { spawn(finish(channels)); }
    static Task<void> finish(std::shared_ptr<Channels> channels)
    {
        co_await channels->socket->close(1000, "");
        channels->closeAll();
    }
};

Task<std::unique_ptr<RemoteStreams>> acceptChannels(http::Exchange& exchange, RemoteCommandOptions options)
{
    std::vector<std::string> protocols = {"v5.channel.k8s.io", "v4.channel.k8s.io"};
    auto socket = co_await http::acceptWebSocket(exchange, std::move(protocols));
    if (!socket)
        co_return nullptr;
    auto channels = std::make_shared<Channels>();
    channels->socket = std::move(socket);
    auto streams = std::make_unique<RemoteStreams>();
    const auto make = [&](int number) { return std::make_unique<ChannelStream>(channels, number); };
    if (options.stdin)
        streams->standardInput = make(kStdin);
    if (options.stdout)
        streams->standardOutput = make(kStdout);
    if (options.stderr && !options.tty)
        streams->standardError = make(kStderr);
    streams->error = make(kError);
    if (options.tty)
        streams->resize = make(kResize);
    streams->keepAlive = std::shared_ptr<Closer>(new Closer{channels});
    spawn(Channels::receive(channels));
    co_return streams;
}

} // namespace

Task<std::unique_ptr<RemoteStreams>> acceptRemoteCommand(Loop& loop, http::Exchange& exchange, RemoteCommandOptions options)
{
    if (http::isWebSocketUpgrade(exchange.request()))
        co_return co_await acceptChannels(exchange, options);
    co_return co_await acceptSpdyCommand(loop, exchange, options);
}

} // namespace kates::kubelet
