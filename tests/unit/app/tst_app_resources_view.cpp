// The page of tables in the real window on the fake server, offscreen: the keys of k9s, and standing still while everything changes.
#include <QQuickItem>
#include <QQuickWindow>
#include <QtTest>

#include "tests/unit/app/support/window_fixture.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

constexpr int kPods = 2000;
const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));

kates::api::Value pod(int number, const char* phase = "Running")
{
    PodOptions options;
    options.ns = QStringLiteral("load");
    options.name = QStringLiteral("p-%1").arg(number, 4, 10, QLatin1Char('0'));
    options.node = QStringLiteral("node-%1").arg(number % 7);
    kates::api::Value object = makePod(options);
    object.edit("status").set("phase", phase);
    return object;
}

} // namespace

class TestResourcesView : public QObject, protected WindowFixture {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        server.addCluster(QStringLiteral("dev"));
        server.putYaml(FakeApiServer::enginePath(), QStringLiteral("clusters"), "{metadata: {name: dev}, spec: {running: true}, status: {phase: Running}}");
        for (int i = 0; i < kPods; ++i)
            server.put(kCore, QStringLiteral("pods"), pod(i));
        QVERIFY(openWindow());
        QTRY_COMPARE(window->session().clusters()->count(), 1);
        window->session().openCluster(QStringLiteral("dev"));
        window->window()->setProperty("page", QStringLiteral("resources"));
        QTRY_VERIFY(rows() && table().rows());
        QTRY_COMPARE_WITH_TIMEOUT(table().rows()->count(), kPods, 20'000);
        table().sortBy(kNoColumn);
        QTRY_VERIFY(rows()->property("count").toInt() == kPods);
    }
    void init()
    {
        table().selection()->clear();
        table().setFilter({});
        QTRY_COMPARE(table().rows()->count(), kPods);
        rows()->forceActiveFocus();
        QTest::keyClick(window->window(), Qt::Key_Home);
        QTRY_COMPARE(rows()->property("currentIndex").toInt(), 0);
    }
    void cleanupTestCase()
    {
        QCOMPARE(closeWindow(), QStringList());
    }

    void arrowsMoveAndSpaceMarks()
    {
        press(Qt::Key_Down);
        press(Qt::Key_J);
        QCOMPARE(current(), QStringLiteral("load/p-0002"));
        press(Qt::Key_Space);
        press(Qt::Key_Space);
        QCOMPARE(table().selection()->count(), 2);
        QCOMPARE(current(), QStringLiteral("load/p-0004"));
        press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(table().selection()->count(), 4);
        press(Qt::Key_End);
        QCOMPARE(current(), QStringLiteral("load/p-1999"));
        press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table().selection()->count(), kPods);
        press(Qt::Key_Escape);
        QCOMPARE(table().selection()->count(), 0);
    }

    void lettersOpenWhatTheyMean()
    {
        ObjectDetails& details = *window->session().cluster()->details();
        press(Qt::Key_D);
        QTRY_VERIFY(details.found());
        QCOMPARE(details.name(), QStringLiteral("p-0000"));
        press(Qt::Key_Y);
        QTRY_VERIFY(details.found());
        QCOMPARE(window->window()->findChild<QQuickItem*>(QStringLiteral("drawer"))->property("tab").toInt(), 3);
        press(Qt::Key_L);
        QTRY_VERIFY(window->session().cluster()->dock()->log());
        window->session().cluster()->dock()->close(0);
        details.close();
    }

    void deletingAsksFirst()
    {
        press(Qt::Key_Space);
        press(Qt::Key_D, Qt::ControlModifier);
        auto* go = find(QStringLiteral("go"));
        QVERIFY(go);
        QTRY_VERIFY(go->isVisible());
        QCOMPARE(window->session().cluster()->bulk()->count(), 1);
        QVERIFY(!window->session().cluster()->bulk()->running());
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QTRY_VERIFY(!go->isVisible());
        QCOMPARE(server.count(kCore, QStringLiteral("pods")), kPods);
    }

    void aSlashGoesToTheFilterAndDownComesBack()
    {
        QTest::keyClick(window->window(), Qt::Key_Slash);
        for (const char letter : { 'p', '-', '0', '0', '1' })
            QTest::keyClick(window->window(), letter);
        QTRY_COMPARE(table().rows()->count(), 10);
        QTest::keyClick(window->window(), Qt::Key_Down);
        QVERIFY(rows()->hasActiveFocus());
    }

    // 500 changes a second, some of them new and deleted rows above what is seen.
    void nothingMovesWhileEverythingChanges()
    {
        for (int i = 0; i < 40; ++i)
            press(Qt::Key_PageDown);
        press(Qt::Key_Space);
        const QString key = current();
        const double top = rows()->property("contentY").toDouble() - rows()->property("originY").toDouble();
        QVERIFY(top > 1000);
        const QString seen = table().rows()->keyAt(topRow());
        qint64 longest = 0;
        QElapsedTimer last, all;
        QTimer beat, changes;
        connect(&beat, &QTimer::timeout, this, [&] {
            longest = std::max(longest, last.isValid() ? last.elapsed() : 0);
            last.start();
        });
        int made = 0;
        const char* phases[] = { "Running", "Pending", "Failed" };
        std::unique_ptr<QThread> worker(QThread::create([&] {
            QElapsedTimer clock;
            clock.start();
            while (made < 1500) {
                server.put(kCore, QStringLiteral("pods"), pod((made * 37) % kPods, phases[made % 3]));
                if (made % 100 == 0) {
                    kates::api::Value fresh = pod(0);
                    fresh.edit("metadata").set("name", "new-" + std::to_string(made));
                    fresh.edit("metadata").set("namespace", "a");
                    server.put(kCore, QStringLiteral("pods"), fresh);
                }
                ++made;
                QThread::usleep(std::max<qint64>(0, made * 2000ll - clock.nsecsElapsed() / 1000));
            }
        }));
        all.start();
        beat.start(1);
        worker->start();
        QTRY_VERIFY_WITH_TIMEOUT(worker->isFinished(), 30'000);
        QTRY_COMPARE(table().rows()->count(), kPods + 15);
        beat.stop();
        qInfo("1515 changes in %lld ms, longest wait of the GUI thread %lld ms", all.elapsed(), longest);
        QCOMPARE(current(), key);
        QVERIFY(table().selection()->contains(table().rows()->keyAt(rows()->property("currentIndex").toInt() - 1)));
        QCOMPARE(table().selection()->count(), 1);
        QVERIFY(rows()->hasActiveFocus());
        QCOMPARE(table().rows()->keyAt(topRow()), seen); // the same rows are seen
        QVERIFY2(longest < 500, qPrintable(QString::number(longest))); // generous: the machine may be busy
    }

private:
    ResourceTable& table() { return *window->session().cluster()->table(); }
    QQuickItem* rows() { return find(QStringLiteral("rows")); }
    QString current() { return table().rows()->keyAt(rows()->property("currentIndex").toInt()); }
    int topRow()
    {
        int row = -1;
        QMetaObject::invokeMethod(
            rows(), "indexAt", Q_RETURN_ARG(int, row), Q_ARG(qreal, 5), Q_ARG(qreal, rows()->property("contentY").toDouble() + 20));
        return row;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(window->window(), key, modifiers); }
};

int main(int argc, char** argv) { return runWindowTest<TestResourcesView>(argc, argv); }

#include "tst_app_resources_view.moc"
