#include "app/details/facts_of.h"

#include <QCoreApplication>

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/objects/object_state.h"
#include "engine/api/meta.h"

namespace kates::app {

namespace {

using api::Value;

QString translated(const char* text) { return QCoreApplication::translate("Details", text); }

class Facts {
public:
    void add(const char* label, const QString& value, bool code = false)
    {
        if (!value.isEmpty())
            list.append(
                QVariantMap { { QStringLiteral("key"), translated(label) }, { QStringLiteral("value"), value }, { QStringLiteral("code"), code } });
    }
    void add(const char* label, const Value& value, bool code = false)
    {
        if (value.isNumber())
            add(label, QString::number(value.asInt()), code);
        else if (value.isBool())
            add(label, value.asBool() ? translated("yes") : translated("no"), code);
        else
            add(label, displayText(value.asString(), 300), code);
    }
    QVariantList list;
};

QString portsOf(const Value& service)
{
    QStringList ports;
    for (const Value& port : service.get("spec", "ports")) {
        QString text = QString::number(port.get("port").asInt());
        if (const auto node = port.get("nodePort").asInt())
            text += u':' + QString::number(node);
        ports.append(text + u'/' + displayText(port.str("protocol").empty() ? "TCP" : port.str("protocol"), 10));
    }
    return ports.join(QStringLiteral(", "));
}

void addPod(Facts& facts, const Value& pod)
{
    facts.add("Node", pod.get("spec", "nodeName"));
    facts.add("Pod IP", pod.get("status", "podIP"), true);
    facts.add("Service account", pod.get("spec", "serviceAccountName"));
    facts.add("QoS class", pod.get("status", "qosClass"));
    facts.add("Priority class", pod.get("spec", "priorityClassName"));
    facts.add("Restart policy", pod.get("spec", "restartPolicy"));
}

void addNode(Facts& facts, const Value& node)
{
    const Value& info = node.get("status", "nodeInfo");
    for (const Value& address : node.get("status", "addresses")) {
        if (address.str("type") == "InternalIP")
            facts.add("Address", address.get("address"), true);
    }
    facts.add("Pod CIDR", node.get("spec", "podCIDR"), true);
    facts.add("Kubelet", info.get("kubeletVersion"));
    facts.add("Runtime", info.get("containerRuntimeVersion"));
    facts.add("System", info.get("osImage"));
    facts.add("Kernel", info.get("kernelVersion"));
    facts.add("CPU", node.get("status", "allocatable", "cpu"));
    facts.add("Memory", node.get("status", "allocatable", "memory"));
    facts.add("Pods at most", node.get("status", "allocatable", "pods"));
}

void addGauge(QVariantList& gauges, const char* label, std::int64_t desired, std::int64_t observed)
{
    gauges.append(QVariantMap { { QStringLiteral("label"), translated(label) }, { QStringLiteral("desired"), qint64(desired) },
        { QStringLiteral("observed"), qint64(observed) }, { QStringLiteral("met"), observed >= desired } });
}

} // namespace

QVariantList factsOf(const Value& object)
{
    Facts facts;
    const std::string_view kind = object.str("kind");
    if (kind == "Pod")
        addPod(facts, object);
    else if (kind == "Node")
        addNode(facts, object);
    else if (kind == "Service") {
        facts.add("Type", object.get("spec", "type"));
        facts.add("Cluster IP", object.get("spec", "clusterIP"), true);
        facts.add("Ports", portsOf(object), true);
        facts.add("Session affinity", object.get("spec", "sessionAffinity"));
    } else if (kind == "Deployment") {
        facts.add("Strategy", object.get("spec", "strategy", "type"));
        facts.add("Revision", object.get("metadata", "annotations").get("deployment.kubernetes.io/revision"));
        facts.add("Paused", object.get("spec", "paused"));
    } else if (kind == "PersistentVolumeClaim") {
        facts.add("Volume", object.get("spec", "volumeName"));
        facts.add("Storage class", object.get("spec", "storageClassName"));
        facts.add("Capacity", object.get("status", "capacity", "storage"));
    } else if (kind == "Event") {
        facts.add("Type", object.get("type"));
        facts.add("Reason", object.get("reason"));
        facts.add("Message", object.get("message"));
    } else if (kind == "Lease") {
        facts.add("Holder", object.get("spec", "holderIdentity"));
        facts.add("Renewed", object.get("spec", "renewTime"));
        facts.add("Seconds", object.get("spec", "leaseDurationSeconds"));
    }
    const Value& data = object.get("data");
    if ((kind == "ConfigMap" || kind == "Secret") && data.isObject()) {
        QStringList keys;
        for (const api::Member& member : data.members())
            keys.append(displayText(member.key, 120));
        facts.add("Keys", keys.join(QStringLiteral(", ")), true);
    }
    return facts.list;
}

QVariantList gaugesOf(const Value& object)
{
    QVariantList gauges;
    const std::string_view kind = object.str("kind");
    const Value& status = object.get("status");
    if (kind == "DaemonSet") {
        const auto desired = status.get("desiredNumberScheduled").asInt();
        addGauge(gauges, "Scheduled", desired, status.get("currentNumberScheduled").asInt());
        addGauge(gauges, "Ready", desired, status.get("numberReady").asInt());
    } else if (kind == "Deployment" || kind == "StatefulSet" || kind == "ReplicaSet") {
        const auto desired = object.get("spec", "replicas").asInt(1);
        addGauge(gauges, "Created", desired, status.get("replicas").asInt());
        if (kind != "ReplicaSet")
            addGauge(gauges, "Up to date", desired, status.get("updatedReplicas").asInt());
        addGauge(gauges, "Ready", desired, status.get("readyReplicas").asInt());
    } else if (kind == "Job") {
        addGauge(gauges, "Succeeded", object.get("spec", "completions").asInt(1), status.get("succeeded").asInt());
    } else if (kind == "Pod") {
        const PodSummary summary = podSummary(object);
        addGauge(gauges, "Containers ready", summary.containers, summary.ready);
    }
    return gauges;
}

QVariantList containersOf(const Value& pod)
{
    QVariantList containers;
    const auto add = [&](const char* specs, const char* statuses, bool init) {
        for (const Value& spec : pod.get("spec", specs)) {
            if (containers.size() == kContainersMax)
                break;
            const Value* status = nullptr;
            for (const Value& candidate : pod.get("status", statuses))
                status = candidate.str("name") == spec.str("name") ? &candidate : status;
            const Value& state = status ? status->get("state") : pod.get("");
            const Value& waiting = state.get("waiting");
            const Value& terminated = state.get("terminated");
            QString text = translated("not started");
            State value = ObjectState::Waiting;
            if (waiting.isObject()) {
                text = displayText(waiting.str("reason"), 80);
                value = stateOfContainerReason(text);
            } else if (terminated.isObject()) {
                text = displayText(terminated.str("reason"), 80);
                value = terminated.get("exitCode").asInt() == 0 ? ObjectState::Done : ObjectState::Failing;
            } else if (state.get("running").isObject()) {
                const bool ready = status->get("ready").asBool();
                text = ready || init ? translated("running") : translated("running, not ready");
                value = ready || init ? ObjectState::Ok : ObjectState::Progressing;
            }
            const std::string_view reason = waiting.isObject() ? waiting.str("message") : terminated.str("message");
            containers.append(QVariantMap { { QStringLiteral("name"), displayText(spec.str("name"), 100) },
                { QStringLiteral("image"), displayText(spec.str("image"), 300) }, { QStringLiteral("state"), value },
                { QStringLiteral("text"), text }, { QStringLiteral("reason"), displayText(reason, 500) },
                { QStringLiteral("restarts"), status ? int(status->get("restartCount").asInt()) : 0 }, { QStringLiteral("init"), init } });
        }
    };
    add("initContainers", "initContainerStatuses", true);
    add("containers", "containerStatuses", false);
    return containers;
}

QVariantList pairsOf(const Value& map)
{
    QVariantList pairs;
    for (const api::Member& member : map.members()) {
        if (pairs.size() == kPairsMax)
            break;
        pairs.append(QVariantMap {
            { QStringLiteral("key"), displayText(member.key, 320) }, { QStringLiteral("value"), displayText(member.value.asString(), 400) } });
    }
    return pairs;
}

} // namespace kates::app
