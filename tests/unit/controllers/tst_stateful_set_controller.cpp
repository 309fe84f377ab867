#include <QtTest>

#include "engine/controllers/common/resources.h"
#include "engine/controllers/statefulset/stateful_set_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::controllers::resources;

namespace {

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::StatefulSetController>();
        runPods();
        start();
    }
    void putSet(int replicas, const std::function<void(api::Value&)>& change = {})
    {
        api::Value set = fromJson(
            R"({'metadata': {'namespace': 'default', 'name': 'db'}, 'spec': {'serviceName': 'db', 'selector': {'matchLabels': {'app': 'db'}},
            'template': {'metadata': {'labels': {'app': 'db'}}, 'spec': {'containers': [{'name': 'c', 'image': 'v1'}]}}}})");
        set.edit("spec").set("replicas", replicas);
        if (change)
            change(set);
        client->put(resources::statefulSets, set);
    }
    api::Value set() { return client->at(resources::statefulSets, "default", "db"); }
    std::int64_t status(std::string_view field) { return set().get("status", field).asInt(); }
    void edit(const std::function<void(api::Value&)>& change) { client->change(resources::statefulSets, "default", "db", change); }
    void setImage(std::string_view image)
    {
        edit([&](api::Value& object) { object.edit("spec", "template", "spec", "containers").editAt(0).set("image", image); });
    }
    bool ready(int replicas)
    {
        return status("readyReplicas") == replicas && status("replicas") == replicas && pods().size() == std::size_t(replicas);
    }
    bool rolledOut()
    {
        return status("updatedReplicas") == status("replicas") && set().str("status", "currentRevision") == set().str("status", "updateRevision")
            && ready(3);
    }
    std::vector<std::string> names()
    {
        std::vector<std::string> all;
        for (const auto& pod : pods())
            all.emplace_back(pod.str("metadata", "name"));
        return all;
    }
    std::string imageOf(std::string_view name)
    {
        return std::string(client->at(resources::pods, "default", name).get("spec", "containers").at(0).str("image"));
    }
};

using Names = std::vector<std::string>;

} // namespace

class StatefulSetControllerTest : public QObject {
    Q_OBJECT
private slots:
    void startsItsPodsInOrder()
    {
        Fixture f;
        f.putSet(3);
        std::size_t mostUnready = 0;
        QVERIFY(f.until([&] {
            mostUnready = std::max(mostUnready, f.pods().size() - static_cast<std::size_t>(countReady(f.pods())));
            return f.ready(3);
        }));
        QCOMPARE(mostUnready, 1u);
        QCOMPARE(f.names(), (Names{"db-0", "db-1", "db-2"}));
        const api::Value pod = f.pods()[1];
        QCOMPARE(pod.str("spec", "hostname"), std::string_view("db-1"));
        QCOMPARE(pod.str("spec", "subdomain"), std::string_view("db"));
        QCOMPARE(pod.get("metadata", "labels").str("apps.kubernetes.io/pod-index"), std::string_view("1"));
        QCOMPARE(pod.get("metadata", "labels").str("controller-revision-hash"), f.set().str("status", "updateRevision"));
    }

    void aLostPodComesBackUnderItsName()
    {
        Fixture f;
        f.putSet(3);
        QVERIFY(f.until([&] { return f.ready(3); }));
        const std::string before(f.pods()[1].str("metadata", "uid"));
        f.client->erase(resources::pods, "default", "db-1");
        QVERIFY(f.until([&] { return f.ready(3); }));
        QCOMPARE(f.names(), (Names{"db-0", "db-1", "db-2"}));
        QVERIFY(f.pods()[1].str("metadata", "uid") != before);
    }

    void scalesDownFromTheEndOneByOne()
    {
        Fixture f;
        f.putSet(4);
        QVERIFY(f.until([&] { return f.ready(4); }));
        f.edit([](api::Value& set) { set.edit("spec").set("replicas", 1); });
        std::size_t mostGoing = 0;
        QVERIFY(f.until([&] {
            const auto pods = f.pods();
            mostGoing = std::max<std::size_t>(
                mostGoing, std::count_if(pods.begin(), pods.end(), [](const api::Value& pod) { return api::ObjectMeta(pod).beingDeleted(); }));
            return f.ready(1);
        }));
        QCOMPARE(mostGoing, 1u);
        QCOMPARE(f.names(), (Names{"db-0"}));
    }

