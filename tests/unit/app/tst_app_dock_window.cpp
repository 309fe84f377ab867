// The dock in the real window, on the fake server: keys, following, the forms.
#include <QClipboard>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtTest>

#include "app/dock/log_canvas.h"
#include "tests/unit/app/support/window_fixture.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

const QString kPod = FakeApiServer::corePath(QStringLiteral("dev")) + QStringLiteral("/namespaces/shop/pods/web-x7k2q0");

void wheel(QWindow* window, const QPointF& at, int delta)
{
    QWheelEvent event(at, window->mapToGlobal(at), {}, QPoint(0, delta), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(window, &event);
}

} // namespace

class TestDockWindow : public QObject, protected WindowFixture {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        populate(server);
        QVERIFY(openWindow());
        window->session().openCluster(QStringLiteral("dev"));
        QTRY_VERIFY(cluster().catalog()->loaded() && cluster().synced());
        QVERIFY(cluster().openDetails(QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("web-x7k2q0")));
        QTRY_VERIFY(cluster().details()->found());
    }
    void cleanupTestCase()
    {
        QCOMPARE(closeWindow(), QStringList());
    }

    void controlBackquoteOpensAndCloses()
    {
        auto* panel = find("dockPanel");
        QVERIFY(panel);
        for (const bool open : { true, false, true, false }) {
            QTest::keyClick(window->window(), Qt::Key_QuoteLeft, Qt::ControlModifier);
            QTRY_COMPARE(panel->property("open").toBool(), open);
        }
    }

    void aLogFollowsUntilOneScrolls()
    {
        say(500);
        cluster().openLogs();
        LogSession& log = *cluster().dock()->log();
        auto* canvas = qobject_cast<LogCanvas*>(find("logCanvas"));
        QVERIFY(canvas);
        QTRY_COMPARE(log.lines()->count(), 500);
        QTRY_VERIFY(canvas->isVisible() && canvas->height() > 50);
        QVERIFY(canvas->follow());
        QTRY_VERIFY(canvas->position() + canvas->pageSize() > 0.999);
        // Up: it lets go, and tells what came meanwhile.
        const QPointF middle = canvas->mapToScene(QPointF(canvas->width() / 2, canvas->height() / 2));
        wheel(window->window(), middle, 360);
        QTRY_VERIFY(!canvas->follow());
        const double before = canvas->position();
        say(7);
        QTRY_COMPARE(canvas->newLines(), 7);
        QVERIFY(canvas->position() <= before); // the same lines stay in sight
        auto* button = find("newLines");
        QVERIFY(button && button->isVisible());
        QVERIFY(button->property("text").toString().startsWith(QLatin1String("7 ")));
        // Down to the end: it holds on again.
        for (int i = 0; i < 20 && !canvas->follow(); ++i)
            wheel(window->window(), middle, -360);
        QVERIFY(canvas->follow());
        QVERIFY(!button->isVisible());
        // By keys: Home, End.
        canvas->forceActiveFocus();
        QTest::keyClick(window->window(), Qt::Key_Home);
        QVERIFY(!canvas->follow());
        QCOMPARE(canvas->position(), 0);
        QTest::keyClick(window->window(), Qt::Key_End);
        QVERIFY(canvas->follow());
    }

    void linesAreSelectedAndCopied()
    {
        auto* canvas = qobject_cast<LogCanvas*>(find("logCanvas"));
        canvas->forceActiveFocus();
        QTest::keyClick(window->window(), Qt::Key_Home);
        QTest::keyClick(window->window(), Qt::Key_Up);
        QCOMPARE(canvas->currentText(), QStringLiteral("line 0"));
        QTest::keyClick(window->window(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(window->window(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(window->window(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("line 0\nline 1\nline 2"));
    }

    void theSearchGoesFromHitToHit()
    {
        auto* canvas = qobject_cast<LogCanvas*>(find("logCanvas"));
        canvas->forceActiveFocus();
        QTest::keyClick(window->window(), Qt::Key_End);
        QTest::keyClick(window->window(), Qt::Key_F, Qt::ControlModifier);
        auto* search = find("logSearch");
        QTRY_VERIFY(search->hasActiveFocus());
        for (const char letter : { 'l', 'i', 'n', 'e', ' ', '4', '9', '9' })
            QTest::keyClick(window->window(), letter);
        LogSession& log = *cluster().dock()->log();
        QTRY_COMPARE(log.hitOrdinal(), 1);
        QTRY_COMPARE(find("logHits")->property("text").toString(), QStringLiteral("1 of 1"));
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QCOMPARE(log.searchText(), QString());
        QVERIFY(canvas->hasActiveFocus());
    }

    void controlTabGoesThroughTheTabs()
    {
        auto* panel = find("dockPanel");
        QStringList seen;
        for (int i = 0; i < 3; ++i) {
            seen.append(panel->property("shown").toString());
            QTest::keyClick(window->window(), Qt::Key_Tab, Qt::ControlModifier);
            QTest::qWait(0);
        }
        QCOMPARE(seen, QStringList({ "tab", "forwards", "tasks" }));
        QCOMPARE(panel->property("shown").toString(), QStringLiteral("tab"));
        QTest::keyClick(window->window(), Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(panel->property("shown").toString(), QStringLiteral("tasks"));
    }

    void whatIsOpenIsATask()
    {
        Tasks& tasks = *window->session().tasks();
        QTRY_VERIFY(tasks.count() >= 1);
        QCOMPARE(tasks.index(0).data(Tasks::TitleRole).toString(), QStringLiteral("Log: web-x7k2q0"));
        tasks.cancel(tasks.index(0).data(Tasks::IdRole).toInt());
        QVERIFY(!cluster().dock()->log());
        QTRY_COMPARE(find("dockPanel")->property("shown").toString(), QStringLiteral("tasks"));
    }

    void aForwardIsAskedFor()
    {
        cluster().requestForward();
        auto* port = find("forwardPort");
        QTRY_VERIFY(port && port->isVisible());
        QTRY_VERIFY(port->hasActiveFocus());
        port->setProperty("text", QStringLiteral("8080"));
        QTest::keyClick(window->window(), Qt::Key_Return);
        PortForwards& forwards = *cluster().dock()->forwards();
        QTRY_COMPARE(forwards.count(), 1);
        QTRY_COMPARE(forwards.index(0).data(PortForwards::PhaseRole).toInt(), int(PortForwards::Ready));
        QTRY_COMPARE(find("dockPanel")->property("shown").toString(), QStringLiteral("forwards"));
        forwards.remove(0);
    }

private:
    ClusterSession& cluster() { return *window->session().cluster(); }
    QQuickItem* find(const char* name) { return WindowFixture::find(QLatin1String(name)); }
    void say(int count)
    {
        for (int i = 0; i < count; ++i, ++said)
            server.appendLog(kPod, QStringLiteral("2026-11-24T10:00:%1.%2Z line %3").arg(said / 100 % 60, 2, 10, QLatin1Char('0'))
                                       .arg(said % 100, 3, 10, QLatin1Char('0')).arg(said).toUtf8());
    }
    int said = 0;
};

QTEST_MAIN(TestDockWindow)
#include "tst_app_dock_window.moc"
