#include "app/dock/log_legend.h"

#include <algorithm>

namespace kates::app {

LogLegend::LogLegend(bool byContainer, QObject* parent)
    : QAbstractListModel(parent)
    , m_byContainer(byContainer)
{
}

int LogLegend::hiddenCount() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(), [this](const Entry& entry) { return m_hidden.contains(entry.name); }));
}

void LogLegend::add(int source, const LogSource& what)
{
    if (source != m_sources.size())
        return;
    m_sources.append(what);
    m_states.append(LogCollector::State::Reading);
    const QString name = m_byContainer ? what.container : what.pod;
    const auto known = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.name == name; });
    m_entryOf.append(int(known - m_entries.begin()));
    m_longestName = std::max(m_longestName, int(name.size()));
    if (known != m_entries.end()) {
        known->sources.append(source);
        return;
    }
    beginInsertRows({}, count(), count());
    m_entries.push_back({ name, { source } });
    endInsertRows();
    emit countChanged();
}

void LogLegend::setState(int source, LogCollector::State state)
{
    if (source >= m_states.size() || m_states[source] == state)
        return;
    m_states[source] = state;
    const QModelIndex row = index(entryOf(source));
    emit dataChanged(row, row, { StateRole });
}

void LogLegend::clear()
{
    beginResetModel();
    m_entries.clear();
    m_sources.clear();
    m_states.clear();
    m_entryOf.clear();
    endResetModel();
    emit countChanged();
}

void LogLegend::hiddenHasChanged()
{
    if (!m_entries.empty())
        emit dataChanged(index(0), index(count() - 1), { ShownRole });
    emit hiddenChanged();
}

void LogLegend::setShown(int row, bool shown)
{
    if (row < 0 || row >= count())
        return;
    const QString& name = m_entries[std::size_t(row)].name;
    if (shown)
        m_hidden.remove(name);
    else
        m_hidden.insert(name);
    hiddenHasChanged();
}

void LogLegend::showOnly(int row)
{
    m_hidden.clear();
    for (int other = 0; other < count(); ++other) {
        if (other != row)
            m_hidden.insert(m_entries[std::size_t(other)].name);
    }
    hiddenHasChanged();
}

void LogLegend::showAll()
{
    m_hidden.clear();
    hiddenHasChanged();
}

QSet<int> LogLegend::hiddenSources() const
{
    QSet<int> hidden;
    for (const Entry& entry : m_entries) {
        if (m_hidden.contains(entry.name))
            hidden.unite(QSet<int>(entry.sources.begin(), entry.sources.end()));
    }
    return hidden;
}

QString LogLegend::nameOf(int source) const
{
    if (source < 0 || source >= m_sources.size())
        return {};
    const Entry& entry = m_entries[std::size_t(entryOf(source))];
    return m_byContainer || entry.sources.size() < 2 ? entry.name : entry.name + u'/' + m_sources[source].container;
}

LogCollector::State LogLegend::stateOf(const Entry& entry) const
{
    const auto any = [&](LogCollector::State state) {
        return std::any_of(entry.sources.begin(), entry.sources.end(), [&](int source) { return m_states[source] == state; });
    };
    for (const LogCollector::State state : { LogCollector::State::Broken, LogCollector::State::Reading }) {
        if (any(state))
            return state;
    }
    return LogCollector::State::Ended;
}

int LogLegend::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant LogLegend::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& entry = m_entries[std::size_t(index.row())];
    switch (role) {
    case NameRole:
        return entry.name;
    case ShownRole:
        return !m_hidden.contains(entry.name);
    case StateRole:
        return int(stateOf(entry));
    default:
        return {};
    }
}

QHash<int, QByteArray> LogLegend::roleNames() const { return { { NameRole, "name" }, { ShownRole, "shown" }, { StateRole, "state" } }; }

} // namespace kates::app
