#include <QtTest>

#include "engine/controllers/deployment/deployment_controller.h"
#include "engine/controllers/replicaset/replica_set_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

constexpr const char* kRevision = "deployment.kubernetes.io/revision";

api::Value deployment(int replicas, std::string_view image = "v1")
{
    api::Value object = fromJson(R"({'metadata': {'namespace': 'default', 'name': 'web', 'annotations': {'team': 'blue'}},
        'spec': {'selector': {'matchLabels': {'app': 'web'}}, 'progressDeadlineSeconds': 600, 'revisionHistoryLimit': 10,
        'strategy': {'type': 'RollingUpdate', 'rollingUpdate': {'maxSurge': '25%', 'maxUnavailable': '25%'}},
        'template': {'metadata': {'labels': {'app': 'web'}}, 'spec': {'containers': [{'name': 'c'}]}}}})");
    object.edit("spec").set("replicas", replicas);
    object.edit("spec", "template", "spec", "containers").editAt(0).set("image", image);
    return object;
}

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::DeploymentController>();
        add<controllers::ReplicaSetController>();
        runPods();
        start();
    }
    api::Value web() { return client->at(resources::deployments, "default", "web"); }
    std::vector<api::Value> sets() { return client->all(resources::replicaSets, "default"); }
    std::int64_t status(std::string_view field) { return web().get("status", field).asInt(); }
    void edit(const std::function<void(api::Value&)>& change) { client->change(resources::deployments, "default", "web", change); }
    void setImage(std::string_view image)
    {
        edit([&](api::Value& object) { object.edit("spec", "template", "spec", "containers").editAt(0).set("image", image); });
    }
    // As `kubectl rollout status` decides it.
    bool rolledOut()
    {
        const api::Value object = web();
        const std::int64_t wanted = object.get("spec", "replicas").asInt();
        return status("observedGeneration") >= object.get("metadata", "generation").asInt() && status("updatedReplicas") == wanted
            && status("replicas") == wanted && status("availableReplicas") == wanted;
    }
    std::string_view reason(std::string_view type)
    {
        m_object = web();
        return api::condition(m_object, type).str("reason");
    }
    api::Value setOf(std::string_view image)
    {
        for (const auto& set : sets()) {
            if (set.get("spec", "template", "spec", "containers").at(0).str("image") == image)
                return set;
        }
        return {};
    }

private:
    api::Value m_object;
};

} // namespace

