#include "http2_peer.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

Event streamEnded;
std::size_t streamedBytes = 0;
std::size_t pendingMax = 0;

Task<void> endless(Exchange& exchange)
{
    Headers headers;
    exchange.begin(200, std::move(headers));
    Bytes chunk(std::string(64u << 10, 'x'));
    for (;;) {
        std::vector<Bytes> pieces{chunk};
        bool sent = co_await exchange.write(std::move(pieces));
        if (!sent)
            break;
        streamedBytes += chunk.size();
        pendingMax = std::max(pendingMax, exchange.pendingBytes());
    }
    streamEnded.set({});
}

Event neverSeen;
int neverRunning = 0;
Task<void> never(Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    ++neverRunning;
    co_await gone;
    --neverRunning;
    neverSeen.set({});
}

Task<void> untilStopped(Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    Headers headers;
    exchange.begin(200, std::move(headers));
    co_await gone;
    std::vector<Bytes> pieces;
    pieces.emplace_back("last words");
    co_await exchange.write(std::move(pieces));
    co_await exchange.end();
}

Task<void> cutShort(Exchange& exchange)
{
    Headers headers;
    exchange.begin(200, std::move(headers));
    std::vector<Bytes> pieces;
    pieces.emplace_back("half");
    co_await exchange.write(std::move(pieces));
}

Task<void> large(Exchange& exchange)
{
    co_await answerText(exchange, 200, std::string(5'000'000, 'y'));
}

Task<void> describe(Exchange& exchange)
{
    const auto& request = exchange.request();
    std::string text = request.method + ' ' + request.path + '?' + request.query + ' ' + std::string(request.headers.get("host")) + ' '
        + std::to_string(request.versionMajor);
    co_await answerText(exchange, 200, text);
}

Task<void> echoLarge(Exchange& exchange)
{
    auto body = co_await exchange.readBody(16u << 20);
    std::string text = body ? std::to_string(body->size()) : body.error().message;
    co_await answerText(exchange, 200, text);
}

Task<void> stopAndTell(Task<void> stop, std::shared_ptr<bool> stopped)
{
    co_await std::move(stop);
    *stopped = true;
}

Task<void> wait(Event event)
{
    co_await event;
}

const Routes routes = {{"/", hello}, {"/echo", echo}, {"/ignore", ignoreBody}, {"/endless", endless}, {"/never", never},
    {"/until-stopped", untilStopped}, {"/cut", cutShort}, {"/large", large}, {"/describe", describe}, {"/echo-large", echoLarge}};

} // namespace

class Http2ServerTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Http2Peer> m_peer;

    void serveWith(ServerLimits limits = {}, bool manualWindow = false)
    {
        m_peer.reset();
        m_server = serve(*m_loop, routes, {.tls = Pki::shared().serverTls(true), .limits = limits});
        m_peer = std::make_unique<Http2Peer>(*m_loop, m_server->port(), manualWindow);
        QVERIFY(runToCompletion(*m_loop, m_peer->connect()));
    }
    bool runUntil(std::function<bool()> done) { return runToCompletion(*m_loop, m_peer->runUntil(std::move(done))); }
    Http2Peer::StreamState finished(std::int32_t id)
    {
        runUntil([this, id] { return m_peer->closed(id); });
        return m_peer->streams[id];
    }

