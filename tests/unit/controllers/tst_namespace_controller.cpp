#include <QtTest>

#include "engine/controllers/namespaces/namespace_controller.h"
#include "engine/controllers/namespaces/namespace_defaults_controller.h"
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
            const std::vector<std::string> verbs{"create", "delete", "deletecollection", "get", "list", "watch"},
                noCollection{"create", "delete", "list"};
            return std::vector<controllers::ServedResource>{{resources::nodes, "Node", false, verbs},
                {resources::configMaps, "ConfigMap", true, verbs}, {resources::services, "Service", true, noCollection},
                {resources::pods, "Pod", true, verbs}};
        };
        running.push_back(std::make_unique<controllers::NamespaceController>(given));
        runPods();
        start();
        client->put(
            resources::namespaces, fromJson("{'metadata': {'name': 'team'}, 'spec': {'finalizers': ['kubernetes']}, 'status': {'phase': 'Active'}}"));
    }
    void remove() { (void)runToCompletion(loop, client->remove(resources::namespaces, "", "team", {})); }
    api::Value team() { return client->at(resources::namespaces, "", "team"); }
    void put(const client::Resource& resource, std::string_view name, std::string_view finalizer = {})
    {
        api::Value object = fromJson("{'metadata': {'namespace': 'team'}, 'spec': {}}");
        object.edit("metadata").set("name", name);
        if (!finalizer.empty())
            object.edit("metadata", "finalizers").push(finalizer);
        client->put(resource, object);
    }
};

} // namespace

class NamespaceControllerTest : public QObject {
    Q_OBJECT
private slots:
    void aNamespaceGoesWithAllItHolds()
    {
        Fixture f;
        f.put(resources::configMaps, "a");
        f.put(resources::services, "b");
        f.put(resources::pods, "c");
        f.client->put(resources::configMaps, fromJson("{'metadata': {'namespace': 'other', 'name': 'stays'}}"));
        f.loop.advance(5s);
        QVERIFY(!f.team().isNull());
        f.remove();
        QVERIFY(f.until([&] { return f.team().isNull(); }));
        QVERIFY(f.client->all(resources::configMaps, "team").empty());
        QVERIFY(f.client->all(resources::services, "team").empty());
        QVERIFY(f.pods("team").empty());
        QCOMPARE(f.client->all(resources::configMaps, "other").size(), 1u);
    }

    void podsGoFirstAndTheRestWaitsForThem()
    {
        Fixture f;
        f.runner->goneAfter = 20s;
        f.put(resources::pods, "slow");
        f.put(resources::configMaps, "a");
        f.loop.advance(5s);
        f.remove();
        f.loop.advance(10s);
        QCOMPARE(f.client->all(resources::configMaps, "team").size(), 1u);
        const api::Value remaining = api::condition(f.team(), "NamespaceContentRemaining");
        QCOMPARE(remaining.str("status"), std::string_view("True"));
        QCOMPARE(remaining.str("message"), std::string_view("Some resources are remaining: pods has 1 resource instances"));
        QVERIFY(f.until([&] { return f.team().isNull(); }));
    }

    void aFinalizerThatRemainsIsNamed()
    {
        Fixture f;
        f.put(resources::configMaps, "held", "example.com/hold");
        f.remove();
        f.loop.advance(30s);
        QCOMPARE(api::condition(f.team(), "NamespaceFinalizersRemaining").str("message"),
            std::string_view("Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances"));
        f.client->erase(resources::configMaps, "team", "held");
        QVERIFY(f.until([&] { return f.team().isNull(); }, 120s));
    }

    void aFailureToDeleteIsTold()
    {
        Fixture f;
        f.put(resources::services, "s");
        f.client->refuse = [](const FakeRequest& request) -> std::optional<api::StatusError> {
            if (request.verb == "delete" && request.resource == resources::services)
                return api::forbidden({"", "services"}, "s", "no");
            return std::nullopt;
        };
        f.remove();
        f.loop.advance(5s);
        QVERIFY(api::conditionIsTrue(f.team(), "NamespaceDeletionContentFailure"));
        f.client->refuse = nullptr;
        QVERIFY(f.until([&] { return f.team().isNull(); }, 120s));
    }

    void everyNamespaceHasAServiceAccountAndTheRootCertificate()
    {
        ControllerFixture f;
        f.add<controllers::NamespaceDefaultsController>("PEM");
        f.start();
        f.client->put(resources::namespaces, fromJson("{'metadata': {'name': 'team'}}"));
        f.loop.advance(1s);
        QVERIFY(!f.client->at(resources::serviceAccounts, "team", "default").isNull());
        QCOMPARE(f.client->at(resources::configMaps, "team", "kube-root-ca.crt").get("data").str("ca.crt"), std::string_view("PEM"));
        f.client->erase(resources::serviceAccounts, "team", "default");
        f.client->change(resources::configMaps, "team", "kube-root-ca.crt", [](api::Value& map) { map.edit("data").set("ca.crt", "evil"); });
        f.loop.advance(1s);
        QVERIFY(!f.client->at(resources::serviceAccounts, "team", "default").isNull());
        QCOMPARE(f.client->at(resources::configMaps, "team", "kube-root-ca.crt").get("data").str("ca.crt"), std::string_view("PEM"));
    }
};

QTEST_GUILESS_MAIN(NamespaceControllerTest)
#include "tst_namespace_controller.moc"
