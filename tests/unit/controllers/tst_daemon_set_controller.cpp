#include <QtTest>

#include "engine/controllers/common/node_affinity.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/daemonset/daemon_set_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::controllers::resources;

namespace {

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::DaemonSetController>();
        runPods();
        start();
        for (int i = 0; i < 4; ++i)
            addNode("n" + std::to_string(i));
    }
    void addNode(const std::string& name)
    {
        api::Value node = fromJson("{'metadata': {'labels': {'os': 'linux'}}, 'spec': {}}");
        node.edit("metadata").set("name", name);
        client->put(resources::nodes, node);
    }
    void putSet(std::string strategy = "{'type': 'RollingUpdate', 'rollingUpdate': {'maxUnavailable': 1, 'maxSurge': 0}}")
    {
        api::Value set = fromJson(R"({'metadata': {'namespace': 'default', 'name': 'agent'}, 'spec': {'selector': {'matchLabels': {'app': 'agent'}},
            'template': {'metadata': {'labels': {'app': 'agent'}}, 'spec': {'containers': [{'name': 'c', 'image': 'v1'}]}}}})");
        set.edit("spec").set("updateStrategy", fromJson(std::move(strategy)));
        client->put(resources::daemonSets, set);
    }
    api::Value set() { return client->at(resources::daemonSets, "default", "agent"); }
    std::int64_t status(std::string_view field) { return set().get("status", field).asInt(); }
    void edit(const std::function<void(api::Value&)>& change) { client->change(resources::daemonSets, "default", "agent", change); }
    void setImage(std::string_view image)
    {
        edit([&](api::Value& object) { object.edit("spec", "template", "spec", "containers").editAt(0).set("image", image); });
    }
    // As `kubectl rollout status` decides it.
    bool rolledOut()
    {
        const std::int64_t desired = status("desiredNumberScheduled");
        return desired > 0 && status("observedGeneration") == set().get("metadata", "generation").asInt()
            && status("updatedNumberScheduled") == desired && status("numberAvailable") == desired;
    }
    std::set<std::string> nodesWithPods()
    {
        std::set<std::string> nodes;
        for (const auto& pod : pods())
            nodes.insert(std::string(pod.str("spec", "nodeName")));
        return nodes;
    }
};

using Nodes = std::set<std::string>;

} // namespace

class DaemonSetControllerTest : public QObject {
    Q_OBJECT
private slots:
    void onePodPerNode()
    {
        Fixture f;
        f.putSet();
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        QCOMPARE(f.pods().size(), 4u);
        QCOMPARE(f.nodesWithPods(), (Nodes{"n0", "n1", "n2", "n3"}));
        QCOMPARE(f.status("currentNumberScheduled"), 4);
        QCOMPARE(f.status("numberReady"), 4);
        QVERIFY(!f.pods()[0].get("metadata", "labels").str("controller-revision-hash").empty());
    }

    void nodesComeAndAreTaintedAndGo()
    {
        Fixture f;
        f.putSet();
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.addNode("n4");
        QVERIFY(f.until([&] { return f.pods().size() == 5 && f.rolledOut(); }));
        f.client->change(resources::nodes, "", "n0",
            [](api::Value& node) { node.edit("spec").set("taints", fromJson("[{'key': 'k', 'effect': 'NoSchedule'}]")); });
        f.loop.advance(10s);
        QCOMPARE(f.pods().size(), 5u); // it may stay
        QCOMPARE(f.status("desiredNumberScheduled"), 4);
        QCOMPARE(f.status("numberMisscheduled"), 1);
        f.client->change(
            resources::nodes, "", "n0", [](api::Value& node) { node.edit("spec").set("taints", fromJson("[{'key': 'k', 'effect': 'NoExecute'}]")); });
        QVERIFY(f.until([&] { return f.nodesWithPods() == Nodes{"n1", "n2", "n3", "n4"}; }));
    }

    void troubledNodesKeepTheirDaemons()
    {
        Fixture f;
        for (const char* taint : {"[{'key': 'node.kubernetes.io/not-ready', 'effect': 'NoExecute'}]",
                 "[{'key': 'node.kubernetes.io/unschedulable', 'effect': 'NoSchedule'}]"})
            f.client->change(resources::nodes, "", "n1", [&](api::Value& node) { node.edit("spec").set("taints", fromJson(taint)); });
        f.putSet();
        QVERIFY(f.until([&] { return f.rolledOut() && f.pods().size() == 4; }));
    }

    void aNodeSelectorChooses()
    {
        Fixture f;
        f.client->change(resources::nodes, "", "n2", [](api::Value& node) { node.edit("metadata", "labels").set("disk", "ssd"); });
        f.putSet();
        f.edit([](api::Value& set) { set.edit("spec", "template", "spec", "nodeSelector").set("disk", "ssd"); });
        QVERIFY(f.until([&] { return f.rolledOut() && f.nodesWithPods() == Nodes{"n2"}; }));
        f.client->change(resources::nodes, "", "n3", [](api::Value& node) { node.edit("metadata", "labels").set("disk", "ssd"); });
        QVERIFY(f.until([&] { return f.rolledOut() && f.nodesWithPods() == Nodes{"n2", "n3"}; }));
    }

