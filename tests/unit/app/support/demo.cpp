// The demonstration clusters of scenario.h.
#include "app/base/text.h"
#include "tests/unit/app/support/scenario.h"

namespace kates::app::test {

using api::Value;

namespace {

constexpr const char* kClusters = R"(
metadata: {name: dev, creationTimestamp: "2026-11-20T08:00:00Z"}
spec: {masters: 1, nodes: 3, simulatedNodes: 2, running: true}
status:
  phase: Running
  nodesReady: 4
  endpoint: https://127.0.0.1:41233/clusters/dev
  steps:
  - {name: Check this computer, state: Done, milliseconds: 41}
  - {name: Issue certificates, state: Done, milliseconds: 64}
---
metadata: {name: classroom, creationTimestamp: "2026-11-24T08:00:00Z"}
spec: {masters: 3, nodes: 5, simulatedNodes: 100, running: true}
status:
  phase: Starting
  nodesReady: 0
  steps:
  - {name: Check this computer, state: Done, milliseconds: 38}
  - {name: Issue certificates, state: Done, milliseconds: 71}
  - {name: Start etcd on 3 members, state: Done, milliseconds: 624}
  - {name: Start the API servers, state: Running, startedAt: "2026-11-24T08:00:01Z"}
  - {name: Start the controllers and the scheduler, state: Pending}
  - {name: Join 5 nodes, state: Pending}
  - {name: Join 100 simulated nodes, state: Pending}
---
metadata: {name: old-laptop, creationTimestamp: "2026-11-23T08:00:00Z"}
spec: {masters: 1, nodes: 2, running: true}
status:
  phase: Failed
  steps:
  - {name: Check this computer, state: Done, milliseconds: 35}
  - {name: Issue certificates, state: Done, milliseconds: 58}
  - name: Start the API server
    state: Failed
    milliseconds: 12
    message: Port 6443 on 127.0.0.1 is used by another program (process 4711, nginx).
    fix: Stop nginx, or choose another port with spec.apiServerPort.
---
metadata: {name: weekend, creationTimestamp: "2026-11-21T08:00:00Z"}
spec: {masters: 1, nodes: 2, running: false}
status: {phase: Stopped}
)";

void addPods(FakeApiServer& server, const QString& core, PodOptions options, int count, const QStringList& nodes)
{
    const QString base = options.name;
    for (int i = 0; i < count; ++i) {
        options.name = demoPodName(base, i);
        options.node = nodes.isEmpty() ? QString() : nodes[i % nodes.size()];
        server.put(core, QStringLiteral("pods"), makePod(options));
    }
}

void populateDev(FakeApiServer& server)
{
    const QString core = FakeApiServer::corePath(QStringLiteral("dev"));
    for (const char* name : { "default", "kube-system", "shop", "monitoring", "batch" })
        server.put(core, QStringLiteral("namespaces"), makeNamespace(QLatin1String(name)));
    server.put(core, QStringLiteral("nodes"), makeNode(QStringLiteral("master-1"), true));
    for (const char* name : { "node-1", "node-2" })
        server.put(core, QStringLiteral("nodes"), makeNode(QLatin1String(name)));
    server.put(core, QStringLiteral("nodes"), makeNode(QStringLiteral("node-3"), false, false, false));
    for (const char* name : { "sim-1", "sim-2" })
        server.put(core, QStringLiteral("nodes"), makeNode(QLatin1String(name), false, true));
    const QStringList real { QStringLiteral("node-1"), QStringLiteral("node-2"), QStringLiteral("node-3") };
    const QStringList all = real + QStringList { QStringLiteral("sim-1"), QStringLiteral("sim-2") };
    const auto pods = [&](const char* ns, const char* name, const char* state, int count, const QStringList& nodes, int cpu = 100, int memory = 64) {
        const QString owner = QLatin1String(ns) == QLatin1String("shop") ? QLatin1String(name) + QStringLiteral("-7d4b9") : QString();
        addPods(server, core,
            { QLatin1String(ns), QLatin1String(name), {}, QLatin1String(name), owner, QLatin1String(state), {}, cpu, memory,
                QLatin1String(state) == QLatin1String("CrashLoopBackOff") ? 7 : 0 },
            count, nodes);
    };
    pods("kube-system", "dns", "Running", 2, { QStringLiteral("master-1"), QStringLiteral("node-1") });
    pods("kube-system", "proxy", "Running", 4, QStringList { QStringLiteral("master-1") } + real);
    pods("shop", "web", "Running", 9, all);
    pods("shop", "cart", "Running", 6, all, 600, 256);
    pods("shop", "checkout", "ImagePullBackOff", 2, { QStringLiteral("node-1"), QStringLiteral("node-2") });
    pods("shop", "search", "CrashLoopBackOff", 1, { QStringLiteral("node-2") }, 500, 1200);
    pods("shop", "recommend", "Starting", 3, all);
    pods("monitoring", "prometheus", "Running", 1, { QStringLiteral("node-1") }, 2000, 2048);
    pods("monitoring", "agent", "Running", 5, all, 50, 32);
    pods("batch", "report", "Succeeded", 4, real);
    pods("batch", "cleanup", "Terminating", 2, { QStringLiteral("node-2"), QStringLiteral("sim-1") });
    addPods(server, core,
        { QStringLiteral("batch"), QStringLiteral("train"), {}, {}, {}, QStringLiteral("Pending"),
            QStringLiteral("0/6 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 5 Insufficient cpu."),
            6000, 16384 },
        3, {});
    addPods(server, core,
        { QStringLiteral("shop"), QStringLiteral("gpu-worker"), {}, {}, {}, QStringLiteral("Pending"),
            QStringLiteral("0/6 nodes are available: 6 node(s) didn't match Pod's node affinity/selector."), 100, 64 },
        2, {});
    populateApps(server);
    populateControlPlane(server);
}

} // namespace

QString demoPodName(const QString& app, int number)
{
    return QStringLiteral("%1-%2%3").arg(app, QStringLiteral("x7k2qplmw9zbt4").mid(number % 9, 5)).arg(number);
}

void populate(FakeApiServer& server)
{
    for (const char* name : { "dev", "classroom", "old-laptop", "weekend" })
        server.addCluster(QLatin1String(name));
    server.putYaml(FakeApiServer::enginePath(), QStringLiteral("clusters"), kClusters);
    populateDev(server);
}

} // namespace kates::app::test
