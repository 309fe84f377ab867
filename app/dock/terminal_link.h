// The connection of a TerminalSession: pods/exec over a WebSocket (v5.channel.k8s.io, v4 for older servers). Lives on the data thread, so that a program
// that floods its terminal costs the GUI thread only what it draws: what is not taken yet is bounded, and the server waits.
//
// An image's shell is looked for in the places of kShells, in that order.
#pragma once

#include <QUrlQuery>

#include "app/connection/web_socket.h"

namespace kates::app {

inline constexpr qsizetype kTerminalUntakenMax = 256 << 10;
inline constexpr qsizetype kTerminalPieceMax = 16 << 10; // handed over at once
inline constexpr int kShellTries = 4;

struct TerminalTarget {
    Endpoint endpoint;
    QString path; // of pods/exec
    QString container;
};

class TerminalLink : public QObject {
    Q_OBJECT
public:
    enum class End { Exited, NoShell, Refused, Broken };
    Q_ENUM(End)

    explicit TerminalLink(TerminalTarget target);

    void open();
    void type(const QByteArray& bytes);
    void resize(int rows, int columns);
    void taken(qsizetype bytes); // of output()

signals:
    void opened();
    void output(const QByteArray& bytes);
    // Once: the exit code, or a sentence.
    void ended(kates::app::TerminalLink::End end, int exitCode, const QString& sentence);

private:
    void tryShell();
    void onMessage(const QByteArray& message);
    void onStatus(const QByteArray& json);
    void onClosed(int code, const QString& problem);
    void deliver(const QByteArray& bytes);
    void finish(End end, int exitCode, const QString& sentence);
    void send(char channel, const QByteArray& bytes);

    const TerminalTarget m_target;
    std::unique_ptr<WebSocket> m_socket;
    int m_shell = 0; // that is being tried
    QByteArray m_first; // of what it wrote, to tell whether the shell was there
    bool m_ended = false;
    int m_rows = 24, m_columns = 80;
    qsizetype m_untaken = 0;
};

} // namespace kates::app