    void rollsOneNodeAfterTheOther()
    {
        Fixture f;
        f.putSet();
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        std::int64_t fewest = 4;
        QVERIFY(f.until([&] {
            fewest = std::min(fewest, countReady(f.pods()));
            return f.rolledOut();
        }));
        QCOMPARE(fewest, 3);
        for (const auto& pod : f.pods())
            QCOMPARE(pod.get("spec", "containers").at(0).str("image"), std::string_view("v2"));
        const auto revisions = f.client->all(resources::controllerRevisions);
        QCOMPARE(revisions.size(), 2u);
        // Undo: the old revision becomes the newest.
        f.setImage("v1");
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        std::set<std::int64_t> numbers;
        for (const auto& revision : f.client->all(resources::controllerRevisions))
            numbers.insert(revision.get("revision").asInt());
        QCOMPARE(numbers, (std::set<std::int64_t>{2, 3}));
    }

    void surgeStartsTheNewPodFirst()
    {
        Fixture f;
        f.putSet("{'type': 'RollingUpdate', 'rollingUpdate': {'maxUnavailable': 0, 'maxSurge': 2}}");
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        std::int64_t fewest = 4;
        std::size_t most = 0;
        QVERIFY(f.until([&] {
            fewest = std::min(fewest, countReady(f.pods()));
            most = std::max(most, f.pods().size());
            return f.rolledOut() && f.pods().size() == 4;
        }));
        QCOMPARE(fewest, 4);
        QVERIFY(most > 4 && most <= 8);
    }

    void onDeleteWaits()
    {
        Fixture f;
        f.putSet("{'type': 'OnDelete'}");
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        f.loop.advance(1min);
        QCOMPARE(f.status("updatedNumberScheduled"), 0);
        f.client->erase(resources::pods, "default", f.pods()[0].str("metadata", "name"));
        QVERIFY(f.until([&] { return f.status("updatedNumberScheduled") == 1; }));
    }

    void aFailedPodIsReplacedWithBackOff()
    {
        Fixture f;
        f.putSet();
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.client->clearRequests();
        f.runner->works = [](const api::Value&) { return false; };
        for (int i = 0; i < 200; ++i) {
            for (const auto& pod : f.pods()) {
                if (pod.str("spec", "nodeName") == "n0" && pod.str("status", "phase") != "Failed")
                    f.client->change(resources::pods, "default", pod.str("metadata", "name"),
                        [](api::Value& object) { object.edit("status").set("phase", "Failed"); });
            }
            f.loop.advance(1s);
        }
        const int created = f.client->count("create", resources::pods);
        QVERIFY2(created >= 4 && created <= 12, qPrintable(QString::number(created)));
    }

    void nodeAffinityOperators_data()
    {
        QTest::addColumn<QString>("term");
        QTest::addColumn<bool>("matches");
        QTest::newRow("In") << "{'matchExpressions': [{'key': 'os', 'operator': 'In', 'values': ['linux']}]}" << true;
        QTest::newRow("NotIn") << "{'matchExpressions': [{'key': 'os', 'operator': 'NotIn', 'values': ['linux']}]}" << false;
        QTest::newRow("NotIn without label") << "{'matchExpressions': [{'key': 'x', 'operator': 'NotIn', 'values': ['a']}]}" << true;
        QTest::newRow("Exists") << "{'matchExpressions': [{'key': 'x', 'operator': 'Exists'}]}" << false;
        QTest::newRow("DoesNotExist") << "{'matchExpressions': [{'key': 'x', 'operator': 'DoesNotExist'}]}" << true;
        QTest::newRow("Gt") << "{'matchExpressions': [{'key': 'cores', 'operator': 'Gt', 'values': ['4']}]}" << true;
        QTest::newRow("Lt") << "{'matchExpressions': [{'key': 'cores', 'operator': 'Lt', 'values': ['4']}]}" << false;
        QTest::newRow("Gt of no number") << "{'matchExpressions': [{'key': 'os', 'operator': 'Gt', 'values': ['4']}]}" << false;
        QTest::newRow("name") << "{'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['n']}]}" << true;
        QTest::newRow("empty") << "{}" << false;
    }
    void nodeAffinityOperators()
    {
        QFETCH(QString, term);
        QFETCH(bool, matches);
        const api::Value node = fromJson("{'metadata': {'name': 'n', 'labels': {'os': 'linux', 'cores': '8'}}}");
        api::Value spec = api::Value::object();
        spec.edit("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .push(fromJson(term.toStdString()));
        QCOMPARE(controllers::nodeMatches(spec, node), matches);
    }
};

QTEST_GUILESS_MAIN(DaemonSetControllerTest)
#include "tst_daemon_set_controller.moc"
