// Which clusters are guarded against a careless hand: read-only, and marked by a colour around the window. GUI thread.
//
// A remote cluster is read-only and red until its RemoteCluster object says otherwise (spec.access, spec.displayColor: the engine keeps them and
// refuses writes by itself too). A local one is neither until the user says so; that is kept in the preferences. What is read-only is refused by the
// ApiClient, whatever part of the window asked.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/models/object_list_model.h"
#include "app/shell/notices.h"
#include "app/shell/preferences.h"

namespace kates::app {

class Protection : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
public:
    Protection(ApiClient& client, Preferences& preferences, Notices& notices, ObjectListModel& clusters, ObjectListModel& remotes,
        QObject* parent = nullptr);

    Q_INVOKABLE bool isRemote(const QString& cluster) const;
    Q_INVOKABLE bool isReadOnly(const QString& cluster) const;
    Q_INVOKABLE QString color(const QString& cluster) const; // "" for none, one of colors(), or #rrggbb
    Q_INVOKABLE QStringList colors() const; // red, amber, green, blue, violet

    Q_INVOKABLE void setReadOnly(const QString& cluster, bool readOnly);
    Q_INVOKABLE void setColor(const QString& cluster, const QString& color);

signals:
    void changed(); // of any cluster

private:
    void refresh();
    void patch(const QString& cluster, const char* field, const QString& value);

    ApiClient& m_client;
    Preferences& m_preferences;
    Notices& m_notices;
    ObjectListModel& m_clusters;
    ObjectListModel& m_remotes;
};

// Where a cluster's API is on the engine: /clusters/NAME.
[[nodiscard]] QString clusterRoot(const QString& name);

} // namespace kates::app
