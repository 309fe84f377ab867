#include "app/map/facts.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/meta.h"
#include "engine/api/quantity.h"

namespace kates::app {

namespace {

using api::Quantity;
using api::Value;

// The label that Kates puts on nodes whose pods run nothing; kwok's own is understood too.
bool isSimulated(const Value& node)
{
    const api::ObjectMeta meta(node);
    return meta.label("kates.dev/simulated") == "true" || meta.annotation("kates.dev/simulated") == "true" || meta.label("type") == "kwok";
}

QStringList rolesOf(const Value& node)
{
    static constexpr std::string_view prefix = "node-role.kubernetes.io/";
    QStringList roles;
    for (const api::Member& label : node.get("metadata", "labels").members()) {
        const std::string_view key = label.key;
        if (key.starts_with(prefix))
            roles.append(displayText(key.substr(prefix.size()), 40));
    }
    return roles;
}

qint64 request(const Value& container, std::string_view resource, bool milli)
{
    const Quantity quantity = Quantity::fromValue(container.get("resources", "requests", resource));
    return milli ? quantity.milli() : quantity.units();
}

// The scheduler's rule: the sum of the containers (and sidecars), or the largest init container, whichever is more.
qint64 podRequest(const Value& pod, std::string_view resource, bool milli)
{
    qint64 sum = 0, largest = 0, sidecars = 0;
    for (const Value& container : pod.get("spec", "containers"))
        sum += request(container, resource, milli);
    for (const Value& container : pod.get("spec", "initContainers")) {
        const qint64 own = request(container, resource, milli);
        if (container.str("restartPolicy") == "Always")
            sidecars += own;
        else
            largest = std::max(largest, own + sidecars);
    }
    return std::max(sum + sidecars, largest);
}

void readStatus(const Value& status, MapContainer& container)
{
    container.restarts = int(status.get("restartCount").asInt());
    const Value& state = status.get("state");
    if (const Value& waiting = state.get("waiting"); waiting.isObject()) {
        container.text = displayText(waiting.str("reason"), 80);
        container.state = stateOfContainerReason(container.text);
    } else if (const Value& over = state.get("terminated"); over.isObject()) {
        const qint64 code = over.get("exitCode").asInt();
        container.text = over.str("reason").empty() ? QStringLiteral("ExitCode:%1").arg(code) : displayText(over.str("reason"), 80);
        container.state = code == 0 ? ObjectState::Done : ObjectState::Failing;
    } else if (state.get("running").isObject()) {
        const bool ready = status.get("ready").asBool();
        container.text = ready ? QCoreApplication::translate("Map", "Running") : QCoreApplication::translate("Map", "Running, not ready");
        container.state = ready ? ObjectState::Ok : ObjectState::Progressing;
    }
}

constexpr qint64 kGi = 1ll << 30;
constexpr std::size_t kContainersMax = 40; // of one pod

} // namespace

NodeFacts nodeFacts(const Value& node)
{
    NodeFacts facts;
    facts.status = nodeStatus(node);
    facts.simulated = isSimulated(node);
    facts.badges = rolesOf(node);
    facts.controlPlane = facts.badges.contains(QLatin1String("control-plane")) || facts.badges.contains(QLatin1String("master"));
    if (facts.simulated)
        facts.badges.append(QCoreApplication::translate("Map", "simulated"));
    if (node.get("spec", "unschedulable").asBool())
        facts.badges.append(QCoreApplication::translate("Map", "cordoned"));
    facts.zone = displayText(api::ObjectMeta(node).label("topology.kubernetes.io/zone"), 80);
    const Value& allocatable = node.get("status", "allocatable");
    facts.cpuMilli = Quantity::fromValue(allocatable.get("cpu")).milli();
    facts.memoryBytes = Quantity::fromValue(allocatable.get("memory")).units();
    facts.podsMax = Quantity::fromValue(allocatable.get("pods")).units();
    return facts;
}

MapContainers mapContainersOf(const Value& pod)
{
    auto containers = std::make_shared<std::vector<MapContainer>>();
    const auto add = [&](const char* specs, const char* statuses) {
        for (const Value& spec : pod.get("spec", specs)) {
            if (containers->size() >= kContainersMax)
                return;
            MapContainer container { displayText(spec.str("name"), 63),
                QCoreApplication::translate("Map", "not started"), ObjectState::Progressing, 0 };
            for (const Value& status : pod.get("status", statuses)) {
                if (status.str("name") == spec.str("name"))
                    readStatus(status, container);
            }
            containers->push_back(std::move(container));
        }
    };
    add("initContainers", "initContainerStatuses");
    add("containers", "containerStatuses");
    return containers;
}

PodFacts podFacts(const Value& pod)
{
    PodFacts facts;
    const api::ObjectMeta meta(pod);
    facts.name = displayText(meta.name(), 253);
    facts.ns = toQString(meta.ns());
    facts.node = toQString(pod.str("spec", "nodeName"));
    facts.summary = podSummary(pod);
    facts.cpuMilli = podRequest(pod, "cpu", true);
    facts.memoryBytes = podRequest(pod, "memory", false);
    const Value& owner = meta.controllerRef();
    if (!owner.isNull())
        facts.kin = toQString(owner.str("kind")) + u'/' + facts.ns + u'/' + toQString(owner.str("name"));
    facts.containers = mapContainersOf(pod);
    facts.system = facts.ns == QLatin1String("kube-system");
    const std::string_view phase = pod.str("status", "phase");
    facts.finished = phase == "Succeeded" || phase == "Failed";
    if (facts.cpuMilli >= 2000 || facts.memoryBytes >= 4 * kGi)
        facts.width = facts.height = 2;
    else if (facts.cpuMilli >= 500 || facts.memoryBytes >= kGi)
        facts.width = 2;
    return facts;
}

QString cpuText(qint64 milli) { return milli > 0 && milli < 1000 ? QStringLiteral("%1m").arg(milli) : QString::number(double(milli) / 1000, 'g', 3); }

QString bytesText(qint64 bytes)
{
    if (bytes >= kGi)
        return QStringLiteral("%1 Gi").arg(double(bytes) / double(kGi), 0, 'g', 3);
    return QStringLiteral("%1 Mi").arg((bytes + (1 << 19)) >> 20);
}

} // namespace kates::app
