#include <QtTest>

#include "engine/controllers/podgc/pod_gc_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

struct Fixture : ControllerFixture {
    explicit Fixture(std::size_t endedPodsMax = controllers::kEndedPodsMax)
    {
        add<controllers::PodGcController>(endedPodsMax);
        client->put(resources::nodes, fromJson("{'metadata': {'name': 'n1'}, 'spec': {}}"));
        start();
    }
    void putPod(std::string_view node, bool deleting = false)
    {
        api::Value pod = fromJson("{'metadata': {'namespace': 'default', 'name': 'p'}, 'spec': {}, 'status': {'phase': 'Running'}}");
        if (!node.empty())
            pod.edit("spec").set("nodeName", node);
        if (deleting) {
            pod.edit("metadata").set("deletionTimestamp", "2026-01-01T00:00:30Z");
            pod.edit("metadata").set("deletionGracePeriodSeconds", 30);
        }
        client->put(resources::pods, pod);
    }
};

} // namespace

class PodGcTest : public QObject {
    Q_OBJECT
private slots:
    void podsOfAGoneNodeGoAfterAQuarantine()
    {
        Fixture f;
        f.putPod("n1");
        f.loop.advance(2min);
        QCOMPARE(f.pods().size(), 1u);
        f.client->erase(resources::nodes, "", "n1");
        f.loop.advance(30s);
        QCOMPARE(f.pods().size(), 1u);
        f.loop.advance(15s);
        QVERIFY(f.pods().empty());
    }

    void aNodeThatComesBackKeepsItsPods()
    {
        Fixture f;
        f.putPod("n1");
        f.client->erase(resources::nodes, "", "n1");
        f.loop.advance(30s);
        f.client->put(resources::nodes, fromJson("{'metadata': {'name': 'n1'}, 'spec': {}}"));
        f.loop.advance(5min);
        QCOMPARE(f.pods().size(), 1u);
    }

    void aPodDeletedBeforeItHadANodeGoesAtOnce()
    {
        Fixture f;
        f.putPod("", true);
        f.loop.settle();
        QVERIFY(f.pods().empty());
    }

    void theOldestOfTooManyEndedPodsGo()
    {
        Fixture f(3);
        for (int i = 0; i < 6; ++i) {
            api::Value pod = fromJson("{'metadata': {'namespace': 'default'}, 'spec': {'nodeName': 'n1'}, 'status': {'phase': 'Running'}}");
            pod.edit("metadata").set("name", "p" + std::to_string(i));
            f.client->put(resources::pods, pod);
            f.loop.advance(1s);
        }
        QCOMPARE(f.pods().size(), 6u);
        for (const char* name : {"p5", "p4", "p3", "p2", "p1"})
            f.client->change(resources::pods, "default", name, [](api::Value& pod) { pod.edit("status").set("phase", "Succeeded"); });
        f.loop.advance(1s);
        QCOMPARE(f.pods().size(), 4u); // p0 runs; p1 and p2 were the oldest that had ended
        QVERIFY(!f.client->at(resources::pods, "default", "p0").isNull());
        QVERIFY(!f.client->at(resources::pods, "default", "p3").isNull());
    }

    void aTerminatingPodOnALivingNodeIsTheKubelets()
    {
        Fixture f;
        f.putPod("n1", true);
        f.loop.advance(10min);
        QCOMPARE(f.pods().size(), 1u);
        f.client->change(resources::nodes, "", "n1", [](api::Value& node) {
            node.edit("spec").set("taints", fromJson("[{'key': 'node.kubernetes.io/out-of-service', 'effect': 'NoExecute'}]"));
        });
        f.loop.advance(1s);
        QVERIFY(f.pods().empty());
    }
};

QTEST_GUILESS_MAIN(PodGcTest)
#include "tst_pod_gc.moc"
