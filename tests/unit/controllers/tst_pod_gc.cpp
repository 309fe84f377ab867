#include <QtTest>

#include "engine/controllers/podgc/pod_gc_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::PodGcController>();
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
