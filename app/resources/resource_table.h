// The table of one kind: the server's own columns and rows, live, sorted and filtered off the GUI thread.
#pragma once

#include <QTimer>

#include "app/discovery/catalog.h"
#include "app/models/live_resource.h"
#include "app/models/object_list_model.h"
#include "app/resources/table_cells.h"

namespace kates::app {

inline constexpr int kAgeTickMs = 10'000;
inline constexpr int kWidthSampleRows = 120;

class ResourceTable : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString resourceId READ resourceId NOTIFY opened)
    Q_PROPERTY(QString kind READ kind NOTIFY opened)
    Q_PROPERTY(QString apiVersion READ apiVersion NOTIFY opened)
    Q_PROPERTY(QString title READ title NOTIFY opened)
    Q_PROPERTY(bool namespaced READ namespaced NOTIFY opened)
    Q_PROPERTY(kates::app::ObjectListModel* rows READ rows NOTIFY opened)
    Q_PROPERTY(kates::app::LiveResource* live READ live NOTIFY opened)
    // Maps {name, column, characters, status}: the columns to show, in their order.
    Q_PROPERTY(QVariantList columns READ columns NOTIFY columnsChanged)
    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY orderChanged)
    Q_PROPERTY(bool sortDescending READ sortDescending NOTIFY orderChanged)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    Q_PROPERTY(bool wide READ wide WRITE setWide NOTIFY columnsChanged)
public:
    ResourceTable(DataThread& thread, ApiClient& client, QObject* parent = nullptr);
    ~ResourceTable() override;

    DataThread& dataThread() { return m_thread; }

    void open(const ResourceInfo& info);
    void restart(); // after the engine came back somewhere else
    void setNamespaces(const QSet<QString>& namespaces);

    QString resourceId() const { return m_info ? kates::app::resourceId(m_info->ref) : QString(); }
    QString kind() const { return m_info ? m_info->kind : QString(); }
    QString apiVersion() const { return m_info ? m_info->ref.apiVersion() : QString(); }
    QString title() const { return m_info ? pluralOf(m_info->kind) : QString(); }
    bool namespaced() const { return m_info && m_info->ref.namespaced; }
    ObjectListModel* rows() const { return m_rows.get(); }
    LiveResource* live() const { return m_live.get(); }
    QVariantList columns() const;
    int sortColumn() const { return m_sortColumn; }
    bool sortDescending() const { return m_sortDescending; }
    QString filter() const { return m_filter; }
    void setFilter(const QString& filter);
    bool wide() const { return m_wide; }
    void setWide(bool wide);

    Q_INVOKABLE void sortBy(int column); // again: the other way round; a third time: by name
    Q_INVOKABLE QString command() const; // kubectl's

signals:
    void opened();
    void columnsChanged();
    void orderChanged();
    void filterChanged();

private:
    std::vector<ObjectListModel::Role> roles();
    void takeColumns(const api::Value& definitions);
    void measure();
    void applyOrder();
    void applyFilter();

    DataThread& m_thread;
    ApiClient& m_client;
    std::optional<ResourceInfo> m_info;
    std::unique_ptr<LiveResource> m_live;
    std::unique_ptr<ObjectListModel> m_rows;
    std::vector<TableColumn> m_columns;
    std::vector<int> m_characters; // the widest cell of each column among the first rows
    int m_sortColumn = -1;
    bool m_sortDescending = false;
    bool m_wide = false;
    QString m_filter;
    QSet<QString> m_namespaces;
    QTimer m_ages;
};

} // namespace kates::app
