// How exchanges, connections and servers end when one of them goes first.
#include "http_test.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

int running = 0;
Event entered, ended;
std::string seen;

struct Running {
    Running()
    {
        ++running;
        entered.set({});
    }
    ~Running()
    {
        --running;
        ended.set({});
    }
};

// Answers when it is told that the exchange is over, as a watch does.
Task<void> watchUntilClosed(Exchange& exchange)
{
    Running mark;
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    Headers headers;
    exchange.begin(200, std::move(headers));
    co_await gone;
    std::vector<Bytes> pieces;
    pieces.emplace_back("last words");
    bool sent = co_await exchange.write(std::move(pieces));
    seen = sent ? "sent" : "not sent";
    co_await exchange.end();
}

Event released;
// Does not heed closed(): ends when the test says so.
Task<void> stubborn(Exchange& exchange)
{
    Running mark;
    co_await released;
    co_await answerText(exchange, 200, "late");
    seen = exchange.closed().stop_requested() ? "closed" : "open";
}

Task<void> readTheBody(Exchange& exchange)
{
    Running mark;
    auto body = co_await exchange.readBody(1u << 20);
    seen = body ? "whole" : body.error().message;
}

Task<void> readOnePiece(Exchange& exchange)
{
    auto piece = co_await exchange.readSome();
    std::string text = piece ? "read " + std::to_string(piece->size()) : piece.error().message;
    co_await answerText(exchange, 200, text);
}

Task<void> upgradeAndWait(Exchange& exchange)
{
    Running mark;
    Headers headers;
    headers.add("Upgrade", "x");
    auto stream = exchange.upgrade(std::move(headers));
    auto bytes = co_await stream->read();
    seen = bytes ? "bytes" : "closed";
}

const Routes routes = {{"/", hello}, {"/watch", watchUntilClosed}, {"/stubborn", stubborn}, {"/body", readTheBody},
    {"/piece", readOnePiece}, {"/upgrade", upgradeAndWait}};

// A connection on which a request was sent, and whose handler runs.
Task<std::unique_ptr<Stream>> begin(Loop& loop, int port, std::string text)
{
    auto stream = co_await connectTcp(loop, "127.0.0.1", port, 5s);
    co_await (*stream)->write(std::move(text));
    co_await entered;
    co_return std::move(*stream);
}

Task<std::string> readAll(Stream& stream)
{
    std::string all;
    for (;;) {
        auto bytes = co_await stream.read();
        if (!bytes || bytes->empty())
            co_return all;
        all += *bytes;
    }
}

Task<void> wait(Event event)
{
    co_await event;
}

} // namespace

class ServerStopTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }
    std::unique_ptr<Stream> request(std::string text) { return run(begin(*m_loop, m_server->port(), std::move(text))); }
    static std::string get(std::string path) { return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n"; }

private slots:
    void init()
    {
        running = 0;
        seen = {};
        entered = {};
        ended = {};
        released = {};
        m_loop = makeLoop();
        m_server = serve(*m_loop, routes);
    }
    void cleanup()
    {
        m_server.reset();
        m_loop.reset();
        QCOMPARE(running, 0);
    }

    void stopEndsIdleConnectionsAtOnce()
    {
        auto stream = run(connectTcp(*m_loop, "127.0.0.1", m_server->port(), 5s));
        run((*stream)->write(get("/")));
        run((*stream)->read());
        run(m_server->stop(1h));
        QCOMPARE(run(readAll(**stream)), std::string());
        auto refused = run(connectTcp(*m_loop, "127.0.0.1", m_server->port(), 5s));
        QCOMPARE(refused.error().systemError, ECONNREFUSED);
    }
    void stopLetsAStreamSayItsLastWords()
    {
        auto stream = request(get("/watch"));
        run(m_server->stop(1h));
        QCOMPARE(seen, std::string("sent"));
        auto answer = run(readAll(*stream));
        QVERIFY2(answer.ends_with("a\r\nlast words\r\n0\r\n\r\n"), answer.c_str());
    }
    void stopCutsWhatDoesNotEndInTime()
    {
        auto stream = request(get("/stubborn"));
        run(m_server->stop(20ms));
        QCOMPARE(running, 1);
        QCOMPARE(run(readAll(*stream)), std::string());
        m_server.reset();
        released.set({}); // answers into nothing
        QCOMPARE(running, 0);
        QCOMPARE(seen, std::string("closed"));
    }
    void theServerMayGoWhileHandlersRun()
    {
        auto watch = request(get("/watch"));
        m_server.reset();
        QCOMPARE(running, 0);
        QCOMPARE(seen, std::string("sent")); // told first, cut then
        run(readAll(*watch));
    }
    void theServersEndClosesUpgradedStreams()
    {
        auto stream = request("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
        m_server.reset();
        QCOMPARE(running, 0);
        QCOMPARE(seen, std::string("closed"));
    }
    void aClientThatGoesEndsItsStream()
    {
        auto stream = request(get("/watch"));
        stream.reset();
        run(wait(ended));
        QCOMPARE(seen, std::string("not sent"));
    }
    void aClientThatGoesInItsBodyIsAnError()
    {
        auto stream = request("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        stream.reset();
        run(wait(ended));
        QVERIFY2(seen.find("went away") != std::string::npos, seen.c_str());
    }
    void aClientThatGoesInItsChunksIsAnError()
    {
        auto stream = request("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        stream.reset();
        run(wait(ended));
        QVERIFY2(seen.find("went away") != std::string::npos, seen.c_str());
    }
    void aHalfReadBodyDoesNotSpoilTheConnection()
    {
        std::string body(150'000, 'x');
        auto answer = run(rawExchange(*m_loop, m_server->port(),
            "POST /piece HTTP/1.1\r\nHost: a\r\nContent-Length: 150000\r\n\r\n" + body + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        QVERIFY(answer.find("\r\n\r\nread ") != std::string::npos);
        QVERIFY2(answer.ends_with("hello"), answer.c_str());
    }
    void aMalformedChunkBehindTheAnswerClosesTheConnection()
    {
        auto answer = run(rawExchange(*m_loop, m_server->port(),
            "POST /piece HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(answer.find("hello") == std::string::npos);
    }
    void aClientThatHasSaidEverythingStillGetsItsAnswer()
    {
        auto answer = run(halfClosed(*m_loop, m_server->port()));
        QVERIFY2(answer.ends_with("hello"), answer.c_str());
    }
    static Task<std::string> halfClosed(Loop& loop, int port)
    {
        auto stream = co_await connectTcp(loop, "127.0.0.1", port, 5s);
        co_await (*stream)->write(get("/"));
        (*stream)->closeWrite();
        co_return co_await readAll(**stream);
    }
};

QTEST_GUILESS_MAIN(ServerStopTest)
#include "tst_server_stop.moc"
