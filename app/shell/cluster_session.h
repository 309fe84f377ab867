// One cluster that the window looks at, through /clusters/NAME on the engine. Nothing is asked of it before it is opened.
#pragma once

#include <QDateTime>
#include <QObject>
#include <qqmlregistration.h>

#include "app/discovery/discovery.h"
#include "app/map/map_model.h"
#include "app/models/live_resource.h"
#include "app/models/object_list_model.h"

namespace kates::app {

class ClusterSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(bool live READ live NOTIFY stateChanged)
    Q_PROPERTY(bool synced READ synced NOTIFY stateChanged)
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged)
    Q_PROPERTY(QDateTime asOf READ asOf NOTIFY stateChanged)
    Q_PROPERTY(kates::app::MapModel* map READ map CONSTANT)
    Q_PROPERTY(kates::app::ObjectListModel* namespaces READ namespaces CONSTANT)
    Q_PROPERTY(QStringList chosenNamespaces READ chosenNamespaces WRITE setChosenNamespaces NOTIFY chosenNamespacesChanged)
public:
    ClusterSession(DataThread& thread, ApiClient& client, const QString& name, QObject* parent = nullptr);
    ~ClusterSession() override;

    QString name() const { return m_name; }
    QString root() const { return m_root; }
    Discovery& discovery() { return m_discovery; }

    bool live() const;
    bool synced() const;
    QString problem() const; // the first of its resources' problems
    QDateTime asOf() const;  // the oldest of its resources' last moments
    MapModel* map() { return m_map.get(); }
    ObjectListModel* namespaces() { return m_namespaces.get(); }

    QStringList chosenNamespaces() const { return m_chosen; } // empty: all
    void setChosenNamespaces(const QStringList& namespaces);

    void start(); // and again after the engine came back somewhere else

signals:
    void stateChanged();
    void chosenNamespacesChanged();

private:
    ResourceRef core(const char* resource, bool namespaced = true) const;
    std::array<LiveResource*, 3> resources() const;

    DataThread& m_thread;
    const QString m_name;
    const QString m_root;
    Discovery m_discovery;
    std::unique_ptr<LiveResource> m_nodes, m_pods, m_namespaceList;
    std::unique_ptr<MapModel> m_map;
    std::unique_ptr<ObjectListModel> m_namespaces;
    QStringList m_chosen;
};

} // namespace kates::app
