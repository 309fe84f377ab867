// A shell in a container, its screen by TerminalScreen. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/base/data_thread.h"
#include "app/connection/api_request.h"
#include "app/dock/terminal_link.h"
#include "app/dock/terminal_screen.h"

namespace kates::app {

class TerminalSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the dock")
    Q_PROPERTY(QString title READ title CONSTANT)
    Q_PROPERTY(QString command READ command CONSTANT)
    Q_PROPERTY(bool connected READ connected NOTIFY stateChanged)
    Q_PROPERTY(bool ended READ ended NOTIFY stateChanged)
    Q_PROPERTY(int exitCode READ exitCode NOTIFY stateChanged) // -1: not by exiting
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged) // why it has ended, as a sentence
public:
    TerminalSession(DataThread& thread, const Endpoint& endpoint, const QString& root, const QString& ns, const QString& pod, const QString& container,
        QObject* parent = nullptr);
    ~TerminalSession() override;

    QString title() const { return m_title; }
    QString command() const { return m_command; } // kubectl's
    bool connected() const { return m_connected; }
    bool ended() const { return m_ended; }
    int exitCode() const { return m_exitCode; }
    QString problem() const { return m_problem; }
    TerminalScreen& screen() { return m_screen; }

    Q_INVOKABLE void reconnect(); // after the end: another shell, below what is on the screen
    Q_INVOKABLE void type(const QString& text); // as from the keyboard
    void resize(int rows, int columns);

signals:
    void stateChanged();
    void screenChanged();

private:
    void open();
    void end(TerminalLink::End end, int exitCode, const QString& sentence);
    QString sentenceOf(TerminalLink::End end, const QString& why) const;

    DataThread& m_thread;
    const QString m_title, m_command;
    TerminalScreen m_screen;
    DataPtr<TerminalLink> m_link;
    bool m_connected = false, m_ended = false;
    int m_exitCode = -1;
    QString m_problem;
};

} // namespace kates::app
