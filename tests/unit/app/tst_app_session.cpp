#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

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
