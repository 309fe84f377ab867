// Clusters to look at: for tests, for screenshots, and for kates-desktop-offline.
#pragma once

#include "tests/unit/app/support/fake_api_server.h"

namespace kates::app::test {

struct PodOptions {
    QString ns = QStringLiteral("default");
    QString name;
    QString node; // "" leaves it unscheduled
    QString app; // the value of its "app" label
    QString owner; // a ReplicaSet's name
    QString state = QStringLiteral("Running"); // Running, Starting, CrashLoopBackOff, ImagePullBackOff, Succeeded, Terminating, Pending
    QString reason; // the scheduler's, for Pending
    int cpuMilli = 100;
    int memoryMi = 64;
    int restarts = 0;
};

api::Value makeNode(const QString& name, bool controlPlane = false, bool simulated = false, bool ready = true);
api::Value makePod(const PodOptions& options);
api::Value makeNamespace(const QString& name);
api::Value makeDeployment(const QString& ns, const QString& name, int replicas, int ready);

api::Value makeReplicaSet(const QString& ns, const QString& deployment, int replicas, int ready);
api::Value makeService(const QString& ns, const QString& name, const QString& app, int port);
api::Value makeEndpointSlice(const QString& ns, const QString& service, int ready, const QStringList& pods = {}); // named as targets
// What populate() calls the pods of an app.
QString demoPodName(const QString& app, int number);
api::Value makeIngress(const QString& ns, const QString& name, const QString& host, const QString& service);
api::Value makeLease(const QString& ns, const QString& name, const QString& holder, int renewedSecondsAgo, int durationSeconds);
api::Value makeEvent(const QString& ns, const QString& kind, const QString& name, const QString& reason, const QString& message,
    const QString& source, bool warning = false);

// Parts of populate(): workloads, services and routes; leases, heartbeats and what components said.
void populateApps(FakeApiServer& server);
void populateControlPlane(FakeApiServer& server);

// Three clusters (one running, one starting, one failed) and, on the running one, nodes and pods in every state.
void populate(FakeApiServer& server);
// `nodes` simulated nodes with `podsPerNode` pods each on a cluster that was added before.
void populateLarge(FakeApiServer& server, const QString& cluster, int nodes, int podsPerNode);

} // namespace kates::app::test
