#include "http_test.h"
#include "raw_server.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

Task<void> remote(Exchange& exchange)
{
    co_await answerText(exchange, 200, exchange.request().remoteAddress);
}

// Streams until the client has gone; what it managed to write is in `streamedBytes`.
std::size_t streamedBytes = 0;
Event streamEnded;

Task<void> endless(Exchange& exchange)
{
    Headers headers;
    exchange.begin(200, std::move(headers));
    Bytes chunk(std::string(64u << 10, 'x'));
    streamedBytes = 0;
    for (;;) {
        std::vector<Bytes> pieces{chunk};
        bool sent = co_await exchange.write(std::move(pieces));
        if (!sent)
            break;
        streamedBytes += chunk.size();
    }
    streamEnded.set({});
}

// Answers only when the client has gone.
Event goneSeen;
Task<void> never(Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    co_await gone;
    goneSeen.set({});
}

Task<void> large(Exchange& exchange)
{
    co_await answerText(exchange, 200, std::string(10'000'000, 'y'));
}

Task<void> upgradeAndEcho(Exchange& exchange)
{
    Headers headers;
    headers.add("Upgrade", "echo");
    auto stream = exchange.upgrade(std::move(headers));
    for (;;) {
        auto bytes = co_await stream->read();
        if (!bytes || bytes->empty())
            break;
        co_await stream->write("<" + *bytes + ">");
    }
}

Task<void> wait(Event event)
{
    co_await event;
}

const Routes routes = {{"/", hello}, {"/echo", echo}, {"/remote", remote}, {"/endless", endless}, {"/never", never}, {"/large", large},
    {"/upgrade", upgradeAndEcho}};

} // namespace

class ClientTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Client> m_client;
    Endpoint m_endpoint;

    Answer send(ClientRequest request) { return runToCompletion(*m_loop, fetch(*m_client, m_endpoint, std::move(request))); }
    Answer sendTo(int port, ClientRequest request) { return runToCompletion(*m_loop, fetch(*m_client, {"127.0.0.1", port}, std::move(request))); }

