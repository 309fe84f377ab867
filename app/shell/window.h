// Builds the window: fonts, style, QML engine, the session. The composition root below main().
#pragma once

#include <QQmlApplicationEngine>

#include <memory>

#include "app/shell/command_line.h"
#include "app/shell/language.h"
#include "app/shell/session.h"

class QQuickWindow;

namespace kates::app {

// Before the application object: what cannot be changed afterwards.
void prepareApplication();

class Window {
public:
    explicit Window(const CommandLine& options);
    ~Window();

    // False when the QML cannot be loaded, which the engine has reported on stderr.
    bool isLoaded() const { return m_window != nullptr; }
    QQuickWindow* window() const { return m_window; }
    Session& session() { return *m_session; }

private:
    std::unique_ptr<Session> m_session; // outlives the engine, whose items use it
    Language m_language;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
};

} // namespace kates::app
