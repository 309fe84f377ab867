#include <QtTest>

#include "engine/base/time.h"
#include "engine/controllers/nodelifecycle/node_lifecycle_controller.h"
#include "engine/controllers/replicaset/replica_set_controller.h"
#include "engine/controllers/tainteviction/taint_eviction_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

// Nodes whose kubelets renew their leases every ten seconds, until they are killed.
struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::NodeLifecycleController>();
        add<controllers::TaintEvictionController>();
        add<controllers::ReplicaSetController>();
    }
    void addNode(const std::string& name)
    {
        api::Value node = fromJson(R"({'metadata': {}, 'spec': {}, 'status': {'conditions': [
            {'type': 'Ready', 'status': 'True', 'reason': 'KubeletReady', 'lastHeartbeatTime': '2026-01-01T00:00:00Z'},
            {'type': 'MemoryPressure', 'status': 'False'}, {'type': 'DiskPressure', 'status': 'False'},
            {'type': 'PIDPressure', 'status': 'False'}]}})");
        node.edit("metadata").set("name", name);
        client->put(resources::nodes, node);
        alive.insert(name);
        renew(name);
    }
    void renew(const std::string& name)
    {
        if (!alive.contains(name))
            return;
        api::Value lease = fromJson("{'metadata': {'namespace': 'kube-node-lease'}, 'spec': {}}");
        lease.edit("metadata").set("name", name);
        lease.edit("spec").set("renewTime", formatMicroTime(loop.wallTime()));
        client->put(resources::leases, lease);
        timers.push_back(loop.after(10s, [this, name] { renew(name); }));
    }
    void kill(const std::string& name) { alive.erase(name); }
    api::Value node(std::string_view name) { return client->at(resources::nodes, "", name); }
    std::set<std::string> taints(std::string_view name)
    {
        std::set<std::string> all;
        for (const auto& taint : node(name).get("spec", "taints"))
            all.insert(std::string(taint.str("key")) + ":" + std::string(taint.str("effect")));
        return all;
    }
    void setReady(std::string_view name, std::string_view status)
    {
        client->change(resources::nodes, "", name, [&](api::Value& object) {
            api::setCondition(object, "Ready", status, "Kubelet", "", formatTime(loop.wallTime()));
            object.edit("status", "conditions").editAt(0).set("lastHeartbeatTime", formatTime(loop.wallTime()));
        });
    }
    void putPod(std::string_view name, std::string_view node, std::string tolerations = "[]")
    {
        api::Value pod = fromJson("{'metadata': {'namespace': 'default'}, 'spec': {}, 'status': {'phase': 'Running'}}");
        pod.edit("metadata").set("name", name);
        pod.edit("spec").set("nodeName", node);
        pod.edit("spec").set("tolerations", fromJson(std::move(tolerations)));
        api::setCondition(pod, "Ready", true, "", "", "2026-01-01T00:00:00Z");
        client->put(resources::pods, pod);
    }
    bool deleting(std::string_view name) { return api::ObjectMeta(client->at(resources::pods, "default", name)).beingDeleted(); }

    std::set<std::string> alive;
    std::vector<Registration> timers;
    using Taints = std::set<std::string>;
    const Taints unreachable{"node.kubernetes.io/unreachable:NoExecute", "node.kubernetes.io/unreachable:NoSchedule"};
};

} // namespace

class NodeLifecycleTest : public QObject {
    Q_OBJECT
private slots:
    void aLivingNodeIsLeftAlone()
    {
        Fixture f;
        f.addNode("n1");
        f.start();
        f.loop.advance(10min);
        QVERIFY(f.taints("n1").empty());
        QVERIFY(api::conditionIsTrue(f.node("n1"), "Ready"));
        QCOMPARE(f.client->count("update", resources::nodes), 0);
        QCOMPARE(f.client->count("update", resources::nodes, "status"), 0);
    }

