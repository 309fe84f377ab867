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
    for (const auto& tab : m_tabs)
        titles.append(tab->title());
    return titles;
}

LogSession* Dock::log() const
{
    return m_current < int(m_tabs.size()) ? m_tabs[std::size_t(m_current)].get() : nullptr;
}

void Dock::setCurrent(int current)
{
    if (m_current == current)
        return;
    m_current = current;
    emit currentChanged();
}

void Dock::openLogs(const ActionTarget& target, const QString& container, Informer& pods)
{
    const bool pod = target.kind == QLatin1String("Pod");
    LogSession::Selection selection {target.ns, pod ? target.name : QString(), container, {}};
    if (!pod) {
        const auto selector = api::LabelSelector::fromValue(target.object.get("spec", "selector"));
        if (!selector)
            return;
        selection.selector = *selector;
    }
    const QString what = pod ? target.name : target.kind.toLower() + u'/' + target.name;
    const QString title = container.isEmpty() ? what : what + u'/' + container;
    const auto known = std::find_if(m_tabs.begin(), m_tabs.end(), [&](const auto& tab) { return tab->title() == title; });
    if (known != m_tabs.end())
        return setCurrent(int(known - m_tabs.begin()));
    const QString command = QStringLiteral("kubectl logs -f %1 -n %2 %3").arg(what, target.ns, container.isEmpty() ? QStringLiteral("--all-containers") : QStringLiteral("-c ") + container);
    std::unique_ptr<LogSession> oldest;
    if (int(m_tabs.size()) >= kDockTabsMax) {
        oldest = std::move(m_tabs.front());
        m_tabs.erase(m_tabs.begin());
    }
    m_tabs.push_back(std::make_unique<LogSession>(m_thread, m_client, m_root, title, command, std::move(selection), pods));
    emit tabsChanged();
    m_current = int(m_tabs.size()) - 1;
    emit currentChanged();
}

void Dock::close(int index)
{
    if (index < 0 || index >= int(m_tabs.size()))
        return;
    // QML lets go of it by the signals before it is destroyed.
    const std::unique_ptr<LogSession> closed = std::move(m_tabs[std::size_t(index)]);
    m_tabs.erase(m_tabs.begin() + index);
    m_current = std::clamp(m_current > index ? m_current - 1 : m_current, 0, std::max(0, int(m_tabs.size()) - 1));
    emit tabsChanged();
    emit currentChanged();
}

} // namespace kates::app
