#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

#include "app/base/text.h"
#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kClusters = QStringLiteral("clusters");

} // namespace

class TestSession : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        folder = std::make_unique<QTemporaryDir>();
        file = folder->filePath(QStringLiteral("kates/engine.kubeconfig"));
        server = std::make_unique<FakeApiServer>();
    }
    void cleanup()
    {
        session.reset();
        server.reset();
    }

    void saysThatTheEngineIsNotRunningAndConnectsWhenItIs()
    {
        open();
        QTRY_VERIFY(!session->engine()->problem().isEmpty());
        QCOMPARE(session->engine()->state(), EngineLink::NotRunning);
        QCOMPARE(session->engine()->problem(), QStringLiteral("The engine is not running."));
        server->writeConnectionFile(file);
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
    }

    void aBrokenConnectionFileIsNamed()
    {
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile broken(file);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("apiVersion: v1\nkind: Config\ncurrent-context: x\n");
        broken.close();
        open();
        QTRY_COMPARE(session->engine()->state(), EngineLink::Refused);
        QVERIFY(session->engine()->problem().contains(file));
    }

    void aServerWithAnotherCertificateIsNotTrusted()
    {
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QFile wrong(file);
        QVERIFY(wrong.open(QIODevice::WriteOnly));
        QString yaml = server->connectionYaml();
        const QString other = QString::fromLatin1(QByteArray("-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n").toBase64());
        yaml.replace(QRegularExpression(QStringLiteral("certificate-authority-data: \\S+")), QStringLiteral("certificate-authority-data: ") + other);
        wrong.write(yaml.toUtf8());
        wrong.close();
        open();
        QTRY_VERIFY(session->engine()->problem().contains(QLatin1String("trusted")));
        QVERIFY(session->engine()->state() != EngineLink::Connected);
        QVERIFY(server->requests().isEmpty());
    }

    void losesAndFindsTheEngineAgain()
    {
        connectNow();
        server->goAway();
        QTRY_COMPARE(session->engine()->state(), EngineLink::Reconnecting);
        QVERIFY(!session->clusterList()->live());
        server->comeBack();
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
    }

    void createsStartsStopsAndDeletesClusters()
    {
        connectNow();
        QAbstractItemModelTester tester(session->clusters(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        ClusterActions& actions = *session->clusterActions();
        QSignalSpy created(&actions, &ClusterActions::created);
        const QVariantMap spec { { QStringLiteral("masters"), 1 }, { QStringLiteral("nodes"), 2 }, { QStringLiteral("simulatedNodes"), 10 } };
        actions.create(QStringLiteral("dev"), spec);
        QTRY_COMPARE(created.size(), 1);
        QTRY_COMPARE(session->clusters()->count(), 1);
        const Value cluster = server->get(FakeApiServer::enginePath(), kClusters, QStringLiteral("dev"));
        QCOMPARE(cluster.get("spec", "nodes").asInt(), 2);
        QCOMPARE(cluster.get("spec", "simulatedNodes").asInt(), 10);
        QSignalSpy failed(&actions, &ClusterActions::createFailed);
        actions.create(QStringLiteral("dev"), spec);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QLatin1String("already exists")));
        actions.stop(QStringLiteral("dev"));
        QTRY_COMPARE(session->clusters()->value(0, QStringLiteral("running")).toBool(), false);
        actions.start(QStringLiteral("dev"));
        QTRY_COMPARE(session->clusters()->value(0, QStringLiteral("running")).toBool(), true);
        actions.remove(QStringLiteral("dev"));
        QTRY_COMPARE(session->clusters()->count(), 0);
        actions.remove(QStringLiteral("dev"));
        QTRY_COMPARE(session->notices()->rowCount(), 1);
    }

    void startStepsAreShownWithCauseAndFix()
    {
        populate(*server);
        connectNow();
        QTRY_COMPARE(session->clusters()->count(), 4);
        const int row = session->clusters()->indexOfKey(QStringLiteral("old-laptop"));
        QCOMPARE(session->clusters()->value(row, QStringLiteral("state")).toInt(), int(ObjectState::Failing));
        QVERIFY(session->clusters()->value(row, QStringLiteral("problem")).toString().contains(QLatin1String("Port 6443")));
        QVERIFY(session->clusters()->value(row, QStringLiteral("fix")).toString().startsWith(QLatin1String("Stop nginx")));
        const QVariantList steps = session->clusters()->value(row, QStringLiteral("steps")).toList();
        QCOMPARE(steps.size(), 3);
        QCOMPARE(steps[0].toMap().value(QStringLiteral("duration")).toString(), QStringLiteral("35 ms"));
    }

    void oneCanWorkWhereListingNamespacesIsForbidden()
    {
        populate(*server);
        server->forbid(QStringLiteral("/clusters/dev/api/v1/namespaces"));
        connectNow();
        QTRY_COMPARE(session->clusters()->count(), 4);
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(session->cluster()->namespacesForbidden());
        QTRY_VERIFY(session->cluster()->live());
        QCOMPARE(session->cluster()->problem(), QString());
        session->cluster()->setChosenNamespaces({ QStringLiteral("shop"), QStringLiteral("not-listed") });
        QTRY_VERIFY(session->cluster()->openTable(QStringLiteral("pods")));
        QTRY_COMPARE(session->cluster()->table()->rows()->count(), 23); // those of shop
    }

    void namespacesAndPlaceAreRemembered()
    {
        populate(*server);
        connectNow();
        QTRY_COMPARE(session->clusters()->count(), 4);
        session->openCluster(QStringLiteral("dev"));
        session->cluster()->setChosenNamespaces({ QStringLiteral("shop"), QStringLiteral("batch") });
        session->preferences()->setPage(QStringLiteral("map:apps"));
        session->preferences()->setCluster(QStringLiteral("dev"));
        session->preferences()->setWindowSize(QSize(1000, 700));
        session->preferences()->setTheme(QStringLiteral("projector"));
        connectNow(); // another window
        QTRY_COMPARE(session->clusters()->count(), 4);
        session->openCluster(QStringLiteral("dev"));
        QCOMPARE(session->cluster()->chosenNamespaces(), (QStringList { QStringLiteral("shop"), QStringLiteral("batch") }));
        QCOMPARE(session->preferences()->page(), QStringLiteral("map:apps"));
        QCOMPARE(session->preferences()->cluster(), QStringLiteral("dev"));
        QCOMPARE(session->preferences()->windowSize(), QSize(1000, 700));
        QCOMPARE(session->preferences()->theme(), QStringLiteral("projector"));
    }

    void hostileClusterNamesStayNames()
    {
        connectNow();
        const QString name = QStringLiteral("../../x?y#<b>%2e");
        server->put(FakeApiServer::enginePath(), kClusters,
            Value::object({ { "metadata", Value::object({ { "name", toStd(name) } }) }, { "status", Value::object({ { "phase", "Running" } }) } }));
        QTRY_COMPARE(session->clusters()->count(), 1);
        session->openCluster(name);
        QTRY_VERIFY(!server->requests().filter(QStringLiteral("/clusters/..%2F..%2Fx%3Fy%23%3Cb%3E%252e/")).isEmpty());
        session->preferences()->setClusterValue(name, QStringLiteral("color"), QStringLiteral("red"));
        QCOMPARE(session->cluster()->protectionColor(), QStringLiteral("red"));
        QCOMPARE(session->preferences()->clusterValue(QStringLiteral("x"), QStringLiteral("color")), QVariant());
    }

    void metricsAreAskedForOnlyWhileSomebodyLooks()
    {
        server->putYaml(FakeApiServer::enginePath(), kClusters,
            "{metadata: {name: lab}, spec: {running: true}, status: {phase: Running}, metrics: {kind: ClusterMetrics, windowSeconds: 10, machines: ["
            "{name: lab-master-0, usage: {cpu: 59m, memory: 38Mi}}, {name: lab-node-1, usage: {cpu: 1, memory: 1Gi}}]}}");
        for (const char* name : { "lab-master-0", "lab-node-1" })
            server->putYaml(FakeApiServer::enginePath(), QStringLiteral("machines"),
                qPrintable(QStringLiteral("{metadata: {name: %1}, spec: {clusterName: lab}, status: {phase: Running, memoryBytes: 5}}")
                               .arg(QLatin1String(name))));
        connectNow();
        QTRY_COMPARE(session->machines()->count(), 2);
        QCOMPARE(session->metrics()->total(QStringLiteral("lab")).value(QStringLiteral("memoryBytes")).toInt(), 10); // what the machines say
        QVERIFY(server->requests().filter(QStringLiteral("/metrics")).isEmpty());
        session->metrics()->setActive(true);
        QTRY_COMPARE(session->metrics()->total(QStringLiteral("lab")).value(QStringLiteral("cpuMilli")).toInt(), 1059);
        QCOMPARE(session->metrics()->total(QStringLiteral("lab")).value(QStringLiteral("memoryBytes")).toLongLong(), (38ll << 20) + (1ll << 30));
        QCOMPARE(session->metrics()->processes(QStringLiteral("lab")).size(), 2);
        session->metrics()->setActive(false);
        QVERIFY(!session->metrics()->active());
    }

    void aClusterIsAskedOnlyOnceItIsOpened()
    {
        populate(*server);
        connectNow();
        QTRY_COMPARE(session->clusters()->count(), 4);
        QVERIFY(server->requests().filter(QStringLiteral("/clusters/dev")).isEmpty());
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(session->cluster()->live());
        QTRY_COMPARE(session->cluster()->map()->waitingCount(), 5);
        QTRY_COMPARE(session->cluster()->namespaces()->count(), 5);
        QVERIFY(server->requests().filter(QStringLiteral("/clusters/classroom")).isEmpty());
    }

    void aDeletedClusterIsClosed()
    {
        populate(*server);
        connectNow();
        QTRY_COMPARE(session->clusters()->count(), 4);
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(session->cluster()->live());
        server->remove(FakeApiServer::enginePath(), kClusters, QStringLiteral("dev"));
        QTRY_VERIFY(!session->cluster());
    }

private:
    void open() { session = std::make_unique<Session>(file); }
    void connectNow()
    {
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        server->writeConnectionFile(file);
        open();
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
    }
    std::unique_ptr<QTemporaryDir> folder;
    QString file;
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<Session> session;
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_app_session.moc"
