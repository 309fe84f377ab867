#include "app/map/control_plane_layout.h"

#include <algorithm>

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/map/facts.h"
#include "app/objects/object_state.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr double kWidth = 300;
constexpr double kGap = 22;
constexpr double kMasterHeight = 118;
constexpr double kComponentHeight = 148;
constexpr double kPadding = 14;
constexpr double kPitch = 26;
constexpr double kCell = 22;
constexpr int kHeartbeatColumns = 36;
constexpr std::size_t kComponentsMax = 200;

struct Component {
    const char* name; // of its lease and as an event's source
    const char* title;
};
constexpr Component kComponents[] = {
    { "kube-controller-manager", "Controller manager" },
    { "kube-scheduler", "Scheduler" },
};

double gaugeLeft(const Value& lease, qint64 nowMs)
{
    const QDateTime renewed = parseTimestamp(lease.str("spec", "renewTime"));
    const double seconds = double(lease.get("spec", "leaseDurationSeconds").asInt(15));
    return renewed.isValid() && seconds > 0 ? 1 - double(nowMs - renewed.toMSecsSinceEpoch()) / 1000 / seconds : 0;
}

State machineState(const Value& machine)
{
    const std::string_view phase = machine.str("status", "phase");
    if (phase == "Running")
        return ObjectState::Ok;
    if (phase == "Failed")
        return ObjectState::Failing;
    return phase == "Stopped" ? ObjectState::Neutral : ObjectState::Progressing;
}

} // namespace

void ControlPlaneLayout::take(std::string_view kind, Deltas deltas)
{
    for (const Delta& delta : deltas) {
        if (kind == "Event") {
            if (delta.kind == Delta::Kind::Set)
                takeEvent(delta.object);
            continue;
        }
        auto& objects = kind == "Machine" ? m_machines : kind == "Lease" ? m_leases : m_nodes;
        const bool ours = kind != "Machine" || toQString(delta.object.str("spec", "clusterName")) == m_cluster;
        if (delta.kind == Delta::Kind::Set && ours)
            objects[toQString(delta.key)] = delta.object;
        else
            objects.erase(toQString(delta.key));
    }
}

void ControlPlaneLayout::takeEvent(const Value& event)
{
    const std::string_view source = event.str("source", "component");
    QString component = displayText(source.empty() ? event.str("reportingComponent") : source, 80);
    if (component == QLatin1String("default-scheduler"))
        component = QStringLiteral("kube-scheduler");
    else if (component.endsWith(QLatin1String("-controller")) || component == QLatin1String("controllermanager"))
        component = QStringLiteral("kube-controller-manager");
    const std::string_view last = event.str("lastTimestamp").empty() ? event.str("eventTime") : event.str("lastTimestamp");
    const qint64 when = parseTimestamp(last.empty() ? event.str("metadata", "creationTimestamp") : last).toMSecsSinceEpoch();
    if (component.isEmpty() || (m_lastWords.size() >= kComponentsMax && !m_lastWords.contains(component)))
        return;
    LastWord& word = m_lastWords[component];
    if (when >= word.whenMs)
        word = { displayText(event.str("reason"), 60) + QStringLiteral(": ") + displayText(event.str("message"), 160), when };
}

MapScene ControlPlaneLayout::scene(qint64 nowMs)
{
    MapScene scene;
    scene.cellKind = QStringLiteral("Node");
    double top = 0;
    addMasters(scene, top);
    addComponents(scene, top, nowMs);
    addHeartbeats(scene, top, nowMs);
    for (const MapCard& card : scene.cards)
        scene.bounds |= card.rect;
    for (const MapCell& cell : scene.cells)
        ++scene.stateCounts[std::size_t(cell.state)];
    return scene;
}

void ControlPlaneLayout::addMasters(MapScene& scene, double& top) const
{
    int place = 0;
    const auto add = [&](const QString& key, const QString& title) -> MapCard& {
        MapCard card;
        card.kind = MapCard::Kind::Component;
        card.key = key;
        card.title = title;
        card.rect = QRectF(place % 3 * (kWidth + kGap), top + place / 3 * (kMasterHeight + kGap), kWidth, kMasterHeight);
        card.cellsTop = 92;
        ++place;
        scene.cards.push_back(std::move(card));
        return scene.cards.back();
    };
    for (const auto& [key, machine] : m_machines) {
        if (machine.str("spec", "role") != "Master")
            continue;
        MapCard& card = add(QStringLiteral("machine/") + key, displayText(toStd(key), 80));
        card.state = machineState(machine);
        const qint64 memory = machine.get("status", "memoryBytes").asInt(), cpu = machine.get("status", "cpuMilli").asInt();
        card.subtitle = displayText(machine.str("status", "phase"), 40) + QStringLiteral("  ·  process %1").arg(machine.get("status", "pid").asInt());
        card.badges = { QStringLiteral("API server"), QStringLiteral("store") };
        card.gauges = { { QStringLiteral("cpu"), cpuText(cpu), double(cpu) / 1000, false },
            { QStringLiteral("mem"), bytesText(memory), double(memory) / double(512 << 20), false } };
        if (const auto restarts = machine.get("status", "restarts").asInt())
            card.badges.prepend(QStringLiteral("%1 restarts").arg(restarts));
    }
    if (place == 0) {
        for (const auto& [key, node] : m_nodes) {
            const NodeFacts facts = nodeFacts(node);
            if (!facts.controlPlane)
                continue;
            MapCard& card = add(QStringLiteral("node/") + key, displayText(toStd(key), 80));
            card.state = facts.status.state;
            card.subtitle = facts.status.text;
        }
    }
    if (place == 0)
        add(QStringLiteral("unknown"), QStringLiteral("Masters")).note
            = QStringLiteral("This cluster does not show the processes of its control plane.");
    top += (place + 2) / 3 * (kMasterHeight + kGap);
}

