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
    m_sortColumn = -1;
    m_sortDescending = false;
    InformerOptions options;
    options.resource = info.ref;
    options.table = true;
    // What QML still holds of the last kind goes after it has let go.
    std::unique_ptr<ObjectListModel> oldRows = std::move(m_rows);
    std::unique_ptr<LiveResource> oldLive = std::move(m_live);
    m_live = std::make_unique<LiveResource>(m_thread, m_client, std::move(options));
    m_rows = std::make_unique<ObjectListModel>(m_thread, roles());
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
    applyFilter();
    m_live->start();
    m_ages.start();
    emit opened();
    emit columnsChanged();
    emit orderChanged();
}

void ResourceTable::restart()
{
    if (m_live)
        m_live->start();
}

void ResourceTable::takeColumns(const Value& definitions)
{
    m_columns = tableColumns(definitions);
    m_characters.clear();
    measure();
    m_rows->refreshAll();
    emit columnsChanged();
}

void ResourceTable::measure()
{
    if (m_columns.empty() || m_rows->count() == 0)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_characters.assign(m_columns.size(), 0);
    for (int row = 0; row < std::min(m_rows->count(), kWidthSampleRows); ++row) {
        for (int column = 0; column < int(m_columns.size()); ++column) {
            const int length = int(cellText(m_columns, m_rows->object(row), column, now).size());
            m_characters[std::size_t(column)] = std::max(m_characters[std::size_t(column)], length);
        }
    }
    emit columnsChanged();
}

QVariantList ResourceTable::columns() const
{
    QVariantList shown;
    const int status = statusColumn(m_columns);
    for (int i = 0; i < int(m_columns.size()); ++i) {
        const TableColumn& column = m_columns[std::size_t(i)];
        if (column.priority > 0 && !m_wide)
            continue;
        const int content = m_characters.empty() ? 0 : m_characters[std::size_t(i)];
        shown.append(QVariantMap { { QStringLiteral("name"), column.name }, { QStringLiteral("column"), i },
            { QStringLiteral("characters"), std::max(int(column.name.size()) + 2, content) }, { QStringLiteral("status"), i == status } });
    }
    return shown;
}

void ResourceTable::setWide(bool wide)
{
    if (m_wide == wide)
        return;
    m_wide = wide;
    emit columnsChanged();
}

void ResourceTable::setFilter(const QString& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    applyFilter();
    emit filterChanged();
}

void ResourceTable::setNamespaces(const QSet<QString>& namespaces)
{
    m_namespaces = namespaces;
    applyFilter();
}

void ResourceTable::applyFilter()
{
    if (!m_rows)
        return;
    const QString needle = m_filter.trimmed().toLower();
    const QSet<QString> namespaces = namespaced() ? m_namespaces : QSet<QString>();
    ListFeed::Filter filter;
    if (!needle.isEmpty() || !namespaces.isEmpty()) {
        filter = [needle, namespaces](const Value& row) {
            const bool inside = namespaces.isEmpty() || namespaces.contains(toQString(row.str("object", "metadata", "namespace")));
            return inside && (needle.isEmpty() || rowContains(row, needle));
        };
    }
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
        m_sortColumn = -1;
        m_sortDescending = false;
    }
    applyOrder();
    emit orderChanged();
}

void ResourceTable::applyOrder()
{
    ListFeed::Compare compare;
    if (m_sortColumn >= 0 && m_sortColumn < int(m_columns.size())) {
        compare = [column = m_sortColumn, age = m_columns[std::size_t(m_sortColumn)].isAge, sign = m_sortDescending ? -1 : 1](
                      const Value& left, const Value& right) { return sign * compareCells(left, right, column, age); };
    }
    m_thread.with(m_rows->feed(), [compare](ListFeed& feed) { feed.setOrder(compare); });
}

QString ResourceTable::command() const
{
    if (!m_info)
        return {};
    return QStringLiteral("kubectl get %1%2%3")
        .arg(resourceId(), namespaced() ? QStringLiteral(" -A") : QString(), m_wide ? QStringLiteral(" -o wide") : QString());
}

} // namespace kates::app