    void aSilentNodeTurnsUnknownAndItsPodsNotReady()
    {
        Fixture f;
        for (const char* name : {"n1", "n2"})
            f.addNode(name);
        f.putPod("p1", "n1");
        f.putPod("p2", "n2");
        f.start();
        f.loop.advance(35s);
        f.kill("n1"); // its last renewal was at 30 s
        f.loop.advance(30s);
        QVERIFY(api::conditionIsTrue(f.node("n1"), "Ready"));
        f.loop.advance(10s);
        const api::Value ready = api::condition(f.node("n1"), "Ready");
        QCOMPARE(ready.str("status"), std::string_view("Unknown"));
        QCOMPARE(ready.str("reason"), std::string_view("NodeStatusUnknown"));
        QCOMPARE(ready.str("message"), std::string_view("Kubelet stopped posting node status."));
        QCOMPARE(f.taints("n1"), f.unreachable);
        QVERIFY(!api::conditionIsTrue(f.client->at(resources::pods, "default", "p1"), "Ready"));
        QVERIFY(api::conditionIsTrue(f.client->at(resources::pods, "default", "p2"), "Ready"));
        QVERIFY(f.taints("n2").empty());
        QVERIFY(f.recorded("NodeNotReady"));
    }

    void podsLeaveADeadNodeWhenTheirTolerationEnds()
    {
        Fixture f;
        for (const char* name : {"n1", "n2"})
            f.addNode(name);
        const std::string seconds
            = "[{'key': 'node.kubernetes.io/unreachable', 'operator': 'Exists', 'effect': 'NoExecute', 'tolerationSeconds': 300}]";
        f.putPod("impatient", "n1");
        f.putPod("patient", "n1", seconds);
        f.putPod("faithful", "n1", "[{'operator': 'Exists'}]");
        f.putPod("elsewhere", "n2");
        f.start();
        f.kill("n1");
        QVERIFY(f.until([&] { return f.deleting("impatient"); }));
        const api::Value impatient = f.client->at(resources::pods, "default", "impatient");
        QCOMPARE(api::condition(impatient, "DisruptionTarget").str("reason"), std::string_view("DeletionByTaintManager"));
        f.loop.advance(290s);
        QVERIFY(!f.deleting("patient"));
        f.loop.advance(15s);
        QVERIFY(f.deleting("patient"));
        QVERIFY(!f.deleting("faithful"));
        QVERIFY(!f.deleting("elsewhere"));
    }

