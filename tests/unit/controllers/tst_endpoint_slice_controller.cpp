#include <QtTest>

#include "engine/controllers/endpointslice/endpoint_slice_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

api::Value service(std::string_view ports = "[{'name': 'http', 'port': 80, 'targetPort': 8080, 'protocol': 'TCP'}]")
{
    return fromJson("{'metadata': {'namespace': 'default', 'name': 'web', 'labels': {'tier': 'front'}}, 'spec': {'selector': {'app': 'web'}, "
                    "'clusterIP': '10.96.0.7', 'ipFamilies': ['IPv4'], 'ports': "
        + std::string(ports) + "}}");
}

api::Value pod(int number, bool ready = true, int namedPort = 9000)
{
    api::Value object = fromJson(R"({'metadata': {'namespace': 'default', 'labels': {'app': 'web'}}, 'spec': {'nodeName': 'node-1', 'containers': [
        {'name': 'c', 'ports': [{'name': 'metrics', 'containerPort': 9000}]}]}, 'status': {'phase': 'Running'}})");
    object.edit("metadata").set("name", "pod-" + std::to_string(number));
    object.edit("status").set("podIP", "10.244.1." + std::to_string(number));
    object.edit("spec", "containers").editAt(0).edit("ports").editAt(0).set("containerPort", namedPort);
    api::setCondition(object, "Ready", ready, "", "", "2026-01-01T00:00:00Z");
    return object;
}

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::EndpointSliceController>();
        start();
    }
    std::vector<api::Value> slices() { return client->all(resources::endpointSlices, "default"); }
    api::Value endpoints() { return client->at(resources::endpoints, "default", "web"); }
    // The endpoint of this pod in any slice, or null.
    api::Value endpointOf(int number)
    {
        for (const auto& slice : slices()) {
            for (const auto& endpoint : slice.get("endpoints")) {
                if (endpoint.str("targetRef", "name") == "pod-" + std::to_string(number))
                    return endpoint;
            }
        }
        return {};
    }
    void settle() { loop.advance(1s); }
};

} // namespace

class EndpointSliceControllerTest : public QObject {
    Q_OBJECT
private slots:
    void slicesNameTheReadyPods()
    {
        Fixture f;
        f.client->put(resources::nodes, fromJson("{'metadata': {'name': 'node-1', 'labels': {'topology.kubernetes.io/zone': 'z1'}}}"));
        f.client->put(resources::services, service());
        f.client->put(resources::pods, pod(1));
        f.client->put(resources::pods, pod(2, false));
        f.settle();
        QCOMPARE(f.slices().size(), 1u);
        const api::Value slice = f.slices()[0];
        QVERIFY(slice.str("metadata", "name").starts_with("web-"));
        QCOMPARE(slice.get("metadata", "labels").str("kubernetes.io/service-name"), std::string_view("web"));
        QCOMPARE(slice.get("metadata", "labels").str("endpointslice.kubernetes.io/managed-by"), std::string_view("endpointslice-controller.k8s.io"));
        QCOMPARE(slice.get("metadata", "labels").str("tier"), std::string_view("front"));
        QCOMPARE(api::ObjectMeta(slice).controllerRef().str("kind"), std::string_view("Service"));
        QCOMPARE(slice.str("addressType"), std::string_view("IPv4"));
        QVERIFY(slice.get("ports") == fromJson("[{'name': 'http', 'port': 8080, 'protocol': 'TCP'}]"));
        const api::Value ready = f.endpointOf(1);
        QCOMPARE(ready.get("addresses").at(0).asString(), std::string_view("10.244.1.1"));
        QVERIFY(ready.get("conditions") == fromJson("{'ready': true, 'serving': true, 'terminating': false}"));
        QCOMPARE(ready.str("nodeName"), std::string_view("node-1"));
        QCOMPARE(ready.str("zone"), std::string_view("z1"));
        QVERIFY(f.endpointOf(2).get("conditions") == fromJson("{'ready': false, 'serving': false, 'terminating': false}"));
    }

    void endpointsSayTheSame()
    {
        Fixture f;
        f.client->put(resources::services, service());
        f.client->put(resources::pods, pod(1));
        f.client->put(resources::pods, pod(2, false));
        f.settle();
        const api::Value subset = f.endpoints().get("subsets").at(0);
        QCOMPARE(subset.get("addresses").at(0).str("ip"), std::string_view("10.244.1.1"));
        QCOMPARE(subset.get("notReadyAddresses").at(0).str("ip"), std::string_view("10.244.1.2"));
        QCOMPARE(subset.get("ports").at(0).get("port").asInt(), 8080);
        f.client->erase(resources::services, "default", "web");
        f.settle();
        QVERIFY(f.endpoints().isNull());
    }

