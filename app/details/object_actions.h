// What can be done to one object by one request: the same for every kind that has it. GUI thread.
#pragma once

#include <QObject>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/details/action_table.h"
#include "app/shell/notices.h"

namespace kates::app {

class ObjectActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
    Q_PROPERTY(QStringList available READ available NOTIFY availableChanged)
    Q_PROPERTY(QVariantMap hindrances READ hindrances NOTIFY changed) // by action: why it makes no sense now
public:
    enum Propagation { Background, Foreground, Orphan };
    Q_ENUM(Propagation)

    ObjectActions(ApiClient& client, Notices& notices, QObject* parent = nullptr);

    void setTarget(const ActionTarget& target);
    const ActionTarget& target() const { return m_target; }

    QStringList available() const { return m_available; } // actionsFor()
    QVariantMap hindrances() const;
    // See kubectlCommand() for the options.
    Q_INVOKABLE QString command(const QString& action, const QVariantMap& options = {}) const { return kubectlCommand(action, m_target, options); }

    Q_INVOKABLE void scale(int replicas);
    Q_INVOKABLE void restart();
    Q_INVOKABLE void setPaused(bool paused);
    Q_INVOKABLE void setCordoned(bool cordoned);
    Q_INVOKABLE void evict(); // where a disruption budget does not allow it now, the notice says so
    Q_INVOKABLE void remove(kates::app::ObjectActions::Propagation propagation = Background);

signals:
    void changed();
    void availableChanged();
    void done(const QString& action);

private:
    QString path(const QString& subresource = {}) const;
    void send(const QString& action, const ApiRequest& request, const QString& failure);

    ApiClient& m_client;
    Notices& m_notices;
    ActionTarget m_target;
    QStringList m_available;
};

// POSTed to a pod's eviction subresource.
[[nodiscard]] ApiRequest evictionRequest(const QString& root, const QString& ns, const QString& name);

} // namespace kates::app
