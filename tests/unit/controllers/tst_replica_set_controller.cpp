#include <QtTest>

#include "engine/controllers/replicaset/replica_set_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

api::Value replicaSet(std::string_view name, int replicas)
{
    api::Value object = fromJson(R"({'metadata': {'namespace': 'default'}, 'spec': {'selector': {'matchLabels': {'app': 'web'}},
        'template': {'metadata': {'labels': {'app': 'web'}, 'annotations': {'note': 'x'}},
        'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}}})");
    object.edit("metadata").set("name", name);
    object.edit("spec").set("replicas", replicas);
    return object;
}

struct Fixture : ControllerFixture {
    Fixture() { add<controllers::ReplicaSetController>(); }
    api::Value set(std::string_view name = "web") { return client->at(resources::replicaSets, "default", name); }
    std::int64_t status(std::string_view field) { return set().get("status", field).asInt(); }
    void scale(int replicas)
    {
        client->change(resources::replicaSets, "default", "web", [&](api::Value& object) { object.edit("spec").set("replicas", replicas); });
    }
};

} // namespace

class ReplicaSetControllerTest : public QObject {
    Q_OBJECT
private slots:
    void createsItsPodsFromTheTemplate()
    {
        Fixture f;
        f.runPods();
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 3));
        QVERIFY(f.until([&] { return f.status("availableReplicas") == 3; }));
        QCOMPARE(f.pods().size(), 3u);
        const api::Value pod = f.pods()[0];
        QVERIFY(pod.str("metadata", "name").starts_with("web-"));
        QCOMPARE(pod.str("metadata", "labels", "app"), std::string_view("web"));
        QCOMPARE(pod.str("metadata", "annotations", "note"), std::string_view("x"));
        QCOMPARE(api::ObjectMeta(pod).controllerRef().str("uid"), f.set().str("metadata", "uid"));
        QCOMPARE(f.status("replicas"), 3);
        QCOMPARE(f.status("fullyLabeledReplicas"), 3);
        QCOMPARE(f.status("readyReplicas"), 3);
        QCOMPARE(f.status("observedGeneration"), 1);
        QVERIFY(f.recorded("SuccessfulCreate"));
    }

    void scalesUpAndDown()
    {
        Fixture f;
        f.runPods();
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 2));
        QVERIFY(f.until([&] { return f.status("readyReplicas") == 2; }));
        f.scale(5);
        QVERIFY(f.until([&] { return f.status("readyReplicas") == 5; }));
        f.scale(1);
        QVERIFY(f.until([&] { return f.pods().size() == 1 && f.status("readyReplicas") == 1; }));
        QCOMPARE(f.status("observedGeneration"), 3);
        f.scale(0);
        QVERIFY(f.until([&] { return f.pods().empty() && f.status("replicas") == 0; }));
        QVERIFY(!f.set().get("status").has("readyReplicas"));
    }

    void neverCreatesTooManyHoweverSlowTheWatchIs()
    {
        Fixture f;
        f.start();
        f.client->latency = 50ms;
        f.client->put(resources::replicaSets, replicaSet("web", 40));
        QVERIFY(f.until([&] { return f.status("replicas") == 40; }));
        QCOMPARE(f.client->count("create", resources::pods), 40);
        QCOMPARE(f.pods().size(), 40u);
    }

    void aBurstIsConcurrent()
    {
        Fixture f;
        f.start();
        f.client->latency = 10ms;
        const MonotonicTime begin = f.loop.now();
        f.client->put(resources::replicaSets, replicaSet("web", 500));
        QVERIFY(f.until([&] { return f.pods().size() == 500; }));
        QVERIFY(f.loop.now() - begin < 150ms); // 9 batches, not 500 requests one after the other
    }

    void replacesALostPod()
    {
        Fixture f;
        f.runPods();
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 3));
        QVERIFY(f.until([&] { return f.status("readyReplicas") == 3; }));
        const api::Value lost = f.pods()[0];
        f.client->erase(resources::pods, "default", lost.str("metadata", "name"));
        QVERIFY(f.until([&] { return f.pods().size() == 3 && f.status("readyReplicas") == 3; }));
        QVERIFY(f.client->at(resources::pods, "default", lost.str("metadata", "name")).isNull());
    }

    void replacesAFailedPodAndLeavesItForReading()
    {
        Fixture f;
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 1));
        QVERIFY(f.until([&] { return f.pods().size() == 1; }));
        f.client->change(
            resources::pods, "default", f.pods()[0].str("metadata", "name"), [](api::Value& pod) { pod.edit("status").set("phase", "Failed"); });
        QVERIFY(f.until([&] { return f.pods().size() == 2; }));
        f.loop.advance(10s);
        QCOMPARE(f.pods().size(), 2u);
        QCOMPARE(f.status("replicas"), 1);
    }

    void aTerminatingPodIsReplacedAtOnceAndCounted()
    {
        Fixture f;
        f.runPods().goneAfter = 30s;
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 1));
        QVERIFY(f.until([&] { return f.status("readyReplicas") == 1; }));
        const std::string name(f.pods()[0].str("metadata", "name"));
        f.client->change(
            resources::pods, "default", name, [](api::Value& pod) { pod.edit("metadata").set("deletionTimestamp", "2026-01-01T00:01:00Z"); });
        QVERIFY(f.until([&] { return f.pods().size() == 2 && f.status("terminatingReplicas") == 1 && f.status("replicas") == 1; }, 5s));
    }

    void adoptsOrphansAndReleasesStrangers()
    {
        Fixture f;
        f.start();
        api::Value orphan = fromJson(R"({'metadata': {'namespace': 'default', 'name': 'orphan', 'labels': {'app': 'web'}}, 'spec': {}})");
        f.client->put(resources::pods, orphan);
        f.client->put(resources::replicaSets, replicaSet("web", 1));
        QVERIFY(f.until([&] { return api::controlledBy(f.client->at(resources::pods, "default", "orphan"), f.set().str("metadata", "uid")); }));
        f.loop.settle();
        QCOMPARE(f.client->count("create", resources::pods), 0);
        f.client->change(resources::pods, "default", "orphan", [](api::Value& pod) { pod.edit("metadata", "labels").set("app", "quarantine"); });
        QVERIFY(f.until([&] { return f.pods().size() == 2; }));
        QVERIFY(api::ObjectMeta(f.client->at(resources::pods, "default", "orphan")).controllerRef().isNull());
    }

    void doesNotTakeAnotherControllersPods()
    {
        Fixture f;
        f.start();
        api::Value taken = fromJson(R"({'metadata': {'namespace': 'default', 'name': 'taken', 'labels': {'app': 'web'}, 'ownerReferences': [
            {'apiVersion': 'apps/v1', 'kind': 'ReplicaSet', 'name': 'other', 'uid': 'u-1', 'controller': true}]}, 'spec': {}})");
        f.client->put(resources::pods, taken);
        f.client->put(resources::replicaSets, replicaSet("web", 1));
        QVERIFY(f.until([&] { return f.pods().size() == 2; }));
        QCOMPARE(api::ObjectMeta(f.client->at(resources::pods, "default", "taken")).controllerRef().str("uid"), std::string_view("u-1"));
    }

    void anObjectThatGoesAdoptsAndCreatesNothing()
    {
        Fixture f;
        f.start();
        api::Value going = replicaSet("web", 2);
        going.edit("metadata").set("deletionTimestamp", "2026-01-01T00:00:00Z");
        going.edit("metadata").set("finalizers", api::Value::array({"foregroundDeletion"}));
        f.client->put(resources::pods, fromJson(R"({'metadata': {'namespace': 'default', 'name': 'orphan', 'labels': {'app': 'web'}}, 'spec': {}})"));
        f.client->put(resources::replicaSets, going);
        f.loop.advance(10s);
        QCOMPARE(f.pods().size(), 1u);
        QVERIFY(api::ObjectMeta(f.pods()[0]).controllerRef().isNull());
    }

    void saysWhyPodsCannotBeCreatedAndGoesOnWhenTheyCan()
    {
        Fixture f;
        int attempts = 0; // messages name generated pods, so no two are the same
        f.client->refuse = [&](const FakeRequest& request) -> std::optional<api::StatusError> {
            if (request.verb == "create" && request.resource == resources::pods)
                return api::forbidden({"", "pods"}, "web-" + std::to_string(++attempts), "exceeded quota");
            return std::nullopt;
        };
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 8));
        QVERIFY(f.until([&] { return api::conditionIsTrue(f.set(), "ReplicaFailure"); }));
        QVERIFY(api::condition(f.set(), "ReplicaFailure").str("reason") == "FailedCreate");
        QVERIFY(f.recorded("FailedCreate"));
        f.client->clearRequests();
        f.loop.advance(30s);
        QVERIFY(f.client->count("create", resources::pods) < 20); // one try at a time, backing off
        f.client->refuse = nullptr;
        QVERIFY(f.until([&] { return f.status("replicas") == 8; }, 120s));
        QVERIFY(api::condition(f.set(), "ReplicaFailure").isNull());
    }

    void minReadySecondsDelaysAvailability()
    {
        Fixture f;
        f.runPods();
        f.start();
        api::Value set = replicaSet("web", 1);
        set.edit("spec").set("minReadySeconds", 10);
        f.client->put(resources::replicaSets, set);
        QVERIFY(f.until([&] { return f.status("readyReplicas") == 1; }));
        f.loop.advance(8s);
        QCOMPARE(f.status("availableReplicas"), 0);
        QVERIFY(f.until([&] { return f.status("availableReplicas") == 1; }, 5s));
    }

    void anIdleSetCostsNothing()
    {
        Fixture f;
        f.runPods();
        f.start();
        f.client->put(resources::replicaSets, replicaSet("web", 3));
        QVERIFY(f.until([&] { return f.status("availableReplicas") == 3; }));
        f.loop.advance(1min);
        f.client->clearRequests();
        f.loop.advance(24h);
        QVERIFY(f.client->requests().empty());
    }
};

QTEST_GUILESS_MAIN(ReplicaSetControllerTest)
#include "tst_replica_set_controller.moc"
