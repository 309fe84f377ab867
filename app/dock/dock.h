// What stays open at the foot of the window while one looks at other things: logs. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/details/object_actions.h"
#include "app/dock/log_session.h"

namespace kates::app {

inline constexpr int kDockTabsMax = 12;

class Dock : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QStringList titles READ titles NOTIFY tabsChanged)
    Q_PROPERTY(kates::app::LogSession* log READ log NOTIFY currentChanged) // of the current tab; null when there is none
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged)
public:
    Dock(DataThread& thread, ApiClient& client, QString root, QObject* parent = nullptr);
    ~Dock() override;

    QStringList titles() const;
    LogSession* log() const;
    int current() const { return m_current; }
    void setCurrent(int current);

    // Opens the log, or goes to the tab that has it. The oldest tab makes room when there are too many.
    void openLogs(const ActionTarget& target, const QString& container, Informer& pods);
    Q_INVOKABLE void close(int index);

signals:
    void tabsChanged();
    void currentChanged();

private:
    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root;
    std::vector<std::unique_ptr<LogSession>> m_tabs;
    int m_current = 0;
};

} // namespace kates::app
