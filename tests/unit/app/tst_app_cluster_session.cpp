#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

#include "app/palette/palette_model.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kApps = FakeApiServer::appsPath(QStringLiteral("dev"));
const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));
const QString kDeployments = QStringLiteral("deployments");
const QString kWeb = QStringLiteral("shop/web");

bool relates(const QVariantList& related, const char* relation, const char* kind, const char* name)
{
    return std::any_of(related.begin(), related.end(), [&](const QVariant& entry) {
        const QVariantMap map = entry.toMap();
        return map.value(QStringLiteral("relation")) == QLatin1String(relation) && map.value(QStringLiteral("kind")) == QLatin1String(kind)
            && map.value(QStringLiteral("name")).toString().startsWith(QLatin1String(name));
    });
}

} // namespace

// The drawer, the tables, the lenses, the dock and the palette on one cluster.
class TestClusterSession : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        server = std::make_unique<FakeApiServer>();
        populate(*server);
        folder = std::make_unique<QTemporaryDir>();
        const QString file = folder->filePath(QStringLiteral("engine.kubeconfig"));
        server->writeConnectionFile(file);
        session = std::make_unique<Session>(file);
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(cluster().catalog()->loaded());
    }
    void cleanup()
    {
        session.reset();
        server.reset();
    }

    void everyKindIsListedInItsSection()
    {
        Catalog& catalog = *cluster().catalog();
        QAbstractItemModelTester tester(&catalog, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(catalog.idOf(QStringLiteral("po")), QStringLiteral("pods"));
        QCOMPARE(catalog.idOf(QStringLiteral("Deployment")), QStringLiteral("deployments.apps"));
        QCOMPARE(catalog.idOf(QStringLiteral("widgets.example.dev")), QStringLiteral("widgets.example.dev"));
        QCOMPARE(catalog.idOf(QStringLiteral("nothing")), QString());
        QCOMPARE(sectionOf(*catalog.byId(QStringLiteral("widgets.example.dev"))), Catalog::Custom);
        QCOMPARE(sectionOf(*catalog.byId(QStringLiteral("pods"))), Catalog::Workloads);
    }

    void tablesAreTheServersAndLive()
    {
        QVERIFY(cluster().openTable(QStringLiteral("pods")));
        ResourceTable& table = *cluster().table();
        QAbstractItemModelTester tester(table.rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(table.rows()->count(), 44);
        QTRY_COMPARE(table.columns().size(), 6);
        table.setWide(true);
        QCOMPARE(table.columns().size(), 8);
        table.setFilter(QStringLiteral("app=web"));
        QTRY_COMPARE(table.rows()->count(), 0); // a label is its key and its value, not a selector
        table.setFilter(QStringLiteral("WEB shop"));
        QTRY_COMPARE(table.rows()->count(), 9);
        QCOMPARE(table.rows()->total(), 44);
        cluster().setChosenNamespaces({ QStringLiteral("batch") });
        QTRY_COMPARE(table.rows()->count(), 0);
        table.setFilter({});
        QTRY_COMPARE(table.rows()->count(), 9);
        server->remove(kCore, QStringLiteral("pods"), table.rows()->keyAt(0));
        QTRY_COMPARE(table.rows()->count(), 8);
    }

    void tablesSortByWhatIsMeant()
    {
        QVERIFY(cluster().openTable(QStringLiteral("nodes")));
        ResourceTable& table = *cluster().table();
        for (const char* name : { "node-10", "node-9" })
            server->put(kCore, QStringLiteral("nodes"), makeNode(QLatin1String(name)));
        QTRY_COMPARE(table.rows()->count(), 8);
        QTRY_VERIFY(!table.columns().isEmpty());
        table.sortBy(0);
        QTRY_COMPARE(table.rows()->keyAt(5), QStringLiteral("node-10"));
        QCOMPARE(table.rows()->keyAt(4), QStringLiteral("node-9"));
        table.sortBy(0);
        QTRY_COMPARE(table.rows()->keyAt(0), QStringLiteral("sim-2"));
    }

    void customKindsAreTablesToo()
    {
        QVERIFY(cluster().openTable(QStringLiteral("widgets.example.dev")));
        QTRY_COMPARE(cluster().table()->rows()->keyAt(0), QStringLiteral("shop/blue"));
        QVERIFY(!cluster().openTable(QStringLiteral("gadgets")));
    }

    void theDrawerShowsWhatBelongsTogether()
    {
        QVERIFY(cluster().openDetails(QStringLiteral("apps/v1"), QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web")));
        ObjectDetails& details = *cluster().details();
        QTRY_VERIFY(details.found());
        QCOMPARE(details.statusText(), QStringLiteral("9/9"));
        QCOMPARE(details.gauges().size(), 3);
        QTRY_VERIFY(relates(details.related(), "Owns", "ReplicaSet", "web-"));
        QTRY_VERIFY(relates(details.related(), "Owns", "Pod", "web-"));
        QTRY_VERIFY(relates(details.related(), "Selected by", "Service", "web"));
        QVERIFY(cluster().openDetails(QStringLiteral("v1"), QStringLiteral("Service"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(relates(details.related(), "Selects", "Pod", "web-"));
        QTRY_VERIFY(relates(details.related(), "Reached through", "Ingress", "shop"));
    }

    void theDrawerFollowsItsObject()
    {
        QVERIFY(cluster().openDetails(QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("checkout-x7k2q0")));
        ObjectDetails& details = *cluster().details();
        QTRY_COMPARE(details.statusText(), QStringLiteral("ImagePullBackOff"));
        QVERIFY(details.reason().contains(QLatin1String("not found")));
        QCOMPARE(details.containers().size(), 1);
        QTRY_COMPARE(details.events()->count(), 4);
        Value pod = server->get(kCore, QStringLiteral("pods"), QStringLiteral("shop/checkout-x7k2q0"));
        pod.edit("metadata", "labels").set("touched", "yes");
        server->put(kCore, QStringLiteral("pods"), pod);
        QTRY_COMPARE(details.changes().size(), 1);
        QCOMPARE(details.labels().size(), 2);
        server->remove(kCore, QStringLiteral("pods"), QStringLiteral("shop/checkout-x7k2q0"));
        QTRY_VERIFY(details.gone());
        QCOMPARE(details.labels().size(), 2); // how it was last stays to be read
    }

    void actionsAreRequests()
    {
        openWeb();
        ObjectActions& actions = *cluster().details()->actions();
        QCOMPARE(actions.available(),
            (QStringList { QStringLiteral("scale"), QStringLiteral("restart"), QStringLiteral("revisions"), QStringLiteral("pause"),
                QStringLiteral("delete") }));
        actions.restart();
        QTRY_VERIFY(
            server->get(kApps, kDeployments, kWeb).get("spec", "template", "metadata", "annotations").has("kubectl.kubernetes.io/restartedAt"));
        actions.setPaused(true);
        QTRY_VERIFY(actions.available().contains(QStringLiteral("resume")));
        actions.scale(3);
        QTRY_COMPARE(cluster().details()->replicas(), 3);
        QCOMPARE(actions.command(QStringLiteral("scale"), { { QStringLiteral("replicas"), 3 } }),
            QStringLiteral("kubectl scale deployment/web --replicas=3 -n shop"));
        actions.remove();
        QTRY_VERIFY(cluster().details()->gone());
    }

    void whatIsRefusedIsSaid()
    {
        openWeb();
        server->refuse(403, "Forbidden", "deployments.apps \"web\" is forbidden: User cannot delete");
        cluster().details()->actions()->remove();
        QTRY_COMPARE(session->notices()->rowCount(), 1);
        QVERIFY(session->notices()->data(session->notices()->index(0), Notices::DetailRole).toString().contains(QLatin1String("forbidden")));
    }

    void yamlIsReviewedThenSaved()
    {
        openWeb();
        YamlEdit& edit = *cluster().details()->yaml();
        QTRY_VERIFY(edit.liveText().contains(QLatin1String("replicas: 9")));
        edit.begin();
        edit.setText(QStringLiteral("a: ["));
        edit.review();
        QTRY_VERIFY(edit.problem().contains(QLatin1String("line")));
        QString text = edit.liveText();
        edit.setText(text.replace(QLatin1String("  replicas: 9\n  selector"), QLatin1String("  replicas: 4\n  selector")));
        edit.review();
        QTRY_VERIFY(edit.reviewed());
        QCOMPARE(server->get(kApps, kDeployments, kWeb).get("spec", "replicas").asInt(), 9);
        edit.save();
        QTRY_COMPARE(server->get(kApps, kDeployments, kWeb).get("spec", "replicas").asInt(), 4);
        QTRY_VERIFY(!edit.editing());
    }

    void anEditOfAnObjectThatChangedIsNotLostAndNotForced()
    {
        openWeb();
        YamlEdit& edit = *cluster().details()->yaml();
        QTRY_VERIFY(edit.liveText().contains(QLatin1String("replicas: 9")));
        edit.begin();
        QString text = edit.liveText();
        Value other = server->get(kApps, kDeployments, kWeb);
        other.edit("spec").set("replicas", 7);
        server->put(kApps, kDeployments, other);
        QTRY_VERIFY(edit.outdated());
        edit.setText(text.replace(QLatin1String("  replicas: 9\n  selector"), QLatin1String("  replicas: 4\n  selector")));
        edit.review();
        QTRY_VERIFY(edit.problem().contains(QLatin1String("Somebody changed")));
        QCOMPARE(server->get(kApps, kDeployments, kWeb).get("spec", "replicas").asInt(), 7);
    }

    void theAppsLensFollowsSelectorsAndEndpoints()
    {
        MapModel& apps = *cluster().apps();
        QTRY_VERIFY(apps.scene() && apps.scene()->links.size() == 7);
        const MapScene& scene = *apps.scene();
        int dashed = 0;
        for (const MapLink& link : scene.links)
            dashed += link.dashed ? 1 : 0;
        QTRY_COMPARE(dashed, 3); // checkout, recommend and search serve nobody
        QVERIFY(!apps.labels().isEmpty());
        for (std::size_t i = 0; i < scene.cards.size(); ++i) {
            for (std::size_t k = i + 1; k < scene.cards.size(); ++k) {
                const bool framed = scene.cards[i].kind == MapCard::Kind::Group || scene.cards[k].kind == MapCard::Kind::Group;
                QVERIFY2(framed || !scene.cards[i].rect.intersects(scene.cards[k].rect), qPrintable(scene.cards[i].key + u' ' + scene.cards[k].key));
            }
        }
        cluster().setChosenNamespaces({ QStringLiteral("batch") });
        QTRY_VERIFY(apps.scene()->links.empty());
    }

    void theControlPlaneLensShowsLeasesAndHeartbeats()
    {
        MapModel& plane = *cluster().controlPlane();
        const auto card = [&](const char* title) -> const MapCard* {
            if (!plane.scene())
                return nullptr;
            for (const MapCard& candidate : plane.scene()->cards) {
                if (candidate.title == QLatin1String(title))
                    return &candidate;
            }
            return nullptr;
        };
        QTRY_VERIFY(card("Master dev-master-0"));
        QTRY_VERIFY(card("Scheduler") && card("Scheduler")->note == QLatin1String("Led by master-1_9c1b"));
        QTRY_VERIFY(card("Scheduler")->footer.contains(QLatin1String("Scheduled")));
        QTRY_VERIFY(card("Heartbeats of the nodes") && card("Heartbeats of the nodes")->subtitle == QLatin1String("1 of 6 late"));
    }

    void thePaletteFindsKindsAndObjects()
    {
        PaletteModel palette;
        QAbstractItemModelTester tester(&palette, QAbstractItemModelTester::FailureReportingMode::QtTest);
        palette.setCluster(session->cluster());
        const auto title = [&](int row) { return palette.index(row).data(PaletteModel::TitleRole).toString(); };
        palette.setQuery(QStringLiteral(":po shop"));
        QCOMPARE(title(0), QStringLiteral("Pods"));
        QCOMPARE(palette.index(0).data(PaletteModel::ArgumentsRole).toStringList(), (QStringList { QStringLiteral("pods"), QStringLiteral("shop"), QString() }));
        palette.setQuery(QStringLiteral("prometheus"));
        QTRY_VERIFY(title(0).startsWith(QLatin1String("prometheus-")));
        palette.setQuery(QStringLiteral("simulated")); // a label's key
        QTRY_COMPARE(title(0), QStringLiteral("sim-1"));
        palette.setQuery(QStringLiteral("zzzzqq"));
        QTRY_COMPARE(palette.count(), 0);
    }

private:
    ClusterSession& cluster() { return *session->cluster(); }
    void openWeb()
    {
        QVERIFY(cluster().openDetails(QStringLiteral("apps/v1"), QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(cluster().details()->found());
    }
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<QTemporaryDir> folder;
    std::unique_ptr<Session> session;
};

QTEST_GUILESS_MAIN(TestClusterSession)
#include "tst_app_cluster_session.moc"
