// Run by test_dock.py, which starts a cluster with the sample application and the pods flood, again and shellless in it.
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QtTest>

#include "app/shell/session.h"

using namespace kates::app;

namespace {

constexpr int kPatience = 20'000; // milliseconds; containers start and end meanwhile

const QString kDefault = QStringLiteral("default");

} // namespace

class TestDockOnACluster : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QVERIFY2(qEnvironmentVariableIsSet("KATES_CONNECTION"), "run by test_dock.py");
        session = std::make_unique<Session>(qEnvironmentVariable("KATES_CONNECTION"));
        QTRY_COMPARE(session->engine()->state(), EngineLink::Connected);
        session->openCluster(qEnvironmentVariable("KATES_CLUSTER"));
        QTRY_VERIFY_WITH_TIMEOUT(cluster().catalog()->loaded() && cluster().synced(), kPatience);
        QVERIFY(cluster().openTable(QStringLiteral("pods")));
        QTRY_COMPARE_WITH_TIMEOUT(helloPods().size(), 3, kPatience);
    }
    void cleanupTestCase() { session.reset(); }

    void aWorkloadsLogIsMerged()
    {
        QVERIFY(show("apps/v1", "Deployment", "hello"));
        cluster().openLogs();
        LogSession* log = cluster().dock()->log();
        QVERIFY(log);
        QTRY_COMPARE_WITH_TIMEOUT(log->legend()->count(), 3, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(log->lines()->count() >= 3, kPatience);
        // A pod that is deleted ends, the one that comes for it joins.
        const QString victim = helloPods().first();
        QVERIFY(show("v1", "Pod", victim));
        cluster().details()->actions()->remove();
        QTRY_COMPARE_WITH_TIMEOUT(log->legend()->count(), 4, kPatience);
        const auto says = [&](int row) { return log->lines()->line(row).text.contains(log->legend()->nameOf(log->lines()->line(row).source)); };
        QTRY_VERIFY_WITH_TIMEOUT(log->lines()->count() > 0 && says(log->lines()->count() - 1), kPatience); // "serving … as POD"
        QTRY_COMPARE_WITH_TIMEOUT(helloPods().size(), 3, kPatience);
    }

    void manyLinesAtOnceAreAllThere()
    {
        QVERIFY(show("v1", "Pod", "flood"));
        cluster().openLogs();
        LogSession* log = cluster().dock()->log();
        QTRY_VERIFY_WITH_TIMEOUT(log->lines()->count() > 0 && last(*log) == QLatin1String("red end"), kPatience);
        QVERIFY(!log->lines()->line(log->lines()->count() - 1).styles.isEmpty());
        const int first = log->lines()->line(0).text.mid(5).toInt();
        for (int row = 0; row < log->lines()->count() - 1; ++row)
            QCOMPARE(log->lines()->line(row).text, QStringLiteral("line %1").arg(first + row));
        QCOMPARE(first + log->lines()->count() - 1, 20'000);
        log->setSearch(QStringLiteral("^line 1999\\d$"), true);
        QTRY_COMPARE(log->hits(), 10);
    }

    void thePreviousRunCanBeRead()
    {
        QVERIFY(show("v1", "Pod", "again"));
        cluster().openLogs();
        LogSession* log = cluster().dock()->log();
        QTRY_VERIFY_WITH_TIMEOUT(log->lines()->count() > 0 && last(*log) == QLatin1String("run 1"), kPatience);
        log->setPrevious(true);
        QTRY_VERIFY_WITH_TIMEOUT(log->lines()->count() == 1 && last(*log) == QLatin1String("run 0"), kPatience);
    }

    void viWritesAFileAndSttyKnowsTheSize()
    {
        TerminalSession* terminal = shell(helloPods().first(), "web");
        TerminalScreen& screen = terminal->screen();
        QTRY_VERIFY_WITH_TIMEOUT(terminal->connected() && seen(screen).contains(u'#'), kPatience);
        terminal->resize(30, 100);
        terminal->type(QStringLiteral("stty size\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("\n30 100\n")), kPatience);
        terminal->resize(17, 63);
        terminal->type(QStringLiteral("clear; stty size\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("17 63\n")), kPatience);
        terminal->type(QStringLiteral("vi /tmp/note\n"));
        QTRY_VERIFY_WITH_TIMEOUT(screen.alternate() && seen(screen).contains(QLatin1String("/tmp/note")), kPatience);
        terminal->type(QStringLiteral("ihello from vi, \u00fc\u6f22"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).startsWith(QLatin1String("hello from vi")), kPatience);
        screen.key(Qt::Key_Escape, Qt::NoModifier, QStringLiteral("\x1b"));
        QTRY_VERIFY2_WITH_TIMEOUT(seen(screen).contains(QLatin1String("- /tmp/note")), qPrintable(seen(screen)), kPatience); // not inserting any more
        terminal->type(QStringLiteral(":wq\n"));
        QTRY_VERIFY2_WITH_TIMEOUT(!screen.alternate(), qPrintable(seen(screen)), kPatience);
        terminal->type(QStringLiteral("clear; cat /tmp/note\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("hello from vi, ")), kPatience);
        // Another shell in the same container reads what the first one wrote.
        terminal->type(QStringLiteral("exit 3\n"));
        QTRY_VERIFY_WITH_TIMEOUT(terminal->ended(), kPatience);
        QCOMPARE(terminal->exitCode(), 3);
        terminal->reconnect();
        QTRY_VERIFY_WITH_TIMEOUT(terminal->connected(), kPatience);
        terminal->type(QStringLiteral("clear; wc -l </tmp/note; echo do\"\"ne\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("1\ndone\n")), kPatience);
    }

    void topAndAFloodOfOutput()
    {
        TerminalSession* terminal = shell(helloPods().first(), "web");
        TerminalScreen& screen = terminal->screen();
        QTRY_VERIFY_WITH_TIMEOUT(terminal->connected(), kPatience);
        terminal->type(QStringLiteral("clear; top\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("Load average")), kPatience);
        terminal->type(QStringLiteral("q"));
        // Megabytes a second: the window answers, and Ctrl+C comes through.
        terminal->type(QStringLiteral("yes flood\n"));
        QTRY_VERIFY_WITH_TIMEOUT(screen.pushed() > 20'000, kPatience);
        QVERIFY(screen.scrollback() <= kScrollbackLines);
        screen.key(Qt::Key_C, Qt::ControlModifier, QStringLiteral("\x03"));
        terminal->type(QStringLiteral("echo still he\"\"re\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(screen).contains(QLatin1String("still here")), kPatience);
    }

    void anImageWithoutAShellIsSaidToHaveNone()
    {
        TerminalSession* terminal = shell(QStringLiteral("shellless"), "main");
        QTRY_VERIFY_WITH_TIMEOUT(terminal->ended(), kPatience);
        QVERIFY2(terminal->problem().contains(QLatin1String("no shell")), qPrintable(terminal->problem()));
    }

    void aForwardFollowsToAnotherPod()
    {
        QVERIFY(show("v1", "Service", "hello"));
        Dock& dock = *cluster().dock();
        cluster().requestForward();
        dock.startForward(80, 0);
        PortForwards& forwards = *dock.forwards();
        const auto value = [&](int role) { return forwards.index(0).data(role); };
        QTRY_COMPARE_WITH_TIMEOUT(value(PortForwards::PhaseRole).toInt(), int(PortForwards::Ready), kPatience);
        const QUrl url(value(PortForwards::UrlRole).toString());
        QCOMPARE(url.host(), QStringLiteral("127.0.0.1"));
        const QString first = get(url);
        QVERIFY2(first.contains(QLatin1String("hello-")), qPrintable(first));
        QTRY_COMPARE(value(PortForwards::ConnectionsRole).toInt(), 0);
        QTRY_VERIFY(value(PortForwards::TotalRole).toDouble() >= 1);
        // The pod goes; the next connection reaches another one.
        const QString pod = value(PortForwards::DetailRole).toString().section(u' ', -1);
        QVERIFY2(first.contains(pod), qPrintable(pod));
        QVERIFY(show("v1", "Pod", pod));
        cluster().details()->actions()->remove();
        QTRY_VERIFY_WITH_TIMEOUT(!value(PortForwards::DetailRole).toString().contains(pod), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(value(PortForwards::PhaseRole).toInt(), int(PortForwards::Ready), kPatience);
        const QString second = get(url);
        QVERIFY2(second.contains(QLatin1String("hello-")) && !second.contains(pod), qPrintable(second));
        // No pod: it says so, and who connects waits until there is one.
        scale(0);
        QTRY_COMPARE_WITH_TIMEOUT(value(PortForwards::PhaseRole).toInt(), int(PortForwards::Waiting), kPatience);
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> waiting(manager.get(QNetworkRequest(url)));
        scale(1);
        QTRY_VERIFY_WITH_TIMEOUT(waiting->isFinished(), kPatience);
        QVERIFY(waiting->readAll().contains("hello-"));
        // Remembered, but stopped, in the next session.
        forwards.stop(0);
        QTRY_COMPARE(value(PortForwards::PhaseRole).toInt(), int(PortForwards::Stopped));
        // The listener goes on the data thread, a moment after it was asked to.
        const auto refused = [port = quint16(url.port())] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, port);
            return !socket.waitForConnected(1000) && socket.error() == QAbstractSocket::ConnectionRefusedError;
        };
        QTRY_VERIFY(refused());
        Session next(qEnvironmentVariable("KATES_CONNECTION"));
        QTRY_COMPARE(next.engine()->state(), EngineLink::Connected);
        next.openCluster(cluster().name());
        QCOMPARE(next.cluster()->dock()->forwards()->count(), 1);
        next.cluster()->dock()->forwards()->remove(0);
    }

    void alargeAnswerComesWhole()
    {
        // 20 MB through the forward of a pod: written by a shell in the pod, served by a second httpd of busybox.
        scale(1);
        QTRY_COMPARE_WITH_TIMEOUT(helloPods().size(), 1, kPatience);
        const QString pod = helloPods().first();
        TerminalSession* terminal = shell(pod, "web");
        QTRY_VERIFY_WITH_TIMEOUT(terminal->connected(), kPatience);
        terminal->type(QStringLiteral("mkdir -p /tmp/w; head -c 20000000 /dev/zero >/tmp/w/big; httpd -p 8099 -h /tmp/w; echo rea\"\"dy\n"));
        QTRY_VERIFY_WITH_TIMEOUT(seen(terminal->screen()).contains(QLatin1String("ready\n")), kPatience);
        QVERIFY(show("v1", "Pod", pod));
        cluster().requestForward();
        cluster().dock()->startForward(8099, 0);
        PortForwards& forwards = *cluster().dock()->forwards();
        const int row = forwards.count() - 1;
        QTRY_COMPARE_WITH_TIMEOUT(forwards.index(row).data(PortForwards::PhaseRole).toInt(), int(PortForwards::Ready), kPatience);
        QElapsedTimer clock;
        clock.start();
        const QString url = forwards.index(row).data(PortForwards::UrlRole).toString();
        QCOMPARE(get(QUrl(url + QStringLiteral("/big"))).size(), 20'000'000);
        qInfo("20 MB through a forward in %lld ms", clock.elapsed());
        forwards.remove(row);
    }

private:
    ClusterSession& cluster() { return *session->cluster(); }
    QStringList helloPods()
    {
        QStringList pods;
        ObjectListModel& rows = *cluster().table()->rows();
        for (int row = 0; row < rows.count(); ++row) {
            const QString key = rows.keyAt(row);
            if (key.startsWith(QLatin1String("default/hello-")) && !rows.object(row).get("object", "metadata", "deletionTimestamp").isString())
                pods.append(key.section(u'/', 1));
        }
        return pods;
    }
    bool show(const char* apiVersion, const char* kind, const QString& name)
    {
        return cluster().openDetails(QLatin1String(apiVersion), QLatin1String(kind), kDefault, name)
            && QTest::qWaitFor([&] { return cluster().details()->found() && cluster().details()->name() == name; }, kPatience);
    }
    bool show(const char* apiVersion, const char* kind, const char* name) { return show(apiVersion, kind, QString::fromLatin1(name)); }
    TerminalSession* shell(const QString& pod, const char* container)
    {
        cluster().openTerminalOf(kDefault, pod, QLatin1String(container));
        return cluster().dock()->terminal();
    }
    void scale(int replicas)
    {
        QVERIFY(show("apps/v1", "Deployment", "hello"));
        cluster().details()->actions()->scale(replicas);
        QTRY_VERIFY_WITH_TIMEOUT(helloPods().size() == replicas, kPatience);
    }
    static QString last(LogSession& log) { return log.lines()->line(log.lines()->count() - 1).text; }
    static QString seen(const TerminalScreen& screen) { return screen.text(0, 0, screen.rows() - 1, screen.columns() - 1) + u'\n'; }
    static QString get(const QUrl& url)
    {
        QNetworkAccessManager manager;
        std::unique_ptr<QNetworkReply> reply(manager.get(QNetworkRequest(url)));
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, kPatience))
            return QStringLiteral("no answer");
        return reply->error() == QNetworkReply::NoError ? QString::fromLatin1(reply->readAll()) : reply->errorString();
    }

    std::unique_ptr<Session> session;
};

QTEST_MAIN(TestDockOnACluster)
#include "tst_dock_on_a_cluster.moc"