    void parallelDoesNotWait()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putSet(3, [](api::Value& set) { set.edit("spec").set("podManagementPolicy", "Parallel"); });
        QVERIFY(f.until([&] { return f.pods().size() == 3; }));
    }

    void rollsFromTheHighestOrdinal()
    {
        Fixture f;
        f.putSet(3);
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        Names order;
        std::int64_t fewest = 3;
        QVERIFY(f.until([&] {
            fewest = std::min(fewest, countReady(f.pods()));
            for (const auto& pod : f.pods()) {
                const std::string name(pod.str("metadata", "name"));
                if (f.imageOf(name) == "v2" && std::find(order.begin(), order.end(), name) == order.end())
                    order.push_back(name);
            }
            return f.rolledOut() && order.size() == 3;
        }));
        QCOMPARE(order, (Names{"db-2", "db-1", "db-0"}));
        QCOMPARE(fewest, 2);
        QCOMPARE(f.client->all(resources::controllerRevisions).size(), 2u);
    }

    void aPartitionKeepsTheLowerOnes()
    {
        Fixture f;
        f.putSet(3, [](api::Value& set) {
            set.edit("spec").set("updateStrategy", fromJson("{'type': 'RollingUpdate', 'rollingUpdate': {'partition': 2}}"));
        });
        QVERIFY(f.until([&] { return f.ready(3); }));
        f.setImage("v2");
        QVERIFY(f.until([&] { return f.imageOf("db-2") == "v2" && f.ready(3); }));
        f.loop.advance(1min);
        QCOMPARE(f.imageOf("db-0"), std::string("v1"));
        QCOMPARE(f.imageOf("db-1"), std::string("v1"));
        f.client->erase(resources::pods, "default", "db-0");
        QVERIFY(f.until([&] { return f.ready(3); }));
        QCOMPARE(f.imageOf("db-0"), std::string("v1")); // of its old revision again
        QCOMPARE(f.status("updatedReplicas"), 1);
        QCOMPARE(f.status("currentReplicas"), 2);
    }

    void eachPodHasItsClaims()
    {
        Fixture f;
        f.putSet(2, [](api::Value& set) {
            set.edit("spec").set("volumeClaimTemplates", fromJson("[{'metadata': {'name': 'data'}, 'spec': {'accessModes': ['ReadWriteOnce']}}]"));
        });
        QVERIFY(f.until([&] { return f.ready(2); }));
        QVERIFY(!f.client->at(resources::persistentVolumeClaims, "default", "data-db-1").isNull());
        QCOMPARE(f.pods()[1].get("spec", "volumes").at(0).str("persistentVolumeClaim", "claimName"), std::string_view("data-db-1"));
        f.edit([](api::Value& set) { set.edit("spec").set("replicas", 0); });
        QVERIFY(f.until([&] { return f.pods().empty(); }));
        QCOMPARE(f.client->all(resources::persistentVolumeClaims).size(), 2u);
    }

    void aFailedPodIsMadeAgain()
    {
        Fixture f;
        f.putSet(1);
        QVERIFY(f.until([&] { return f.ready(1); }));
        f.client->change(resources::pods, "default", "db-0", [](api::Value& pod) { pod.edit("status").set("phase", "Failed"); });
        QVERIFY(f.until([&] { return f.pods().size() == 1 && f.pods()[0].str("status", "phase") == "Running"; }));
    }

    void ordinalsMayStartElsewhere()
    {
        Fixture f;
        f.putSet(2, [](api::Value& set) { set.edit("spec").set("ordinals", fromJson("{'start': 5}")); });
        QVERIFY(f.until([&] { return f.ready(2); }));
        QCOMPARE(f.names(), (Names{"db-5", "db-6"}));
    }
};

QTEST_GUILESS_MAIN(StatefulSetControllerTest)
#include "tst_stateful_set_controller.moc"
