#include <QtTest>

#include "engine/base/simulated_loop.h"
#include "engine/client/informer.h"
#include "tests/support/fake_client.h"

using namespace kates;
using namespace kates::client;
using namespace kates::test;
using namespace std::chrono_literals;

namespace {

api::Value configMap(std::string_view ns, std::string_view name, std::string_view text = "")
{
    return api::Value::object({{"metadata", api::Value::object({{"namespace", ns}, {"name", name}, {"labels", api::Value::object({{"app", name}})}})},
        {"data", api::Value::object({{"text", text}})}});
}

struct Fixture {
    SimulatedLoop loop;
    std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(loop);
    std::unique_ptr<InformerFactory> factory = makeInformerFactory(loop, client, makeSeededRandom(7));
    std::vector<std::string> log;

    Informer& watched(const ListOptions& options = {})
    {
        Informer& informer = factory->informer(resources::configMaps, options);
        informer.addHandler(handler());
        return informer;
    }
    InformerHandler handler()
    {
        return {.added = [this](const api::Value& object) { note("+", object); },
            .updated = [this](const api::Value&, const api::Value& after) { note("~", after); },
            .deleted = [this](const api::Value& last) { note("-", last); },
            .synced = [this] { log.push_back("synced"); }};
    }
    void note(const std::string& sign, const api::Value& object) { log.push_back(sign + std::string(object.str("metadata", "name"))); }
    std::vector<std::string> takeLog()
    {
        std::sort(log.begin(), log.end());
        return std::exchange(log, {});
    }
    ~Fixture() { runToCompletion(loop, factory->stop()); }
};

using Log = std::vector<std::string>;

} // namespace

class InformerTest : public QObject {
    Q_OBJECT
private slots:
    void listsThenFollows()
    {
        Fixture f;
        f.client->put(resources::configMaps, configMap("default", "a"));
        Informer& informer = f.watched();
        QVERIFY(!informer.synced());
        f.factory->start();
        f.loop.settle();
        QVERIFY(informer.synced());
        QCOMPARE(f.takeLog(), (Log{"+a", "synced"}));
        f.client->put(resources::configMaps, configMap("default", "b"));
        f.client->change(resources::configMaps, "default", "a", [](api::Value& object) { object.edit("data").set("text", "new"); });
        f.client->erase(resources::configMaps, "default", "b");
        f.loop.settle();
        QCOMPARE(f.log, (Log{"+b", "~a", "-b"}));
        QCOMPARE(informer.size(), 1u);
        QCOMPARE(informer.get("default", "a")->str("data", "text"), std::string_view("new"));
        QCOMPARE(informer.get("default", "b"), nullptr);
        QCOMPARE(f.client->count("list", resources::configMaps), 1);
    }

    void pagesOfALongListAreOneList()
    {
        Fixture f;
        for (int i = 0; i < 1203; ++i)
            f.client->put(resources::configMaps, configMap("default", "c" + std::to_string(i)));
        Informer& informer = f.watched();
        f.factory->start();
        f.loop.settle();
        QCOMPARE(informer.size(), 1203u);
        QCOMPARE(f.client->count("list", resources::configMaps), 3);
    }

    void halfAListIsNone()
    {
        Fixture f;
        for (int i = 0; i < 700; ++i)
            f.client->put(resources::configMaps, configMap("default", "c" + std::to_string(i)));
        int lists = 0;
        f.client->refuse = [&](const FakeRequest& request) -> std::optional<api::StatusError> {
            if (request.verb == "list" && ++lists == 2)
                return api::expired("the continue token is too old");
            return std::nullopt;
        };
        Informer& informer = f.watched();
        f.factory->start();
        f.loop.settle();
        QVERIFY(!informer.synced());
        QVERIFY(f.loop.runUntil([&] { return informer.synced(); }, 5s));
        QCOMPARE(informer.size(), 700u);
    }

    void aBrokenWatchGoesOnWithoutAnotherList()
    {
        Fixture f;
        Informer& informer = f.watched();
        f.factory->start();
        f.loop.settle();
        f.takeLog();
        f.client->breakWatches();
        f.loop.settle();
        f.client->put(resources::configMaps, configMap("default", "while-away"));
        QVERIFY(f.loop.runUntil([&] { return informer.size() == 1; }, 1s));
        QCOMPARE(f.takeLog(), (Log{"+while-away"}));
        QCOMPARE(f.client->count("list", resources::configMaps), 1);
    }

