// Positions never jump: random changes are fed to every lens, and whatever was there before and after must be where it was.
#include <QtTest>

#include <random>
#include <set>

#include "app/base/text.h"
#include "app/map/apps_layout.h"
#include "app/map/clusters_layout.h"
#include "app/map/control_plane_layout.h"
#include "app/map/map_pins.h"
#include "app/map/placement_layout.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

constexpr int kSteps = 800;
const QString kStates[] = { QStringLiteral("Running"), QStringLiteral("Starting"), QStringLiteral("CrashLoopBackOff"), QStringLiteral("Succeeded"),
    QStringLiteral("Terminating") };

void set(Lens& lens, const char* kind, const QString& key, const Value& object) { lens.take(kind, { { Delta::Kind::Set, toStd(key), object } }); }
void drop(Lens& lens, const char* kind, const QString& key, const Value& object)
{
    lens.take(kind, { { Delta::Kind::Removed, toStd(key), object } });
}

Value zonedNode(const QString& name, int zone)
{
    Value node = makeNode(name);
    if (zone > 0)
        node.edit("metadata", "labels").set("topology.kubernetes.io/zone", "zone-" + std::to_string(zone));
    return node;
}

// The corner of every cell by where it belongs, and of every card that is not a frame (frames grow).
std::map<QString, QPointF> corners(const MapScene& scene)
{
    std::map<QString, QPointF> corners;
    for (const MapCard& card : scene.cards) {
        if (card.kind != MapCard::Kind::Group)
            corners[card.key] = card.rect.topLeft();
    }
    for (const MapCell& cell : scene.cells)
        corners[scene.cards[std::size_t(cell.card)].key + QStringLiteral(" > ") + cell.key] = cell.rect.topLeft();
    return corners;
}

QString moved(const MapScene& before, const MapScene& after, int& survivors)
{
    const auto old = corners(before);
    for (const auto& [key, corner] : corners(after)) {
        const auto was = old.find(key);
        if (was == old.end())
            continue;
        ++survivors;
        if (QLineF(was->second, corner).length() > 0.001)
            return QStringLiteral("%1 went from %2,%3 to %4,%5").arg(key).arg(was->second.x()).arg(was->second.y()).arg(corner.x()).arg(corner.y());
    }
    return {};
}

void checkNothingOverlaps(const MapScene& scene)
{
    for (std::size_t i = 0; i < scene.cards.size(); ++i) {
        for (std::size_t k = i + 1; k < scene.cards.size(); ++k) {
            const MapCard &one = scene.cards[i], &other = scene.cards[k];
            const bool frames = one.kind == MapCard::Kind::Group, inside = frames != (other.kind == MapCard::Kind::Group);
            QVERIFY2(inside || !one.rect.intersects(other.rect), qPrintable(one.key + QStringLiteral(" lies on ") + other.key));
        }
    }
    for (const MapCell& cell : scene.cells)
        QVERIFY2(scene.cards[std::size_t(cell.card)].rect.contains(cell.rect), qPrintable(cell.key));
}

} // namespace

class TestMapStability : public QObject {
    Q_OBJECT
private slots:
    void init() { random.seed(7); }

