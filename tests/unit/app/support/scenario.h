// Clusters to look at: for tests, for screenshots, and for kates-desktop-offline.
#pragma once

#include "tests/unit/app/support/fake_api_server.h"

namespace kates::app::test {

struct PodOptions {
    QString ns = QStringLiteral("default");
    QString name;
    QString node;              // "" leaves it unscheduled
    QString app;               // the value of its "app" label
    QString owner;             // a ReplicaSet's name
    QString state = QStringLiteral("Running"); // Running, Starting, CrashLoopBackOff, ImagePullBackOff, Succeeded, Terminating, Pending
    QString reason;            // the scheduler's, for Pending
    int cpuMilli = 100;
    int memoryMi = 64;
    int restarts = 0;
};

api::Value makeNode(const QString& name, bool controlPlane = false, bool simulated = false, bool ready = true);
api::Value makePod(const PodOptions& options);
api::Value makeNamespace(const QString& name);
api::Value makeDeployment(const QString& ns, const QString& name, int replicas, int ready);

// Three clusters (one running, one starting, one failed) and, on the running one, nodes and pods in every state.
void populate(FakeApiServer& server);
// `nodes` simulated nodes with `podsPerNode` pods each on a cluster that was added before.
void populateLarge(FakeApiServer& server, const QString& cluster, int nodes, int podsPerNode);

} // namespace kates::app::test
