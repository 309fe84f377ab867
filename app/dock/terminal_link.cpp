#include "app/dock/terminal_link.h"

#include <array>

#include "app/base/text.h"
#include "engine/api/json.h"

namespace kates::app {

namespace {

enum Channel : char { StandardInput = 0, StandardOutput = 1, StandardError = 2, Status = 3, Resize = 4 };

// The best shell that the image has; where only one is named there, it need not be in /bin.
constexpr const char* kBest = "TERM=xterm-256color; export TERM; command -v bash >/dev/null 2>&1 && exec bash; exec sh";
constexpr std::array<const char*, kShellTries> kShells { "/bin/sh", "sh", "/busybox/sh", "bash" };
constexpr qsizetype kFirstBytes = 400;
constexpr int kNotExecutable = 126, kNotFound = 127; // a shell's codes for a command that cannot be run

bool saysNotThere(const QString& message)
{
    return message.contains(QLatin1String("no such file"), Qt::CaseInsensitive) || message.contains(QLatin1String("not found"), Qt::CaseInsensitive)
        || message.contains(QLatin1String("cannot be found"), Qt::CaseInsensitive);
}

} // namespace

TerminalLink::TerminalLink(TerminalTarget target)
    : m_target(std::move(target))
{
}

void TerminalLink::open()
{
    m_shell = 0;
    m_ended = false;
    tryShell();
}

void TerminalLink::tryShell()
{
    m_first.clear();
    m_untaken = 0;
    if (m_socket) { // it may be what called this
        m_socket->disconnect(this);
        m_socket.release()->deleteLater();
    }
    m_socket = std::make_unique<WebSocket>();
    connect(m_socket.get(), &WebSocket::message, this, &TerminalLink::onMessage);
    connect(m_socket.get(), &WebSocket::closed, this, &TerminalLink::onClosed);
    connect(m_socket.get(), &WebSocket::opened, this, [this] {
        resize(m_rows, m_columns);
        emit opened();
    });
    QUrlQuery query;
    for (const char* part : { kShells[std::size_t(m_shell)], "-c", kBest })
        query.addQueryItem(QStringLiteral("command"), QString::fromLatin1(QUrl::toPercentEncoding(QLatin1String(part))));
    query.addQueryItem(QStringLiteral("container"), m_target.container);
    for (const char* stream : { "stdin", "stdout", "tty" })
        query.addQueryItem(QLatin1String(stream), QStringLiteral("true"));
    m_socket->open(m_target.endpoint, m_target.path, query, { "v5.channel.k8s.io", "v4.channel.k8s.io" });
}

void TerminalLink::onMessage(const QByteArray& message)
{
    if (message.isEmpty())
        return;
    if (message[0] == StandardOutput || message[0] == StandardError)
        deliver(message.mid(1));
    else if (message[0] == Status)
        onStatus(message.mid(1));
}

void TerminalLink::deliver(const QByteArray& bytes)
{
    m_first += bytes.left(std::max<qsizetype>(0, kFirstBytes - m_first.size()));
    m_untaken += bytes.size();
    if (m_untaken > kTerminalUntakenMax)
        m_socket->setReading(false);
    for (qsizetype at = 0; at < bytes.size(); at += kTerminalPieceMax)
        emit output(bytes.mid(at, kTerminalPieceMax));
}

void TerminalLink::taken(qsizetype bytes)
{
    const bool paused = m_untaken > kTerminalUntakenMax;
    m_untaken -= bytes;
    if (paused && m_untaken <= kTerminalUntakenMax && m_socket)
        m_socket->setReading(true);
}

void TerminalLink::onStatus(const QByteArray& json)
{
    const auto status = api::parseJson({ json.constData(), std::size_t(json.size()) });
    if (!status || status->str("status") == "Success")
        return finish(End::Exited, 0, {});
    const QString message = displayText(status->str("message"), 500);
    int exitCode = -1;
    for (const api::Value& cause : status->get("details", "causes")) {
        if (cause.str("reason") == "ExitCode")
            exitCode = displayText(cause.str("message"), 20).toInt();
    }
    // Some runtimes say so in the status, some on the terminal.
    const bool refused = exitCode == kNotFound || exitCode == kNotExecutable;
    const bool atOnce = m_first.isEmpty() || (m_first.size() < kFirstBytes && saysNotThere(QString::fromUtf8(m_first)));
    const bool notThere = atOnce && (refused || (exitCode < 0 && saysNotThere(message)));
    if (notThere && ++m_shell < kShellTries)
        return tryShell();
    if (notThere)
        return finish(End::NoShell, exitCode, {});
    finish(exitCode >= 0 ? End::Exited : End::Refused, exitCode, message);
}

void TerminalLink::onClosed(int code, const QString& problem)
{
    if (code > 0 && saysNotThere(problem) && code >= 500 && ++m_shell < kShellTries)
        return tryShell();
    finish(code > 0 ? End::Refused : End::Broken, -1, problem);
}

void TerminalLink::finish(End end, int exitCode, const QString& sentence)
{
    if (std::exchange(m_ended, true))
        return;
    m_socket->disconnect(this);
    m_socket->close();
    emit ended(end, exitCode, sentence);
}

void TerminalLink::send(char channel, const QByteArray& bytes)
{
    if (m_socket)
        m_socket->send(QByteArray(1, channel) + bytes);
}

void TerminalLink::type(const QByteArray& bytes) { send(StandardInput, bytes); }

void TerminalLink::resize(int rows, int columns)
{
    m_rows = rows;
    m_columns = columns;
    send(Resize, QStringLiteral(R"({"Width":%1,"Height":%2})").arg(columns).arg(rows).toUtf8());
}

} // namespace kates::app
