#include "http_test.h"

#include "engine/http/websocket.h"
#include "engine/http/websocket_frames.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

using Type = WebSocketMessage::Type;

std::string lastServerEvent;

Task<void> echoSocket(Exchange& exchange)
{
    std::vector<std::string> protocols{"v5.channel.k8s.io", "v4.channel.k8s.io"};
    auto socket = co_await acceptWebSocket(exchange, std::move(protocols));
    if (!socket)
        co_return;
    for (;;) {
        auto message = co_await socket->receive();
        if (!message) {
            lastServerEvent = message.error().message;
            co_return;
        }
        if (message->type == Type::Close) {
            lastServerEvent = "close " + std::to_string(message->closeCode) + ' ' + message->data;
            co_return;
        }
        if (message->data == "bye") {
            std::string reason = "as you wish";
            co_await socket->close(1000, std::move(reason));
            lastServerEvent = "closed";
            co_return;
        }
        co_await socket->send(message->type, std::move(message->data));
    }
}

Task<void> tunnelEcho(Exchange& exchange)
{
    std::vector<std::string> protocols{"tunnel"};
    auto socket = co_await acceptWebSocket(exchange, std::move(protocols));
    auto stream = streamOverWebSocket(exchange.loop(), std::move(socket));
    for (;;) {
        auto bytes = co_await stream->read();
        if (!bytes || bytes->empty())
            co_return;
        co_await stream->write(std::move(*bytes));
    }
}

const Routes routes = {{"/", hello}, {"/ws", echoSocket}, {"/tunnel", tunnelEcho}};

struct Opened {
    std::unique_ptr<WebSocket> socket;
    int status = 0;
    std::string error;
};

Task<Opened> open(Client& client, Loop& loop, Endpoint endpoint, std::string path, std::vector<std::string> protocols)
{
    Opened opened;
    auto offer = offerWebSocket(protocols);
    ClientRequest request{.target = path, .headers = offer.headers};
    auto response = co_await client.send(endpoint, request);
    if (!response) {
        opened.error = response.error().message;
        co_return opened;
    }
    opened.status = (*response)->status();
    auto protocol = checkWebSocketAnswer(offer, opened.status, (*response)->headers());
    if (protocol)
        opened.socket = makeClientWebSocket(loop, (*response)->takeStream(), *protocol);
    else
        opened.error = protocol.error().message;
    co_return opened;
}

// What comes back for `frames` sent after the handshake, until the server closes.
Task<std::string> rawFrames(Loop& loop, int port, std::string frames)
{
    std::string text = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v4.channel.k8s.io\r\n\r\n";
    auto answer = co_await rawExchange(loop, port, text + frames);
    co_return answer.substr(answer.find("\r\n\r\n") + 4);
}

std::string frame(unsigned char first, std::string payload)
{
    auto encoded = encodeWebSocketFrame(WebSocketOpcode::Text, payload, true);
    encoded[0] = static_cast<char>(first);
    return encoded;
}

// The close code in the last frame of what a server sent.
int closeCodeOf(const std::string& received)
{
    WebSocketFrameReader reader(false, kWebSocketMessageMaxBytes);
    reader.push(received);
    for (;;) {
        auto next = reader.next();
        if (!next || !*next)
            return 0;
        if ((*next)->opcode == WebSocketOpcode::Close)
            return static_cast<unsigned char>((*next)->payload[0]) << 8 | static_cast<unsigned char>((*next)->payload[1]);
    }
}

} // namespace

class WebSocketTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Client> m_client;
    Endpoint m_endpoint;

    Opened openSocket(std::string path, std::vector<std::string> protocols)
    {
        return runToCompletion(*m_loop, open(*m_client, *m_loop, m_endpoint, std::move(path), std::move(protocols)));
    }
    Result<WebSocketMessage> receive(WebSocket& socket) { return runToCompletion(*m_loop, socket.receive()); }
    std::string raw(std::string frames) { return runToCompletion(*m_loop, rawFrames(*m_loop, m_server->port(), std::move(frames))); }

