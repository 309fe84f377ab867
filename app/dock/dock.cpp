#include "app/dock/dock.h"

#include "app/base/text.h"

namespace kates::app {

Dock::Dock(DataThread& thread, ApiClient& client, QString root, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
    , m_root(std::move(root))
{
}

Dock::~Dock() = default;

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
    if (m_current == current)
        return;
    m_current = current;
    emit currentChanged();
}

bool Dock::goTo(const QString& title)
{
    const auto known = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const Tab& tab) { return tab.title == title; });
    if (known == m_tabs.end())
        return false;
    setCurrent(int(known - m_tabs.begin()));
    return true;
}

void Dock::add(Tab tab)
{
    Tab oldest; // goes only when QML has let go of it
    if (int(m_tabs.size()) >= kDockTabsMax) {
        oldest = std::move(m_tabs.front());
        m_tabs.erase(m_tabs.begin());
    }
    m_tabs.push_back(std::move(tab));
    m_current = int(m_tabs.size()) - 1;
    emit tabsChanged();
    emit currentChanged();
}

void Dock::openLogs(const ActionTarget& target, const QString& container, Informer& pods)
{
    const bool pod = target.kind == QLatin1String("Pod");
    LogSession::Selection selection { target.ns, pod ? target.name : QString(), container, {} };
    if (!pod) {
        const auto selector = api::LabelSelector::fromValue(target.object.get("spec", "selector"));
        if (!selector)
            return;
        selection.selector = *selector;
    }
    const QString what = pod ? target.name : target.kind.toLower() + u'/' + target.name;
    const QString title = container.isEmpty() ? what : what + u'/' + container;
    if (goTo(title))
        return;
    const QString which = container.isEmpty() ? QStringLiteral("--all-containers") : QStringLiteral("-c ") + container;
    const QString command = QStringLiteral("kubectl logs -f %1 -n %2 %3").arg(what, target.ns, which);
    add({ title, std::make_unique<LogSession>(m_thread, m_client, m_root, title, command, std::move(selection), pods), nullptr });
}

void Dock::openTerminal(const Endpoint& endpoint, const ActionTarget& pod, const QString& container)
{
    const QString title = tr("shell: %1").arg(pod.name + u'/' + container);
    if (!goTo(title))
        add({ title, nullptr, std::make_unique<TerminalSession>(endpoint, m_root, pod.ns, pod.name, container) });
}

void Dock::close(int index)
{
    if (index < 0 || index >= int(m_tabs.size()))
        return;
    // QML lets go of it by the signals before it is destroyed.
    const Tab closed = std::move(m_tabs[std::size_t(index)]);
    m_tabs.erase(m_tabs.begin() + index);
    m_current = std::clamp(m_current > index ? m_current - 1 : m_current, 0, std::max(0, int(m_tabs.size()) - 1));
    emit tabsChanged();
    emit currentChanged();
}

} // namespace kates::app