void ControlPlaneLayout::addComponents(MapScene& scene, double& top, qint64 nowMs) const
{
    int place = 0;
    for (const Component& component : kComponents)
        addComponent(scene, QRectF(place++ * (kWidth + kGap), top, kWidth, kComponentHeight), component.name, component.title, nowMs);
    top += kComponentHeight + kGap;
}

void ControlPlaneLayout::addComponent(MapScene& scene, const QRectF& rect, const char* name, const char* title, qint64 nowMs) const
{
    MapCard card;
    card.kind = MapCard::Kind::Component;
    card.key = QStringLiteral("Lease/kube-system/") + QLatin1String(name);
    card.title = QLatin1String(title);
    card.rect = rect;
    card.cellsTop = 70;
    const auto lease = m_leases.find(QStringLiteral("kube-system/") + QLatin1String(name));
    if (lease == m_leases.end()) {
        card.subtitle = QStringLiteral("no lease to be seen");
        card.state = ObjectState::Unknown;
    } else {
        card.apiVersion = QStringLiteral("coordination.k8s.io/v1");
        card.objectKind = QStringLiteral("Lease");
        card.ns = QStringLiteral("kube-system");
        card.name = QLatin1String(name);
        const double left = gaugeLeft(lease->second, nowMs);
        const qint64 seconds = lease->second.get("spec", "leaseDurationSeconds").asInt(15);
        card.subtitle = QStringLiteral("led by ") + displayText(lease->second.str("spec", "holderIdentity"), 80);
        card.state = left > 0 ? ObjectState::Ok : ObjectState::Failing;
        const QString text = left > 0 ? QStringLiteral("%1 s left").arg(qint64(left * double(seconds)) + 1) : QStringLiteral("expired");
        card.gauges = { { QStringLiteral("lease"), text, std::clamp(left, 0.0, 1.0), true } };
        if (const auto moves = lease->second.get("spec", "leaseTransitions").asInt())
            card.badges = { moves == 1 ? QStringLiteral("1 take-over") : QStringLiteral("%1 take-overs").arg(moves) };
    }
    if (const auto word = m_lastWords.find(QLatin1String(name)); word != m_lastWords.end())
        card.footer = humanDuration((nowMs - word->second.whenMs) / 1000) + QStringLiteral(" ago  ·  ") + word->second.text;
    scene.cards.push_back(std::move(card));
}

void ControlPlaneLayout::addHeartbeats(MapScene& scene, double top, qint64 nowMs) const
{
    if (m_nodes.empty())
        return;
    MapCard card;
    card.kind = MapCard::Kind::Component;
    card.key = QStringLiteral("heartbeats");
    card.title = QStringLiteral("Heartbeats of the nodes");
    card.cellsTop = 62;
    card.state = ObjectState::Ok;
    int place = 0, late = 0;
    for (const auto& [key, node] : m_nodes) {
        const auto lease = m_leases.find(QStringLiteral("kube-node-lease/") + key);
        MapCell cell;
        cell.key = key;
        cell.name = displayText(toStd(key), 120);
        const double left = lease == m_leases.end() ? 0 : gaugeLeft(lease->second, nowMs);
        cell.state = lease == m_leases.end() ? ObjectState::Unknown : left > 0 ? ObjectState::Ok : ObjectState::Failing;
        cell.statusText = lease == m_leases.end()
            ? QStringLiteral("no heartbeat to be seen")
            : QStringLiteral("last heartbeat %1 ago").arg(ageOf(lease->second.str("spec", "renewTime"), QDateTime::fromMSecsSinceEpoch(nowMs)));
        cell.rect = QRectF(kPadding + place % kHeartbeatColumns * kPitch, top + card.cellsTop + place / kHeartbeatColumns * kPitch, kCell, kCell);
        cell.card = int(scene.cards.size());
        late += cell.state == ObjectState::Ok ? 0 : 1;
        ++place;
        scene.cells.push_back(std::move(cell));
    }
    card.cellCount = place;
    card.subtitle = late == 0 ? QStringLiteral("all %1 on time").arg(place) : QStringLiteral("%1 of %2 late").arg(late).arg(place);
    card.state = late == 0 ? ObjectState::Ok : ObjectState::Waiting;
    const int rows = (place + kHeartbeatColumns - 1) / kHeartbeatColumns;
    card.rect = QRectF(0, top, 3 * kWidth + 2 * kGap, card.cellsTop + rows * kPitch + kPadding);
    scene.cards.push_back(std::move(card));
}

} // namespace kates::app
