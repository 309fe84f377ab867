// What a user does to clusters: each is one request to the engine; what comes of it shows in the list by its watch.
#pragma once

#include <QObject>
#include <QVariantMap>
#include <qqmlregistration.h>

#include "app/connection/api_client.h"
#include "app/shell/notices.h"

namespace kates::app {

inline constexpr int kClusterNameMax = 40; // the engine's: it becomes part of machine and network names

class ClusterActions : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the session")
public:
    ClusterActions(ApiClient& client, Notices& notices, QObject* parent = nullptr);

    // "" when the name can be a cluster's, else why not.
    Q_INVOKABLE QString nameProblem(const QString& name) const;
    // Answers by created() or createFailed().
    // `spec` holds masters, nodes, simulatedNodes, and where they are not the engine's defaults runtime, podCIDR and serviceCIDR.
    Q_INVOKABLE void create(const QString& name, const QVariantMap& spec);
    // "" when these networks can be a new cluster's, else why not.
    Q_INVOKABLE QString podRangeProblem(const QString& pods) const;
    Q_INVOKABLE QString serviceRangeProblem(const QString& services, const QString& pods) const;
    Q_INVOKABLE void start(const QString& name);
    Q_INVOKABLE void stop(const QString& name);
    Q_INVOKABLE void remove(const QString& name);
    // The command line that does the same, for every button that offers it.
    Q_INVOKABLE QString commandFor(const QString& action, const QString& name) const;
    // "" when no command line says it: network ranges need a file.
    Q_INVOKABLE QString createCommand(const QString& name, const QVariantMap& spec) const;

signals:
    void created(const QString& name);
    void createFailed(const QString& problem);

private:
    void setRunning(const QString& name, bool running);

    ApiClient& m_client;
    Notices& m_notices;
};

} // namespace kates::app
