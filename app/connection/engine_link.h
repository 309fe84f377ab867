// Whether the engine can be reached, in words, and the button that starts it.
//
// The connection file is watched, never polled: when `kates engine` writes it, the window connects. Lives on the GUI thread.
#pragma once

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/informer/informer.h"

namespace kates::app {

class EngineLink : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(State state READ state NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    Q_PROPERTY(QString server READ server NOTIFY stateChanged)
    Q_PROPERTY(bool starting READ starting NOTIFY stateChanged)
public:
    enum State { NotRunning, Connecting, Connected, Reconnecting, Refused };
    Q_ENUM(State)

    EngineLink(ApiClient& client, QString connectionFile, QObject* parent = nullptr);

    State state() const { return m_state; }
    QString problem() const { return m_problem; } // one sentence; empty when connected
    QString server() const { return m_endpoint.server.authority(); }
    const Endpoint& endpoint() const { return m_endpoint; }
    bool starting() const { return m_starting; }

    // Starts `kates engine` detached: the program beside this one, else the one in the PATH.
    Q_INVOKABLE void startEngine();

    // What the first watch on the engine says; the session forwards it.
    void onInformer(Informer::State state, const api::StatusError& error);

signals:
    void stateChanged();
    void endpointChanged(); // informers start anew

private:
    void reload();
    void watchFile();
    void setState(State state, const QString& problem);

    ApiClient& m_client;
    const QString m_file;
    Endpoint m_endpoint;
    QFileSystemWatcher m_watcher;
    QTimer m_settle; // a file that is being replaced changes several times
    QTimer m_startLimit;
    State m_state = NotRunning;
    QString m_problem;
    bool m_wasConnected = false;
    bool m_starting = false;
};

} // namespace kates::app
