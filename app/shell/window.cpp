#include "app/shell/window.h"

#include <QFont>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QQuickWindow>

#include "app/shell/fonts.h"
#include "app/shell/screenshot.h"

namespace kates::app {

constexpr int kWindowSideMax = 16'000;

void prepareApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("kates-desktop"));
    QCoreApplication::setOrganizationName(QStringLiteral("kates"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
}

Window::Window(const CommandLine& options)
    : m_session(std::make_unique<Session>(options.connectionFile))
    , m_engine(std::make_unique<QQmlApplicationEngine>())
{
    QFont font(Fonts::sans());
    font.setPixelSize(13);
    QGuiApplication::setFont(font);

    m_language.set(options.language.isEmpty() ? m_session->preferences()->language() : options.language);
    QObject::connect(m_session->preferences(), &Preferences::languageChanged, m_engine.get(), [this] {
        m_language.set(m_session->preferences()->language());
        m_engine->retranslate();
        m_session->retranslate();
    });
    m_engine->setInitialProperties({
        { QStringLiteral("session"), QVariant::fromValue(m_session.get()) },
        { QStringLiteral("startPage"), options.page },
        { QStringLiteral("startTheme"), options.theme },
        { QStringLiteral("startCluster"), options.cluster },
        { QStringLiteral("startShow"), options.show },
        { QStringLiteral("still"), !options.screenshot.isEmpty() },
    });
    m_engine->load(QUrl(QStringLiteral("qrc:/qt-project.org/imports/Kates/Shell/Main.qml")));
    m_window = m_engine->rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(m_engine->rootObjects().first());
    if (!m_window)
        return;
    const QSize remembered = options.screenshot.isEmpty() ? m_session->preferences()->windowSize() : QSize();
    if (const QSize size = options.size.isValid() ? options.size : remembered; size.isValid())
        m_window->resize(size.expandedTo(m_window->minimumSize()).boundedTo(QSize(kWindowSideMax, kWindowSideMax)));
    if (!options.deployText.isEmpty())
        m_session->deploy()->openText(options.deployText);
    if (!options.screenshot.isEmpty())
        new Screenshot(m_window, options.screenshot, m_window);
}

Window::~Window() { m_engine.reset(); }

} // namespace kates::app
