// What stays open at the foot of the window while one looks at other things: logs and terminals in tabs, and the cluster's port-forwards. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/dock/log_session.h"
#include "app/dock/port_forwards.h"
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
    Q_PROPERTY(kates::app::PortForwards* forwards READ forwards CONSTANT)
public:
    Dock(DataThread& thread, ApiClient& client, Tasks& tasks, const QString& cluster, QString root, Informer& pods, QObject* parent = nullptr);
    ~Dock() override;

    QStringList titles() const;
    QStringList icons() const;
    LogSession* log() const;
    TerminalSession* terminal() const;
    int current() const { return m_current; }
    void setCurrent(int current);
    PortForwards* forwards() { return &m_forwards; }

    // Where terminals and forwards connect to; known once the engine is.
    void setEndpoint(const Endpoint& endpoint);

    // Opens the log, or goes to the tab that has it. The oldest tab makes room when there are too many. False: the object selects no pods.
    bool openLogs(const ActionTarget& target, const QString& container);
    void openTerminal(const QString& ns, const QString& pod, const QString& container);
    Q_INVOKABLE void close(int index);

    // Asks the user which port of the object to forward, to which one here; startForward() is the answer.
    void requestForward(const ActionTarget& target);
    Q_INVOKABLE void startForward(int port, int localPort);
    Q_INVOKABLE QString forwardCommand(int port, int localPort) const;

signals:
    void tabsChanged();
    void currentChanged();
    void tabOpened(); // a log or a terminal is to be looked at
    void forwardRequested(const QString& title, const QVariantList& choices); // maps {port, name}
    void forwardStarted();

private:
    struct Tab {
        QString title;
        std::unique_ptr<LogSession> log;
        std::unique_ptr<TerminalSession> terminal;
        int task = 0;
    };
    bool goTo(const QString& title);
    void add(Tab tab);
    void watchTerminal(TerminalSession& terminal, int task);
    ForwardSpec forwardSpec(int port, int localPort) const;

    DataThread& m_thread;
    ApiClient& m_client;
    Tasks& m_tasks;
    const QString m_root;
    Informer& m_pods;
    Endpoint m_endpoint;
    PortForwards m_forwards;
    std::vector<Tab> m_tabs;
    int m_current = 0;
    ActionTarget m_forwardTarget;
};

} // namespace kates::app
