#include <sys/socket.h>

#include "engine/base/files.h"
#include "http_test.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

Task<void> streamThree(Exchange& exchange)
{
    Headers headers;
    exchange.begin(200, std::move(headers));
    for (int i = 0; i < 3; ++i) {
        std::vector<Bytes> pieces;
        pieces.emplace_back("piece ");
        pieces.emplace_back(std::to_string(i) + "\n");
        co_await exchange.write(std::move(pieces));
    }
    co_await exchange.end();
}

Task<void> silent(Exchange&)
{
    co_return;
}

Task<void> cutShort(Exchange& exchange)
{
    Headers headers;
    exchange.begin(200, std::move(headers));
    std::vector<Bytes> pieces;
    pieces.emplace_back("half");
    co_await exchange.write(std::move(pieces));
}

Task<void> whoAmI(Exchange& exchange)
{
    const auto& peer = exchange.request().peer;
    std::string text = peer ? peer->commonName : "nobody";
    if (peer) {
        for (const auto& organization : peer->organizations)
            text += "," + organization;
    }
    co_await answerText(exchange, 200, text);
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

const Routes routes = {{"/", hello}, {"/echo", echo}, {"/ignore", ignoreBody}, {"/three", streamThree}, {"/silent", silent}, {"/cut", cutShort},
    {"/who", whoAmI}, {"/upgrade", upgradeAndEcho}};

int statusOf(const std::string& answer)
{
    return answer.size() > 12 ? std::atoi(answer.c_str() + 9) : 0;
}

} // namespace

class Http1ServerTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<Client> m_client;

    std::string raw(std::string text) { return runToCompletion(*m_loop, rawExchange(*m_loop, m_server->port(), std::move(text))); }
    Answer get(std::string target)
    {
        return runToCompletion(*m_loop, fetch(*m_client, {"127.0.0.1", m_server->port()}, {.target = std::move(target)}));
    }
    void serveWith(ListenOptions options) { m_server = serve(*m_loop, routes, std::move(options)); }

