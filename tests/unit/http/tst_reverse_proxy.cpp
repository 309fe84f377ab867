#include "http_test.h"
#include "raw_server.h"

#include "engine/http/reverse_proxy.h"

using namespace kates;
using namespace kates::http;
using namespace kates::http::test;

namespace {

Loop* theLoop = nullptr;
Client* theClient = nullptr;
Endpoint behind;

Task<void> refuse(Exchange& exchange, int status, Error why)
{
    co_await answerText(exchange, status, std::move(why.message));
}

Task<void> forward(Exchange& exchange)
{
    ForwardOptions options;
    options.endpoint = behind;
    options.target = "/behind" + exchange.request().path + (exchange.request().query.empty() ? "" : "?" + exchange.request().query);
    options.extraHeaders.add("X-Remote-User", "alice");
    options.droppedHeaders.push_back("Authorization");
    options.bodyMaxBytes = 1000;
    co_await forwardExchange(*theLoop, *theClient, exchange, std::move(options), refuse);
}

Task<void> describe(Exchange& exchange)
{
    auto body = co_await exchange.readBody(1u << 20);
    const auto& request = exchange.request();
    std::string text = request.method + ' ' + request.path + '?' + request.query + ' ' + std::string(request.headers.get("X-Remote-User")) + ' '
        + std::string(request.headers.get("Authorization")) + ' ' + *body;
    Headers headers{{"X-Answer", "yes"}};
    Bytes bytes(text);
    co_await exchange.respond(201, std::move(headers), std::move(bytes));
}

Event watchEnded;
Task<void> watch(Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    Headers headers;
    exchange.begin(200, std::move(headers));
    std::vector<Bytes> pieces;
    pieces.emplace_back("event\n");
    co_await exchange.write(std::move(pieces));
    co_await gone;
    watchEnded.set({});
}

Event silentEnded;
Task<void> silent(Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    co_await gone;
    silentEnded.set({});
}

Task<void> upgradeAndEcho(Exchange& exchange)
{
    Headers headers{{"Upgrade", "echo"}, {"X-Chosen", "v4"}};
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

} // namespace

class ReverseProxyTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_front, m_behind;
    std::unique_ptr<Client> m_client;

    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*m_loop, std::move(task));
    }
    Answer send(ClientRequest request) { return run(fetch(*m_client, {"127.0.0.1", m_front->port()}, std::move(request))); }

private slots:
    void init()
    {
        watchEnded = {};
        silentEnded = {};
        m_loop = makeLoop();
        m_client = makeClient(*m_loop);
        m_behind = serve(*m_loop, {{"/behind/x", describe}, {"/behind/watch", watch}, {"/behind/silent", silent}, {"/behind/upgrade", upgradeAndEcho}});
        m_front = serve(*m_loop, {{"/x", forward}, {"/watch", forward}, {"/silent", forward}, {"/upgrade", forward}});
        theLoop = m_loop.get();
        theClient = m_client.get();
        behind = {"127.0.0.1", m_behind->port()};
    }
    void cleanup()
    {
        m_front.reset();
        m_client.reset();
        m_behind.reset();
        m_loop.reset();
    }

    void requestsAndAnswersAreHandedOn()
    {
        ClientRequest request{.method = "POST", .target = "/x?a=b", .body = "text"};
        request.headers.add("Authorization", "Bearer secret");
        request.headers.add("X-Remote-User", "mallory");
        auto answer = send(request);
        QCOMPARE(answer.status, 201);
        QCOMPARE(answer.body, std::string("POST /behind/x?a=b alice  text"));
        QCOMPARE(answer.headers.get("X-Answer"), std::string_view("yes"));
    }
    void whatCannotBeHandedOnIsRefused()
    {
        QCOMPARE(send({.method = "POST", .target = "/x", .body = std::string(1001, 'x')}).status, 413);
        m_behind.reset();
        QCOMPARE(send({.target = "/x"}).status, 503);
    }
    void anAnswerCutShortIsCutShort()
    {
        RawServer raw(*m_loop, {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"});
        behind.port = raw.port();
        auto answer = send({.target = "/x"});
        QCOMPARE(answer.status, 200);
        QVERIFY(!answer.error.empty());
    }
    void aClientThatGoesEndsTheRequestBehind()
    {
        QCOMPARE(run(readOnce(*m_client, {"127.0.0.1", m_front->port()})), std::string("event\n"));
        run(wait(watchEnded));
        auto answer = send({.target = "/silent", .timeout = 20ms}); // even before the answer's headers
        QVERIFY(!answer.error.empty());
        run(wait(silentEnded));
    }
    static Task<std::string> readOnce(Client& client, Endpoint endpoint)
    {
        ClientRequest request{.target = "/watch"};
        auto response = co_await client.send(endpoint, request);
        auto piece = co_await (*response)->readSome();
        co_return *piece;
    }
    void upgradesBecomePipes()
    {
        QCOMPARE(run(upgrade(*m_client, {"127.0.0.1", m_front->port()})), std::string("v4 <hello>"));
    }
    static Task<std::string> upgrade(Client& client, Endpoint endpoint)
    {
        ClientRequest request{.method = "POST", .target = "/upgrade"};
        request.headers.add("Connection", "Upgrade");
        request.headers.add("Upgrade", "echo");
        auto response = co_await client.send(endpoint, request);
        std::string chosen((*response)->headers().get("X-Chosen"));
        auto stream = (*response)->takeStream();
        co_await stream->write("hello");
        auto bytes = co_await stream->read();
        co_return chosen + ' ' + *bytes;
    }
    void stoppingEndsPipes()
    {
        auto stream = run(openPipe(*m_client, {"127.0.0.1", m_front->port()}));
        run(m_front->stop(1h));
        auto bytes = run(stream->read());
        QVERIFY(!bytes || bytes->empty());
    }
    static Task<std::unique_ptr<Stream>> openPipe(Client& client, Endpoint endpoint)
    {
        ClientRequest request{.target = "/upgrade"};
        request.headers.add("Connection", "Upgrade");
        request.headers.add("Upgrade", "echo");
        auto response = co_await client.send(endpoint, request);
        co_return (*response)->takeStream();
    }
};

QTEST_GUILESS_MAIN(ReverseProxyTest)
#include "tst_reverse_proxy.moc"
