#include <QtTest>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/client/http_client.h"
#include "engine/http/server.h"

using namespace kates;
using namespace kates::client;

namespace {

// JSON with ' for ": moc 6.4 loses count of the braces in raw strings.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

// A server that notes each request and gives the next prepared answer.
struct FakeServer {
    std::unique_ptr<Loop> loop = makeLoop();
    std::unique_ptr<http::Server> server;
    std::shared_ptr<Client> client;
    struct Seen {
        std::string method, target, contentType, authorization, body;
    };
    std::vector<Seen> seen;
    int status = 200;
    std::string answer = "{}";
    std::vector<std::string> pieces; // a streamed answer; the connection stays open while `hold`
    bool hold = false;

    FakeServer() { restart({}); }
    void restart(ApiEndpoint endpoint)
    {
        http::ListenOptions options;
        auto listening = http::listen(*loop, options, [this](http::Exchange& exchange) { return serve(exchange); });
        server = std::move(*listening);
        endpoint.host = "127.0.0.1";
        endpoint.port = server->port();
        client = makeHttpClient(*loop, endpoint);
    }
    Task<void> serve(http::Exchange& exchange)
    {
        const http::Request& request = exchange.request();
        auto body = co_await exchange.readBody(1u << 20);
        seen.push_back({request.method, request.path + (request.query.empty() ? "" : "?" + request.query),
            std::string(request.headers.get("Content-Type")), std::string(request.headers.get("Authorization")), body ? *body : "?"});
        http::Headers headers;
        headers.set("Content-Type", "application/json");
        if (pieces.empty()) {
            Bytes bytes(answer);
            co_await exchange.respond(status, std::move(headers), bytes);
            co_return;
        }
        exchange.begin(200, std::move(headers));
        for (const auto& piece : pieces) {
            std::vector<Bytes> one{Bytes(piece)};
            co_await exchange.write(std::move(one));
        }
        if (hold) {
            Event gone;
            std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
            co_await gone;
        }
        co_await exchange.end();
    }
    template <typename T>
    T run(Task<T> task)
    {
        return runToCompletion(*loop, std::move(task));
    }
    ~FakeServer()
    {
        client.reset();
        run(server->stop(std::chrono::seconds(1)));
    }
};

Task<api::ApiResult<std::vector<WatchEvent>>> readWatch(std::shared_ptr<Client> client, std::size_t events)
{
    ListOptions options;
    options.resourceVersion = "5";
    options.labelSelector = "app=web";
    auto stream = co_await client->watch(resources::pods, std::string(), options);
    if (!stream)
        co_return api::ApiFailure(stream.error());
    std::vector<WatchEvent> all;
    while (all.size() < events) {
        auto some = co_await (*stream)->next();
        if (!some)
            co_return api::ApiFailure(some.error());
        std::move(some->begin(), some->end(), std::back_inserter(all));
    }
    co_return all;
}

Task<void> stopFirst(Loop& loop, WatchStream& stream)
{
    co_await yieldTo(loop);
    stream.stop();
}

Task<api::ApiResult<std::vector<WatchEvent>>> stopWaitingWatch(Loop& loop, std::shared_ptr<Client> client)
{
    const ListOptions options;
    auto stream = co_await client->watch(resources::pods, std::string(), options);
    if (!stream)
        co_return api::ApiFailure(stream.error());
    auto first = co_await (*stream)->next();
    if (!first)
        co_return first;
    spawn(stopFirst(loop, **stream));
    co_return co_await (*stream)->next();
}

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT
private slots:
    void requestsFollowTheRestConventions()
    {
        FakeServer s;
        s.answer = json("{'kind':'Pod','metadata':{'name':'a'}}");
        auto pod = s.run(s.client->get(resources::pods, "default", "a"));
        QVERIFY(pod);
        QCOMPARE(pod->str("metadata", "name"), std::string_view("a"));
        WriteOptions status;
        status.subresource = "status";
        status.fieldManager = "me";
        status.dryRun = true;
        QVERIFY(s.run(s.client->update(resources::deployments, "team", "web", api::Value::object({{"a", 1}}), status)));
        WriteOptions binding;
        binding.subresource = "binding";
        QVERIFY(s.run(s.client->create(resources::pods, "default", api::Value::object(), binding, "p")));
        QVERIFY(s.run(s.client->create(resources::nodes, "", api::Value::object())));
        WriteOptions apply;
        apply.force = true;
        QVERIFY(s.run(s.client->patch(resources::services, "x", "y", PatchType::Apply, api::Value::object(), apply)));
        DeleteOptions removal;
        removal.gracePeriodSeconds = 0;
        removal.propagationPolicy = "Orphan";
        removal.preconditionUid = "u";
        QVERIFY(s.run(s.client->remove(resources::pods, "default", "a", removal)));
        ListOptions selector;
        selector.labelSelector = "a in (b,c)";
        QVERIFY(s.run(s.client->removeCollection(resources::pods, "default", selector)));

        QCOMPARE(s.seen[0].method + " " + s.seen[0].target, std::string("GET /api/v1/namespaces/default/pods/a"));
        QCOMPARE(s.seen[1].method + " " + s.seen[1].target,
            std::string("PUT /apis/apps/v1/namespaces/team/deployments/web/status?fieldManager=me&dryRun=All"));
        QCOMPARE(s.seen[1].body, std::string(json("{'a':1}")));
        QCOMPARE(s.seen[1].contentType, std::string("application/json"));
        QCOMPARE(s.seen[2].method + " " + s.seen[2].target, std::string("POST /api/v1/namespaces/default/pods/p/binding"));
        QCOMPARE(s.seen[3].target, std::string("/api/v1/nodes"));
        QCOMPARE(s.seen[4].target, std::string("/api/v1/namespaces/x/services/y?force=true"));
        QCOMPARE(s.seen[4].contentType, std::string("application/apply-patch+yaml"));
        const api::Value options = *api::parseJson(s.seen[5].body);
        QCOMPARE(options.get("gracePeriodSeconds").asInt(-1), 0);
        QCOMPARE(options.str("propagationPolicy"), std::string_view("Orphan"));
        QCOMPARE(options.str("preconditions", "uid"), std::string_view("u"));
        QCOMPARE(s.seen[6].method, std::string("DELETE"));
        QVERIFY(s.seen[6].target.starts_with("/api/v1/namespaces/default/pods?labelSelector=a%20in"));
    }

