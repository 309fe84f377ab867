// What populate() puts on the "dev" cluster besides nodes and pods.
#include <QDateTime>

#include "app/base/text.h"
#include "engine/api/yaml.h"
#include "tests/unit/app/support/scenario.h"

namespace kates::app::test {

using api::Value;

namespace {

const QString kDev = QStringLiteral("dev");

Value named(const QString& ns, const QString& name)
{
    Value object = Value::object();
    object.edit("metadata").set("name", toStd(name));
    object.edit("metadata").set("namespace", toStd(ns));
    return object;
}

std::string ago(int seconds) { return toStd(QDateTime::currentDateTimeUtc().addSecs(-seconds).toString(Qt::ISODate)); }

} // namespace

Value makeReplicaSet(const QString& ns, const QString& deployment, int replicas, int ready)
{
    Value set = named(ns, deployment + QStringLiteral("-7d4b9"));
    set.edit("metadata")
        .set("ownerReferences",
            Value::array({ Value::object({ { "apiVersion", "apps/v1" }, { "kind", "Deployment" }, { "name", toStd(deployment) },
                { "uid", "uid-" + toStd(deployment) }, { "controller", true } }) }));
    set.edit("metadata").set("uid", "uid-rs-" + toStd(deployment));
    set.edit("spec").set("replicas", replicas);
    set.edit("status").set("replicas", replicas);
    set.edit("status").set("readyReplicas", ready);
    return set;
}

Value makeService(const QString& ns, const QString& name, const QString& app, int port)
{
    Value service = named(ns, name);
    service.edit("spec").set("type", "ClusterIP");
    service.edit("spec").set("clusterIP", "10.96.12.7");
    service.edit("spec", "selector").set("app", toStd(app));
    service.edit("spec").set("ports", Value::array({ Value::object({ { "port", port }, { "protocol", "TCP" } }) }));
    return service;
}

Value makeEndpointSlice(const QString& ns, const QString& service, int ready, const QStringList& pods)
{
    Value slice = named(ns, service + QStringLiteral("-abc"));
    slice.edit("metadata", "labels").set("kubernetes.io/service-name", toStd(service));
    Value endpoints = Value::array();
    for (int i = 0; i < ready; ++i) {
        Value endpoint = Value::object({ { "addresses", Value::array({ "10.244.0." + std::to_string(i + 2) }) } });
        endpoint.edit("conditions").set("ready", true);
        if (i < pods.size()) {
            endpoint.edit("targetRef").set("kind", "Pod");
            endpoint.edit("targetRef").set("name", toStd(pods[i]));
        }
        endpoints.push(endpoint);
    }
    slice.set("endpoints", endpoints);
    return slice;
}

Value makeIngress(const QString& ns, const QString& name, const QString& host, const QString& service)
{
    Value ingress = named(ns, name);
    Value path = Value::object({ { "path", "/" } });
    path.edit("backend", "service").set("name", toStd(service));
    Value rule = Value::object({ { "host", toStd(host) } });
    rule.edit("http").set("paths", Value::array({ path }));
    ingress.edit("spec").set("rules", Value::array({ rule }));
    return ingress;
}

Value makeLease(const QString& ns, const QString& name, const QString& holder, int renewedSecondsAgo, int durationSeconds)
{
    Value lease = named(ns, name);
    lease.edit("spec").set("holderIdentity", toStd(holder));
    lease.edit("spec").set("leaseDurationSeconds", durationSeconds);
    lease.edit("spec").set("renewTime", ago(renewedSecondsAgo));
    lease.edit("spec").set("leaseTransitions", 1);
    return lease;
}

Value makeEvent(
    const QString& ns, const QString& kind, const QString& name, const QString& reason, const QString& message, const QString& source, bool warning)
{
    static int serial = 0;
    Value event = named(ns, name + QStringLiteral(".%1").arg(++serial, 6, 16, QLatin1Char('0')));
    event.edit("involvedObject").set("kind", toStd(kind));
    event.edit("involvedObject").set("name", toStd(name));
    event.edit("involvedObject").set("namespace", toStd(ns));
    event.set("reason", toStd(reason));
    event.set("message", toStd(message));
    event.set("type", warning ? "Warning" : "Normal");
    event.set("count", warning ? 14 : 1);
    event.edit("source").set("component", toStd(source));
    event.set("lastTimestamp", ago(serial * 7 % 400));
    return event;
}

void populateApps(FakeApiServer& server)
{
    const QString apps = FakeApiServer::appsPath(kDev), core = FakeApiServer::corePath(kDev);
    const struct {
        const char* name;
        int replicas, ready;
    } deployments[] = { { "web", 9, 9 }, { "cart", 6, 6 }, { "checkout", 2, 0 }, { "search", 1, 0 }, { "recommend", 3, 0 } };
    const QString shop = QStringLiteral("shop");
    for (const auto& deployment : deployments) {
        const QString name = QLatin1String(deployment.name);
        Value object = makeDeployment(shop, name, deployment.replicas, deployment.ready);
        object.edit("metadata").set("uid", "uid-" + std::string(deployment.name));
        object.edit("spec", "template", "metadata", "labels").set("app", deployment.name);
        object.edit("spec", "template", "metadata", "labels").set("tier", name == QLatin1String("web") ? "front" : "back");
        server.put(apps, QStringLiteral("deployments"), object);
        server.put(apps, QStringLiteral("replicasets"), makeReplicaSet(shop, name, deployment.replicas, deployment.ready));
        server.put(core, QStringLiteral("services"), makeService(shop, name, name, 80));
        QStringList pods;
        for (int i = 0; i < deployment.ready; ++i)
            pods.append(demoPodName(name, i));
        server.put(FakeApiServer::groupPath(kDev, "discovery.k8s.io/v1"), QStringLiteral("endpointslices"),
            makeEndpointSlice(shop, name, deployment.ready, pods));
    }
    server.put(FakeApiServer::groupPath(kDev, "networking.k8s.io/v1"), QStringLiteral("ingresses"),
        makeIngress(shop, QStringLiteral("shop"), QStringLiteral("shop.example"), QStringLiteral("web")));
    server.put(FakeApiServer::groupPath(kDev, "networking.k8s.io/v1"), QStringLiteral("ingresses"),
        makeIngress(shop, QStringLiteral("api"), QStringLiteral("api.shop.example"), QStringLiteral("cart")));
    server.putYaml(core, QStringLiteral("configmaps"),
        "metadata: {name: web-settings, namespace: shop, labels: {app: web}}\ndata: {theme: plain, greeting: hello}\n---\nmetadata: {name: ca, "
        "namespace: default}\ndata: {}");
    server.putYaml(FakeApiServer::groupPath(kDev, "example.dev/v1"), QStringLiteral("widgets"),
        "metadata: {name: blue, namespace: shop}\nspec: {size: 3}\nstatus: {conditions: [{type: Ready, status: 'True'}]}");
}

void populateControlPlane(FakeApiServer& server)
{
    const QString leases = FakeApiServer::groupPath(kDev, "coordination.k8s.io/v1");
    const QString system = QStringLiteral("kube-system"), nodes = QStringLiteral("kube-node-lease");
    server.put(
        leases, QStringLiteral("leases"), makeLease(system, QStringLiteral("kube-controller-manager"), QStringLiteral("master-1_3f2a"), 2, 15));
    server.put(leases, QStringLiteral("leases"), makeLease(system, QStringLiteral("kube-scheduler"), QStringLiteral("master-1_9c1b"), 1, 15));
    for (const char* node : { "master-1", "node-1", "node-2", "sim-1", "sim-2" })
        server.put(leases, QStringLiteral("leases"), makeLease(nodes, QLatin1String(node), QLatin1String(node), 6, 40));
    server.put(leases, QStringLiteral("leases"), makeLease(nodes, QStringLiteral("node-3"), QStringLiteral("node-3"), 190, 40));
    const QString core = FakeApiServer::corePath(kDev);
    const auto event
        = [&](const char* ns, const char* kind, const char* name, const char* reason, const char* message, const char* source, bool warning = false) {
              server.put(core, QStringLiteral("events"),
                  makeEvent(QLatin1String(ns), QLatin1String(kind), QLatin1String(name), QLatin1String(reason), QLatin1String(message),
                      QLatin1String(source), warning));
          };
    event("shop", "Pod", "checkout-x7k2q0", "Scheduled", "Successfully assigned shop/checkout-x7k2q0 to node-1", "default-scheduler");
    event("shop", "Pod", "checkout-x7k2q0", "Pulling", "Pulling image \"registry.example/shop:2.1\"", "kubelet");
    event("shop", "Pod", "checkout-x7k2q0", "Failed", "Failed to pull image \"registry.example/shop:2.1\": not found", "kubelet", true);
    event("shop", "Pod", "checkout-x7k2q0", "BackOff", "Back-off pulling image \"registry.example/shop:2.1\"", "kubelet", true);
    event("shop", "Deployment", "web", "ScalingReplicaSet", "Scaled up replica set web-7d4b9 to 9", "deployment-controller");
    server.putYaml(FakeApiServer::enginePath(), QStringLiteral("machines"),
        "metadata: {name: dev-master-0}\nspec: {clusterName: dev, role: Master, index: 0}\n"
        "status: {phase: Running, pid: 4711, cpuMilli: 38, memoryBytes: 58720256, restarts: 0}\n"
        "---\nmetadata: {name: dev-node-0}\nspec: {clusterName: dev, role: Node, index: 0}\nstatus: {phase: Running, pid: 4720, cpuMilli: 12, "
        "memoryBytes: 31457280}\n"
        "---\nmetadata: {name: dev-node-1}\nspec: {clusterName: dev, role: Node, index: 1}\nstatus: {phase: Running, pid: 4731, cpuMilli: 9, "
        "memoryBytes: 29360128}\n");
    for (int i = 0; i < 40; ++i) {
        server.appendLog(core + QStringLiteral("/namespaces/shop/pods/search-x7k2q0"),
            QByteArray("2026-11-24T19:42:%1.120000000Z ").replace("%1", QByteArray::number(10 + i))
                + "level=info msg=\"indexing shard\" shard=" + QByteArray::number(i));
    }
}

} // namespace kates::app::test
