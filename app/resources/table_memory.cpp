#include "app/resources/table_memory.h"

namespace kates::app {

namespace {

QString keyOfTable(const QString& resourceId, const char* what) { return QStringLiteral("tables/%1/%2").arg(resourceId, QLatin1String(what)); }

const QString kFilters = QStringLiteral("filters");

} // namespace

std::optional<QStringList> TableMemory::columns(const QString& resourceId) const
{
    const QVariant known = m_settings.value(keyOfTable(resourceId, "columns"));
    return known.isValid() ? std::optional(known.toStringList()) : std::nullopt;
}

void TableMemory::setColumns(const QString& resourceId, const QStringList& columns)
{
    m_settings.setValue(keyOfTable(resourceId, "columns"), columns);
}

void TableMemory::forgetColumns(const QString& resourceId) { m_settings.remove(keyOfTable(resourceId, "columns")); }

TableOrder TableMemory::order(const QString& resourceId) const
{
    return { m_settings.value(keyOfTable(resourceId, "order")).toString(), m_settings.value(keyOfTable(resourceId, "descending")).toBool() };
}

void TableMemory::setOrder(const QString& resourceId, const TableOrder& order)
{
    m_settings.setValue(keyOfTable(resourceId, "order"), order.column);
    m_settings.setValue(keyOfTable(resourceId, "descending"), order.descending);
}

QVariantList TableMemory::filters() const { return m_settings.value(kFilters).toList(); }

void TableMemory::saveFilter(const QString& name, const QString& resourceId, const QString& filter)
{
    removeFilter(name);
    QVariantList all = filters();
    all.append(QVariantMap { { QStringLiteral("name"), name }, { QStringLiteral("resourceId"), resourceId }, { QStringLiteral("filter"), filter } });
    std::sort(all.begin(), all.end(), [](const QVariant& left, const QVariant& right) {
        return left.toMap().value(QStringLiteral("name")).toString().localeAwareCompare(right.toMap().value(QStringLiteral("name")).toString()) < 0;
    });
    m_settings.setValue(kFilters, all.mid(0, kSavedFiltersMax));
}

void TableMemory::removeFilter(const QString& name)
{
    QVariantList all = filters();
    all.removeIf([&](const QVariant& filter) { return filter.toMap().value(QStringLiteral("name")).toString() == name; });
    m_settings.setValue(kFilters, all);
}

} // namespace kates::app