private slots:
    void init()
    {
        lastServerEvent = {};
        m_loop = makeLoop();
        m_server = serve(*m_loop, routes);
        m_client = makeClient(*m_loop);
        m_endpoint = {"127.0.0.1", m_server->port()};
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
        m_loop.reset();
    }

    void theHandshakeIsTheRfcs()
    {
        // RFC 6455, section 1.3.
        auto answer = runToCompletion(*m_loop, rawExchange(*m_loop, m_server->port(),
            "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: other, v4.channel.k8s.io\r\n\r\n" + frame(0x88, {})));
        QVERIFY(answer.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n") != std::string::npos);
        QVERIFY(answer.find("Sec-WebSocket-Protocol: v4.channel.k8s.io\r\n") != std::string::npos);
    }
    void framesAreTheRfcs()
    {
        // RFC 6455, section 5.7.
        QCOMPARE(encodeWebSocketFrame(WebSocketOpcode::Text, "Hello", false), std::string("\x81\x05Hello"));
        WebSocketFrameReader reader(true, 100);
        reader.push(std::string("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11));
        auto next = reader.next();
        QCOMPARE((*next)->payload, std::string("Hello"));
        QVERIFY(!*reader.next());
    }
    void framesOfEverySizeSurviveInPieces()
    {
        for (std::size_t size : {0u, 1u, 125u, 126u, 127u, 65535u, 65536u, 100000u}) {
            std::string payload(size, '\0');
            for (std::size_t i = 0; i < size; ++i)
                payload[i] = static_cast<char>(i * 31);
            auto bytes = encodeWebSocketFrame(WebSocketOpcode::Binary, payload, true);
            WebSocketFrameReader reader(true, kWebSocketMessageMaxBytes);
            std::size_t step = size > 1000 ? 777 : 1;
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                auto early = reader.next();
                QVERIFY(early && !*early);
                reader.push(std::string_view(bytes).substr(at, step));
            }
            auto next = reader.next();
            QVERIFY(next && *next);
            QCOMPARE((*next)->payload, payload);
        }
    }
    void utf8IsJudgedStrictly()
    {
        for (const char* good : {"", "abc", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"})
            QVERIFY2(isUtf8(good), good);
        for (const char* bad : {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
                 "a\xe2\x82"})
            QVERIFY2(!isUtf8(bad), bad);
    }

    void messagesGoBothWays()
    {
        auto opened = openSocket("/ws", {"v4.channel.k8s.io", "v5.channel.k8s.io"});
        QVERIFY2(opened.socket != nullptr, opened.error.c_str());
        QCOMPARE(opened.socket->protocol(), std::string("v5.channel.k8s.io")); // the server's order decides
        for (std::string text : {std::string("hello"), std::string(), std::string(1u << 20, 'x')}) {
            QVERIFY(runToCompletion(*m_loop, opened.socket->send(Type::Binary, text)));
            auto message = receive(*opened.socket);
            QVERIFY(message);
            QCOMPARE(message->data, text);
            QVERIFY(message->type == Type::Binary);
        }
    }
    void eitherSideCloses()
    {
        auto opened = openSocket("/ws", {"v4.channel.k8s.io"});
        runToCompletion(*m_loop, opened.socket->close(1000, "enough"));
        QVERIFY(!receive(*opened.socket));
        QCOMPARE(lastServerEvent, std::string("close 1000 enough"));
        QVERIFY(!runToCompletion(*m_loop, opened.socket->send(Type::Text, "late")));

        opened = openSocket("/ws", {"v4.channel.k8s.io"});
        QVERIFY(runToCompletion(*m_loop, opened.socket->send(Type::Text, "bye")));
        auto message = receive(*opened.socket);
        QVERIFY(message && message->type == Type::Close);
        QCOMPARE(message->closeCode, 1000);
        QCOMPARE(message->data, std::string("as you wish"));
        QVERIFY(!receive(*opened.socket));
        QCOMPARE(lastServerEvent, std::string("closed"));
    }
    void aClientThatVanishesIsAnError()
    {
        auto opened = openSocket("/ws", {"v4.channel.k8s.io"});
        opened.socket.reset();
        runToCompletion(*m_loop, untilServerEvent(*m_loop));
        QVERIFY(lastServerEvent.find("went away") != std::string::npos || lastServerEvent.find("cannot receive") != std::string::npos);
    }
    static Task<void> untilServerEvent(Loop& loop)
    {
        while (lastServerEvent.empty())
            co_await yieldTo(loop);
    }
    void fragmentsMakeOneMessageAroundAPing()
    {
        auto received = raw(frame(0x01, "He") + frame(0x89, "ping") + frame(0x80, "llo") + frame(0x88, std::string("\x03\xe8", 2)));
        QCOMPARE(received, std::string("\x8a\x04ping\x81\x05Hello\x88\x02\x03\xe8", 17));
    }
    void violationsAreToldByCode_data()
    {
        QTest::addColumn<QByteArray>("frames");
        QTest::addColumn<int>("code");
        auto row = [](const char* name, std::string frames, int code) { QTest::newRow(name) << QByteArray::fromStdString(frames) << code; };
        row("not masked", std::string("\x81\x01x"), 1002);
        row("reserved bit", frame(0xc1, "x"), 1002);
        row("unknown opcode", frame(0x83, "x"), 1002);
        row("unknown control", frame(0x8b, "x"), 1002);
        row("fragmented ping", frame(0x09, "x"), 1002);
        row("long ping", frame(0x89, std::string(126, 'x')), 1002);
        row("stray continuation", frame(0x80, "x"), 1002);
        row("interrupted message", frame(0x01, "x") + frame(0x81, "y"), 1002);
        row("padded length", std::string("\x81\xfe\x00\x01\x00\x00\x00\x00x", 9), 1002);
        row("huge", std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00", 14), 1009);
        row("too large in sum", frame(0x02, std::string(1u << 20, 'x')) + frame(0x80, "y"), 1009);
        row("bad text", frame(0x81, "\xff"), 1007);
        row("half a close code", frame(0x88, "\x03"), 1002);
        row("forbidden close code", frame(0x88, std::string("\x03\xed", 2)), 1002);
    }
    void violationsAreToldByCode()
    {
        QFETCH(QByteArray, frames);
        QFETCH(int, code);
        QCOMPARE(closeCodeOf(raw(frames.toStdString())), code);
    }
    void wrongHandshakesGet400_data()
    {
        QTest::addColumn<QByteArray>("head");
        const char* rest = "\r\nConnection: close, Upgrade\r\nHost: a\r\n\r\n";
        auto row = [rest](const char* name, std::string head) {
            QTest::newRow(name) << QByteArray::fromStdString("GET /ws HTTP/1.1\r\n" + head + rest);
        };
        const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", version = "Sec-WebSocket-Version: 13", upgrade = "Upgrade: websocket",
                          protocol = "Sec-WebSocket-Protocol: v4.channel.k8s.io";
        row("no upgrade", key + "\r\n" + version + "\r\n" + protocol);
        row("no key", upgrade + "\r\n" + version + "\r\n" + protocol);
        row("short key", upgrade + "\r\nSec-WebSocket-Key: YQ==\r\n" + version + "\r\n" + protocol);
        row("old version", upgrade + "\r\n" + key + "\r\nSec-WebSocket-Version: 8\r\n" + protocol);
        row("no protocol", upgrade + "\r\n" + key + "\r\n" + version);
        row("other protocol", upgrade + "\r\n" + key + "\r\n" + version + "\r\nSec-WebSocket-Protocol: chat");
    }
    void wrongHandshakesGet400()
    {
        QFETCH(QByteArray, head);
        auto answer = runToCompletion(*m_loop, rawExchange(*m_loop, m_server->port(), head.toStdString()));
        QVERIFY2(answer.starts_with("HTTP/1.1 400 "), answer.c_str());
    }
    void theClientChecksTheAnswer()
    {
        auto offer = offerWebSocket({"a", "b"});
        QVERIFY(!checkWebSocketAnswer(offer, 200, {}));
        QVERIFY(!checkWebSocketAnswer(offer, 101, {{"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", "nonsense"}}));
        auto opened = openSocket("/", {"a"});
        QCOMPARE(opened.status, 200);
        QVERIFY(!opened.socket);
    }
    void aStreamTunnelsThrough()
    {
        auto opened = openSocket("/tunnel", {"tunnel"});
        QVERIFY(opened.socket != nullptr);
        auto stream = streamOverWebSocket(*m_loop, std::move(opened.socket));
        std::string sent(300'000, 'q');
        auto received = runToCompletion(*m_loop, throughTunnel(*m_loop, *stream, sent));
        QCOMPARE(received, sent);
    }
    static Task<std::string> throughTunnel(Loop&, Stream& stream, std::string sent)
    {
        spawn(writeAll(stream, sent));
        std::string received;
        while (received.size() < sent.size()) {
            auto bytes = co_await stream.read();
            if (!bytes || bytes->empty())
                break;
            received += *bytes;
        }
        stream.close();
        co_return received;
    }
    static Task<void> writeAll(Stream& stream, std::string bytes) { co_await stream.write(std::move(bytes)); }
};

QTEST_GUILESS_MAIN(WebSocketTest)
#include "tst_websocket.moc"
