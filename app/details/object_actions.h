// What can be done to one object, each as one request: the same for every kind that has it. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/shell/notices.h"

namespace kates::app {

// The object that is acted on, as it was last seen.
struct ActionTarget {
    ResourceRef resource;
    QString kind, ns, name;
    api::Value object;
};

class ObjectActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QStringList available READ available NOTIFY changed)
public:
    ObjectActions(ApiClient& client, Notices& notices, QObject* parent = nullptr);

    void setTarget(const ActionTarget& target);
    const ActionTarget& target() const { return m_target; }

    // Of: scale, restart, undo, pause, resume, cordon, uncordon, drain, evict, delete.
    QStringList available() const;
    Q_INVOKABLE QString command(const QString& action, int replicas = 0) const; // kubectl's
    Q_INVOKABLE void scale(int replicas);
    Q_INVOKABLE void restart();
    Q_INVOKABLE void setPaused(bool paused);
    Q_INVOKABLE void setCordoned(bool cordoned);
    Q_INVOKABLE void undo(); // a Deployment: back to the template of its last revision but one
    Q_INVOKABLE void evict();
    Q_INVOKABLE void drain(); // cordons, then evicts every pod that is not a DaemonSet's or a mirror of a static one
    Q_INVOKABLE void remove();

signals:
    void changed();
    void done(const QString& action);

private:
    QString path(const QString& subresource = {}) const;
    void send(const QString& action, const ApiRequest& request, const QString& failure);
    void undoTo(const api::Value& replicaSets);
    void evictPod(const QString& ns, const QString& name);

    ApiClient& m_client;
    Notices& m_notices;
    ActionTarget m_target;
};

} // namespace kates::app