    void listItemsKnowTheirType()
    {
        FakeServer s;
        s.answer = json("{'kind':'DeploymentList','apiVersion':'apps/v1','metadata':{'resourceVersion':'9','continue':'t'},"
                        "'items':[{'metadata':{'name':'a'}}]}");
        ListOptions options;
        options.limit = 1;
        options.continueToken = "x y";
        auto list = s.run(s.client->list(resources::deployments, "", options));
        QVERIFY(list);
        QCOMPARE(list->resourceVersion, std::string("9"));
        QCOMPARE(list->continueToken, std::string("t"));
        QCOMPARE(list->items.at(0).str("kind"), std::string_view("Deployment"));
        QCOMPARE(list->items.at(0).str("apiVersion"), std::string_view("apps/v1"));
        QCOMPARE(s.seen[0].target, std::string("/apis/apps/v1/deployments?continue=x%20y&limit=1"));
    }

    void errorsAreStatuses()
    {
        FakeServer s;
        s.status = 404;
        s.answer = json("{'kind':'Status','status':'Failure','reason':'NotFound','code':404,'message':'pods a not found'}");
        auto missing = s.run(s.client->get(resources::pods, "default", "a"));
        QVERIFY(!missing);
        QVERIFY(missing.error().isNotFound());
        QCOMPARE(missing.error().message, std::string("pods a not found"));
        s.status = 502;
        s.answer = "<html>bad gateway</html>";
        auto gateway = s.run(s.client->get(resources::pods, "default", "a"));
        QVERIFY(!gateway);
        QCOMPARE(gateway.error().code, 502);
        s.status = 200;
        s.answer = "{";
        QVERIFY(!s.run(s.client->get(resources::pods, "default", "a")));
    }

    void noServerIsServiceUnavailable()
    {
        FakeServer s;
        s.run(s.server->stop(std::chrono::seconds(1)));
        auto answer = s.run(s.client->get(resources::pods, "default", "a"));
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, std::string("ServiceUnavailable"));
        QVERIFY(!answer.error().message.empty());
    }

    void aWatchDeliversFramesAndEndsWithItsError()
    {
        FakeServer s;
        s.pieces = {json("{'type':'ADDED','object':{'metadata':{'name':'a'}}}\n{'type':'MODI"), json("FIED','object':{'metadata':{'name':'b'}}}\n")};
        auto events = s.run(readWatch(s.client, 2));
        QVERIFY(events);
        QVERIFY(events->at(1).type == WatchEvent::Type::Modified);
        QCOMPARE(s.seen[0].target, std::string("/api/v1/pods?labelSelector=app%3Dweb&watch=true&allowWatchBookmarks=true&resourceVersion=5"));
        auto ended = s.run(readWatch(s.client, 3));
        QVERIFY(!ended);
        QCOMPARE(ended.error().reason, std::string("ServiceUnavailable"));
        s.pieces = {json("{'type':'ERROR','object':{'kind':'Status','code':410,'reason':'Expired'}}\n")};
        auto expired = s.run(readWatch(s.client, 1));
        QVERIFY(!expired);
        QVERIFY(expired.error().isExpired());
    }

    void aWaitingWatchCanBeStopped()
    {
        FakeServer s;
        s.hold = true;
        s.pieces = {json("{'type':'ADDED','object':{}}\n")};
        QVERIFY(!s.run(stopWaitingWatch(*s.loop, s.client)));
    }

    void tokensComeFromTheEndpointOrItsFile()
    {
        FakeServer s;
        TemporaryDirectory directory = *TemporaryDirectory::create();
        ApiEndpoint endpoint;
        endpoint.bearerToken = "fixed";
        endpoint.pathPrefix = "/clusters/dev";
        s.run(s.server->stop(std::chrono::seconds(1)));
        s.restart(endpoint);
        QVERIFY(s.run(s.client->get(resources::pods, "d", "a")));
        QCOMPARE(s.seen.back().authorization, std::string("Bearer fixed"));
        QCOMPARE(s.seen.back().target, std::string("/clusters/dev/api/v1/namespaces/d/pods/a"));
        QVERIFY(writeFileAtomically(directory.path() / "token", "from-file\n"));
        endpoint.bearerTokenFile = directory.path() / "token";
        s.run(s.server->stop(std::chrono::seconds(1)));
        s.restart(endpoint);
        QVERIFY(s.run(s.client->get(resources::pods, "d", "a")));
        QCOMPARE(s.seen.back().authorization, std::string("Bearer from-file"));
    }
};

QTEST_GUILESS_MAIN(HttpClientTest)
#include "tst_http_client.moc"
