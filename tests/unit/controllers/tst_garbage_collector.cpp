#include <QtTest>

#include "engine/controllers/garbagecollector/garbage_collector.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

struct Fixture : ControllerFixture {
    Fixture()
    {
        controllers::ControllerContext given = context();
        given.servedResources = [] {
            const std::vector<std::string> verbs{"create", "delete", "get", "list", "watch"};
            return std::vector<controllers::ServedResource>{{resources::nodes, "Node", false, verbs},
                {resources::deployments, "Deployment", true, verbs}, {resources::replicaSets, "ReplicaSet", true, verbs},
                {resources::pods, "Pod", true, verbs}, {resources::leases, "Lease", true, verbs}};
        };
        running.push_back(std::make_unique<controllers::GarbageCollector>(given));
    }
    // deployment "d" ← replica set "r" ← pods "p0", "p1"
    void putTree()
    {
        put(resources::deployments, "d");
        put(resources::replicaSets, "r", {at(resources::deployments, "d")});
        put(resources::pods, "p0", {at(resources::replicaSets, "r")});
        put(resources::pods, "p1", {at(resources::replicaSets, "r")});
    }
    void put(const client::Resource& resource, std::string_view name, std::vector<api::Value> owners = {})
    {
        api::Value object = fromJson("{'metadata': {'namespace': 'default'}, 'spec': {}}");
        object.edit("metadata").set("name", name);
        for (const auto& owner : owners)
            object.edit("metadata", "ownerReferences").push(api::controllerReference(owner));
        client->put(resource, object);
    }
    api::Value at(const client::Resource& resource, std::string_view name) { return client->at(resource, "default", name); }
    bool has(const client::Resource& resource, std::string_view name) { return !at(resource, name).isNull(); }
    void remove(const client::Resource& resource, const std::string& name, const std::string& policy)
    {
        client::DeleteOptions options;
        options.propagationPolicy = policy;
        QVERIFY(runToCompletion(loop, client->remove(resource, "default", name, options)));
    }
};

} // namespace

class GarbageCollectorTest : public QObject {
    Q_OBJECT
private slots:
    void backgroundDeletionCascades()
    {
        Fixture f;
        f.putTree();
        f.start();
        f.loop.advance(5s);
        QCOMPARE(f.pods().size(), 2u);
        f.remove(resources::deployments, "d", "Background");
        QVERIFY(!f.has(resources::deployments, "d"));
        QVERIFY(f.until([&] { return !f.has(resources::replicaSets, "r") && f.pods().empty(); }));
    }

    void foregroundDeletionGoesFromTheLeaves()
    {
        Fixture f;
        f.putTree();
        f.start();
        f.client->change(resources::pods, "default", "p0", [](api::Value& pod) { pod.edit("metadata", "finalizers").push("example.com/slow"); });
        f.remove(resources::deployments, "d", "Foreground");
        f.loop.advance(5s);
        QVERIFY(f.has(resources::deployments, "d")); // waits for r, which waits for p0
        QVERIFY(f.has(resources::replicaSets, "r"));
        QVERIFY(!f.has(resources::pods, "p1"));
        QVERIFY(api::ObjectMeta(f.at(resources::pods, "p0")).beingDeleted());
        f.client->erase(resources::pods, "default", "p0");
        QVERIFY(f.until([&] { return !f.has(resources::replicaSets, "r") && !f.has(resources::deployments, "d"); }));
    }

    void orphaningKeepsTheDependents()
    {
        Fixture f;
        f.putTree();
        f.start();
        f.remove(resources::replicaSets, "r", "Orphan");
        QVERIFY(f.until([&] { return !f.has(resources::replicaSets, "r"); }));
        f.loop.advance(10s);
        QCOMPARE(f.pods().size(), 2u);
        QCOMPARE(api::ObjectMeta(f.at(resources::pods, "p0")).ownerReferences().size(), 0u);
    }

    void whatAnAbsentOwnerLeftIsFoundAtTheStart()
    {
        Fixture f;
        f.putTree();
        f.client->erase(resources::replicaSets, "default", "r");
        f.client->erase(resources::deployments, "default", "d");
        f.start();
        QVERIFY(f.until([&] { return f.pods().empty(); }));
    }

    void anOwnerOfTheSameNameIsAnotherOwner()
    {
        Fixture f;
        f.putTree();
        f.client->erase(resources::replicaSets, "default", "r");
        f.put(resources::replicaSets, "r");
        f.start();
        QVERIFY(f.until([&] { return f.pods().empty(); }));
        QVERIFY(f.has(resources::replicaSets, "r"));
    }

    void oneLivingOwnerIsEnough()
    {
        Fixture f;
        f.put(resources::replicaSets, "r1");
        f.put(resources::replicaSets, "r2");
        f.put(resources::pods, "p", {f.at(resources::replicaSets, "r1"), f.at(resources::replicaSets, "r2")});
        f.start();
        f.remove(resources::replicaSets, "r1", "Background");
        QVERIFY(f.until([&] { return api::ObjectMeta(f.at(resources::pods, "p")).ownerReferences().size() == 1; }));
        f.remove(resources::replicaSets, "r2", "Background");
        QVERIFY(f.until([&] { return f.pods().empty(); }));
    }

    void aClusterScopedOwnerCounts()
    {
        Fixture f;
        f.client->put(resources::nodes, fromJson("{'metadata': {'name': 'n1'}}"));
        f.put(resources::leases, "l", {f.client->at(resources::nodes, "", "n1")});
        f.start();
        f.loop.advance(5s);
        QVERIFY(f.has(resources::leases, "l"));
        f.client->erase(resources::nodes, "", "n1");
        QVERIFY(f.until([&] { return !f.has(resources::leases, "l"); }));
    }

    void anOwnerOfAnUnknownKindIsNeverTakenForGone()
    {
        Fixture f;
        f.client->put(resources::pods, fromJson(R"({'metadata': {'namespace': 'default', 'name': 'p', 'ownerReferences': [
            {'apiVersion': 'example.com/v1', 'kind': 'Thing', 'name': 't', 'uid': 'u'}]}})"));
        f.start();
        f.loop.advance(1h);
        QVERIFY(f.has(resources::pods, "p"));
    }

    void anErrorIsNotAbsence()
    {
        Fixture f;
        f.putTree();
        f.client->erase(resources::replicaSets, "default", "r");
        f.client->refuse = [](const FakeRequest& request) -> std::optional<api::StatusError> {
            if (request.verb == "get")
                return api::serviceUnavailable("away");
            return std::nullopt;
        };
        f.start();
        f.loop.advance(1min);
        QCOMPARE(f.pods().size(), 2u);
        f.client->refuse = nullptr;
        QVERIFY(f.until([&] { return f.pods().empty(); }, 2min));
    }

    void anIdleGraphCostsNothing()
    {
        Fixture f;
        f.putTree();
        f.start();
        f.loop.advance(1min);
        f.client->clearRequests();
        f.loop.advance(24h);
        QVERIFY(f.client->requests().empty());
    }
};

QTEST_GUILESS_MAIN(GarbageCollectorTest)
#include "tst_garbage_collector.moc"
