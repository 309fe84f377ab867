// The whole window on the fake server, offscreen: every page, with mouse and keyboard, and not one warning from QML.
#include <QQuickItem>
#include <QQuickWindow>
#include <QtTest>

#include "tests/unit/app/support/window_fixture.h"

using namespace kates::app;
using namespace kates::app::test;

class TestWindow : public QObject, protected WindowFixture {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        populate(server);
        QVERIFY(openWindow());
        QTRY_COMPARE(session().clusters()->count(), 4);
    }
    void cleanupTestCase()
    {
        QCOMPARE(closeWindow(), QStringList());
    }

    void pagesAreReachedByKeys()
    {
        for (const auto& [key, page] :
            { std::pair(Qt::Key_2, "map"), std::pair(Qt::Key_3, "resources"), std::pair(Qt::Key_4, "deploy"), std::pair(Qt::Key_1, "clusters") }) {
            QTest::keyClick(window->window(), key, Qt::ControlModifier);
            QTRY_COMPARE(window->window()->property("page").toString(), QLatin1String(page));
        }
    }

    void aClusterOpensOnTheMap()
    {
        QMetaObject::invokeMethod(window->window(), "open", Q_ARG(QString, QStringLiteral("dev")));
        QTRY_VERIFY(session().cluster() && session().cluster()->synced());
        QTRY_VERIFY(settled());
        for (const char* lens : { "apps", "control", "placement" }) {
            window->window()->setProperty("lens", QLatin1String(lens));
            QTRY_VERIFY(settled());
        }
    }

    void aColonGoesToAKind()
    {
        QTRY_VERIFY(session().cluster()->catalog()->loaded());
        QTest::keyClick(window->window(), Qt::Key_K, Qt::ControlModifier);
        for (const char letter : { ':', 'd', 'e', 'p', 'l', 'o', 'y' })
            QTest::keyClick(window->window(), letter);
        QTest::keyClick(window->window(), Qt::Key_Return);
        QTRY_COMPARE(window->window()->property("page").toString(), QStringLiteral("resources"));
        QTRY_COMPARE(session().cluster()->table()->rows()->count(), 5);
        QTRY_VERIFY(settled());
    }

    void theDrawerShowsEveryTabAndClosesByEscape()
    {
        QVERIFY(
            session().cluster()->openDetails(QStringLiteral("apps/v1"), QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(session().cluster()->details()->found());
        auto* drawer = window->window()->findChild<QQuickItem*>(QStringLiteral("drawer"));
        QVERIFY(drawer && drawer->isVisible());
        for (int tab = 0; tab < 5; ++tab) {
            drawer->setProperty("tab", tab);
            QTest::qWait(0);
        }
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QTRY_VERIFY(!session().cluster()->details()->isOpen());
    }

    void themesChangeWhileEverythingIsOpen()
    {
        QVERIFY(
            session().cluster()->openDetails(QStringLiteral("v1"), QStringLiteral("Pod"), QStringLiteral("shop"), QStringLiteral("search-x7k2q0")));
        QTRY_VERIFY(session().cluster()->details()->found());
        session().cluster()->openLogs();
        QTRY_COMPARE(session().cluster()->dock()->log()->lines()->count(), 40);
        for (const char* theme : { "light", "projector", "dark" })
            QMetaObject::invokeMethod(
                window->window(), "take", Q_ARG(QString, QStringLiteral("theme")), Q_ARG(QVariant, QStringList(QLatin1String(theme))));
        session().cluster()->dock()->close(0);
        session().cluster()->details()->close();
    }

    void aManifestIsShownAndApplied()
    {
        session().deploy()->openText(QStringLiteral("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {a: b}\n"));
        QTRY_COMPARE(window->window()->property("page").toString(), QStringLiteral("deploy"));
        QTRY_COMPARE(session().deploy()->toApply(), 1);
        QTRY_VERIFY(settled());
        session().deploy()->apply();
        QTRY_COMPARE(session().deploy()->stage(), DeploySession::Finished);
        QVERIFY(!server.get(FakeApiServer::corePath(QStringLiteral("dev")), QStringLiteral("configmaps"), QStringLiteral("default/fresh")).isNull());
    }

    void theWindowSurvivesTheEngine()
    {
        server.goAway();
        QTRY_COMPARE(session().engine()->state(), EngineLink::Reconnecting);
        for (const char* page : { "clusters", "map", "resources" }) {
            window->window()->setProperty("page", QLatin1String(page));
            QTest::qWait(0);
        }
        server.comeBack();
        QTRY_COMPARE_WITH_TIMEOUT(session().engine()->state(), EngineLink::Connected, 20'000);
        server.remove(FakeApiServer::enginePath(), QStringLiteral("clusters"), QStringLiteral("dev"));
        QTRY_VERIFY(!session().cluster());
    }

private:
    Session& session() { return window->session(); }
};

int main(int argc, char** argv) { return runWindowTest<TestWindow>(argc, argv); }

#include "tst_app_window.moc"
