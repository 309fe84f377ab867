// Attaching clusters that somebody else runs, and letting them go again. The credentials go into a Secret of the engine, which forwards; this
// window keeps nothing. GUI thread; files are read on the data thread.
//
// Nothing that a kubeconfig names is run by the window. The engine runs a credential plug-in only when the command line that it reports
// (status.execCommand) is the one that the user agreed to (spec.execPlugin.approvedCommand): consent().
#pragma once

#include <QObject>
#include <QUrl>
#include <QVariantList>
#include <qqmlregistration.h>

#include "app/clusters/kubeconfig.h"
#include "app/connection/api_client.h"
#include "app/models/object_list_model.h"
#include "app/shell/notices.h"
#include "app/shell/preferences.h"

namespace kates::app {

class RemoteActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString file READ file NOTIFY fileChanged)
    Q_PROPERTY(bool reading READ reading NOTIFY fileChanged)
    // Maps {name, user, server, authentication, command, insecure, problem, current}.
    Q_PROPERTY(QVariantList contexts READ contexts NOTIFY fileChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY fileChanged) // of the file
    Q_PROPERTY(QString fix READ fix NOTIFY fileChanged)
public:
    RemoteActions(DataThread& thread, ApiClient& client, Notices& notices, Preferences& preferences, ObjectListModel& remotes,
        QObject* parent = nullptr);

    QString file() const { return m_config.file; }
    bool reading() const { return m_reading; }
    QVariantList contexts() const;
    QString problem() const { return m_problem; }
    QString fix() const { return m_problem.isEmpty() ? QString() : kubeconfigFix(); }

    Q_INVOKABLE void openDefault();
    Q_INVOKABLE void openFile(const QUrl& file);
    Q_INVOKABLE void forgetFile();
    // A cluster's name made from a context's: what the engine takes.
    Q_INVOKABLE QString nameFor(const QString& context) const;

    // Answers by attached() or attachFailed().
    Q_INVOKABLE void attach(const QString& context, const QString& name, bool readOnly, const QString& color);
    // Agrees to the command that was shown; nothing happens when it is not the engine's any more.
    Q_INVOKABLE void consent(const QString& name, const QString& shownCommand);
    // The engine connects to a cluster only when something asks for it; this asks, and the answer shows in its status.
    Q_INVOKABLE void probe(const QString& name);
    // Removes the cluster from the engine, its credentials with it, and what this window remembered of it. Nothing in the cluster changes.
    Q_INVOKABLE void detach(const QString& name);

signals:
    void fileChanged();
    void attached(const QString& name);
    void attachFailed(const QString& problem, const QString& fix);

private:
    void read(const QString& file);
    void create(const QString& name, const std::string& kubeconfig, bool readOnly, const QString& color);
    void createSecret(const QString& name, const std::string& kubeconfig, bool again, std::function<void()> then);

    DataThread& m_thread;
    ApiClient& m_client;
    Notices& m_notices;
    Preferences& m_preferences;
    ObjectListModel& m_remotes;
    Kubeconfig m_config;
    QString m_problem;
    bool m_reading = false;
    int m_round = 0;
};

} // namespace kates::app
