#include "tests/unit/app/support/scenario.h"

#include <QDateTime>

#include "app/base/text.h"
#include "engine/api/yaml.h"

namespace kates::app::test {

using api::Value;

namespace {

Value condition(const char* type, const char* status, const QString& reason = {}, const QString& message = {})
{
    return Value::object({ { "type", type }, { "status", status }, { "reason", toStd(reason) }, { "message", toStd(message) } });
}

Value containerStatus(const PodOptions& options)
{
    Value status = Value::object({ { "name", "main" }, { "restartCount", options.restarts }, { "ready", false } });
    if (options.state == QLatin1String("Running") || options.state == QLatin1String("Terminating")) {
        status.set("ready", true);
        status.edit("state", "running").set("startedAt", "2026-01-01T00:00:00Z");
    } else if (options.state == QLatin1String("Succeeded")) {
        status.edit("state", "terminated").set("exitCode", 0);
        status.edit("state", "terminated").set("reason", "Completed");
    } else {
        const QString reason = options.state == QLatin1String("Starting") ? QStringLiteral("ContainerCreating") : options.state;
        status.edit("state", "waiting").set("reason", toStd(reason));
        if (reason == QLatin1String("ImagePullBackOff"))
            status.edit("state", "waiting").set("message", "Back-off pulling image \"registry.example/shop:2.1\": not found");
        if (reason == QLatin1String("CrashLoopBackOff"))
            status.edit("state", "waiting").set("message", "back-off 40s restarting failed container main");
    }
    return status;
}

QString timeAgo(int seconds) { return QDateTime::currentDateTimeUtc().addSecs(-seconds).toString(Qt::ISODate); }

} // namespace

Value makeNode(const QString& name, bool controlPlane, bool simulated, bool ready)
{
    Value node = Value::object();
    node.edit("metadata").set("name", toStd(name));
    node.edit("metadata", "labels").set("kubernetes.io/hostname", toStd(name));
    if (controlPlane)
        node.edit("metadata", "labels").set("node-role.kubernetes.io/control-plane", "");
    if (simulated)
        node.edit("metadata", "labels").set("kates.dev/simulated", "true");
    node.edit("metadata").set("creationTimestamp", toStd(timeAgo(7200)));
    node.edit("status").set("allocatable", Value::object({ { "cpu", "4" }, { "memory", "8Gi" }, { "pods", "110" } }));
    node.edit("status").set("conditions",
        Value::array(
            { condition("Ready", ready ? "True" : "Unknown", {}, ready ? QString() : QStringLiteral("Kubelet stopped posting node status.")) }));
    return node;
}

Value makePod(const PodOptions& options)
{
    Value pod = Value::object();
    Value& metadata = pod.edit("metadata");
    metadata.set("name", toStd(options.name));
    metadata.set("namespace", toStd(options.ns));
    metadata.set("creationTimestamp", toStd(timeAgo(600)));
    if (!options.app.isEmpty())
        metadata.edit("labels").set("app", toStd(options.app));
    if (!options.owner.isEmpty())
        metadata.set("ownerReferences",
            Value::array({ Value::object({ { "apiVersion", "apps/v1" }, { "kind", "ReplicaSet" }, { "name", toStd(options.owner) },
                { "uid", "uid-rs-" + toStd(options.owner.section(QLatin1Char('-'), 0, -2)) }, { "controller", true } }) }));
    if (options.state == QLatin1String("Terminating"))
        metadata.set("deletionTimestamp", toStd(timeAgo(5)));
    Value container = Value::object({ { "name", "main" }, { "image", "registry.example/sample:1.0" } });
    container.edit("resources")
        .set("requests", Value::object({ { "cpu", std::to_string(options.cpuMilli) + "m" }, { "memory", std::to_string(options.memoryMi) + "Mi" } }));
    pod.edit("spec").set("containers", Value::array({ container }));
    const bool succeeded = options.state == QLatin1String("Succeeded");
    const bool pending = options.state == QLatin1String("Pending");
    pod.edit("status").set("phase", succeeded ? "Succeeded" : pending || options.state == QLatin1String("Starting") ? "Pending" : "Running");
    if (pending) {
        pod.edit("status").set("conditions", Value::array({ condition("PodScheduled", "False", QStringLiteral("Unschedulable"), options.reason) }));
        return pod;
    }
    pod.edit("spec").set("nodeName", toStd(options.node));
    pod.edit("status").set("podIP", "10.42.0.7");
    const bool ready = options.state == QLatin1String("Running");
    pod.edit("status").set("conditions",
        Value::array({ condition("PodScheduled", "True"), condition("Initialized", "True"), condition("Ready", ready ? "True" : "False") }));
    pod.edit("status").set("containerStatuses", Value::array({ containerStatus(options) }));
    return pod;
}

Value makeNamespace(const QString& name)
{
    Value object = Value::object();
    object.edit("metadata").set("name", toStd(name));
    object.edit("status").set("phase", "Active");
    return object;
}

Value makeDeployment(const QString& ns, const QString& name, int replicas, int ready)
{
    Value deployment = Value::object();
    deployment.edit("metadata").set("name", toStd(name));
    deployment.edit("metadata").set("namespace", toStd(ns));
    deployment.edit("metadata").set("generation", 1);
    deployment.edit("spec").set("replicas", replicas);
    deployment.edit("spec", "selector", "matchLabels").set("app", toStd(name));
    deployment.edit("status").set("observedGeneration", 1);
    deployment.edit("status").set("replicas", replicas);
    deployment.edit("status").set("updatedReplicas", replicas);
    deployment.edit("status").set("readyReplicas", ready);
    return deployment;
}

void populateLarge(FakeApiServer& server, const QString& cluster, int nodes, int podsPerNode)
{
    const QString core = FakeApiServer::corePath(cluster);
    for (int n = 0; n < nodes; ++n) {
        const QString node = QStringLiteral("sim-%1").arg(n, 4, 10, QLatin1Char('0'));
        server.put(core, QStringLiteral("nodes"), makeNode(node, false, true));
        for (int p = 0; p < podsPerNode; ++p) {
            PodOptions pod;
            pod.name = QStringLiteral("load-%1-%2").arg(n).arg(p);
            pod.node = node;
            pod.app = QStringLiteral("load");
            pod.state = (n * 7 + p) % 61 == 0 ? QStringLiteral("CrashLoopBackOff")
                : (n + p) % 37 == 0           ? QStringLiteral("Starting")
                                              : QStringLiteral("Running");
            pod.cpuMilli = p % 9 == 0 ? 600 : 100;
            server.put(core, QStringLiteral("pods"), makePod(pod));
        }
    }
}

} // namespace kates::app::test
