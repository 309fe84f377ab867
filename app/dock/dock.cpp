#include "app/dock/dock.h"

#include "app/base/text.h"

namespace kates::app {

Dock::Dock(DataThread& thread, ApiClient& client, Tasks& tasks, const QString& cluster, QString root, Informer& pods, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_tasks(tasks)
    , m_root(std::move(root))
    , m_pods(pods)
    , m_forwards(thread, client, tasks, cluster, m_root, pods)
{
}

Dock::~Dock()
{
    for (const Tab& tab : m_tabs)
        m_tasks.remove(tab.task);
}

QStringList Dock::titles() const
{
    QStringList titles;
    for (const Tab& tab : m_tabs)
        titles.append(tab.title);
    return titles;
}

QStringList Dock::icons() const
{
    QStringList icons;
    for (const Tab& tab : m_tabs)
        icons.append(tab.log ? QStringLiteral("logs") : QStringLiteral("terminal"));
    return icons;
}

LogSession* Dock::log() const { return m_current < int(m_tabs.size()) ? m_tabs[std::size_t(m_current)].log.get() : nullptr; }

TerminalSession* Dock::terminal() const { return m_current < int(m_tabs.size()) ? m_tabs[std::size_t(m_current)].terminal.get() : nullptr; }

void Dock::setCurrent(int current)
{
    current = std::clamp(current, 0, std::max(0, int(m_tabs.size()) - 1));
    if (m_current == current)
        return;
    m_current = current;
    emit currentChanged();
}

void Dock::setEndpoint(const Endpoint& endpoint)
{
    m_endpoint = endpoint;
    m_forwards.setEndpoint(endpoint);
}

bool Dock::goTo(const QString& title)
{
    const auto known = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const Tab& tab) { return tab.title == title; });
    if (known == m_tabs.end())
        return false;
    setCurrent(int(known - m_tabs.begin()));
    emit tabOpened();
    return true;
}

void Dock::add(Tab tab)
{
    Tab oldest; // goes only when QML has let go of it
    if (int(m_tabs.size()) >= kDockTabsMax) {
        oldest = std::move(m_tabs.front());
        m_tabs.erase(m_tabs.begin());
        m_tasks.remove(oldest.task);
    }
    const QString name = tab.title, title = tab.log ? tr("Log: %1").arg(name) : name;
    tab.task = m_tasks.add(Tasks::Open, title, tab.log ? QStringLiteral("logs") : QStringLiteral("terminal"),
        [this, name] { close(int(titles().indexOf(name))); });
    if (tab.terminal)
        watchTerminal(*tab.terminal, tab.task);
    m_tabs.push_back(std::move(tab));
    m_current = int(m_tabs.size()) - 1;
    emit tabsChanged();
    emit currentChanged();
    emit tabOpened();
}

void Dock::watchTerminal(TerminalSession& terminal, int task)
{
    connect(&terminal, &TerminalSession::stateChanged, this, [this, task, &terminal] {
        m_tasks.update(task, terminal.ended() ? terminal.problem() : terminal.connected() ? tr("Connected") : tr("Connecting …"));
    });
}

bool Dock::openLogs(const ActionTarget& target, const QString& container)
{
    auto selection = PodSelection::of(target, container);
    if (!selection)
        return false;
    const bool pod = target.kind == QLatin1String("Pod");
    const QString what = pod ? target.name : target.kind.toLower() + u'/' + target.name;
    const QString title = container.isEmpty() ? what : what + u'/' + container;
    if (goTo(title))
        return true;
    const QString which = container.isEmpty() ? QStringLiteral("--all-containers") : QStringLiteral("-c ") + container;
    // kubectl takes no Service here; the selector says the same.
    const bool named = target.kind != QLatin1String("Service");
    const QString chosen = named ? what : QStringLiteral("-l ") + toQString(selection->selector.toString());
    const QString command = QStringLiteral("kubectl logs -f %1 -n %2 %3").arg(chosen, target.ns, which);
    add({ title, std::make_unique<LogSession>(m_thread, m_client, m_root, title, command, std::move(*selection), m_pods), nullptr });
    return true;
}

void Dock::openTerminal(const QString& ns, const QString& pod, const QString& container)
{
    const QString title = tr("Shell: %1").arg(pod + u'/' + container);
    if (!goTo(title))
        add({ title, nullptr, std::make_unique<TerminalSession>(m_thread, m_endpoint, m_root, ns, pod, container) });
}

void Dock::close(int index)
{
    if (index < 0 || index >= int(m_tabs.size()))
        return;
    // QML lets go of it by the signals before it is destroyed.
    const Tab closed = std::move(m_tabs[std::size_t(index)]);
    m_tasks.remove(closed.task);
    m_tabs.erase(m_tabs.begin() + index);
    m_current = std::clamp(m_current > index ? m_current - 1 : m_current, 0, std::max(0, int(m_tabs.size()) - 1));
    emit tabsChanged();
    emit currentChanged();
}

void Dock::requestForward(const ActionTarget& target)
{
    m_forwardTarget = target;
    emit forwardRequested(target.kind + u' ' + target.name, forwardChoices(target));
}

ForwardSpec Dock::forwardSpec(int port, int localPort) const
{
    return { m_forwardTarget.resource, m_forwardTarget.kind, m_forwardTarget.ns, m_forwardTarget.name, port, localPort };
}

void Dock::startForward(int port, int localPort)
{
    if (m_forwardTarget.name.isEmpty() || port < 1 || port > 65535 || localPort < 0 || localPort > 65535)
        return;
    m_forwards.add(forwardSpec(port, localPort));
    emit forwardStarted();
}

QString Dock::forwardCommand(int port, int localPort) const { return forwardSpec(port, localPort).command(); }

} // namespace kates::app