    void readinessMoves()
    {
        Fixture f;
        f.client->put(resources::services, service());
        f.client->put(resources::pods, pod(1, false));
        f.settle();
        f.client->change(
            resources::pods, "default", "pod-1", [](api::Value& p) { api::setCondition(p, "Ready", true, "", "", "2026-01-01T00:00:05Z"); });
        f.settle();
        QVERIFY(f.endpointOf(1).get("conditions", "ready").asBool());
        f.client->change(
            resources::pods, "default", "pod-1", [](api::Value& p) { p.edit("metadata").set("deletionTimestamp", "2026-01-01T00:01:00Z"); });
        f.settle();
        QVERIFY(f.endpointOf(1).get("conditions") == fromJson("{'ready': false, 'serving': true, 'terminating': true}"));
        f.client->erase(resources::pods, "default", "pod-1");
        f.settle();
        QVERIFY(f.endpointOf(1).isNull());
        QCOMPARE(f.slices().size(), 1u); // an empty one stays
    }

    void finishedAndStrangePodsAreLeftOut()
    {
        Fixture f;
        f.client->put(resources::services, service());
        api::Value finished = pod(1), stranger = pod(2), addressless = pod(3);
        finished.edit("status").set("phase", "Succeeded");
        stranger.edit("metadata", "labels").set("app", "other");
        addressless.edit("status").erase("podIP");
        for (const auto& object : {finished, stranger, addressless})
            f.client->put(resources::pods, object);
        f.settle();
        QCOMPARE(f.slices().at(0).get("endpoints").size(), 0u);
        f.client->change(resources::pods, "default", "pod-2", [](api::Value& p) { p.edit("metadata", "labels").set("app", "web"); });
        f.settle();
        QVERIFY(!f.endpointOf(2).isNull());
    }

    void aNamedPortFollowsEachPod()
    {
        Fixture f;
        f.client->put(resources::services, service("[{'name': 'm', 'port': 80, 'targetPort': 'metrics', 'protocol': 'TCP'}]"));
        f.client->put(resources::pods, pod(1, true, 9000));
        f.client->put(resources::pods, pod(2, true, 9001));
        f.settle();
        QCOMPARE(f.slices().size(), 2u);
        std::set<std::int64_t> ports;
        for (const auto& slice : f.slices())
            ports.insert(slice.get("ports").at(0).get("port").asInt());
        QCOMPARE(ports, (std::set<std::int64_t>{9000, 9001}));
    }

    void aSliceHoldsAHundredEndpoints()
    {
        Fixture f;
        f.client->put(resources::services, service());
        for (int i = 0; i < 250; ++i)
            f.client->put(resources::pods, pod(i));
        f.settle();
        QCOMPARE(f.slices().size(), 3u);
        std::size_t total = 0;
        for (const auto& slice : f.slices()) {
            QVERIFY(slice.get("endpoints").size() <= 100);
            total += slice.get("endpoints").size();
        }
        QCOMPARE(total, 250u);
        // One more or less touches one slice.
        f.client->clearRequests();
        f.client->put(resources::pods, pod(250));
        f.settle();
        QCOMPARE(f.client->count("update", resources::endpointSlices), 1);
        f.client->erase(resources::pods, "default", "pod-7");
        f.settle();
        QCOMPARE(f.client->count("update", resources::endpointSlices), 2);
        QCOMPARE(f.slices().size(), 3u);
    }

    void notReadyAddressesArePublishedOnDemandAndHeadlessIsLabelled()
    {
        Fixture f;
        api::Value object = service();
        object.edit("spec").set("publishNotReadyAddresses", true);
        object.edit("spec").set("clusterIP", "None");
        f.client->put(resources::services, object);
        api::Value named = pod(1, false);
        named.edit("spec").set("hostname", "h1");
        named.edit("spec").set("subdomain", "web");
        f.client->put(resources::pods, named);
        f.settle();
        QVERIFY(f.endpointOf(1).get("conditions", "ready").asBool());
        QCOMPARE(f.endpointOf(1).str("hostname"), std::string_view("h1"));
        QVERIFY(f.slices()[0].get("metadata", "labels").has("service.kubernetes.io/headless"));
        QCOMPARE(f.endpoints().get("subsets").at(0).get("addresses").size(), 1u);
    }

    void aServiceWithoutSelectorIsLeftAlone()
    {
        Fixture f;
        api::Value object = service();
        object.edit("spec").erase("selector");
        f.client->put(resources::services, object);
        f.client->put(resources::pods, pod(1));
        f.settle();
        QVERIFY(f.slices().empty());
        QVERIFY(f.endpoints().isNull());
    }

    void slowWatchesDoNotDoubleSlices()
    {
        Fixture f;
        f.client->latency = 100ms;
        f.client->put(resources::services, service());
        for (int i = 0; i < 5; ++i) {
            f.client->put(resources::pods, pod(i));
            f.loop.advance(30ms);
        }
        f.loop.advance(5s);
        QCOMPARE(f.slices().size(), 1u);
        QCOMPARE(f.slices()[0].get("endpoints").size(), 5u);
    }
};

QTEST_GUILESS_MAIN(EndpointSliceControllerTest)
#include "tst_endpoint_slice_controller.moc"