    void aReplicaSetsPodsMoveToTheLivingNode()
    {
        Fixture f;
        for (const char* name : {"node-1", "node-2"})
            f.addNode(name);
        f.runPods();
        f.start();
        f.client->put(resources::replicaSets, fromJson(R"({'metadata': {'namespace': 'default', 'name': 'web'}, 'spec': {'replicas': 6,
            'selector': {'matchLabels': {'app': 'web'}}, 'template': {'metadata': {'labels': {'app': 'web'}}, 'spec': {}}}})"));
        QVERIFY(f.until([&] { return countReady(f.pods()) == 6; }));
        f.kill("node-1");
        f.runner->nodes = {"node-2"};
        f.runner->goneAfter = 24h; // nobody ends the pods of a dead node
        auto readyOnLiving = [&] {
            const auto pods = f.pods();
            return std::count_if(pods.begin(), pods.end(),
                [](const api::Value& pod) { return api::conditionIsTrue(pod, "Ready") && pod.str("spec", "nodeName") == "node-2"; });
        };
        QVERIFY(f.until([&] { return readyOnLiving() >= 6; }, 2min));
    }

    void aNodeThatComesBackLosesItsTaints()
    {
        Fixture f;
        for (const char* name : {"n1", "n2"})
            f.addNode(name);
        f.start();
        f.kill("n1");
        QVERIFY(f.until([&] { return f.taints("n1") == f.unreachable; }));
        f.alive.insert("n1");
        f.renew("n1");
        f.setReady("n1", "True");
        QVERIFY(f.until([&] { return f.taints("n1").empty(); }));
        f.loop.advance(5min);
        QVERIFY(api::conditionIsTrue(f.node("n1"), "Ready"));
    }

    void conditionsAndCordonBecomeTaintsAndOthersStay()
    {
        Fixture f;
        for (const char* name : {"n1", "n2"})
            f.addNode(name);
        f.client->change(resources::nodes, "", "n1", [](api::Value& node) {
            node.edit("spec").set("taints", fromJson("[{'key': 'mine', 'effect': 'NoSchedule'}]"));
            node.edit("spec").set("unschedulable", true);
            api::setCondition(node, "DiskPressure", true, "", "", "");
        });
        f.start();
        f.loop.advance(1s);
        QCOMPARE(f.taints("n1"),
            (Fixture::Taints{"mine:NoSchedule", "node.kubernetes.io/disk-pressure:NoSchedule", "node.kubernetes.io/unschedulable:NoSchedule"}));
        f.setReady("n1", "False");
        f.loop.advance(1s);
        QVERIFY(f.taints("n1").contains("node.kubernetes.io/not-ready:NoExecute"));
        f.client->change(resources::nodes, "", "n1", [](api::Value& node) {
            node.edit("spec").erase("unschedulable");
            api::setCondition(node, "DiskPressure", false, "", "", "");
            api::setCondition(node, "Ready", true, "", "", "");
        });
        f.loop.advance(1s);
        QCOMPARE(f.taints("n1"), (Fixture::Taints{"mine:NoSchedule"}));
    }

    void aNodeThatNeverSpokeIsToldSo()
    {
        Fixture f;
        f.addNode("n1");
        f.client->put(resources::nodes, fromJson("{'metadata': {'name': 'mute'}, 'spec': {}}"));
        f.start();
        f.loop.advance(30s);
        QVERIFY(api::condition(f.node("mute"), "Ready").isNull());
        f.loop.advance(20s);
        QCOMPARE(api::condition(f.node("mute"), "Ready").str("reason"), std::string_view("NodeStatusNeverUpdated"));
    }

    void nothingIsEvictedWhenAllNodesAreSilent()
    {
        Fixture f;
        for (const char* name : {"n1", "n2", "n3"})
            f.addNode(name);
        f.putPod("p", "n1");
        f.start();
        for (const char* name : {"n1", "n2", "n3"})
            f.kill(name);
        f.loop.advance(10min);
        QCOMPARE(api::condition(f.node("n1"), "Ready").str("status"), std::string_view("Unknown"));
        QCOMPARE(f.taints("n1"), (Fixture::Taints{"node.kubernetes.io/unreachable:NoSchedule"}));
        QVERIFY(!f.deleting("p"));
    }

    void deadNodesAreEmptiedOneAfterTheOther()
    {
        Fixture f;
        for (int i = 0; i < 10; ++i)
            f.addNode("n" + std::to_string(i));
        f.start();
        f.loop.advance(5s);
        for (const char* name : {"n0", "n1", "n2"})
            f.kill(name);
        auto emptied = [&] {
            int count = 0;
            for (const char* name : {"n0", "n1", "n2"})
                count += f.taints(name) == f.unreachable;
            return count;
        };
        QVERIFY(f.until([&] { return emptied() == 1; }));
        f.loop.advance(1s);
        QCOMPARE(emptied(), 1);
        f.loop.advance(10s);
        QCOMPARE(emptied(), 2);
        f.loop.advance(10s);
        QCOMPARE(emptied(), 3);
    }

    void zoneStatesFollowUpstreamsRules()
    {
        using namespace controllers;
        QVERIFY(zoneState(1, 1) == ZoneState::FullDisruption);
        QVERIFY(zoneState(3, 2) == ZoneState::Normal); // too few to judge
        QVERIFY(zoneState(5, 3) == ZoneState::PartialDisruption);
        QVERIFY(zoneState(10, 5) == ZoneState::Normal);
        QCOMPARE(evictionsPerSecond(ZoneState::PartialDisruption, 10), 0.0);
        QCOMPARE(evictionsPerSecond(ZoneState::PartialDisruption, 100), 0.01);
        QCOMPARE(evictionsPerSecond(ZoneState::Normal, 10), 0.1);
    }
};

QTEST_GUILESS_MAIN(NodeLifecycleTest)
#include "tst_node_lifecycle.moc"