    void placementKeepsPositions()
    {
        PlacementLayout lens;
        for (int n = 0; n < 6; ++n)
            set(lens, "Node", QStringLiteral("n%1").arg(n), zonedNode(QStringLiteral("n%1").arg(n), n % 3));
        MapScene before = lens.scene();
        int survivors = 0;
        // Pods go to nodes that were there once: before a node was seen its zone is not known, and when it is, it moves there.
        std::set<QString> seen { QStringLiteral("n0"), QStringLiteral("n1"), QStringLiteral("n2") };
        for (int step = 0; step < kSteps; ++step) {
            const int what = pick(20);
            const QString node = QStringLiteral("n%1").arg(pick(step > 300 ? 30 : 6));
            if (what == 0) {
                set(lens, "Node", node, zonedNode(node, node.mid(1).toInt() % 3));
                seen.insert(node);
            } else if (what == 1) {
                drop(lens, "Node", node, {});
                seen.erase(node);
            } else {
                changePod(lens, what, *std::next(seen.begin(), pick(int(seen.size()))));
            }
            MapScene after = lens.scene();
            const QString problem = moved(before, after, survivors);
            QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("step %1: ").arg(step) + problem));
            before = std::move(after);
        }
        QVERIFY2(survivors > kSteps * 20, qPrintable(QString::number(survivors)));
        checkNothingOverlaps(before);
    }

    void appsKeepPositions()
    {
        AppsLayout lens;
        for (int d = 0; d < 8; ++d)
            set(lens, "Deployment", key(d), makeDeployment(ns(d), name(d), 3, 3));
        set(lens, "Service", key(1), makeService(ns(1), name(1), name(1), 80));
        MapScene before = lens.scene(0);
        int survivors = 0;
        for (int step = 0; step < kSteps; ++step) {
            changeApps(lens, pick(12), pick(step > 300 ? 90 : 8));
            MapScene after = lens.scene(0);
            const QString problem = moved(before, after, survivors);
            QVERIFY2(problem.isEmpty(), qPrintable(QStringLiteral("step %1: ").arg(step) + problem));
            before = std::move(after);
        }
        QVERIFY(survivors > kSteps * 20);
        checkNothingOverlaps(before);
    }

    void theControlPlaneKeepsPositions()
    {
        ControlPlaneLayout lens(QStringLiteral("c"));
        set(lens, "Node", QStringLiteral("m"), makeNode(QStringLiteral("m"), true));
        MapScene before = lens.scene(0);
        int survivors = 0;
        for (int step = 0; step < 300; ++step) {
            const QString node = QStringLiteral("n%1").arg(pick(200));
            pick(3) == 0 ? drop(lens, "Node", node, {}) : set(lens, "Node", node, makeNode(node, pick(40) == 0));
            MapScene after = lens.scene(step);
            const QString problem = moved(before, after, survivors);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
            before = std::move(after);
        }
        QVERIFY(survivors > 3000);
    }

    void clustersKeepPositions()
    {
        ClustersLayout lens;
        Value cluster = Value::object();
        cluster.edit("status").set("phase", "Running");
        for (const char* name : { "b", "c", "d" })
            set(lens, "Cluster", QLatin1String(name), cluster);
        const MapScene before = lens.scene(0);
        set(lens, "Cluster", QStringLiteral("a"), cluster);
        drop(lens, "Cluster", QStringLiteral("c"), {});
        int survivors = 0;
        QCOMPARE(moved(before, lens.scene(0), survivors), QString());
        QCOMPARE(survivors, 2);
    }

    void pinnedCardsStandWhereTheyWerePut()
    {
        PlacementLayout lens;
        set(lens, "Node", QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
        set(lens, "Node", QStringLiteral("n2"), makeNode(QStringLiteral("n2")));
        changePod(lens, 5, QStringLiteral("n1"));
        const MapScene free = lens.scene();
        MapScene scene = free;
        const QPointF away(4000, -300);
        applyPins(scene, { { QStringLiteral("Node/n1"), away } });
        QCOMPARE(scene.cards[0].rect.topLeft(), away);
        QVERIFY(scene.cards[0].pinned && !scene.cards[1].pinned);
        QVERIFY(scene.cards[0].rect.contains(scene.cells[0].rect));
        QCOMPARE(scene.cards[1].rect, free.cards[1].rect);
        QVERIFY(scene.bounds.contains(scene.cards[0].rect));
    }

    void aPinnedFrameTakesWhatIsInItAlong()
    {
        AppsLayout lens;
        set(lens, "Deployment", key(0), makeDeployment(ns(0), name(0), 3, 3));
        MapScene scene = lens.scene(0);
        const QPointF inside = scene.cards[1].rect.topLeft() - scene.cards[0].rect.topLeft();
        applyPins(scene, { { scene.cards[0].key, QPointF(-900, 70) } });
        QCOMPARE(scene.cards[1].rect.topLeft(), QPointF(-900, 70) + inside);
    }

private:
    int pick(int below) { return int(random() % unsigned(below)); }
    static QString ns(int number) { return QStringLiteral("ns%1").arg(number % 3); }
    static QString name(int number) { return QStringLiteral("app%1").arg(number); }
    static QString key(int number) { return ns(number) + u'/' + name(number); }

    void changePod(Lens& lens, int what, const QString& node)
    {
        PodOptions pod;
        const int number = pick(150);
        pod.name = QStringLiteral("p%1").arg(number);
        pod.ns = pick(6) == 0 ? QStringLiteral("kube-system") : QStringLiteral("default");
        const QString key = pod.ns + u'/' + pod.name;
        if (what < 5)
            return drop(lens, "Pod", key, {});
        pod.node = node;
        pod.owner = QStringLiteral("set-%1").arg(pick(5));
        pod.cpuMilli = number % 4 == 0 ? 700 : 100; // what a pod asks for does not change
        pod.state = kStates[pick(5)];
        if (what == 6) {
            pod.state = QStringLiteral("Pending");
            pod.node.clear();
            pod.reason = QStringLiteral("0/%1 nodes are available").arg(pick(9));
        }
        set(lens, "Pod", key, makePod(pod));
    }

    void changeApps(AppsLayout& lens, int what, int number)
    {
        const QString set = name(number) + QStringLiteral("-7d4b9");
        if (what == 0) {
            ::set(lens, "Deployment", key(number), makeDeployment(ns(number), name(number), pick(9), pick(9)));
            ::set(lens, "ReplicaSet", ns(number) + u'/' + set, makeReplicaSet(ns(number), name(number), 3, 3));
        } else if (what == 1) {
            ::set(lens, "Service", key(number), makeService(ns(number), name(number), name(number), 80));
        } else if (what == 2) {
            ::set(lens, "Ingress", key(number), makeIngress(ns(number), name(number), QStringLiteral("x.example"), name(pick(90))));
        } else if (what == 3) {
            const char* kinds[] = { "Deployment", "Service", "Ingress" };
            drop(lens, kinds[pick(3)], key(number), {});
        } else {
            PodOptions pod;
            pod.name = name(number) + QStringLiteral("-%1").arg(pick(30));
            pod.ns = ns(number);
            pod.app = name(number);
            pod.owner = set;
            pod.state = kStates[pick(5)];
            const QString podKey = pod.ns + u'/' + pod.name;
            what == 4 ? drop(lens, "Pod", podKey, {}) : ::set(lens, "Pod", podKey, makePod(pod));
        }
    }

    std::mt19937 random;
};

QTEST_GUILESS_MAIN(TestMapStability)
#include "tst_app_map_stability.moc"
