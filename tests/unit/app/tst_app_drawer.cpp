// The drawer in the real window on the fake server, offscreen, by mouse and keyboard; and not one warning from QML.
#include <QQuickItem>
#include <QQuickWindow>
#include <QtTest>

#include "tests/unit/app/support/window_fixture.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kCore = FakeApiServer::corePath(QStringLiteral("dev"));
const QString kApps = FakeApiServer::appsPath(QStringLiteral("dev"));

QQuickItem* findShown(QQuickItem* item, const std::function<bool(QQuickItem*)>& wanted)
{
    if (!item->isVisible())
        return nullptr;
    if (wanted(item))
        return item;
    for (QQuickItem* child : item->childItems()) {
        if (QQuickItem* found = findShown(child, wanted))
            return found;
    }
    return nullptr;
}

} // namespace

class TestDrawer : public QObject, protected WindowFixture {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        populate(server);
        QVERIFY(openWindow());
        QTRY_VERIFY(window->session().clusters()->count() > 0);
        QMetaObject::invokeMethod(window->window(), "open", Q_ARG(QString, QStringLiteral("dev")));
    }
    void cleanupTestCase()
    {
        QCOMPARE(closeWindow(), QStringList());
    }
    void cleanup() { details().close(); }

    void anObjectThatIsAskedForTooSoonOpensWhenItCan()
    {
        // The catalog may not be there yet.
        QVERIFY(cluster().openDetails(QStringLiteral("apps/v1"), QStringLiteral("Deployment"), QStringLiteral("shop"), QStringLiteral("web")));
        QTRY_VERIFY(details().found());
        QTRY_VERIFY(button("Scale"));
    }

    void nothingIsNeverShownAsNothing()
    {
        show("v1", "Service", "nowhere");
        QTRY_COMPARE(text("nothing"), QStringLiteral("There is no such Service"));
        show("v1", "Service", "web");
        QTRY_VERIFY(details().found() && text("nothing").isEmpty());
    }

    void deletingIsAskedWithItsConsequences()
    {
        show("apps/v1", "Deployment", "web");
        QTRY_VERIFY(button("Delete"));
        click(button("Delete"));
        QTRY_VERIFY(details().preview()->total() > 0 && !details().preview()->busy());
        QTRY_VERIFY(item([](QQuickItem* i) { return i->property("text").toString().startsWith(QLatin1String("With it go")); }));
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QTRY_VERIFY(!item([](QQuickItem* i) { return i->property("text").toString().startsWith(QLatin1String("With it go")); }));
        QVERIFY(!server.get(kApps, QStringLiteral("deployments"), QStringLiteral("shop/web")).isNull());
    }

    void everyDialogOpensAndCloses()
    {
        show("apps/v1", "Deployment", "web");
        for (const char* name : { "Scale", "Revisions" }) {
            QTRY_VERIFY(button(name));
            click(button(name));
            QTRY_VERIFY(overlayShown());
            QTest::keyClick(window->window(), Qt::Key_Escape);
            QTRY_VERIFY(!overlayShown());
        }
        show("v1", "Node", "master-1");
        QTRY_VERIFY(button("Drain"));
        click(button("Drain"));
        QTRY_COMPARE(details().drain()->stage(), Drain::Planned);
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QTRY_COMPARE(details().drain()->stage(), Drain::Idle);
    }

    void whatIsTypedSurvivesTabsAndClosing()
    {
        show("apps/v1", "Deployment", "web");
        drawer()->setProperty("tab", 3);
        QTRY_VERIFY(details().yaml()->liveText().contains(QLatin1String("replicas")));
        QTRY_VERIFY(button("Edit"));
        click(button("Edit"));
        QTRY_VERIFY(details().yaml()->editing());
        QQuickItem* area = item([](QQuickItem* i) { return i->objectName() == QLatin1String("yamlArea"); });
        QVERIFY(area);
        QTRY_VERIFY(area->hasActiveFocus());
        area->setProperty("cursorPosition", 0);
        for (const char letter : { '#', ' ', 'm', 'i', 'n', 'e' })
            QTest::keyClick(window->window(), letter);
        QTRY_VERIFY(details().yaml()->text().startsWith(QLatin1String("# mine")));
        drawer()->setProperty("tab", 0);
        QTRY_VERIFY(yamlText().isEmpty());
        drawer()->setProperty("tab", 3);
        QTRY_VERIFY(yamlText().startsWith(QLatin1String("# mine")));
        details().close();
        show("apps/v1", "Deployment", "web");
        QTRY_VERIFY(yamlText().startsWith(QLatin1String("# mine")));
        details().yaml()->cancel();
        drawer()->setProperty("tab", 0);
    }

    void hostileObjectsAreShownAsTheyAre()
    {
        Value pod = makePod({ QStringLiteral("shop"), QStringLiteral("hostile"), {}, QStringLiteral("web") });
        pod.edit("metadata", "annotations").set("<b>x</b>", std::string("\x1b[31mred ") + std::string(20'000, 'y'));
        pod.edit("metadata", "labels").set("long", std::string(5'000, 'z'));
        server.put(kCore, QStringLiteral("pods"), pod);
        server.put(kCore, QStringLiteral("events"),
            makeEvent(QStringLiteral("shop"), QStringLiteral("Pod"), QStringLiteral("hostile"), QStringLiteral("<img src=x>"),
                QString(9000, u'm') + QStringLiteral("\x1b]0;title\x07"), QStringLiteral("kubelet"), true));
        show("v1", "Pod", "hostile");
        QTRY_COMPARE(details().events()->count(), 1);
        for (int tab = 0; tab < 5; ++tab) {
            drawer()->setProperty("tab", tab);
            QTest::qWait(0);
            QVERIFY(!item([](QQuickItem* i) { return i->property("text").toString().contains(QChar(0x1b)); }));
        }
        drawer()->setProperty("tab", 0);
    }

    void aServerThatGoesAwayLeavesWhatWasSeen()
    {
        show("apps/v1", "Deployment", "web");
        QTRY_VERIFY(details().found());
        server.goAway();
        QTRY_VERIFY(!details().problem().isEmpty());
        QVERIFY(details().found());
        QTRY_VERIFY(item([](QQuickItem* i) { return i->property("text").toString().startsWith(QLatin1String("Not up to date")); }));
        server.comeBack();
        QTRY_VERIFY_WITH_TIMEOUT(details().problem().isEmpty(), 20'000);
        server.remove(kApps, QStringLiteral("deployments"), QStringLiteral("shop/web"));
        QTRY_VERIFY(details().gone());
        QVERIFY(!details().gauges().isEmpty());
        QVERIFY(!button("Scale"));
    }

private:
    ClusterSession& cluster() { return *window->session().cluster(); }
    ObjectDetails& details() { return *cluster().details(); }
    QQuickItem* drawer() { return find(QStringLiteral("drawer")); }
    QQuickItem* item(const std::function<bool(QQuickItem*)>& wanted) { return findShown(window->window()->contentItem(), wanted); }
    bool overlayShown()
    {
        return item([](QQuickItem* i) { return i->inherits("QQuickPopupItem"); }) != nullptr;
    }
    QQuickItem* button(const char* text)
    {
        return item([text](QQuickItem* i) { return i->inherits("QQuickButton") && i->property("text").toString() == QLatin1String(text); });
    }
    QString yamlText() // "" while the editor is not shown
    {
        QQuickItem* area = item([](QQuickItem* i) { return i->objectName() == QLatin1String("yamlArea"); });
        return area ? area->property("text").toString() : QString();
    }
    QString text(const char* objectName)
    {
        QQuickItem* found = item([objectName](QQuickItem* i) { return i->objectName() == QLatin1String(objectName); });
        return found ? found->property("title").toString() : QString();
    }
    void click(QQuickItem* item)
    {
        QTest::mouseClick(window->window(), Qt::LeftButton, {}, item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint());
    }
    void show(const char* apiVersion, const char* kind, const char* name)
    {
        QVERIFY(cluster().openDetails(QLatin1String(apiVersion), QLatin1String(kind), QStringLiteral("shop"), QLatin1String(name)));
        window->window()->setProperty("page", QStringLiteral("map"));
    }
};

int main(int argc, char** argv) { return runWindowTest<TestDrawer>(argc, argv); }

#include "tst_app_drawer.moc"
