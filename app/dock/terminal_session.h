// A shell in a container: pods/exec over a WebSocket (v5.channel.k8s.io, v4 for older servers), its screen by TerminalScreen. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include <memory>

#include "app/connection/api_request.h"
#include "app/connection/endpoint.h"
#include "app/dock/terminal_screen.h"

class QWebSocket;

namespace kates::app {

class TerminalSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the dock")
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString command READ command CONSTANT)
    Q_PROPERTY(bool connected READ connected NOTIFY stateChanged)
    Q_PROPERTY(bool ended READ ended NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
public:
    TerminalSession(
        const Endpoint& endpoint, const QString& root, const QString& ns, const QString& pod, const QString& container, QObject* parent = nullptr);
    ~TerminalSession() override;

    QString title() const { return m_title; }
    QString command() const { return m_command; } // kubectl's
    bool connected() const { return m_connected; }
    bool ended() const { return m_ended; }
    QString problem() const { return m_problem; }
    TerminalScreen& screen() { return m_screen; }

    Q_INVOKABLE void reconnect();
    void resize(int rows, int columns);

signals:
    void stateChanged();
    void screenChanged();

private:
    void open();
    void onMessage(const QByteArray& message);
    void onStatus(const QByteArray& json);
    void end(const QString& problem);
    void send(char channel, const QByteArray& bytes);
    void sendSize();

    const Endpoint m_endpoint;
    const QString m_path, m_container, m_title, m_command;
    TerminalScreen m_screen;
    std::unique_ptr<QWebSocket> m_socket;
    bool m_connected = false, m_ended = false;
    QString m_problem;
};

} // namespace kates::app
