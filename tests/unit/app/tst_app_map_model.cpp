// The map as the GUI thread has it: scenes however fast they come, pins between runs, and the text twin.
#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/map/map_twin_model.h"
#include "app/map/placement_layout.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

std::unique_ptr<Lens> populatedLens(int pods)
{
    auto lens = std::make_unique<PlacementLayout>();
    lens->setNode(QStringLiteral("n1"), makeNode(QStringLiteral("n1")));
    for (int i = 0; i < pods; ++i) {
        PodOptions pod;
        pod.name = QStringLiteral("p%1").arg(i);
        pod.node = QStringLiteral("n1");
        lens->setPod(QStringLiteral("default/") + pod.name, makePod(pod));
    }
    return lens;
}

DataPtr<SceneSource> populatedSource(DataThread& thread, int pods)
{
    DataPtr<SceneSource> source = makeOn<SceneSource>(thread, populatedLens(pods));
    thread.with(source.get(), [](SceneSource& scenes) { scenes.tidy(); }); // a change: a scene is due
    return source;
}

} // namespace

class TestMapModel : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("kates-test"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    }

    // The first scene was lost when it was made before anybody listened: "dev has no nodes".
    void theFirstSceneIsHeardHoweverEarlyItComes()
    {
        DataThread thread;
        DataPtr<SceneSource> source = populatedSource(thread, 3);
        QSemaphore idle;
        // Two rounds of the data thread's events: the timer of a scene would have fired.
        thread.post([&thread, &idle] { QTimer::singleShot(20, [&idle] { idle.release(); }); });
        idle.acquire();
        MapModel model(thread, std::move(source), QStringLiteral("test/early"));
        QTRY_COMPARE(model.cellCount(), 3);
    }

    void everyOpenedClusterShowsItsNodes()
    {
        FakeApiServer server;
        populate(server);
        const QString file = folder.filePath(QStringLiteral("engine.kubeconfig"));
        server.writeConnectionFile(file);
        for (int round = 0; round < 3; ++round) {
            Session session(file);
            session.openCluster(QStringLiteral("dev"));
            QTRY_COMPARE(session.cluster()->map()->cellCount(), 44);
        }
    }

    void pinsAreRememberedByName()
    {
        DataThread thread;
        const auto make = [&] { return std::make_unique<MapModel>(thread, populatedSource(thread, 1), QStringLiteral("c/placement")); };
        auto model = make();
        model->pin(QStringLiteral("Node/n1"), QPointF(500, 40));
        QTRY_VERIFY(model->scene() && model->scene()->cards[0].rect.topLeft() == QPointF(500, 40));
        model = make();
        QCOMPARE(model->pinCount(), 1);
        QTRY_VERIFY(model->scene() && model->scene()->cards[0].rect.topLeft() == QPointF(500, 40));
        model->unpin(QStringLiteral("Node/n1"));
        QTRY_COMPARE(model->scene()->cards[0].rect.topLeft(), QPointF(0, 0));
        model = make();
        QCOMPARE(model->pinCount(), 0);
    }

    void theTwinReadsLikeATree()
    {
        DataThread thread;
        MapModel map(thread, populatedSource(thread, 3), QStringLiteral("c/twin"));
        MapTwinModel twin;
        QAbstractItemModelTester tester(&twin, QAbstractItemModelTester::FailureReportingMode::QtTest);
        twin.setActive(true);
        twin.setMap(&map);
        QTRY_VERIFY(map.known());
        QTRY_COMPARE(twin.count(), 4);
        QCOMPARE(twin.data(twin.index(0), MapTwinModel::KeyRole).toString(), QStringLiteral("Node/n1"));
        QVERIFY(twin.data(twin.index(2), MapTwinModel::TextRole).toString().contains(QLatin1String("Running")));
        QCOMPARE(twin.data(twin.index(2), MapTwinModel::DepthRole).toInt(), 1);
        twin.turn(2); // closes the card of the pod
        QTRY_COMPARE(twin.count(), 1);
        twin.setFilter(QStringLiteral("p2"));
        QTRY_COMPARE(twin.count(), 2);
        QCOMPARE(twin.rowOf(QStringLiteral("default/p2")), 1);
        twin.setFilter({});
        QTRY_COMPARE(twin.count(), 1);
        twin.turn(0);
        QTRY_COMPARE(twin.count(), 4);
    }

    void theTwinOfALargeMapBeginsClosedAndEndsSomewhere()
    {
        const auto lens = populatedLens(6000);
        const MapScene scene = lens->scene(0);
        QCOMPARE(twinLines(scene, {}, {}).size(), 1u);
        QCOMPARE(int(twinLines(scene, {}, { QStringLiteral("Node/n1") }).size()), kTwinLinesMax + 1);
    }

private:
    QTemporaryDir folder;
};

QTEST_GUILESS_MAIN(TestMapModel)
#include "tst_app_map_model.moc"
