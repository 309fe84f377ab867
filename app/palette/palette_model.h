// What Ctrl+K finds: pages, clusters, kinds, and the objects of the open cluster by name, label or annotation. After a colon, commands:
// see palette_rows.h.
// GUI thread; objects are searched on the data thread.
#pragma once

#include <QAbstractListModel>
#include <qqmlregistration.h>

#include "app/palette/palette_rows.h"

namespace kates::app {

inline constexpr int kPaletteObjectsMax = 40;
inline constexpr int kPaletteRowsMax = 120;
inline constexpr int kPaletteSearchMin = 2; // characters

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(kates::app::ObjectListModel* clusters MEMBER m_clusters NOTIFY sourcesChanged)
    Q_PROPERTY(kates::app::ObjectListModel* remoteClusters MEMBER m_remotes NOTIFY sourcesChanged)
    Q_PROPERTY(kates::app::ClusterSession* cluster READ cluster WRITE setCluster NOTIFY sourcesChanged)
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
public:
    enum Roles { TitleRole = Qt::UserRole, DetailRole, SectionRole, IconRole, StateRole, ActionRole, ArgumentsRole };
    explicit PaletteModel(QObject* parent = nullptr);

    ClusterSession* cluster() const { return m_cluster; }
    void setCluster(ClusterSession* cluster);
    QString query() const { return m_query; }
    void setQuery(const QString& query);
    int count() const { return int(m_rows.size()); }

    Q_INVOKABLE void refresh() { rebuild(); } // clusters and kinds come and go
    Q_INVOKABLE QString actionAt(int row) const; // see PaletteRow; "" outside
    Q_INVOKABLE QStringList argumentsAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

signals:
    void sourcesChanged();
    void queryChanged();
    void countChanged();

private:
    void rebuild();
    void searchObjects();
    void show(std::vector<PaletteRow> rows);

    ObjectListModel* m_clusters = nullptr;
    ObjectListModel* m_remotes = nullptr;
    QPointer<ClusterSession> m_cluster;
    QString m_query;
    std::vector<PaletteRow> m_commands, m_objects, m_rows;
    int m_search = 0;
};

} // namespace kates::app
