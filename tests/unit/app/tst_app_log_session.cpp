#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/shell/session.h"
#include "tests/unit/app/support/scenario.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));
const QString kApps = FakeApiServer::appsPath(QStringLiteral("dev"));

} // namespace

// The log of a workload on the tests' server.
class TestLogSession : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        server = std::make_unique<FakeApiServer>();
        populate(*server);
        const QString file = folder.filePath(QStringLiteral("engine.kubeconfig"));
        server->writeConnectionFile(file);
        session = std::make_unique<Session>(file);
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(cluster().catalog()->loaded() && cluster().synced());
    }
    void cleanup()
    {
        session.reset();
        server.reset();
    }

    void linesOfAWorkloadAreMergedAndFollowed()
    {
        say("web-7k2qp1", "2026-11-24T10:00:02Z second");
        say("web-x7k2q0", "2026-11-24T10:00:01Z first");
        LogSession* log = openWeb();
        QAbstractItemModelTester tester(log->lines(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester legendTester(log->legend(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(text(*log), QStringList({ "first", "second" }));
        QTRY_COMPARE(log->legend()->count(), 9);
        // Lines of one moment are all shown: a runtime stamps what it reads at once with one time.
        for (const char* line : { "a", "b", "c" })
            say("web-x7k2q0", QByteArray("2026-11-24T10:00:03.5Z ") + line);
        QTRY_COMPARE(log->lines()->count(), 5);
        say("web-x7k2q0", "2026-11-24T10:00:04Z \x1b[31mred");
        QTRY_COMPARE(log->lines()->count(), 6);
        QCOMPARE(text(*log).last(), QStringLiteral("red"));
        QVERIFY(log->legend()->nameOf(log->lines()->line(5).source).startsWith(QLatin1String("web-x7k2q0")));
    }

    void aBrokenStreamSaysSoAndGoesOnWithoutDuplicates()
    {
        for (const char* line : { "a", "b" })
            say("web-x7k2q0", QByteArray("2026-11-24T10:00:03.5Z ") + line);
        LogSession* log = openPod("web-x7k2q0");
        QTRY_COMPARE(log->lines()->count(), 2);
        server->dropConnections();
        for (const char* line : { "3.5Z c", "4Z d" })
            say("web-x7k2q0", QByteArray("2026-11-24T10:00:0") + line);
        QTRY_COMPARE(text(*log).filter(QRegularExpression(QStringLiteral("^.$"))), QStringList({ "a", "b", "c", "d" }));
        QVERIFY(text(*log).value(2).startsWith(QLatin1String("The log broke off")));
        QCOMPARE(text(*log).value(3), QStringLiteral("Reading on."));
        QCOMPARE(log->lines()->count(), 6);
    }

    void newPodsJoinAndRestartedContainersAreReadOn()
    {
        LogSession* log = openWeb();
        QTRY_COMPARE(log->legend()->count(), 9);
        say("web-new", "2026-11-24T11:00:00Z I am new");
        server->put(kCore, QStringLiteral("pods"),
            makePod({ .ns = QStringLiteral("shop"), .name = QStringLiteral("web-new"), .node = QStringLiteral("node-1"), .app = QStringLiteral("web") }));
        QTRY_COMPARE(text(*log), QStringList("I am new"));
        QCOMPARE(log->legend()->count(), 10);
        // The stream of the old run ends; the new run is another container.
        server->endLogs(logPath("web-new"));
        Value pod = server->get(kCore, QStringLiteral("pods"), QStringLiteral("shop/web-new"));
        Value status = pod.get("status", "containerStatuses").at(0);
        status.set("containerID", "test://second");
        pod.edit("status").set("containerStatuses", Value::array({ status }));
        server->put(kCore, QStringLiteral("pods"), pod);
        say("web-new", "2026-11-24T11:00:01Z I am back");
        QTRY_COMPARE(text(*log), QStringList({ "I am new", "I am back" }));
    }

    void podsAreSwitchedOffAndSearched()
    {
        say("web-x7k2q0", "2026-11-24T10:00:00Z hello from x");
        say("web-7k2qp1", "2026-11-24T10:00:01Z hello from 7");
        LogSession* log = openWeb();
        QTRY_COMPARE(log->lines()->count(), 2);
        QTRY_COMPARE(log->legend()->count(), 9);
        int row = 0;
        while (!log->legend()->index(row).data(LogLegend::NameRole).toString().startsWith(QLatin1String("web-x7k2q0")))
            ++row;
        log->legend()->setShown(row, false);
        QTRY_COMPARE(text(*log), QStringList("hello from 7"));
        log->legend()->showOnly(row);
        QTRY_COMPARE(text(*log), QStringList("hello from x"));
        log->legend()->showAll();
        QTRY_COMPARE(log->lines()->count(), 2);
        log->setSearch(QStringLiteral("HELLO"), false);
        QTRY_COMPARE(log->hits(), 2);
        log->findNext(true, { std::numeric_limits<qint64>::max(), 0 });
        QTRY_COMPARE(log->hitOrdinal(), 2);
        log->findNext(true, {});
        QTRY_COMPARE(log->hitOrdinal(), 1);
        log->setFilter(QStringLiteral("from \\d"), true);
        QTRY_COMPARE(text(*log), QStringList("hello from 7"));
        log->setFilter(QStringLiteral("from ("), true);
        QVERIFY(!log->filterError().isEmpty());
        QCOMPARE(log->lines()->count(), 1); // half an expression changes nothing
    }

    void aServiceHasTheLogOfItsPods()
    {
        say("web-x7k2q0", "2026-11-24T10:00:00Z served");
        QVERIFY(cluster().openDetails(QStringLiteral("v1"), QStringLiteral("Service"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(cluster().details()->found());
        cluster().openLogs();
        QVERIFY(cluster().dock()->log());
        QTRY_COMPARE(text(*cluster().dock()->log()), QStringList("served"));
    }

    void whatIsShownIsSavedAndCopied()
    {
        say("web-x7k2q0", "2026-11-24T10:00:00.25Z one");
        say("web-x7k2q0", "2026-11-24T10:00:01Z two");
        LogSession* log = openPod("web-x7k2q0");
        QTRY_COMPARE(log->lines()->count(), 2);
        QSignalSpy spy(log, &LogSession::saved);
        const QString path = folder.filePath(QStringLiteral("out.log"));
        log->save(QUrl::fromLocalFile(path), true);
        QVERIFY(spy.wait());
        QVERIFY(spy.first().at(1).toBool());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("2026-11-24T10:00:00.250000000Z one\n2026-11-24T10:00:01.000000000Z two\n"));
        log->save(QUrl::fromLocalFile(QStringLiteral("/nowhere/at/all.log")), true);
        QVERIFY(spy.wait());
        QVERIFY(!spy.last().at(1).toBool());
        QVERIFY(spy.last().at(0).toString().contains(QLatin1String("/nowhere/at/all.log")));
    }

private:
    ClusterSession& cluster() { return *session->cluster(); }
    QString logPath(const char* pod)
    {
        QString full = QString::fromLatin1(pod);
        return kCore + QStringLiteral("/namespaces/shop/pods/") + full;
    }
    void say(const char* pod, const QByteArray& line) { server->appendLog(logPath(pod), line); }
    QStringList text(LogSession& log)
    {
        QStringList lines;
        for (int row = 0; row < log.lines()->count(); ++row)
            lines.append(log.lines()->line(row).text);
        return lines;
    }
    LogSession* open(const char* apiVersion, const char* kind, const char* name)
    {
        if (!cluster().openDetails(QLatin1String(apiVersion), QLatin1String(kind), QStringLiteral("shop"), QLatin1String(name)))
            return nullptr;
        if (!QTest::qWaitFor([&] { return cluster().details()->found(); }))
            return nullptr;
        cluster().openLogs();
        return cluster().dock()->log();
    }
    LogSession* openWeb() { return open("apps/v1", "Deployment", "web"); }
    LogSession* openPod(const char* name) { return open("v1", "Pod", name); }

    QTemporaryDir folder;
    std::unique_ptr<FakeApiServer> server;
    std::unique_ptr<Session> session;
};

QTEST_MAIN(TestLogSession)
#include "tst_app_log_session.moc"
