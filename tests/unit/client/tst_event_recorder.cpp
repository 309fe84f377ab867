#include <QtTest>

#include "engine/base/simulated_loop.h"
#include "engine/client/event_recorder.h"
#include "tests/support/fake_client.h"

using namespace kates;
using namespace kates::client;
using namespace kates::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    SimulatedLoop loop;
    std::shared_ptr<FakeClient> client = std::make_shared<FakeClient>(loop);
    EventBroadcaster broadcaster{loop, client};
    EventRecorder recorder{broadcaster, "test-controller", "node-1"};
    api::Value pod;

    Fixture()
    {
        broadcaster.start();
        pod = client->put(resources::pods, api::Value::object({{"metadata", api::Value::object({{"namespace", "default"}, {"name", "web"}})}}));
    }
    ~Fixture() { runToCompletion(loop, broadcaster.stop()); }
    std::vector<api::Value> events()
    {
        loop.settle();
        return client->all(resources::events);
    }
};

} // namespace

class EventRecorderTest : public QObject {
    Q_OBJECT
private slots:
    void anEventSaysWhatHappenedToWhom()
    {
        Fixture f;
        f.recorder.warning(f.pod, "FailedMount", "no such volume");
        auto events = f.events();
        QCOMPARE(events.size(), 1u);
        const api::Value& event = events[0];
        QCOMPARE(event.str("involvedObject", "kind"), std::string_view("Pod"));
        QCOMPARE(event.str("involvedObject", "uid"), f.pod.str("metadata", "uid"));
        QCOMPARE(event.str("reason"), std::string_view("FailedMount"));
        QCOMPARE(event.str("message"), std::string_view("no such volume"));
        QCOMPARE(event.str("type"), std::string_view("Warning"));
        QCOMPARE(event.str("source", "component"), std::string_view("test-controller"));
        QCOMPARE(event.str("source", "host"), std::string_view("node-1"));
        QCOMPARE(event.get("count").asInt(), 1);
        QVERIFY(event.str("metadata", "name").starts_with("web."));
    }

    void clusterScopedObjectsHaveTheirEventsInDefault()
    {
        Fixture f;
        api::Value node = f.client->put(resources::nodes, api::Value::object({{"metadata", api::Value::object({{"name", "n1"}})}}));
        f.recorder.normal(node, "Starting", "hello");
        QCOMPARE(f.events().at(0).str("metadata", "namespace"), std::string_view("default"));
    }

    void repetitionsAreCounted()
    {
        Fixture f;
        for (int i = 0; i < 5; ++i) {
            f.recorder.warning(f.pod, "BackOff", "restarting");
            f.loop.advance(1s);
        }
        auto events = f.events();
        QCOMPARE(events.size(), 1u);
        QCOMPARE(events[0].get("count").asInt(), 5);
        QVERIFY(events[0].str("firstTimestamp") < events[0].str("lastTimestamp"));
    }

    void anEventThatExpiredIsCreatedAgain()
    {
        Fixture f;
        f.recorder.warning(f.pod, "BackOff", "restarting");
        auto first = f.events().at(0);
        f.client->erase(resources::events, "default", first.str("metadata", "name"));
        f.recorder.warning(f.pod, "BackOff", "restarting");
        QCOMPARE(f.events().at(0).get("count").asInt(), 2);
    }

    void similarEventsAreCombined()
    {
        Fixture f;
        for (int i = 0; i < 20; ++i)
            f.recorder.normal(f.pod, "Pulled", "image " + std::to_string(i));
        auto events = f.events();
        QCOMPARE(events.size(), 11u);
        auto combined
            = std::find_if(events.begin(), events.end(), [](const api::Value& event) { return event.str("message").starts_with("(combined"); });
        QVERIFY(combined != events.end());
        QCOMPARE(combined->get("count").asInt(), 10);
    }

    void aFloodIsDroppedAndRefills()
    {
        Fixture f;
        for (int i = 0; i < 100; ++i)
            f.recorder.normal(f.pod, "Reason" + std::to_string(i), "x");
        QCOMPARE(f.events().size(), 25u);
        f.loop.advance(5min);
        f.recorder.normal(f.pod, "Later", "x");
        QCOMPARE(f.events().size(), 26u);
    }

    void aServerThatIsAwayForAMomentLosesNothing()
    {
        Fixture f;
        int refusals = 2;
        f.client->refuse = [&](const FakeRequest&) -> std::optional<api::StatusError> {
            if (refusals-- > 0)
                return api::serviceUnavailable("away");
            return std::nullopt;
        };
        f.recorder.normal(f.pod, "Started", "x");
        f.loop.advance(5s);
        QCOMPARE(f.events().size(), 1u);
    }
};

QTEST_GUILESS_MAIN(EventRecorderTest)
#include "tst_event_recorder.moc"
