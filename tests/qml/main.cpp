// Runs Qt Quick Tests with the window's modules. A warning from QML (a name that is not there, a binding loop) fails the test.
#include <QQmlEngine>
#include <QQuickStyle>
#include <QtQuickTest/quicktest.h>

#include <cstdlib>

namespace {

QtMessageHandler g_previous = nullptr;
int g_warnings = 0;

void countWarnings(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtWarningMsg && (text.contains(QLatin1String(".qml:")) || QLatin1String(context.category) == QLatin1String("qml")))
        ++g_warnings;
    g_previous(type, context, text);
}

class Setup : public QObject {
    Q_OBJECT
public slots:
    void applicationAvailable()
    {
        QQuickStyle::setStyle(QStringLiteral("Basic"));
        g_previous = qInstallMessageHandler(countWarnings);
    }
};

} // namespace

int main(int argc, char** argv)
{
    QTEST_SET_MAIN_SOURCE_PATH
    Setup setup;
    const int failures = quick_test_main_with_setup(argc, argv, "kates", nullptr, &setup);
    if (g_warnings > 0)
        std::fprintf(stderr, "%d warnings from QML\n", g_warnings);
    return failures != 0 || g_warnings > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

#include "main.moc"
