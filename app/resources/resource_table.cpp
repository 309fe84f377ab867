#include "app/resources/resource_table.h"

#include "app/base/text.h"

namespace kates::app {

using api::Value;

ResourceTable::ResourceTable(DataThread& thread, ApiClient& client, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_client(client)
{
    m_ages.setInterval(kAgeTickMs);
    connect(&m_ages, &QTimer::timeout, this, [this] { m_rows->refreshAll(); });
}

ResourceTable::~ResourceTable() = default;

std::vector<ObjectListModel::Role> ResourceTable::roles()
{
    return {
        { "name", [](const Value& row) { return toQString(row.str("object", "metadata", "name")); } },
        { "ns", [](const Value& row) { return toQString(row.str("object", "metadata", "namespace")); } },
        { "state", [this](const Value& row) { return int(rowState(m_columns, row)); } },
        { "cells",
            [this](const Value& row) {
                const QDateTime now = QDateTime::currentDateTimeUtc();
                QStringList cells;
                for (int i = 0; i < int(m_columns.size()); ++i)
                    cells.append(cellText(m_columns, row, i, now));
                return cells;
            } },
    };
}

void ResourceTable::open(const ResourceInfo& info)
{
    if (m_info && m_info->ref == info.ref)
        return;
    m_info = info;
    m_columns.clear();
    m_characters.clear();
    m_sortColumn = kNoColumn;
    m_sortDescending = false;
    setFilter({});
    follow();
    emit columnsChanged();
    emit orderChanged();
}

// Asking for one namespace spares the server and the network the others, and is all that many users may do.
QString ResourceTable::listedNamespace() const { return namespaced() && m_namespaces.size() == 1 ? *m_namespaces.begin() : QString(); }

void ResourceTable::follow()
{
    InformerOptions options;
    options.resource = m_info->ref;
    options.ns = m_listed = listedNamespace();
    options.table = true;
    options.watch = watched();
    m_selection.clear();
    // What QML still holds of the last kind goes after it has let go.
    std::unique_ptr<ObjectListModel> oldRows = std::move(m_rows);
    std::unique_ptr<LiveResource> oldLive = std::move(m_live);
    m_live = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
    m_rows = std::make_unique<ObjectListModel>(m_thread, roles());
    connect(m_rows.get(), &ObjectListModel::keysGone, &m_selection, &TableSelection::drop);
    connect(m_rows.get(), &ObjectListModel::countChanged, this, [this] {
        if (m_characters.empty())
            measure();
    });
    Informer* informer = m_live->informer();
    connect(informer, &Informer::columnsChanged, informer, [self = QPointer(this), this, informer, live = QPointer(m_live.get())] {
        postToGui(self, [this, live, columns = informer->columns()] {
            if (live && live == m_live.get())
                takeColumns(columns);
        });
    });
    m_thread.with(m_rows->feed(), [informer](ListFeed& feed) { feed.setInformer(informer); });
    applyOrder();
    applyFilter();
    m_live->start();
    m_ages.start();
    emit opened();
}

void ResourceTable::restart()
{
    if (m_live)
        m_live->start();
}

void ResourceTable::refresh() { restart(); }

void ResourceTable::setNamespaces(const QSet<QString>& namespaces)
{
    m_namespaces = namespaces;
    if (m_info && listedNamespace() != m_listed)
        follow();
    else
        applyFilter();
}

void ResourceTable::setFilter(const QString& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    m_parsed = TableFilter::parse(filter);
    applyFilter();
    emit filterChanged();
}

void ResourceTable::toggleState(const QString& state) { setFilter(withStateToggled(m_filter, state)); }

void ResourceTable::saveFilter(const QString& name)
{
    if (name.trimmed().isEmpty() || m_filter.trimmed().isEmpty() || !m_info)
        return;
    m_memory.saveFilter(name.trimmed(), resourceId(), m_filter.trimmed());
    emit savedFiltersChanged();
}

void ResourceTable::removeFilter(const QString& name)
{
    m_memory.removeFilter(name);
    emit savedFiltersChanged();
}

void ResourceTable::applyFilter()
{
    if (!m_rows)
        return;
    TableFilter parsed = m_parsed;
    if (namespaced())
        parsed.namespaces = m_namespaces;
    ListFeed::Filter filter;
    if (!parsed.empty())
        filter = [parsed, columns = m_columns](const Value& row) { return parsed.matches(columns, row); };
    m_thread.with(m_rows->feed(), [filter](ListFeed& feed) { feed.setFilter(filter); });
}

void ResourceTable::sortBy(int column)
{
    if (m_sortColumn != column) {
        m_sortColumn = column;
        m_sortDescending = false;
    } else if (!m_sortDescending) {
        m_sortDescending = true;
    } else {
        m_sortColumn = kNoColumn;
        m_sortDescending = false;
    }
    TableOrder order { {}, m_sortDescending };
    if (m_sortColumn != kNoColumn)
        order.column = m_sortColumn == kNamespaceColumn ? QStringLiteral("Namespace") : m_columns[std::size_t(m_sortColumn)].name;
    m_memory.setOrder(resourceId(), order);
    applyOrder();
    emit orderChanged();
}

void ResourceTable::applyOrder()
{
    ListFeed::Rank rank;
    if (m_sortColumn != kNoColumn && m_sortColumn < int(m_columns.size()))
        rank = [columns = m_columns, column = m_sortColumn](const Value& row) { return cellRank(columns, row, column); };
    m_thread.with(m_rows->feed(), [rank, descending = m_sortDescending](ListFeed& feed) { feed.setRank(rank, descending); });
}

QString ResourceTable::command() const
{
    if (!m_info)
        return {};
    const QString where = !namespaced() ? QString() : m_namespaces.size() == 1 ? QStringLiteral(" -n ") + *m_namespaces.begin() : QStringLiteral(" -A");
    const QString labels = m_parsed.labels ? QStringLiteral(" -l '%1'").arg(toQString(m_parsed.labels->toString())) : QString();
    return QStringLiteral("kubectl get ") + resourceId() + where + labels + (wide() ? QStringLiteral(" -o wide") : QString());
}

} // namespace kates::app
