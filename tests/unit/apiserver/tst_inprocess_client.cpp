#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {

const client::Resource kMaps = client::resources::configMaps;

api::Value map(const std::string& name, const std::string& value)
{
    return api::Value::object({{"metadata", api::Value::object({{"name", name}})}, {"data", api::Value::object({{"k", value}})}});
}

Task<void> collect(std::unique_ptr<client::WatchStream>& stream, std::vector<client::WatchEvent>& events, std::optional<api::StatusError>& error)
{
    for (;;) {
        auto next = co_await stream->next();
        if (!next) {
            error = next.error();
            co_return;
        }
        for (auto& event : *next)
            events.push_back(std::move(event));
    }
}

template <typename T>
Task<void> into(Task<T> task, std::optional<T>& result)
{
    result.emplace(co_await std::move(task));
}

} // namespace

class InProcessClientTest : public QObject {
    Q_OBJECT

private:
    template <typename T>
    T run(ApiFixture& api, Task<T> task)
    {
        std::optional<T> result;
        spawn(into(std::move(task), result));
        api.loop.settle();
        if (!result)
            qFatal("the call did not complete");
        return std::move(*result);
    }

private slots:
    void writesAndReads()
    {
        ApiFixture api;
        auto client = api.server->clientFor({"admin", "", {"system:masters"}});
        auto created = run(api, client->create(kMaps, "default", map("a", "1")));
        QVERIFY(created);
        auto read = run(api, client->get(kMaps, "default", "a"));
        QVERIFY(read->sameStorage(*created) || *read == *created);
        auto changed = *created;
        changed.edit("data").set("k", "2");
        auto updated = run(api, client->update(kMaps, "default", "a", changed));
        QVERIFY(updated);
        changed.edit("data").set("k", "3");
        QVERIFY(run(api, client->update(kMaps, "default", "a", changed)).error().isConflict());
        auto patched = run(api, client->patch(kMaps, "default", "a", client::PatchType::Merge, *api::parseJson(q("{'data':{'x':'1'}}"))));
        COMPARE_STRING(patched->str("data", "x"), "1");
        COMPARE_STRING(api.get("/api/v1/namespaces/default/configmaps/a").json().str("data", "k"), "2");
        auto list = run(api, client->list(kMaps, "default"));
        QCOMPARE(list->items.size(), std::size_t(1));
        COMPARE_STRING(list->items[0].str("kind"), "ConfigMap");
        QVERIFY(run(api, client->remove(kMaps, "default", "a")));
        QVERIFY(run(api, client->get(kMaps, "default", "a")).error().isNotFound());
        QVERIFY(run(api, client->create(kMaps, "default", map("b", "1"))));
        client::ListOptions all;
        QVERIFY(run(api, client->removeCollection(kMaps, "default", all)));
        QVERIFY(run(api, client->get(kMaps, "default", "b")).error().isNotFound());
    }

    void theSameRulesHoldAsOverHttp()
    {
        ApiFixture api;
        auto alice = api.server->clientFor({"alice", "", {}});
        auto refused = run(api, alice->get(kMaps, "default", "a"));
        QCOMPARE(refused.error().code, 403);
        auto admin = api.server->clientFor({"admin", "", {"system:masters"}});
        QCOMPARE(run(api, admin->create(kMaps, "none", map("a", "1"))).error().code, 404);
        QCOMPARE(run(api, admin->create(kMaps, "default", map("Bad Name", "1"))).error().code, 422);
        auto wrongType = map("a", "1");
        wrongType.set("data", 7);
        QCOMPARE(run(api, admin->create(kMaps, "default", wrongType)).error().code, 400);
    }

    void watchesShareTheObjects()
    {
        ApiFixture api;
        auto client = api.server->clientFor({"admin", "", {"system:masters"}});
        client::ListOptions options;
        options.resourceVersion = run(api, client->list(kMaps, "default"))->resourceVersion;
        auto stream = std::move(*run(api, client->watch(kMaps, "default", options)));
        std::vector<client::WatchEvent> events;
        std::optional<api::StatusError> error;
        spawn(collect(stream, events, error));
        auto created = run(api, client->create(kMaps, "default", map("a", "1")));
        run(api, client->remove(kMaps, "default", "a"));
        QCOMPARE(events.size(), std::size_t(2));
        QVERIFY(events[0].type == client::WatchEvent::Type::Added);
        QVERIFY(events[0].object.sameStorage(*created));
        QVERIFY(events[1].type == client::WatchEvent::Type::Deleted);
        stream->stop();
        api.loop.settle();
        QVERIFY(error);
    }

    void callsAfterTheStopAreRefused()
    {
        ApiFixture api;
        auto client = api.server->clientFor({"admin", "", {"system:masters"}});
        spawn(api.server->stop());
        api.loop.settle();
        QCOMPARE(run(api, client->get(kMaps, "default", "a")).error().code, 503);
    }
};

QTEST_GUILESS_MAIN(InProcessClientTest)
#include "tst_inprocess_client.moc"
