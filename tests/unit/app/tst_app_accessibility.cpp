// Every control of every page can be reached by Tab and has a name for screen readers, in the whole window with its dialogs.
#include <QAccessible>
#include <QQuickItem>
#include <QQuickWindow>
#include <QtTest>

#include "tests/unit/app/support/window_fixture.h"

using namespace kates::app;
using namespace kates::app::test;

namespace {

constexpr int kTabsMax = 400;

bool takesTab(const QQuickItem& item)
{
    const QVariant policy = item.property("focusPolicy");
    return item.activeFocusOnTab() || (policy.isValid() && (policy.toInt() & Qt::TabFocus));
}

QString nameOf(QQuickItem& item)
{
    const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&item);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

QString placeOf(const QQuickItem* item)
{
    QStringList parts;
    for (; item && parts.size() < 6; item = item->parentItem())
        parts.prepend(QString::fromLatin1(item->metaObject()->className()).section(QStringLiteral("_QML"), 0, 0));
    return parts.join(QStringLiteral(" > "));
}

// The controls that can be seen and take the keyboard.
void collect(QQuickItem* item, QList<QQuickItem*>& controls)
{
    if (!item->isVisible() || !item->isEnabled())
        return;
    if (takesTab(*item) && item->width() > 0 && item->height() > 0)
        controls.append(item);
    for (QQuickItem* child : item->childItems())
        collect(child, controls);
}

} // namespace

class TestAccessibility : public QObject, protected WindowFixture {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        populate(server);
        server.putYaml(FakeApiServer::enginePath(), QStringLiteral("remoteclusters"),
            "{metadata: {name: prod}, spec: {access: ReadOnly}, status: {server: 'https://prod.example', conditions: [{type: Reachable, status: 'True', "
            "reason: Connected}]}}");
        QVERIFY(openWindow(QStringLiteral("dev")));
        QTRY_COMPARE(window->session().clusters()->count(), 4);
        QTRY_COMPARE(window->session().remoteClusters()->count(), 1);
        QTRY_VERIFY(window->session().cluster() && window->session().cluster()->synced());
        QTRY_VERIFY(window->session().cluster()->catalog()->loaded());
    }
    void cleanupTestCase() { closeWindow(); }

    void everyControlHasAName_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("dialog");
        for (const char* page : { "clusters", "map", "resources", "deploy" })
            QTest::newRow(page) << page << QString();
        for (const char* dialog : { "create", "attach", "keys", "protection", "palette:" })
            QTest::newRow(dialog) << QStringLiteral("clusters") << dialog;
        QTest::newRow("drawer") << QStringLiteral("resources") << QStringLiteral("details:apps/v1|Deployment|shop|web|0");
    }
    void everyControlHasAName()
    {
        QFETCH(QString, page);
        QFETCH(QString, dialog);
        show(page, dialog);
        QList<QQuickItem*> controls;
        collect(window->window()->contentItem(), controls);
        QVERIFY(controls.size() > 5);
        QStringList nameless;
        for (QQuickItem* control : controls) {
            if (nameOf(*control).trimmed().isEmpty())
                nameless.append(placeOf(control));
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(QLatin1Char('\n') + nameless.join(QLatin1Char('\n'))));
    }

    void tabReachesEveryControl()
    {
        show(QStringLiteral("clusters"), {});
        QList<QQuickItem*> controls;
        collect(window->window()->contentItem(), controls);
        QSet<QQuickItem*> reached;
        for (int i = 0; i < kTabsMax; ++i) {
            QTest::keyClick(window->window(), Qt::Key_Tab);
            QQuickItem* item = window->window()->activeFocusItem();
            if (reached.contains(item) && i > controls.size())
                break;
            reached.insert(item);
        }
        QStringList skipped;
        for (QQuickItem* control : controls) {
            if (!reached.contains(control))
                skipped.append(nameOf(*control) + QStringLiteral(" — ") + placeOf(control));
        }
        QVERIFY2(skipped.isEmpty(), qPrintable(QLatin1Char('\n') + skipped.join(QLatin1Char('\n'))));
    }

private:
    void show(const QString& page, const QString& dialog)
    {
        QTest::keyClick(window->window(), Qt::Key_Escape);
        QTest::keyClick(window->window(), Qt::Key_Escape);
        window->window()->setProperty("page", page);
        QTRY_VERIFY(settled());
        auto* stage = window->window()->findChild<QObject*>(QStringLiteral("stage"));
        QVERIFY(stage);
        if (!dialog.isEmpty())
            QMetaObject::invokeMethod(stage, "show", Q_ARG(QString, dialog));
        QTRY_VERIFY(settled());
        QTest::qWait(0);
    }
};

int main(int argc, char** argv) { return runWindowTest<TestAccessibility>(argc, argv); }

#include "tst_app_accessibility.moc"