class DeploymentControllerTest : public QObject {
    Q_OBJECT
private slots:
    void makesAReplicaSetAndReportsAvailability()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(3));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        QCOMPARE(f.sets().size(), 1u);
        const api::Value set = f.sets()[0];
        const std::string_view hash = set.str("metadata", "labels", "pod-template-hash");
        QVERIFY(!hash.empty());
        QCOMPARE(set.str("metadata", "name"), "web-" + std::string(hash));
        QCOMPARE(set.str("spec", "selector", "matchLabels", "pod-template-hash"), hash);
        QCOMPARE(set.str("spec", "template", "metadata", "labels", "pod-template-hash"), hash);
        QCOMPARE(set.get("metadata", "annotations").str(kRevision), std::string_view("1"));
        QCOMPARE(set.get("metadata", "annotations").str("team"), std::string_view("blue"));
        QCOMPARE(set.get("metadata", "annotations").str("deployment.kubernetes.io/desired-replicas"), std::string_view("3"));
        QCOMPARE(set.get("metadata", "annotations").str("deployment.kubernetes.io/max-replicas"), std::string_view("4"));
        QCOMPARE(f.web().get("metadata", "annotations").str(kRevision), std::string_view("1"));
        QCOMPARE(f.reason("Available"), std::string_view("MinimumReplicasAvailable"));
        QVERIFY(f.until([&] { return f.reason("Progressing") == "NewReplicaSetAvailable"; }));
        QVERIFY(f.recorded("ScalingReplicaSet"));
    }

    void rollsToANewTemplateWithinSurgeAndAvailability()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(8));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        bool tooMany = false, tooFew = false;
        const bool done = f.until([&] {
            std::int64_t wanted = 0;
            for (const auto& set : f.sets())
                wanted += set.get("spec", "replicas").asInt();
            tooMany = tooMany || wanted > 10; // 25% of 8, rounded up
            tooFew = tooFew || countReady(f.pods()) < 6;
            return f.rolledOut();
        }, 120s);
        QVERIFY(done);
        QVERIFY(!tooMany);
        QVERIFY(!tooFew);
        QCOMPARE(f.sets().size(), 2u);
        QCOMPARE(f.setOf("v1").get("spec", "replicas").asInt(), 0);
        QCOMPARE(f.setOf("v2").get("metadata", "annotations").str(kRevision), std::string_view("2"));
        QCOMPARE(f.web().get("metadata", "annotations").str(kRevision), std::string_view("2"));
    }

    void undoTakesTheOldReplicaSetBack()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(2));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        // kubectl rollout undo: the old replica set's template, less the hash, becomes the deployment's again.
        api::Value old = f.setOf("v1").get("spec", "template");
        old.edit("metadata", "labels").erase("pod-template-hash");
        f.edit([&](api::Value& object) { object.edit("spec").set("template", old); });
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        QCOMPARE(f.sets().size(), 2u);
        QCOMPARE(f.setOf("v1").get("metadata", "annotations").str(kRevision), std::string_view("3"));
        QCOMPARE(f.setOf("v1").get("metadata", "annotations").str("deployment.kubernetes.io/revision-history"), std::string_view("1"));
        QCOMPARE(f.web().get("metadata", "annotations").str(kRevision), std::string_view("3"));
        QCOMPARE(f.setOf("v1").get("spec", "replicas").asInt(), 2);
    }

    void aBrokenTemplateStopsTheRolloutAndIsReported()
    {
        Fixture f;
        f.runner->works = [](const api::Value& pod) { return pod.get("spec", "containers").at(0).str("image") != "broken"; };
        f.client->put(resources::deployments, deployment(4));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("broken");
        f.loop.advance(60s);
        QCOMPARE(countReady(f.pods()), 3); // maxUnavailable 1
        QCOMPARE(f.reason("Progressing"), std::string_view("ReplicaSetUpdated"));
        QVERIFY(f.until([&] { return f.reason("Progressing") == "ProgressDeadlineExceeded"; }, 700s));
        QCOMPARE(api::condition(f.web(), "Progressing").str("status"), std::string_view("False"));
        f.setImage("v1");
        QVERIFY(f.until([&] { return f.rolledOut() && f.reason("Progressing") == "NewReplicaSetAvailable"; }));
    }

    void scalesWithoutANewRevision()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(2));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.edit([](api::Value& object) { object.edit("spec").set("replicas", 6); });
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        QCOMPARE(f.sets().size(), 1u);
        QCOMPARE(f.sets()[0].get("metadata", "annotations").str("deployment.kubernetes.io/desired-replicas"), std::string_view("6"));
        f.edit([](api::Value& object) { object.edit("spec").set("replicas", 0); });
        QVERIFY(f.until([&] { return f.rolledOut() && f.pods().empty(); }));
    }

    void pausedChangesWaitForResume()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(2));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.edit([](api::Value& object) { object.edit("spec").set("paused", true); });
        QVERIFY(f.until([&] { return f.reason("Progressing") == "DeploymentPaused"; }));
        f.setImage("v2");
        f.edit([](api::Value& object) { object.edit("spec").set("replicas", 4); });
        f.loop.advance(30s);
        QCOMPARE(f.sets().size(), 1u);
        QCOMPARE(f.sets()[0].get("spec", "replicas").asInt(), 4);
        f.edit([](api::Value& object) { object.edit("spec").set("paused", false); });
        QVERIFY(f.until([&] { return f.rolledOut() && f.sets().size() == 2; }));
    }

    void recreateWaitsForTheOldPodsToGo()
    {
        Fixture f;
        f.runner->goneAfter = 20s;
        api::Value object = deployment(3);
        object.edit("spec").set("strategy", fromJson("{'type': 'Recreate'}"));
        f.client->put(resources::deployments, object);
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("v2");
        bool together = false;
        QVERIFY(f.until([&] {
            bool oldRuns = false, newRuns = false;
            for (const auto& pod : f.pods()) {
                const bool isNew = pod.get("spec", "containers").at(0).str("image") == "v2";
                (isNew ? newRuns : oldRuns) = true;
            }
            together = together || (oldRuns && newRuns);
            return f.rolledOut() && newRuns;
        }));
        QVERIFY(!together);
    }

    void oldRevisionsPastTheLimitGo()
    {
        Fixture f;
        api::Value object = deployment(1);
        object.edit("spec").set("revisionHistoryLimit", 2);
        f.client->put(resources::deployments, object);
        for (int version = 2; version <= 6; ++version) {
            QVERIFY(f.until([&] { return f.rolledOut(); }));
            f.loop.advance(1s);
            f.setImage("v" + std::to_string(version));
        }
        QVERIFY(f.until([&] { return f.rolledOut() && f.sets().size() == 3; }));
        QVERIFY(f.setOf("v3").isNull());
        QVERIFY(!f.setOf("v4").isNull());
    }

    void adoptsAMatchingReplicaSet()
    {
        Fixture f;
        api::Value orphan = fromJson(R"({'metadata': {'namespace': 'default', 'name': 'orphan', 'labels': {'app': 'web'}},
            'spec': {'replicas': 1, 'selector': {'matchLabels': {'app': 'web'}}}})");
        orphan.edit("spec").set("template", deployment(1).get("spec", "template"));
        f.client->put(resources::replicaSets, orphan);
        f.client->put(resources::deployments, deployment(2));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        QCOMPARE(f.sets().size(), 1u);
        QVERIFY(api::controlledBy(f.sets()[0], f.web().str("metadata", "uid")));
        QVERIFY(f.until([&] { return f.reason("Progressing") == "NewReplicaSetAvailable"; }));
    }

    void aTakenNameGetsAnother()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(1));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        const std::string taken(f.sets()[0].str("metadata", "name"));
        Fixture g;
        g.client->put(resources::replicaSets, fromJson("{'metadata': {'namespace': 'default', 'name': '" + taken
            + "'}, 'spec': {'replicas': 0, 'selector': {'matchLabels': {'x': 'y'}}, 'template': {}}}"));
        g.client->put(resources::deployments, deployment(1));
        QVERIFY(g.until([&] { return g.rolledOut(); }));
        QCOMPARE(g.status("collisionCount"), 1);
        QCOMPARE(g.sets().size(), 2u);
    }

    void aProportionalScaleDuringARollout()
    {
        Fixture f;
        f.runner->works = [](const api::Value& pod) { return pod.get("spec", "containers").at(0).str("image") != "broken"; };
        f.client->put(resources::deployments, deployment(10));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("broken");
        f.loop.advance(30s);
        const std::int64_t oldBefore = f.setOf("v1").get("spec", "replicas").asInt(), newBefore = f.setOf("broken").get("spec", "replicas").asInt();
        QCOMPARE(oldBefore, 8);
        QCOMPARE(newBefore, 5);
        f.edit([](api::Value& object) { object.edit("spec").set("replicas", 20); });
        f.loop.advance(30s);
        const std::int64_t oldAfter = f.setOf("v1").get("spec", "replicas").asInt(), newAfter = f.setOf("broken").get("spec", "replicas").asInt();
        QCOMPARE(oldAfter + newAfter, 25);
        QVERIFY(oldAfter >= 15 && newAfter >= 9); // both grew by their share
        f.setImage("v3");
        QVERIFY(f.until([&] { return f.rolledOut(); }));
    }

    void aSmallScaleDuringARolloutDoesNotStopIt()
    {
        Fixture f;
        f.runner->works = [](const api::Value& pod) { return pod.get("spec", "containers").at(0).str("image") != "broken"; };
        f.client->put(resources::deployments, deployment(10));
        QVERIFY(f.until([&] { return f.rolledOut(); }));
        f.setImage("broken");
        f.loop.advance(30s);
        f.edit([](api::Value& object) { object.edit("spec").set("replicas", 11); }); // too little for each replica set to get a share
        f.loop.advance(30s);
        for (const auto& set : f.sets())
            QCOMPARE(set.get("metadata", "annotations").str("deployment.kubernetes.io/desired-replicas"), std::string_view("11"));
        f.setImage("v2");
        QVERIFY(f.until([&] { return f.rolledOut() && f.setOf("v2").get("spec", "replicas").asInt() == 11; }));
    }

    void anIdleDeploymentCostsNothing()
    {
        Fixture f;
        f.client->put(resources::deployments, deployment(3));
        QVERIFY(f.until([&] { return f.rolledOut() && f.reason("Progressing") == "NewReplicaSetAvailable"; }));
        f.loop.advance(20min);
        f.client->clearRequests();
        f.loop.advance(24h);
        QVERIFY(f.client->requests().empty());
    }
};

QTEST_GUILESS_MAIN(DeploymentControllerTest)
#include "tst_deployment_controller.moc"
