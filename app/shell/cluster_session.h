// One cluster that the window looks at, through /clusters/NAME on the engine. Nothing is asked of it before it is opened.
#pragma once

#include "app/connection/engine_link.h"
#include "app/details/object_details.h"
#include "app/discovery/catalog_watch.h"
#include "app/dock/dock.h"
#include "app/map/map_model.h"
#include "app/resources/bulk_actions.h"
#include "app/resources/resource_table.h"
#include "app/shell/cluster_resources.h"
#include "app/shell/protection.h"

namespace kates::app {

inline constexpr int kForbidden = 403;

class ClusterSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString name READ name CONSTANT)
    // Guarded: nothing may be changed or executed in it. The ApiClient refuses too; views say so before one clicks.
    Q_PROPERTY(bool readOnly READ readOnly NOTIFY protectionChanged)
    Q_PROPERTY(bool remote READ remote NOTIFY protectionChanged)
    Q_PROPERTY(QString protectionColor READ protectionColor NOTIFY protectionChanged) // "" for none: see Theme.protectionColor()
    Q_PROPERTY(bool live READ live NOTIFY stateChanged)
    Q_PROPERTY(bool synced READ synced NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    Q_PROPERTY(QDateTime asOf READ asOf NOTIFY stateChanged)
    // The lenses; those but the first begin to work when they are first asked for.
    Q_PROPERTY(kates::app::MapModel* map READ map CONSTANT)
    Q_PROPERTY(kates::app::MapModel* apps READ apps CONSTANT)
    Q_PROPERTY(kates::app::MapModel* controlPlane READ controlPlane CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* namespaces READ namespaces CONSTANT)
    Q_PROPERTY(QStringList chosenNamespaces READ chosenNamespaces WRITE setChosenNamespaces NOTIFY chosenNamespacesChanged)
    Q_PROPERTY(bool namespacesForbidden READ namespacesForbidden NOTIFY stateChanged) // the user names them instead
    Q_PROPERTY(kates::app::Catalog* catalog READ catalog CONSTANT)
    Q_PROPERTY(kates::app::ResourceTable* table READ table CONSTANT)
    Q_PROPERTY(kates::app::BulkActions* bulk READ bulk CONSTANT)
    Q_PROPERTY(kates::app::ObjectDetails* details READ details CONSTANT)
    Q_PROPERTY(kates::app::Dock* dock READ dock CONSTANT)
public:
    // `machines` is the engine's informer on the processes of all clusters.
    ClusterSession(DataThread& thread, ApiClient& client, const EngineLink& engine, Notices& notices, Protection& protection, LiveResource& machines,
        Tasks& tasks, const QString& name);
    ~ClusterSession() override;

    QString name() const { return m_name; }
    QString root() const { return m_root; }
    Discovery& discovery() { return m_discovery; }
    ClusterResources& resources() { return m_resources; }

    bool readOnly() const { return m_protection.isReadOnly(m_name); }
    bool remote() const { return m_protection.isRemote(m_name); }
    QString protectionColor() const { return m_protection.color(m_name); }
    bool live() const;
    bool synced() const;
    QString problem() const; // the first of its core resources' problems
    QDateTime asOf() const; // the oldest of their last moments
    MapModel* map() { return m_map.get(); }
    MapModel* apps();
    MapModel* controlPlane();
    ObjectListModel* namespaces() { return m_namespaces.get(); }
    Catalog* catalog() { return &m_catalog; }
    ResourceTable* table() { return &m_table; }
    BulkActions* bulk() { return &m_bulk; }
    ObjectDetails* details() { return &m_details; }
    Dock* dock() { return &m_dock; }

    bool namespacesForbidden() const { return m_namespaceList->error().code == kForbidden && !m_namespaceList->live(); }

    QStringList chosenNamespaces() const { return m_chosen; } // empty: all
    void setChosenNamespaces(const QStringList& namespaces);

    // By the id of the catalog; false when the server has no such kind.
    Q_INVOKABLE bool openTable(const QString& resourceId);
    // Before the catalog is there it is true, and the drawer opens when it is.
    Q_INVOKABLE bool openDetails(const QString& apiVersion, const QString& kind, const QString& ns, const QString& name);
    // Makes the marked rows of the table what `bulk` acts on.
    Q_INVOKABLE void takeMarked();
    // The log of the object that the drawer shows: a pod (or one of its containers), or all the pods of a workload.
    Q_INVOKABLE void openLogs(const QString& container = {});
    // A shell in a container of the pod that the drawer shows.
    Q_INVOKABLE void openTerminal(const QString& container);
    Q_INVOKABLE void openTerminalOf(const QString& ns, const QString& pod, const QString& container);
    // Asks which port of the object that the drawer shows is to be forwarded.
    Q_INVOKABLE void requestForward();

    void restart(); // after the engine came back somewhere else

signals:
    void stateChanged();
    void chosenNamespacesChanged();
    void protectionChanged();

private:
    std::unique_ptr<MapModel> makeLens(const char* name, std::unique_ptr<Lens> lens, std::initializer_list<const char*> kinds);
    // Its core resources but the namespaces where those may not be listed: one can work without them.
    std::vector<const LiveResource*> core() const;

    DataThread& m_thread;
    const EngineLink& m_engine;
    Notices& m_notices;
    Protection& m_protection;
    LiveResource& m_machines;
    const QString m_name;
    const QString m_root;
    Discovery m_discovery;
    Catalog m_catalog;
    ClusterResources m_resources;
    LiveResource *m_nodes, *m_pods, *m_namespaceList;
    std::unique_ptr<MapModel> m_map, m_apps, m_controlPlane;
    std::unique_ptr<ObjectListModel> m_namespaces;
    CatalogWatch m_catalogWatch;
    ResourceTable m_table;
    BulkActions m_bulk;
    ObjectDetails m_details;
    Dock m_dock;
    QStringList m_chosen;
    QStringList m_detailsSoon; // openDetails()' arguments until the catalog is loaded
};

} // namespace kates::app
