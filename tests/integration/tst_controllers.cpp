#include <QtTest>

#include "engine/controllers/common/resources.h"
#include "tests/integration/control_plane.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace all = kates::controllers::resources;

namespace {

api::Value podTemplate(std::string_view image)
{
    api::Value result = fromJson("{'metadata': {'labels': {'app': 'web'}}, 'spec': {'containers': [{'name': 'c'}]}}");
    result.edit("spec", "containers").editAt(0).set("image", image);
    return result;
}

api::Value workload(std::string_view name, std::string spec, std::string_view image = "v1")
{
    api::Value object = api::Value::object({{"metadata", api::Value::object({{"name", name}})}});
    object.set("spec", fromJson(std::move(spec)));
    object.edit("spec").set("selector", fromJson("{'matchLabels': {'app': 'web'}}"));
    object.edit("spec").set("template", podTemplate(image));
    return object;
}

bool rolledOut(ControlPlane& c, const std::string& name)
{
    const api::Value object = c.get(all::deployments, "default", name);
    const std::int64_t wanted = object.get("spec", "replicas").asInt();
    const api::Value& status = object.get("status");
    return status.get("observedGeneration").asInt() >= object.get("metadata", "generation").asInt() && status.get("updatedReplicas").asInt() == wanted
        && status.get("replicas").asInt() == wanted && status.get("availableReplicas").asInt() == wanted;
}

} // namespace

class ControllersTest : public QObject {
    Q_OBJECT
private slots:
    void nodesAreReadyUntaintedAndHaveNetworks()
    {
        ControlPlane c;
        QCOMPARE(c.list(all::nodes).size(), 3u);
        std::set<std::string> networks;
        for (const auto& node : c.list(all::nodes)) {
            QVERIFY(api::conditionIsTrue(node, "Ready"));
            QCOMPARE(node.get("spec", "taints").size(), 0u);
            networks.insert(std::string(node.str("spec", "podCIDR")));
        }
        QCOMPARE(networks, (std::set<std::string>{"10.244.0.0/24", "10.244.1.0/24", "10.244.2.0/24"}));
        for (const char* ns : {"default", "kube-system"}) {
            QVERIFY(!c.get(all::serviceAccounts, ns, "default").isNull());
            QCOMPARE(c.get(all::configMaps, ns, "kube-root-ca.crt").get("data").str("ca.crt"), std::string_view("PEM"));
        }
        QCOMPARE(c.nodes->errors, std::vector<std::string>());
    }

