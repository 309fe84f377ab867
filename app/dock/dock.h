// What stays open at the foot of the window while one looks at other things: logs and terminals, in tabs. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/details/object_actions.h"
#include "app/dock/log_session.h"
#include "app/dock/terminal_session.h"

namespace kates::app {

inline constexpr int kDockTabsMax = 12;

class Dock : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QStringList titles READ titles NOTIFY tabsChanged)
    Q_PROPERTY(QStringList icons READ icons NOTIFY tabsChanged)
    // The current tab is the one or the other, or there is none.
    Q_PROPERTY(kates::app::LogSession* log READ log NOTIFY currentChanged)
    Q_PROPERTY(kates::app::TerminalSession* terminal READ terminal NOTIFY currentChanged)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
public:
    Dock(DataThread& thread, ApiClient& client, QString root, QObject* parent = nullptr);
    ~Dock() override;

    QStringList titles() const;
    QStringList icons() const;
    LogSession* log() const;
    TerminalSession* terminal() const;
    int current() const { return m_current; }
    void setCurrent(int current);

    // Opens the log, or goes to the tab that has it. The oldest tab makes room when there are too many.
    void openLogs(const ActionTarget& target, const QString& container, Informer& pods);
    void openTerminal(const Endpoint& endpoint, const ActionTarget& pod, const QString& container);
    Q_INVOKABLE void close(int index);

signals:
    void tabsChanged();
    void currentChanged();

private:
    struct Tab {
        QString title;
        std::unique_ptr<LogSession> log;
        std::unique_ptr<TerminalSession> terminal;
    };
    bool goTo(const QString& title);
    void add(Tab tab);

    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root;
    std::vector<Tab> m_tabs;
    int m_current = 0;
};

} // namespace kates::app