private slots:
    void init()
    {
        m_loop = makeLoop();
        m_server = serve(*m_loop, routes);
        m_client = makeClient(*m_loop);
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
        m_loop.reset();
    }

    void aWholeResponse()
    {
        auto answer = get("/");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, std::string("hello"));
        QCOMPARE(answer.headers.get("content-length"), std::string_view("5"));
        QVERIFY(answer.headers.has("Date"));
    }
    void aStreamedResponseIsChunked()
    {
        auto answer = get("/three");
        QCOMPARE(answer.body, std::string("piece 0\npiece 1\npiece 2\n"));
        QCOMPARE(answer.headers.get("transfer-encoding"), std::string_view("chunked"));
    }
    void anOldClientGetsAStreamUntilClose()
    {
        auto answer = raw("GET /three HTTP/1.0\r\n\r\n");
        QVERIFY(answer.find("chunked") == std::string::npos);
        QVERIFY(answer.ends_with("\r\n\r\npiece 0\npiece 1\npiece 2\n"));
    }
    void pipelinedRequestsAreAnsweredInOrder()
    {
        auto answer = raw("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\noneGET / HTTP/1.1\r\nHost: a\r\n\r\n"
                          "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
                          "GET /three HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        auto one = answer.find("POST:one"), plain = answer.find("hello"), two = answer.find("POST:two"), three = answer.find("piece 2");
        QVERIFY(one != std::string::npos && plain != std::string::npos && two != std::string::npos && three != std::string::npos);
        QVERIFY(one < plain && plain < two && two < three);
    }
    void anUnreadBodyDoesNotBecomeTheNextRequest()
    {
        auto answer = raw("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 34\r\n\r\nGET /three HTTP/1.1\r\nHost: a\r\n\r\n\r\n"
                          "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(answer.find("ignored") != std::string::npos);
        QVERIFY(answer.find("hello") != std::string::npos);
        QVERIFY(answer.find("piece") == std::string::npos);
    }
    void aLongUnreadBodyCostsTheConnection()
    {
        auto answer = raw("POST /ignore HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\nabc");
        QVERIFY(answer.find("ignored") != std::string::npos);
        QVERIFY(answer.find("Connection: close") != std::string::npos);
    }
    void bodiesPastTheLimitAreRefused()
    {
        QCOMPARE(statusOf(raw("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n")), 413);
        std::string chunked = "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 17; ++i)
            chunked += "10000\r\n" + std::string(65536, 'x') + "\r\n";
        QCOMPARE(statusOf(raw(chunked + "0\r\n\r\n")), 413);
    }
    void continueIsSentWhenTheBodyIsWanted()
    {
        auto answer = raw("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        QVERIFY(answer.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
        answer = raw("POST /ignore HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(answer.starts_with("HTTP/1.1 200 OK\r\n"));
        QVERIFY(answer.find("Connection: close") != std::string::npos);
    }
    void headHasNoBody()
    {
        auto answer = raw("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(answer.find("Content-Length: 5") != std::string::npos);
        QVERIFY(answer.ends_with("\r\n\r\n"));
    }
    void aHandlerThatSaysNothingIsA500()
    {
        auto answer = get("/silent");
        QCOMPARE(answer.status, 500);
    }
    void aResponseCutShortIsSeenAsSuch()
    {
        auto answer = get("/cut");
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.error.empty());
    }

    void malformedRequestsGet400_data()
    {
        QTest::addColumn<QByteArray>("text");
        auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
        row("both lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("both lengths, other order", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n");
        row("two lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
        row("two equal lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc");
        row("list of lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc");
        row("signed length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc");
        row("overflowing length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nabc");
        row("unknown coding", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n");
        row("hidden coding", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
        row("two codings", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        row("coding twice", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("coding in 1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
        row("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n");
        row("bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n");
        row("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n");
        row("bare carriage return", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\rY: 2\r\n\r\n");
        row("control character", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n");
        row("no host", "GET / HTTP/1.1\r\n\r\n");
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        row("no path", "GET nothing HTTP/1.1\r\nHost: a\r\n\r\n");
        row("connect", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n");
        row("version 2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
        row("http2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        row("no version", "GET /\r\n\r\n");
        row("unknown method", "FROB / HTTP/1.1\r\nHost: a\r\n\r\n");
        row("bad chunk size", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n");
        row("negative chunk", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n");
        row("huge chunk", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n");
        row("bare line feed in chunk line", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n");
        row("chunk too long", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n");
        row("tls on the plain port", "\x16\x03\x01\x02\n\x01");
    }
    void malformedRequestsGet400()
    {
        QFETCH(QByteArray, text);
        auto answer = raw(text.toStdString());
        QCOMPARE(statusOf(answer), 400);
        // One answer, and nothing after it was taken for a request.
        QCOMPARE(answer.find("HTTP/1.1", 8), std::string::npos);
    }
    void headersPastTheLimitGet431()
    {
        QCOMPARE(statusOf(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n")), 431);
        QCOMPARE(statusOf(raw("GET /" + std::string(70'000, 'x'))), 431);
    }
    void aSlowHeadGets408()
    {
        ListenOptions options;
        options.limits.headerTimeout = 20ms;
        serveWith(options);
        QCOMPARE(statusOf(raw("GET / HTTP/1.1\r\nHost")), 408);
    }
    void aSlowBodyGets400()
    {
        ListenOptions options;
        options.limits.bodyTimeout = 20ms;
        serveWith(options);
        QCOMPARE(statusOf(raw("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")), 400);
    }
    void anIdleConnectionIsClosedSilently()
    {
        ListenOptions options;
        options.limits.idleTimeout = 20ms;
        serveWith(options);
        auto answer = raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(answer.ends_with("hello"));
    }
    void tooManyConnectionsAreClosed()
    {
        ListenOptions options;
        options.limits.connectionsMax = 0;
        serveWith(options);
        QCOMPARE(raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), std::string());
    }
    void anUpgradeGetsEarlyBytesFirst()
    {
        auto answer = runToCompletion(*m_loop, upgradeScenario(*m_loop, m_server->port()));
        QVERIFY(answer.starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
        QVERIFY(answer.find("Upgrade: echo\r\n") != std::string::npos);
        QVERIFY(answer.find("Connection: Upgrade\r\n") != std::string::npos);
        QVERIFY(answer.ends_with("\r\n\r\n<early>"));
    }
    static Task<std::string> upgradeScenario(Loop& loop, int port)
    {
        auto stream = co_await connectTcp(loop, "127.0.0.1", port, 5s);
        co_await (*stream)->write("GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly");
        (*stream)->closeWrite();
        std::string answer;
        for (;;) {
            auto piece = co_await (*stream)->read();
            if (!piece || piece->empty())
                co_return answer;
            answer += *piece;
        }
    }
    void anUpgradeThatNobodyWantsIsAnOrdinaryRequest()
    {
        auto answer = raw("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
                          "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(answer.find("hello") != answer.rfind("hello"));
    }
    void aBusyPortIsAnErrorThatNamesIt()
    {
        ListenOptions options;
        options.port = m_server->port();
        auto second = listen(*m_loop, options, route(routes));
        QVERIFY(!second);
        QVERIFY(second.error().message.find(std::to_string(options.port)) != std::string::npos);
        QCOMPARE(second.error().systemError, EADDRINUSE);
    }

    void tlsSaysWhoTheClientIs()
    {
        serveWith({.tls = Pki::shared().serverTls(false)});
        Endpoint endpoint{"127.0.0.1", m_server->port(), Pki::shared().userTls()};
        QCOMPARE(runToCompletion(*m_loop, fetch(*m_client, endpoint, {.target = "/who"})).body, std::string("alice,system:masters,devs"));
        endpoint.tls = Pki::shared().clientTls();
        QCOMPARE(runToCompletion(*m_loop, fetch(*m_client, endpoint, {.target = "/who"})).body, std::string("nobody"));
    }
    void plainHttpOnATlsPortGets400()
    {
        serveWith({.tls = Pki::shared().serverTls(false)});
        auto answer = raw("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(statusOf(answer), 400);
        QVERIFY(answer.find("speaks HTTPS") != std::string::npos);
    }
    void aListeningSocketMayBeHandedOver()
    {
        OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        QCOMPARE(::listen(fd.get(), 16), 0); // binds a free port of every address
        serveWith({.listeningFd = fd.release()});
        QCOMPARE(get("/").body, std::string("hello"));
    }
    void aClientCertificateOfAnotherAuthorityIsNobody()
    {
        Pki stranger;
        serveWith({.tls = Pki::shared().serverTls(false)});
        const auto& [certificate, key] = stranger.user;
        auto tls = *makeClientTls({.caPem = Pki::shared().authority.certificatePem, .certificatePem = certificate, .keyPem = key});
        auto answer = runToCompletion(*m_loop, fetch(*m_client, {"127.0.0.1", m_server->port(), tls}, {.target = "/who"}));
        QCOMPARE(answer.body, std::string("nobody"));
    }
    void aServerOfAnotherAuthorityOrNameIsRefused()
    {
        serveWith({.tls = Pki::shared().serverTls(false)});
        Pki stranger;
        auto answer = runToCompletion(*m_loop, fetch(*m_client, {"127.0.0.1", m_server->port(), stranger.clientTls()}, {}));
        QVERIFY2(answer.error.find("not trusted") != std::string::npos, answer.error.c_str());
        auto otherName = *makeClientTls({.caPem = Pki::shared().authority.certificatePem, .serverName = "other.test"});
        answer = runToCompletion(*m_loop, fetch(*m_client, {"127.0.0.1", m_server->port(), otherName}, {}));
        QVERIFY2(answer.error.find("mismatch") != std::string::npos, answer.error.c_str());
    }
};

QTEST_GUILESS_MAIN(Http1ServerTest)
#include "tst_http1_server.moc"
