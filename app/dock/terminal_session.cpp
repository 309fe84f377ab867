#include "app/dock/terminal_session.h"

namespace kates::app {

TerminalSession::TerminalSession(DataThread& thread, const Endpoint& endpoint, const QString& root, const QString& ns, const QString& pod,
    const QString& container, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_title(pod + u'/' + container)
    , m_command(QStringLiteral("kubectl exec -it %1 -n %2 -c %3 -- sh").arg(pod, ns, container))
    , m_screen(24, 80)
{
    const ResourceRef pods { root, {}, QStringLiteral("v1"), QStringLiteral("pods"), true };
    m_link = makeOn<TerminalLink>(thread, TerminalTarget { endpoint, pods.objectPath(ns, pod, QStringLiteral("exec")), container });
    TerminalLink* link = m_link.get();
    connect(link, &TerminalLink::opened, this, [this] {
        m_connected = true;
        emit stateChanged();
    });
    connect(link, &TerminalLink::output, this, [this, link](const QByteArray& bytes) {
        m_screen.write(bytes);
        m_thread.with(link, [size = bytes.size()](TerminalLink& link) { link.taken(size); });
    });
    connect(link, &TerminalLink::ended, this, &TerminalSession::end);
    m_screen.changed = [this] { emit screenChanged(); };
    m_screen.written = [this, link](const QByteArray& bytes) { m_thread.with(link, [bytes](TerminalLink& link) { link.type(bytes); }); };
    open();
}

TerminalSession::~TerminalSession()
{
    m_screen.changed = nullptr;
    m_screen.written = nullptr;
}

void TerminalSession::open()
{
    m_connected = m_ended = false;
    m_exitCode = -1;
    m_problem.clear();
    m_thread.with(m_link.get(), [](TerminalLink& link) { link.open(); });
    emit stateChanged();
}

void TerminalSession::reconnect()
{
    if (!m_ended)
        return;
    m_screen.restart();
    open();
}

void TerminalSession::type(const QString& text) { m_screen.written(text.toUtf8()); }

QString TerminalSession::sentenceOf(TerminalLink::End end, const QString& why) const
{
    switch (end) {
    case TerminalLink::End::Exited:
        return m_exitCode == 0 ? tr("The shell has ended.") : tr("The shell ended with code %1.").arg(m_exitCode);
    case TerminalLink::End::NoShell:
        return tr("This image has no shell: there is no sh, no bash and no busybox in it. Its log can still be read.");
    case TerminalLink::End::Refused:
        return tr("No shell could be started. %1").arg(why);
    case TerminalLink::End::Broken:
        break;
    }
    return tr("The connection to the shell broke off. %1").arg(why);
}

void TerminalSession::end(TerminalLink::End end, int exitCode, const QString& why)
{
    m_ended = true;
    m_connected = false;
    m_exitCode = end == TerminalLink::End::Exited ? exitCode : -1;
    m_problem = sentenceOf(end, why);
    emit stateChanged();
}

void TerminalSession::resize(int rows, int columns)
{
    m_screen.resize(rows, columns);
    m_thread.with(m_link.get(), [rows = m_screen.rows(), columns = m_screen.columns()](TerminalLink& link) { link.resize(rows, columns); });
}

} // namespace kates::app
