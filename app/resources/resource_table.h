// The table of one kind: the server's own columns and rows, live, sorted and filtered off the GUI thread.
#pragma once

#include <QTimer>

#include "app/discovery/catalog.h"
#include "app/models/live_resource.h"
#include "app/models/object_list_model.h"
#include "app/resources/table_filter.h"
#include "app/resources/table_memory.h"
#include "app/resources/table_selection.h"

namespace kates::app {

inline constexpr int kAgeTickMs = 10'000;
inline constexpr int kWidthSampleRows = 120;
inline constexpr int kNoColumn = -2; // sorted by none: by namespace and name, as the server does

class ResourceTable : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString resourceId READ resourceId NOTIFY opened)
    Q_PROPERTY(QString kind READ kind NOTIFY opened)
    Q_PROPERTY(QString apiVersion READ apiVersion NOTIFY opened)
    Q_PROPERTY(QString title READ title NOTIFY opened)
    Q_PROPERTY(bool namespaced READ namespaced NOTIFY opened)
    Q_PROPERTY(bool watched READ watched NOTIFY opened) // false: listed once, and again by refresh()
    Q_PROPERTY(kates::app::ObjectListModel* rows READ rows NOTIFY opened)
    Q_PROPERTY(kates::app::LiveResource* live READ live NOTIFY opened)
    Q_PROPERTY(kates::app::TableSelection* selection READ selection CONSTANT)
    // Maps {name, column, characters, status, description}: the columns to show, in their order; the namespace is column -1.
    Q_PROPERTY(QVariantList columns READ columns NOTIFY columnsChanged)
    // Maps {name, shown, description}: all that could be shown but the first, which always is.
    Q_PROPERTY(QVariantList choices READ choices NOTIFY columnsChanged)
    Q_PROPERTY(bool wide READ wide WRITE setWide NOTIFY columnsChanged) // all columns
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY orderChanged)
    Q_PROPERTY(bool sortDescending READ sortDescending NOTIFY orderChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged) // see TableFilter
    Q_PROPERTY(QString filterProblem READ filterProblem NOTIFY filterChanged)
    Q_PROPERTY(QVariantList savedFilters READ savedFilters NOTIFY savedFiltersChanged)
public:
    ResourceTable(DataThread& thread, ApiClient& client, QObject* parent = nullptr);
    ~ResourceTable() override;

    DataThread& dataThread() { return m_thread; }

    void open(const ResourceInfo& info);
    void restart(); // after the engine came back somewhere else
    void setNamespaces(const QSet<QString>& namespaces);
    const std::optional<ResourceInfo>& info() const { return m_info; }
    std::vector<api::Value> marked() const; // their rows, in their order

    QString resourceId() const { return m_info ? kates::app::resourceId(m_info->ref) : QString(); }
    QString kind() const { return m_info ? m_info->kind : QString(); }
    QString apiVersion() const { return m_info ? m_info->ref.apiVersion() : QString(); }
    QString title() const { return m_info ? pluralOf(m_info->kind) : QString(); }
    bool namespaced() const { return m_info && m_info->ref.namespaced; }
    bool watched() const { return m_info && m_info->verbs.contains(QLatin1String("watch")); }
    ObjectListModel* rows() const { return m_rows.get(); }
    LiveResource* live() const { return m_live.get(); }
    TableSelection* selection() { return &m_selection; }
    QVariantList columns() const;
    QVariantList choices() const;
    int sortColumn() const { return m_sortColumn; }
    bool sortDescending() const { return m_sortDescending; }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    QString filterProblem() const { return m_parsed.problem; }
    bool wide() const;
    void setWide(bool wide);
    QVariantList savedFilters() const { return m_memory.filters(); }

    Q_INVOKABLE void refresh(); // lists anew
    Q_INVOKABLE void setColumnShown(const QString& name, bool shown);
    Q_INVOKABLE void resetColumns(); // as the server suggests
    Q_INVOKABLE void sortBy(int column); // again: the other way round; a third time: by none
    Q_INVOKABLE void toggleState(const QString& state); // "is:STATE" in the filter
    Q_INVOKABLE QStringList states() const { return filterStates(); }
    Q_INVOKABLE void saveFilter(const QString& name);
    Q_INVOKABLE void removeFilter(const QString& name);
    Q_INVOKABLE void markRange(int from, int to);
    Q_INVOKABLE QString rowText(int row) const; // the shown cells, with tabs between them
    Q_INVOKABLE void copy(const QString& text) const;
    // Writes the shown columns of the rows that the filter leaves, in their order; answers by exported().
    Q_INVOKABLE void exportCsv(const QUrl& file);
    Q_INVOKABLE QString command() const; // kubectl's

signals:
    void opened();
    void columnsChanged();
    void orderChanged();
    void filterChanged();
    void savedFiltersChanged();
    void exported(const QString& file, int rows, const QString& problem); // "" when it was written

private:
    std::vector<ObjectListModel::Role> roles();
    void follow();
    QString listedNamespace() const;
    void takeColumns(const api::Value& definitions);
    QStringList shownNames() const;
    std::vector<int> shownColumns() const;
    void measure();
    void applyOrder();
    void applyFilter();

    DataThread& m_thread;
    ApiClient& m_client;
    std::optional<ResourceInfo> m_info;
    std::unique_ptr<LiveResource> m_live;
    std::unique_ptr<ObjectListModel> m_rows;
    TableSelection m_selection;
    TableMemory m_memory;
    std::vector<TableColumn> m_columns;
    std::vector<int> m_characters; // the widest cell of each column among the first rows
    int m_sortColumn = kNoColumn;
    bool m_sortDescending = false;
    QString m_filter;
    TableFilter m_parsed;
    QSet<QString> m_namespaces;
    QString m_listed; // the one namespace that is asked for, or ""
    QTimer m_ages;
};

} // namespace kates::app
