#include "tests/unit/app/support/window_fixture.h"

#include <QQuickItem>
#include <QQuickWindow>

namespace kates::app::test {

namespace {

QStringList g_warnings;
QtMessageHandler g_previous = nullptr;

void collect(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtWarningMsg && text.contains(QLatin1String(".qml:")))
        g_warnings.append(text);
    g_previous(type, context, text);
}

} // namespace

WindowFixture::~WindowFixture() { closeWindow(); }

bool WindowFixture::openWindow(const QString& cluster)
{
    if (!g_previous)
        g_previous = qInstallMessageHandler(collect);
    CommandLine options;
    options.cluster = cluster;
    options.connectionFile = folder.filePath(QStringLiteral("engine.kubeconfig"));
    server.writeConnectionFile(options.connectionFile);
    window = std::make_unique<Window>(options);
    return window->isLoaded() && QTest::qWaitForWindowExposed(window->window());
}

QStringList WindowFixture::closeWindow()
{
    window.reset();
    return g_warnings;
}

bool WindowFixture::settled()
{
    bool settled = false;
    QMetaObject::invokeMethod(window->window(), "settled", Q_RETURN_ARG(bool, settled));
    return settled;
}

QQuickItem* WindowFixture::find(const QString& objectName) { return window->window()->findChild<QQuickItem*>(objectName); }

} // namespace kates::app::test
