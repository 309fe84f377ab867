// The real window on the tests' server, as the tests of views have it. Fill `server` first, then openWindow(); at the end closeWindow() gives what QML
// warned of.
#pragma once

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

#include "app/shell/window.h"
#include "tests/unit/app/support/scenario.h"

class QQuickItem;

namespace kates::app::test {

class WindowFixture {
public:
    ~WindowFixture();

    // False: it did not load or is not exposed.
    bool openWindow(const QString& cluster = {});
    QStringList closeWindow();

    bool settled(); // Main.qml's own word
    QQuickItem* find(const QString& objectName);

    FakeApiServer server;
    QTemporaryDir folder;
    std::unique_ptr<Window> window;
};

// main() of such a test.
template <typename Test> int runWindowTest(int argc, char** argv)
{
    prepareApplication();
    QGuiApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace kates::app::test