    void aDeploymentRollsOutAndBackAndGoes()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::deployments, "default", workload("web", "{'replicas': 4}")), std::string());
        QVERIFY(c.until([&] { return rolledOut(c, "web") && c.readyPods() == 4; }));
        c.change(all::deployments, "default", "web", [](api::Value& object) { object.edit("spec").set("template", podTemplate("v2")); });
        QVERIFY(c.until([&] { return rolledOut(c, "web") && c.readyPods() == 4; }));
        QCOMPARE(
            c.get(all::deployments, "default", "web").get("metadata", "annotations").str("deployment.kubernetes.io/revision"), std::string_view("2"));
        c.change(all::deployments, "default", "web", [](api::Value& object) { object.edit("spec").set("template", podTemplate("v1")); });
        QVERIFY(c.until([&] { return rolledOut(c, "web"); }));
        QCOMPARE(c.list(all::replicaSets, "default").size(), 2u);
        QCOMPARE(
            c.get(all::deployments, "default", "web").get("metadata", "annotations").str("deployment.kubernetes.io/revision"), std::string_view("3"));
        const api::Value progressing = api::condition(c.get(all::deployments, "default", "web"), "Progressing");
        QCOMPARE(progressing.str("reason"), std::string_view("NewReplicaSetAvailable"));
        c.remove(all::deployments, "default", "web");
        QVERIFY(c.until([&] { return c.list(all::replicaSets, "default").empty() && c.list(all::pods, "default").empty(); }));
        QCOMPARE(c.nodes->errors, std::vector<std::string>());
    }

    void foregroundAndOrphanDeletion()
    {
        ControlPlane c;
        for (const char* name : {"first", "second"})
            QCOMPARE(c.create(all::deployments, "default", workload(name, "{'replicas': 1}")), std::string());
        QVERIFY(c.until([&] { return rolledOut(c, "first") && rolledOut(c, "second"); }));
        c.remove(all::deployments, "default", "first", "Foreground");
        QVERIFY(c.until([&] { return c.get(all::deployments, "default", "first").isNull(); }));
        QCOMPARE(c.list(all::replicaSets, "default").size(), 1u);
        c.remove(all::deployments, "default", "second", "Orphan");
        QVERIFY(c.until([&] { return c.get(all::deployments, "default", "second").isNull(); }));
        c.loop.advance(30s);
        QCOMPARE(c.list(all::replicaSets, "default").size(), 1u);
        QCOMPARE(c.list(all::replicaSets, "default")[0].get("metadata", "ownerReferences").size(), 0u);
        QCOMPARE(c.readyPods(), 1);
    }

    void aServiceHasItsEndpoints()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::deployments, "default", workload("web", "{'replicas': 3}")), std::string());
        QCOMPARE(c.create(all::services, "default",
                     fromJson("{'metadata': {'name': 'web'}, 'spec': {'selector': {'app': 'web'}, 'ports': [{'port': 80, 'targetPort': 8080}]}}")),
            std::string());
        auto readyEndpoints = [&] {
            std::size_t count = 0;
            for (const auto& slice : c.list(all::endpointSlices, "default")) {
                if (slice.get("metadata", "labels").str("kubernetes.io/service-name") != "web")
                    continue;
                for (const auto& endpoint : slice.get("endpoints"))
                    count += endpoint.get("conditions", "ready").asBool();
            }
            return count;
        };
        QVERIFY(c.until([&] { return readyEndpoints() == 3; }));
        QCOMPARE(c.get(all::endpoints, "default", "web").get("subsets").at(0).get("addresses").size(), 3u);
        c.change(all::deployments, "default", "web", [](api::Value& object) { object.edit("spec").set("replicas", 1); });
        QVERIFY(c.until([&] { return readyEndpoints() == 1; }));
        c.remove(all::services, "default", "web");
        QVERIFY(c.until([&] { return c.get(all::endpoints, "default", "web").isNull() && readyEndpoints() == 0; }));
    }

    void aNamespaceGoesWithAllItHolds()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::namespaces, "", fromJson("{'metadata': {'name': 'team'}}")), std::string());
        QVERIFY(c.until([&] { return !c.get(all::serviceAccounts, "team", "default").isNull(); }));
        QCOMPARE(c.create(all::deployments, "team", workload("web", "{'replicas': 2}")), std::string());
        QCOMPARE(c.create(all::secrets, "team", fromJson("{'metadata': {'name': 's'}, 'stringData': {'a': 'b'}}")), std::string());
        QVERIFY(c.until([&] { return c.readyPods("team") == 2; }));
        c.remove(all::namespaces, "", "team");
        QVERIFY(c.until([&] { return c.get(all::namespaces, "", "team").isNull(); }));
        for (const auto& resource : {all::pods, all::secrets, all::deployments, all::replicaSets, all::configMaps})
            QVERIFY(c.list(resource, "team").empty());
    }

    void aDeadNodesPodsMove()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::deployments, "default", workload("web", "{'replicas': 6}")), std::string());
        QVERIFY(c.until([&] { return c.readyPods() == 6; }));
        c.nodes->kill("node-1");
        auto onLiving = [&] {
            std::int64_t count = 0;
            for (const auto& pod : c.list(all::pods, "default"))
                count += api::conditionIsTrue(pod, "Ready") && pod.str("spec", "nodeName") != "node-1";
            return count;
        };
        // 40 s of silence, then the 300 s that pods tolerate by default.
        QVERIFY(c.until([&] { return onLiving() == 6; }, 400s));
        const api::Value node = c.get(all::nodes, "", "node-1");
        QCOMPARE(api::condition(node, "Ready").str("status"), std::string_view("Unknown"));
        c.remove(all::nodes, "", "node-1");
        QVERIFY(c.until([&] { return c.list(all::pods, "default").size() == 6; }, 120s)); // the stuck ones go with the node
    }

    void daemonSetsStatefulSetsAndJobs()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::daemonSets, "default", workload("agent", "{}")), std::string());
        QVERIFY(c.until([&] { return c.get(all::daemonSets, "default", "agent").get("status", "numberAvailable").asInt() == 3; }));
        c.change(all::daemonSets, "default", "agent", [](api::Value& object) { object.edit("spec").set("template", podTemplate("v2")); });
        QVERIFY(c.until([&] { return c.get(all::daemonSets, "default", "agent").get("status", "updatedNumberScheduled").asInt() == 3; }));
        c.remove(all::daemonSets, "default", "agent");

        QCOMPARE(c.create(all::statefulSets, "default", workload("db", "{'replicas': 3, 'serviceName': 'db'}")), std::string());
        QVERIFY(c.until([&] { return c.get(all::statefulSets, "default", "db").get("status", "readyReplicas").asInt() == 3; }));
        QVERIFY(!c.get(all::pods, "default", "db-2").isNull());
        c.change(all::statefulSets, "default", "db", [](api::Value& object) { object.edit("spec").set("template", podTemplate("v2")); });
        QVERIFY(c.until([&] {
            const api::Value set = c.get(all::statefulSets, "default", "db");
            return set.str("status", "currentRevision") == set.str("status", "updateRevision") && set.get("status", "updatedReplicas").asInt() == 3;
        }));
        c.remove(all::statefulSets, "default", "db");
        QVERIFY(c.until([&] { return c.list(all::pods, "default").empty(); }));

        c.nodes->finishes = true;
        api::Value job = workload("job", "{'completions': 5, 'parallelism': 2, 'ttlSecondsAfterFinished': 60}");
        job.edit("spec").erase("selector");
        job.edit("spec", "template", "spec").set("restartPolicy", "Never");
        QCOMPARE(c.create(all::jobs, "default", job), std::string());
        QVERIFY(c.until([&] { return api::conditionIsTrue(c.get(all::jobs, "default", "job"), "Complete"); }));
        QCOMPARE(c.get(all::jobs, "default", "job").get("status", "succeeded").asInt(), 5);
        QVERIFY(c.until([&] { return c.get(all::jobs, "default", "job").isNull() && c.list(all::pods, "default").empty(); }));
        QCOMPARE(c.nodes->errors, std::vector<std::string>());
    }

    void anIdleClusterWritesOnlyItsLeases()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::deployments, "default", workload("web", "{'replicas': 3}")), std::string());
        QVERIFY(c.until([&] { return rolledOut(c, "web") && c.readyPods() == 3; }));
        c.loop.advance(15min); // past every deadline
        auto revision = [&] { return std::stoll(c.run(c.client->list(all::configMaps, "default"))->resourceVersion); };
        const auto before = revision();
        c.loop.advance(10min);
        QVERIFY2(revision() - before <= 3 * 61, qPrintable(QString::number(revision() - before)));
    }

    void eventsTellWhatHappened()
    {
        ControlPlane c;
        QCOMPARE(c.create(all::deployments, "default", workload("web", "{'replicas': 2}")), std::string());
        auto recorded = [&](std::string_view reason) {
            for (const auto& event : c.list(all::events, "default")) {
                if (event.str("reason") == reason)
                    return true;
            }
            return false;
        };
        QVERIFY(c.until([&] { return recorded("ScalingReplicaSet") && recorded("SuccessfulCreate"); }));
    }
};

QTEST_GUILESS_MAIN(ControllersTest)
#include "tst_controllers.moc"