    void anExpiredWatchListsAgainAndTellsOnlyWhatChanged()
    {
        Fixture f;
        for (const char* name : {"same", "changed", "gone", "replaced"})
            f.client->put(resources::configMaps, configMap("default", name));
        Informer& informer = f.watched();
        f.factory->start();
        f.loop.settle();
        f.takeLog();
        const api::Value same = *informer.get("default", "same");
        f.client->breakWatches();
        f.loop.settle();
        f.client->erase(resources::configMaps, "default", "gone");
        f.client->erase(resources::configMaps, "default", "replaced");
        f.client->put(resources::configMaps, configMap("default", "replaced"));
        f.client->put(resources::configMaps, configMap("default", "new"));
        f.client->change(resources::configMaps, "default", "changed", [](api::Value& object) { object.edit("data").set("text", "x"); });
        f.client->forgetHistory();
        QVERIFY(f.loop.runUntil([&] { return informer.get("default", "new") != nullptr; }, 5s));
        QCOMPARE(f.takeLog(), (Log{"+new", "+replaced", "-gone", "-replaced", "~changed"}));
        QVERIFY(informer.get("default", "same")->sameStorage(same));
        QCOMPARE(f.client->count("list", resources::configMaps), 2);
    }

    void failuresBackOff()
    {
        Fixture f;
        f.client->refuse = [](const FakeRequest&) { return api::serviceUnavailable("down"); };
        Informer& informer = f.watched();
        f.factory->start();
        f.loop.advance(60s);
        QVERIFY(!informer.synced());
        const int tries = f.client->count("list", resources::configMaps);
        QVERIFY2(tries >= 8 && tries <= 18, qPrintable(QString::number(tries)));
        f.client->refuse = nullptr;
        QVERIFY(f.loop.runUntil([&] { return informer.synced(); }, 16s));
    }

    void aLateHandlerHasTheStateReplayed()
    {
        Fixture f;
        f.client->put(resources::configMaps, configMap("default", "a"));
        Informer& informer = f.factory->informer(resources::configMaps);
        f.factory->start();
        f.loop.settle();
        informer.addHandler(f.handler());
        QCOMPARE(f.log, (Log{"+a", "synced"}));
    }

    void indexesFollowChanges()
    {
        Fixture f;
        Informer& informer = f.watched();
        informer.addIndex("text", [](const api::Value& object) { return std::vector<std::string>{std::string(object.str("data", "text"))}; });
        f.client->put(resources::configMaps, configMap("default", "a", "red"));
        f.client->put(resources::configMaps, configMap("other", "b", "red"));
        f.factory->start();
        f.loop.settle();
        QCOMPARE(informer.byIndex("text", "red").size(), 2u);
        QCOMPARE(informer.byNamespace("other").size(), 1u);
        f.client->change(resources::configMaps, "default", "a", [](api::Value& object) { object.edit("data").set("text", "blue"); });
        f.client->erase(resources::configMaps, "other", "b");
        f.loop.settle();
        QCOMPARE(informer.byIndex("text", "red").size(), 0u);
        QCOMPARE(informer.byIndex("text", "blue").size(), 1u);
    }

    void oneInformerPerResourceAndSelector()
    {
        Fixture f;
        Informer& all = f.factory->informer(resources::configMaps);
        Informer& some = f.factory->informer(resources::configMaps, {.labelSelector = "app=a"});
        QCOMPARE(&f.factory->informer(resources::configMaps), &all);
        QVERIFY(&some != &all);
        Future<Done> synced = f.factory->whenSynced();
        f.factory->start();
        QVERIFY(!synced.ready());
        f.client->put(resources::configMaps, configMap("default", "a"));
        f.client->put(resources::configMaps, configMap("default", "b"));
        f.loop.settle();
        QVERIFY(synced.ready());
        QCOMPARE(all.size(), 2u);
        QCOMPARE(some.size(), 1u);
        f.client->change(resources::configMaps, "default", "a", [](api::Value& object) { object.edit("metadata", "labels").set("app", "z"); });
        f.loop.settle();
        QCOMPARE(some.size(), 0u);
    }
};

QTEST_GUILESS_MAIN(InformerTest)
#include "tst_informer.moc"