private slots:
    void init()
    {
        streamEnded = {};
        neverSeen = {};
        streamedBytes = pendingMax = 0;
        neverRunning = 0;
        m_loop = makeLoop();
        serveWith();
    }
    void cleanup()
    {
        m_peer.reset();
        m_server.reset();
        m_loop.reset();
    }

    void requestsAndBodiesGoThrough()
    {
        QCOMPARE(finished(m_peer->request("GET", "/describe?a=b&c")).body, std::string("GET /describe?a=b&c localhost 2"));
        QCOMPARE(finished(m_peer->request("POST", "/echo", "abc")).body, std::string("POST:abc"));
        auto head = finished(m_peer->request("HEAD", "/"));
        QCOMPARE(head.status, 200);
        QCOMPARE(head.body, std::string());
        QCOMPARE(finished(m_peer->request("GET", "/nothing")).status, 404);
    }
    void manyStreamsShareAConnection()
    {
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 200; ++i)
            ids.push_back(m_peer->request("POST", "/echo", std::to_string(i)));
        for (int i = 0; i < 200; ++i)
            QCOMPARE(finished(ids[static_cast<std::size_t>(i)]).body, "POST:" + std::to_string(i));
    }
    void bodiesLargerThanTheWindowsGoThrough()
    {
        QCOMPARE(finished(m_peer->request("GET", "/large")).body, std::string(5'000'000, 'y'));
        QCOMPARE(finished(m_peer->request("POST", "/echo-large", std::string(5'000'000, 'z'))).body, std::string("5000000"));
        auto tooLarge = finished(m_peer->request("POST", "/echo", std::string(2'000'000, 'z')));
        QCOMPARE(tooLarge.status, 413);
    }
    void unreadBodiesDoNotCloseTheWindow()
    {
        for (int i = 0; i < 20; ++i) {
            auto answer = finished(m_peer->request("POST", "/ignore", std::string(200'000, 'z')));
            QCOMPARE(answer.body, std::string("ignored"));
        }
        QCOMPARE(finished(m_peer->request("POST", "/echo-large", std::string(3'000'000, 'z'))).body, std::string("3000000"));
    }
    void anAnswerBeforeTheBodysEndStopsTheBody()
    {
        auto answer = finished(m_peer->request("POST", "/ignore", "some", false));
        QCOMPARE(answer.body, std::string("ignored"));
        QCOMPARE(answer.errorCode, std::uint32_t(NGHTTP2_NO_ERROR));
    }
    void aSlowReaderHoldsTheHandlerBack()
    {
        ServerLimits limits;
        limits.sendBufferMaxBytes = 200'000;
        serveWith(limits, true);
        auto id = m_peer->request("GET", "/endless");
        runUntil([&] { return m_peer->streams[id].body.size() == 65535; }); // the whole window
        QVERIFY(pendingMax <= 200'000);
        QVERIFY(streamedBytes < 600'000);
        m_peer->consume(id, 65535);
        runUntil([&] { return m_peer->streams[id].body.size() >= 2 * 65535; });
        m_peer->reset(id);
        m_peer->flush();
        runToCompletion(*m_loop, wait(streamEnded));
    }
    void aHandlerSeesItsClientGo()
    {
        auto id = m_peer->request("GET", "/never");
        m_peer->flush();
        QCOMPARE(finished(m_peer->request("GET", "/")).body, std::string("hello"));
        QCOMPARE(neverRunning, 1);
        m_peer->reset(id);
        m_peer->flush();
        runToCompletion(*m_loop, wait(neverSeen));
        m_peer->request("GET", "/never");
        QCOMPARE(finished(m_peer->request("GET", "/")).body, std::string("hello"));
        neverSeen = {};
        m_peer.reset(); // the whole connection
        runToCompletion(*m_loop, wait(neverSeen));
        QCOMPARE(neverRunning, 0);
    }
    void aResponseCutShortIsReset()
    {
        auto answer = finished(m_peer->request("GET", "/cut"));
        QCOMPARE(answer.errorCode, std::uint32_t(NGHTTP2_INTERNAL_ERROR));
    }
    void headersPastTheLimitGet431()
    {
        ServerLimits limits;
        limits.headerMaxBytes = 8000;
        serveWith(limits);
        QCOMPARE(finished(m_peer->request("GET", "/", {}, true, {{"x", std::string(9000, 'x')}})).status, 431);
        QCOMPARE(finished(m_peer->request("GET", "/")).status, 200);
    }
    void streamsPastTheLimitAreRefused()
    {
        ServerLimits limits;
        limits.streamsPerConnectionMax = 10;
        serveWith(limits);
        std::vector<std::int32_t> ids;
        for (int i = 0; i < 11; ++i)
            ids.push_back(m_peer->request("GET", "/never")); // before the peer has seen our settings
        auto refused = finished(ids.back());
        QCOMPARE(refused.errorCode, std::uint32_t(NGHTTP2_REFUSED_STREAM));
        QCOMPARE(neverRunning, 10);
    }
    void rapidResetsEndTheConnection()
    {
        bool open = true;
        for (int i = 0; open && i < 5000; ++i) {
            auto id = m_peer->request("GET", "/");
            m_peer->flush(); // else nghttp2 would take the request back
            m_peer->reset(id);
            if (i % 100 == 0)
                open = runUntil([] { return true; });
        }
        runUntil([this] { return m_peer->goneAway; });
        QVERIFY(m_peer->goneAway);
        QVERIFY(m_peer->goAwayCode != NGHTTP2_NO_ERROR);
    }
    void stopLetsRunningExchangesEnd()
    {
        auto id = m_peer->request("GET", "/until-stopped");
        runUntil([&] { return m_peer->streams[id].status == 200; });
        auto stopped = std::make_shared<bool>(false);
        m_loop->post([this, stopped] { spawn(stopAndTell(m_server->stop(5s), stopped)); });
        auto answer = finished(id);
        QCOMPARE(answer.body, std::string("last words"));
        QCOMPARE(answer.errorCode, std::uint32_t(NGHTTP2_NO_ERROR));
        QVERIFY(m_peer->goneAway);
        QCOMPARE(m_peer->goAwayCode, std::uint32_t(NGHTTP2_NO_ERROR));
        QVERIFY(!runUntil([] { return false; })); // until the server closes
        QVERIFY(*stopped);
    }
    void aServerThatGoesEndsItsHandlers()
    {
        m_peer->request("GET", "/never");
        QCOMPARE(finished(m_peer->request("GET", "/")).body, std::string("hello"));
        m_server.reset();
        QCOMPARE(neverRunning, 0);
        QVERIFY(!runUntil([] { return false; }));
    }
    void bytesThatAreNotHttp2EndTheConnection()
    {
        m_peer->flush();
        m_peer->queueRaw(std::string("\x00\x00\x08\x00\x00\x00\x00\x00\x00garbage!", 17)); // DATA on stream 0
        QVERIFY(!runUntil([] { return false; }));
        QVERIFY(m_peer->goneAway);
        QVERIFY(m_peer->goAwayCode != NGHTTP2_NO_ERROR);
    }
    void anIdleConnectionIsSentAway()
    {
        ServerLimits limits;
        limits.idleTimeout = 20ms;
        serveWith(limits);
        QCOMPARE(finished(m_peer->request("GET", "/")).status, 200);
        QVERIFY(!runUntil([] { return false; }));
        QVERIFY(m_peer->goneAway);
    }
};

QTEST_GUILESS_MAIN(Http2ServerTest)
#include "tst_http2_server.moc"
