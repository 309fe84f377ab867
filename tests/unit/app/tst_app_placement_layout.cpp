#include <QtTest>

#include "app/map/placement_layout.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

PodOptions on(const char* node, const char* name)
{
    PodOptions options;
    options.node = QLatin1String(node);
    options.name = QLatin1String(name);
    return options;
}

const MapCell* cell(const MapScene& scene, const QString& key)
{
    const auto found = std::find_if(scene.cells.begin(), scene.cells.end(), [&](const MapCell& c) { return c.key == key; });
    return found == scene.cells.end() ? nullptr : &*found;
}

const MapCard* card(const MapScene& scene, const QString& title)
{
    const auto found = std::find_if(scene.cards.begin(), scene.cards.end(), [&](const MapCard& c) { return c.title == title; });
    return found == scene.cards.end() ? nullptr : &*found;
}

} // namespace

class TestPlacementLayout : public QObject {
    Q_OBJECT
private slots:
    void podsStandInsideTheirNode()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        layout.setPod(QStringLiteral("default/a"), makePod(on("n1", "a")));
        const MapScene scene = layout.scene();
        QVERIFY(card(scene, QStringLiteral("n1"))->rect.contains(cell(scene, QStringLiteral("default/a"))->rect));
        QCOMPARE(scene.at(cell(scene, QStringLiteral("default/a"))->rect.center(), 1).cell, 0);
    }

    void nothingMovesWhenOthersComeAndGo()
    {
        PlacementLayout layout;
        for (const char* node : { "n1", "n2", "n3" })
            layout.setNode(QLatin1String(node), makeNode(QLatin1String(node)));
        for (const char* pod : { "a", "b", "c" })
            layout.setPod(QStringLiteral("default/") + QLatin1String(pod), makePod(on("n2", pod)));
        const MapScene before = layout.scene();
        layout.removePod(QStringLiteral("default/a"));
        layout.setNode(QStringLiteral("n0"), makeNode(QStringLiteral("n0")));
        PodOptions failing = on("n2", "b");
        failing.state = QStringLiteral("CrashLoopBackOff");
        layout.setPod(QStringLiteral("default/b"), makePod(failing));
        const MapScene after = layout.scene();
        QCOMPARE(cell(after, QStringLiteral("default/b"))->rect, cell(before, QStringLiteral("default/b"))->rect);
        QCOMPARE(cell(after, QStringLiteral("default/c"))->rect, cell(before, QStringLiteral("default/c"))->rect);
        QCOMPARE(card(after, QStringLiteral("n2"))->rect, card(before, QStringLiteral("n2"))->rect);
        QCOMPARE(cell(after, QStringLiteral("default/b"))->state, ObjectState::Failing);
        QVERIFY(!cell(after, QStringLiteral("default/a")));
        // The place that became free is taken next.
        layout.setPod(QStringLiteral("default/d"), makePod(on("n2", "d")));
        QCOMPARE(cell(layout.scene(), QStringLiteral("default/d"))->rect, cell(before, QStringLiteral("default/a"))->rect);
    }

    void cellsNeverOverlap()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        for (int i = 0; i < 200; ++i) {
            PodOptions pod = on("n1", "p");
            pod.name = QString::number(i);
            pod.cpuMilli = i % 7 == 0 ? 2500 : i % 3 == 0 ? 700 : 10;
            pod.ns = i % 11 == 0 ? QStringLiteral("kube-system") : QStringLiteral("default");
            layout.setPod(pod.ns + u'/' + pod.name, makePod(pod));
            if (i % 5 == 4)
                layout.removePod(QStringLiteral("default/") + QString::number(i - 3));
        }
        const MapScene scene = layout.scene();
        for (std::size_t i = 0; i < scene.cells.size(); ++i) {
            QVERIFY(scene.cards[0].rect.contains(scene.cells[i].rect));
            for (std::size_t k = i + 1; k < scene.cells.size(); ++k)
                QVERIFY2(!scene.cells[i].rect.intersects(scene.cells[k].rect), qPrintable(scene.cells[i].key + u' ' + scene.cells[k].key));
        }
    }

    void unscheduledPodsStandOutsideWithTheReason()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        PodOptions pod;
        pod.name = QStringLiteral("big");
        pod.state = QStringLiteral("Pending");
        pod.reason = QStringLiteral("0/1 nodes are available: 1 Insufficient cpu.");
        layout.setPod(QStringLiteral("default/big"), makePod(pod));
        const MapScene waiting = layout.scene();
        const MapCard* outside = card(waiting, QStringLiteral("1 pod without a node"));
        QVERIFY(outside);
        QCOMPARE(outside->note, pod.reason);
        QVERIFY(!outside->rect.intersects(card(waiting, QStringLiteral("n1"))->rect));
        QCOMPARE(cell(waiting, QStringLiteral("default/big"))->state, ObjectState::Waiting);
        pod.state = QStringLiteral("Running");
        pod.node = QStringLiteral("n1");
        layout.setPod(QStringLiteral("default/big"), makePod(pod));
        QVERIFY(!card(layout.scene(), QStringLiteral("1 pod without a node")));
    }

    void requestsFillTheGauges()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        PodOptions pod = on("n1", "a");
        pod.cpuMilli = 1000;
        layout.setPod(QStringLiteral("default/a"), makePod(pod));
        PodOptions finished = on("n1", "b");
        finished.cpuMilli = 3000;
        finished.state = QStringLiteral("Succeeded");
        layout.setPod(QStringLiteral("default/b"), makePod(finished));
        const MapScene scene = layout.scene();
        QCOMPARE(scene.cards[0].gauges[0].fraction, 0.25);
        QCOMPARE(scene.cards[0].gauges[0].text, QStringLiteral("1 / 4"));
    }

    void simulatedNodesSaySo()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("s"), makeNode(QStringLiteral("s"), false, true));
        const MapScene scene = layout.scene();
        QVERIFY(scene.cards[0].simulated);
        QVERIFY(scene.cards[0].badges.contains(QStringLiteral("simulated")));
    }

    void aNodeThatWentKeepsItsPodsUntilTheyGo()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        layout.setPod(QStringLiteral("default/a"), makePod(on("n1", "a")));
        layout.removeNode(QStringLiteral("n1"));
        QCOMPARE(layout.scene().cards.size(), 1u);
        QCOMPARE(layout.scene().cards[0].state, ObjectState::Failing);
        layout.removePod(QStringLiteral("default/a"));
        QVERIFY(layout.scene().cards.empty());
    }

    void otherNamespacesAreDimmedNotMoved()
    {
        PlacementLayout layout;
        layout.setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        layout.setPod(QStringLiteral("default/a"), makePod(on("n1", "a")));
        const QRectF before = layout.scene().cells[0].rect;
        layout.setNamespaces({ QStringLiteral("other") });
        const MapScene scene = layout.scene();
        QVERIFY(scene.cells[0].dimmed);
        QCOMPARE(scene.cells[0].rect, before);
    }
};

QTEST_GUILESS_MAIN(TestPlacementLayout)
#include "tst_app_placement_layout.moc"
