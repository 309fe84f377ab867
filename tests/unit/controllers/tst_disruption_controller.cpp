#include <QtTest>

#include "engine/base/time.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/disruption/disruption_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::controllers::resources;

namespace {

// A deployment of ten with nine ready pods.
struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::DisruptionController>();
        start();
        put(resources::deployments, "d", "{'replicas': 10}");
        put(resources::replicaSets, "r", "{'replicas': 10}", client->at(resources::deployments, "default", "d"));
        for (int i = 0; i < 10; ++i) {
            put(resources::pods, "p" + std::to_string(i), "{}", client->at(resources::replicaSets, "default", "r"));
            setReady(i, i != 0);
        }
    }
    void put(const client::Resource& resource, const std::string& name, std::string spec, const api::Value& owner = {})
    {
        api::Value object = fromJson("{'metadata': {'namespace': 'default', 'labels': {'app': 'web'}}}");
        object.edit("metadata").set("name", name);
        object.set("spec", fromJson(std::move(spec)));
        if (!owner.isNull())
            object.edit("metadata", "ownerReferences").push(api::controllerReference(owner));
        client->put(resource, object);
    }
    void setReady(int pod, bool ready)
    {
        client->change(resources::pods, "default", "p" + std::to_string(pod),
            [&](api::Value& object) { api::setCondition(object, "Ready", ready, "", "", "2026-01-01T00:00:00Z"); });
    }
    api::Value status(const std::string& rule)
    {
        put(resources::podDisruptionBudgets, "b", "{'selector': {'matchLabels': {'app': 'web'}}, " + rule + "}");
        loop.settle();
        return client->at(resources::podDisruptionBudgets, "default", "b").get("status");
    }
    std::int64_t allowed()
    {
        loop.settle();
        return client->at(resources::podDisruptionBudgets, "default", "b").get("status", "disruptionsAllowed").asInt();
    }
};

} // namespace

class DisruptionControllerTest : public QObject {
    Q_OBJECT
private slots:
    void budgets_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("desired");
        QTest::addColumn<int>("allowed");
        QTest::newRow("minAvailable") << "'minAvailable': 7" << 7 << 2;
        QTest::newRow("minAvailable percent") << "'minAvailable': '75%'" << 8 << 1;
        QTest::newRow("maxUnavailable") << "'maxUnavailable': 3" << 7 << 2;
        QTest::newRow("maxUnavailable percent") << "'maxUnavailable': '25%'" << 7 << 2;
        QTest::newRow("none") << "'maxUnavailable': 0" << 10 << 0;
        QTest::newRow("more than there are") << "'minAvailable': 20" << 20 << 0;
    }
    void budgets()
    {
        QFETCH(QString, rule);
        QFETCH(int, desired);
        QFETCH(int, allowed);
        Fixture f;
        const api::Value status = f.status(rule.toStdString());
        QCOMPARE(status.get("expectedPods").asInt(), 10);
        QCOMPARE(status.get("currentHealthy").asInt(), 9);
        QCOMPARE(status.get("desiredHealthy").asInt(), desired);
        QCOMPARE(status.get("disruptionsAllowed").asInt(), allowed);
        QCOMPARE(api::conditionIsTrue(f.client->at(resources::podDisruptionBudgets, "default", "b"), "DisruptionAllowed"), allowed > 0);
    }

    void followsPodsAndSizes()
    {
        Fixture f;
        f.status("'maxUnavailable': 3");
        f.setReady(0, true);
        QCOMPARE(f.allowed(), 3);
        f.client->change(resources::deployments, "default", "d", [](api::Value& object) { object.edit("spec").set("replicas", 12); });
        QCOMPARE(f.allowed(), 1);
        f.client->change(
            resources::pods, "default", "p1", [](api::Value& pod) { pod.edit("metadata").set("deletionTimestamp", "2026-01-01T00:00:00Z"); });
        QCOMPARE(f.allowed(), 0);
    }

    void anAllowedEvictionCountsUntilItIsSeenOrTimesOut()
    {
        Fixture f;
        f.status("'maxUnavailable': 3");
        QCOMPARE(f.allowed(), 2);
        f.client->change(resources::podDisruptionBudgets, "default", "b",
            [&](api::Value& budget) { budget.edit("status", "disruptedPods").set("p5", formatTime(f.loop.wallTime())); });
        QCOMPARE(f.allowed(), 1);
        f.loop.advance(121s);
        QCOMPARE(f.allowed(), 2);
        QVERIFY(!f.client->at(resources::podDisruptionBudgets, "default", "b").get("status").has("disruptedPods"));
    }
};

QTEST_GUILESS_MAIN(DisruptionControllerTest)
#include "tst_disruption_controller.moc"
