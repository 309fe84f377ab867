// What the window remembers of tables between runs, in the user's configuration: per kind the columns and the order, and filters by name.
#pragma once

#include <QSettings>
#include <QVariantList>

#include <optional>

namespace kates::app {

inline constexpr int kSavedFiltersMax = 100;

struct TableOrder {
    QString column; // "" for the order of the server
    bool descending = false;
};

class TableMemory {
public:
    std::optional<QStringList> columns(const QString& resourceId) const; // by name; nothing when the user never chose
    void setColumns(const QString& resourceId, const QStringList& columns);
    void forgetColumns(const QString& resourceId);
    TableOrder order(const QString& resourceId) const;
    void setOrder(const QString& resourceId, const TableOrder& order);

    QVariantList filters() const; // maps {name, resourceId, filter}, by name
    void saveFilter(const QString& name, const QString& resourceId, const QString& filter); // replaces one of that name
    void removeFilter(const QString& name);

private:
    mutable QSettings m_settings;
};

} // namespace kates::app
