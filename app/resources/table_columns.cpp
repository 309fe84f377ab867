// The columns of a ResourceTable: which there are, which are shown and how wide; and what is taken out of the table by hand.
#include <QClipboard>
#include <QGuiApplication>
#include <QSaveFile>

#include "app/base/text.h"
#include "app/resources/resource_table.h"

namespace kates::app {

using api::Value;

namespace {

const QString kNamespaceName = QStringLiteral("Namespace");

// A field of RFC 4180; what a spreadsheet would take for a formula is made text.
QString csvField(QString text)
{
    if (!text.isEmpty() && QStringLiteral("=+-@").contains(text[0]))
        text.prepend(u'\'');
    if (!text.contains(u'"') && !text.contains(u',') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + text.replace(QLatin1String("\""), QLatin1String("\"\"")) + u'"';
}

QString textOf(const std::vector<TableColumn>& columns, const Value& row, int column, const QDateTime& now)
{
    return column == kNamespaceColumn ? toQString(row.str("object", "metadata", "namespace")) : cellText(columns, row, column, now);
}

} // namespace

void ResourceTable::takeColumns(const Value& definitions)
{
    m_columns = tableColumns(definitions);
    m_characters.clear();
    const TableOrder order = m_memory.order(resourceId());
    m_sortColumn = kNoColumn;
    m_sortDescending = order.descending;
    for (int i = 0; i < int(m_columns.size()); ++i) {
        if (m_columns[std::size_t(i)].name == order.column)
            m_sortColumn = i;
    }
    if (namespaced() && order.column == kNamespaceName)
        m_sortColumn = kNamespaceColumn;
    applyOrder();
    applyFilter();
    m_rows->refreshAll();
    emit columnsChanged();
    emit orderChanged();
    measure();
}

void ResourceTable::measure()
{
    if (m_columns.empty() || m_rows->count() == 0)
        return;
    m_characters.assign(m_columns.size(), 0);
    const QDateTime now = QDateTime::currentDateTimeUtc();
    for (int row = 0; row < std::min(kWidthSampleRows, m_rows->count()); ++row) {
        for (int column = 0; column < int(m_columns.size()); ++column) {
            const int length = int(cellText(m_columns, m_rows->object(row), column, now).size());
            m_characters[std::size_t(column)] = std::max(m_characters[std::size_t(column)], length);
        }
    }
    emit columnsChanged();
}

QStringList ResourceTable::shownNames() const
{
    if (const auto chosen = m_memory.columns(resourceId()))
        return *chosen;
    QStringList names { kNamespaceName };
    for (const TableColumn& column : m_columns) {
        if (column.priority == 0)
            names.append(column.name);
    }
    return names;
}

std::vector<int> ResourceTable::shownColumns() const
{
    const QStringList names = shownNames();
    std::vector<int> shown;
    for (int i = 0; i < int(m_columns.size()); ++i) {
        if (i == 0 || names.contains(m_columns[std::size_t(i)].name))
            shown.push_back(i);
        if (i == 0 && namespaced() && names.contains(kNamespaceName))
            shown.push_back(kNamespaceColumn);
    }
    return shown;
}

QVariantList ResourceTable::columns() const
{
    QVariantList list;
    const int status = statusColumn(m_columns);
    for (const int i : shownColumns()) {
        const bool ns = i == kNamespaceColumn;
        const QString name = ns ? tr("Namespace") : m_columns[std::size_t(i)].name;
        const int content = ns ? 14 : m_characters.empty() ? 0 : m_characters[std::size_t(i)];
        list.append(QVariantMap { { QStringLiteral("name"), name }, { QStringLiteral("column"), i },
            { QStringLiteral("characters"), std::max(int(name.size()) + 2, content) }, { QStringLiteral("status"), i == status },
            { QStringLiteral("description"), ns ? QString() : m_columns[std::size_t(i)].description } });
    }
    return list;
}

QVariantList ResourceTable::choices() const
{
    const QStringList names = shownNames();
    QVariantList list;
    const auto add = [&](const QString& name, const QString& description) {
        list.append(QVariantMap { { QStringLiteral("name"), name }, { QStringLiteral("shown"), names.contains(name) },
            { QStringLiteral("description"), description } });
    };
    if (namespaced())
        add(kNamespaceName, {});
    for (std::size_t i = 1; i < m_columns.size(); ++i)
        add(m_columns[i].name, m_columns[i].description);
    return list;
}

void ResourceTable::setColumnShown(const QString& name, bool shown)
{
    QStringList names = shownNames();
    names.removeAll(name);
    if (shown)
        names.append(name);
    m_memory.setColumns(resourceId(), names);
    emit columnsChanged();
}

void ResourceTable::resetColumns()
{
    m_memory.forgetColumns(resourceId());
    emit columnsChanged();
}

bool ResourceTable::wide() const
{
    const QStringList names = shownNames();
    return std::all_of(m_columns.begin(), m_columns.end(), [&](const TableColumn& column) { return names.contains(column.name); });
}

void ResourceTable::setWide(bool wide)
{
    if (!wide)
        return resetColumns();
    QStringList names { kNamespaceName };
    for (const TableColumn& column : m_columns)
        names.append(column.name);
    m_memory.setColumns(resourceId(), names);
    emit columnsChanged();
}

std::vector<Value> ResourceTable::marked() const
{
    std::vector<Value> list;
    for (int row = 0; row < (m_rows && m_selection.count() > 0 ? m_rows->count() : 0); ++row) {
        if (m_selection.contains(m_rows->keyAt(row)))
            list.push_back(m_rows->object(row));
    }
    return list;
}

void ResourceTable::markRange(int from, int to)
{
    QStringList keys;
    for (int row = std::max(0, std::min(from, to)); row <= std::min(std::max(from, to), m_rows ? m_rows->count() - 1 : -1); ++row)
        keys.append(m_rows->keyAt(row));
    m_selection.mark(keys);
}

QString ResourceTable::rowText(int row) const
{
    if (!m_rows || row < 0 || row >= m_rows->count())
        return {};
    QStringList cells;
    for (const int column : shownColumns())
        cells.append(textOf(m_columns, m_rows->object(row), column, QDateTime::currentDateTimeUtc()));
    return cells.join(u'\t');
}

void ResourceTable::copy(const QString& text) const
{
    if (qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        QGuiApplication::clipboard()->setText(text);
}

void ResourceTable::exportCsv(const QUrl& file)
{
    if (!m_rows)
        return;
    const QString path = file.toLocalFile();
    const auto work = [path, entries = m_rows->entries(), columns = m_columns, shown = shownColumns()]() -> QString {
        QSaveFile out(path);
        if (!out.open(QIODevice::WriteOnly))
            return out.errorString();
        QStringList fields;
        for (const int column : shown)
            fields.append(csvField(column == kNamespaceColumn ? kNamespaceName : columns[std::size_t(column)].name));
        out.write(fields.join(u',').toUtf8() + "\r\n");
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const ListEntry& entry : entries) {
            fields.clear();
            for (const int column : shown)
                fields.append(csvField(textOf(columns, entry.object, column, now)));
            out.write(fields.join(u',').toUtf8() + "\r\n");
        }
        return out.commit() ? QString() : out.errorString();
    };
    m_thread.compute(this, work, [this, path, rows = m_rows->count()](const QString& problem) { emit exported(path, rows, problem); });
}

} // namespace kates::app
