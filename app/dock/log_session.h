// The log of a pod, of one container, or of a whole workload: its pods come and go, their lines are merged. GUI thread.
#pragma once

#include <qqmlregistration.h>

#include "app/dock/log_model.h"
#include "app/informer/informer.h"
#include "engine/api/selector.h"

namespace kates::app {

class LogSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the dock")
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString command READ command CONSTANT)
    Q_PROPERTY(kates::app::LogModel* lines READ lines CONSTANT)
    Q_PROPERTY(QStringList sources READ sources NOTIFY sourcesChanged) // by the lines' source index: pod, or pod/container
    Q_PROPERTY(QStringList problems READ problems NOTIFY sourcesChanged)
    Q_PROPERTY(bool previous READ previous WRITE setPrevious NOTIFY previousChanged)
public:
    // The pods whose logs are read: those of this namespace that match, or the one of this name.
    struct Selection {
        QString ns;
        QString pod; // "" takes the selector
        QString container; // "" takes all
        api::LabelSelector selector;
    };

    LogSession(DataThread& thread, ApiClient& client, const QString& root, QString title, QString command, Selection selection, Informer& pods,
        QObject* parent = nullptr);
    ~LogSession() override;

    QString title() const { return m_title; }
    QString command() const { return m_command; }
    LogModel* lines() { return &m_lines; }
    QStringList sources() const { return m_sources; }
    QStringList problems() const { return m_problems; }
    bool previous() const { return m_previous; }
    void setPrevious(bool previous);

signals:
    void sourcesChanged();
    void previousChanged();

private:
    void openCollector();

    DataThread& m_thread;
    ApiClient& m_client;
    const QString m_root, m_title, m_command;
    const Selection m_selection;
    QPointer<Informer> m_pods;
    DataPtr<LogCollector> m_collector;
    LogModel m_lines;
    QStringList m_sources, m_problems;
    bool m_previous = false;
};

} // namespace kates::app