private slots:
    void init()
    {
        streamEnded = {};
        goneSeen = {};
        m_loop = makeLoop();
        m_server = serve(*m_loop, routes, {.tls = Pki::shared().serverTls(false)});
        m_client = makeClient(*m_loop);
        m_endpoint = {"localhost", m_server->port(), Pki::shared().clientTls()};
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
        m_loop.reset();
    }

    void connectionsAreUsedAgain()
    {
        auto first = send({.target = "/remote"}).body;
        QCOMPARE(send({.target = "/remote"}).body, first);
        QCOMPARE(send({.method = "POST", .target = "/echo", .body = "abc"}).body, std::string("POST:abc"));
        QCOMPARE(send({.target = "/remote"}).body, first);
    }
    void aConnectionThatTheServerClosedIsNotUsedAgain()
    {
        QCOMPARE(send({}).status, 200);
        int port = m_server->port();
        runToCompletion(*m_loop, m_server->stop(1s));
        m_server = serve(*m_loop, routes, {.port = port, .tls = Pki::shared().serverTls(false)});
        QCOMPARE(send({}).status, 200);
    }
    void largeBodiesGoBothWays()
    {
        auto answer = send({.target = "/large"});
        QCOMPARE(answer.body, std::string(10'000'000, 'y'));
        std::string body(1u << 20, 'z');
        QCOMPARE(send({.method = "PUT", .target = "/echo", .body = body}).body, "PUT:" + body);
    }
    void theServerWaitsForASlowReaderAndSeesItGo()
    {
        auto status = runToCompletion(*m_loop, readOncePastPressure(*m_client, *m_loop, m_endpoint));
        QCOMPARE(status, 200);
        // The kernel's buffers and ours, but not without end.
        QVERIFY2(streamedBytes < 16'000'000, std::to_string(streamedBytes).c_str());
    }
    static Task<int> readOncePastPressure(Client& client, Loop& loop, Endpoint endpoint)
    {
        ClientRequest request{.target = "/endless"};
        auto response = co_await client.send(endpoint, request);
        int status = (*response)->status();
        auto piece = co_await (*response)->readSome();
        // While we do nothing the server comes to a stop: as long as it writes, streamedBytes moves between turns.
        std::size_t before = 0;
        for (int still = 0; still < 50; still = before == streamedBytes ? still + 1 : 0) {
            before = streamedBytes;
            co_await yieldTo(loop);
        }
        response->reset();
        co_await streamEnded;
        co_return status;
    }
    void cancelEndsAWaitingRead()
    {
        auto error = runToCompletion(*m_loop, cancelScenario(*m_client, *m_loop, m_endpoint));
        QCOMPARE(error.systemError, ECANCELED);
    }
    static Task<Error> cancelScenario(Client& client, Loop& loop, Endpoint endpoint)
    {
        RawServer server(loop, {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"}, true);
        endpoint = {"127.0.0.1", server.port()};
        ClientRequest request;
        auto response = co_await client.send(endpoint, request);
        auto first = co_await (*response)->readSome();
        loop.post([raw = response->get()] { raw->cancel(); });
        auto second = co_await (*response)->readSome();
        co_return second ? Error{"no error"} : second.error();
    }
    void aTimeoutEndsARequestAndTheServerSeesIt()
    {
        auto answer = send({.target = "/never", .timeout = 30ms});
        QVERIFY2(answer.error.find("timed out") != std::string::npos, answer.error.c_str());
        runToCompletion(*m_loop, wait(goneSeen));
    }
    void stopEndsARequestAndTheServerSeesIt()
    {
        std::stop_source stop;
        m_loop->post([this, stop]() mutable { m_loop->post([stop]() mutable { stop.request_stop(); }); });
        QVERIFY(!send({.target = "/never", .timeout = 0s, .stop = stop.get_token()}).error.empty());
        auto answer = send({.target = "/", .stop = stop.get_token()}); // before it was sent
        QVERIFY2(answer.error.find("canceled") != std::string::npos, answer.error.c_str());
        QCOMPARE(send({}).status, 200);
    }
    void anUpgradeGivesTheConnection()
    {
        QCOMPARE(runToCompletion(*m_loop, upgradeScenario(*m_client, m_endpoint)), std::string("<hello>"));
    }
    static Task<std::string> upgradeScenario(Client& client, Endpoint endpoint)
    {
        ClientRequest request{.target = "/upgrade"};
        request.headers.add("Connection", "Upgrade");
        request.headers.add("Upgrade", "echo");
        auto response = co_await client.send(endpoint, request);
        auto stream = (*response)->takeStream();
        response->reset();
        co_await stream->write("hello");
        auto bytes = co_await stream->read();
        co_return *bytes;
    }

    void errorsSayWhichStepFailed()
    {
        int port = m_server->port();
        m_server.reset();
        auto answer = sendTo(port, {});
        QVERIFY2(answer.error.starts_with("cannot connect to 127.0.0.1:"), answer.error.c_str());
        m_endpoint = {"no-such-host.invalid", 1};
        answer = send({});
        QVERIFY2(answer.error.starts_with("cannot resolve \"no-such-host.invalid\""), answer.error.c_str());
        auto plain = serve(*m_loop, routes);
        m_endpoint = {"127.0.0.1", plain->port(), Pki::shared().clientTls()};
        answer = send({});
        QVERIFY2(answer.error.find("TLS handshake failed") != std::string::npos, answer.error.c_str());
    }
    void textThatWouldSplitARequestIsRefused()
    {
        ClientRequest request;
        request.headers.add("X", "a\r\nY: b");
        QVERIFY(!send(request).error.empty());
        QVERIFY(!send({.target = "/a b"}).error.empty());
    }

    void answersOfOtherServers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("error");
        auto row = [](const char* name, const char* text, int status, const char* body, const char* error) {
            QTest::newRow(name) << QByteArray(text) << status << QByteArray(body) << QByteArray(error);
        };
        row("until close", "HTTP/1.1 200 OK\r\n\r\nabc", 200, "abc", "");
        row("1.0", "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", "");
        row("interim", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", 201, "", "");
        row("no content", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", "");
        row("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\n", 200, "abc", "");
        row("short", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc", 200, "", "before the end");
        row("short chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", 200, "", "before the end");
        row("nothing", "", 0, "", "without a response");
        row("not http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 0, "", "malformed");
        row("not http at all", "hello\n", 0, "", "not HTTP/1.1");
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 0, "", "malformed");
    }
    void answersOfOtherServers()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, error);
        RawServer server(*m_loop, {text.toStdString()});
        auto answer = sendTo(server.port(), {});
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, body.toStdString());
        QVERIFY2(error.isEmpty() ? answer.error.empty() : answer.error.find(error.toStdString()) != std::string::npos, answer.error.c_str());
    }
    void aResponseHeadWithoutEndIsRefused()
    {
        RawServer server(*m_loop, {"HTTP/1.1 200 OK\r\nX: " + std::string(300'000, 'x')}, true);
        auto answer = sendTo(server.port(), {});
        QVERIFY2(answer.error.find("too large") != std::string::npos, answer.error.c_str());
    }
    void connectTcpRefusesNamesAndNamesNamespacesThatAreMissing()
    {
        auto stream = runToCompletion(*m_loop, connectTcp(*m_loop, "localhost", 1, 1s));
        QVERIFY(!stream);
        stream = runToCompletion(*m_loop, connectTcp(*m_loop, "127.0.0.1", 1, 1s, "/no/such/namespace"));
        QVERIFY(!stream);
        QVERIFY(stream.error().message.find("/no/such/namespace") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "tst_client.moc"
