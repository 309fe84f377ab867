// Nothing may hold the GUI thread for more than 8 ms, whatever comes from the server. What one event costs is measured in CPU time of the thread, so
// that a busy machine does not fail the test; painting in the window's own frame is not counted here (the software renderer draws on this thread).
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest>

#include "app/map/map_twin_model.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"
#include "tests/unit/app/support/watched_application.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

constexpr double kLimitMs = 8;

} // namespace

class TestGuiThread : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        server.addCluster(QStringLiteral("large"));
        server.putYaml(FakeApiServer::enginePath(), QStringLiteral("clusters"),
            "{metadata: {name: large}, spec: {masters: 1, running: true}, status: {phase: Running}}");
        populateLarge(server, QStringLiteral("large"), kNodes, kPodsPerNode);
        const QString file = folder.filePath(QStringLiteral("engine.kubeconfig"));
        server.writeConnectionFile(file);
        session = std::make_unique<Session>(file);
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
    }
    void cleanupTestCase() { session.reset(); }

    void openingALargeClusterHoldsNothing()
    {
        app().reset();
        session->openCluster(QStringLiteral("large"));
        QTRY_COMPARE_WITH_TIMEOUT(session->cluster()->map()->cellCount(), kNodes * kPodsPerNode, 60'000);
        check();
    }

    void openingItsTableHoldsNothing()
    {
        QTRY_VERIFY(session->cluster()->catalog()->loaded());
        app().reset();
        QVERIFY(session->cluster()->openTable(QStringLiteral("pods")));
        QTRY_COMPARE_WITH_TIMEOUT(session->cluster()->table()->rows()->count(), kNodes * kPodsPerNode, 60'000);
        session->cluster()->table()->sortBy(2);
        session->cluster()->table()->setFilter(QStringLiteral("load-1"));
        QTRY_VERIFY_WITH_TIMEOUT(session->cluster()->table()->rows()->count() < kNodes * kPodsPerNode, 60'000);
        check();
    }

    // Map, table and details at once, as in a window that shows all three.
    void fiveHundredChangesHoldNothing()
    {
        ClusterSession& cluster = *session->cluster();
        cluster.table()->setFilter({});
        QVERIFY(cluster.openDetails(QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("default"), QStringLiteral("load-0-0")));
        QTRY_VERIFY(cluster.details()->found());
        QTRY_COMPARE_WITH_TIMEOUT(cluster.table()->rows()->count(), kNodes * kPodsPerNode, 60'000);
        MapTwinModel twin;
        twin.setMap(cluster.map());
        twin.setActive(true);
        app().reset();
        const quint64 before = cluster.map()->scene()->serial;
        for (int i = 0; i < 500; ++i) {
            PodOptions pod;
            pod.name = QStringLiteral("load-%1-%2").arg(i % kNodes).arg(i % kPodsPerNode);
            pod.node = QStringLiteral("sim-%1").arg(i % kNodes, 4, 10, QLatin1Char('0'));
            pod.state = QStringLiteral("CrashLoopBackOff");
            server.put(FakeApiServer::corePath(QStringLiteral("large")), QStringLiteral("pods"), makePod(pod));
        }
        QTRY_VERIFY_WITH_TIMEOUT(cluster.map()->scene()->serial > before, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(cluster.map()->stateCounts()[ObjectState::Failing].toInt() > 400, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(twin.count() >= kNodes, 60'000);
        check();
    }

    // Names of kilobytes, rich text, terminal escapes, labels by the hundred.
    void tenThousandHostileObjectsHoldNothing()
    {
        const QString core = FakeApiServer::corePath(QStringLiteral("hostile"));
        server.addCluster(QStringLiteral("hostile"));
        server.putYaml(FakeApiServer::enginePath(), QStringLiteral("clusters"),
            "{metadata: {name: hostile}, spec: {masters: 1, running: true}, status: {phase: Running}}");
        server.put(core, QStringLiteral("nodes"), makeNode(QStringLiteral("<b>node</b>")));
        for (int i = 0; i < kHostile; ++i) {
            PodOptions pod;
            pod.ns = QStringLiteral("<i>ns%1</i>").arg(i % 50);
            pod.name = QStringLiteral("<img src=x>\x1b[31m%1").arg(i) + QString(i % 100 == 0 ? 20'000 : 200, u'W');
            pod.node = i % 3 == 0 ? QString() : QStringLiteral("<b>node</b>");
            pod.state = i % 3 == 0 ? QStringLiteral("Pending") : QStringLiteral("\u202e<h1>boom</h1>");
            pod.reason = QStringLiteral("<a href=\"file:///etc/passwd\">") + QString(2000, QChar(u'a' + i % 20));
            pod.app = QStringLiteral("label-%1").arg(i);
            server.put(core, QStringLiteral("pods"), makePod(pod));
        }
        app().reset();
        session->openCluster(QStringLiteral("hostile"));
        ClusterSession& cluster = *session->cluster();
        QTRY_COMPARE_WITH_TIMEOUT(cluster.map()->cellCount(), kHostile, 120'000);
        QTRY_VERIFY_WITH_TIMEOUT(cluster.apps()->known(), 60'000);
        cluster.apps()->labels();
        QTRY_VERIFY(cluster.catalog()->loaded());
        QVERIFY(cluster.openTable(QStringLiteral("pods")));
        QTRY_COMPARE_WITH_TIMEOUT(cluster.table()->rows()->count(), kHostile, 120'000);
        check();
    }

private:
    static constexpr int kNodes = 400, kPodsPerNode = 25, kHostile = 10'000;
    static WatchedApplication& app() { return *static_cast<WatchedApplication*>(QCoreApplication::instance()); }
    static void check()
    {
        qInfo("longest event: %.2f ms (%s)", app().longestMs(), qPrintable(app().longestEvent()));
        QVERIFY2(app().longestMs() < kLimitMs, qPrintable(QStringLiteral("%1 ms in %2").arg(app().longestMs()).arg(app().longestEvent())));
    }
    FakeApiServer server;
    QTemporaryDir folder;
    std::unique_ptr<Session> session;
};

int main(int argc, char** argv)
{
    WatchedApplication application(argc, argv);
    TestGuiThread test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_app_gui_thread.moc"
