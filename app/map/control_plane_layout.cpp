#include "app/map/control_plane_layout.h"

#include <algorithm>

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/map/control_plane_metrics.h"
#include "app/map/facts.h"
#include "app/objects/object_state.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;
using namespace controlplane;

namespace {

constexpr std::size_t kComponentsMax = 200; // whose last words are kept
const QString kSystem = QStringLiteral("kube-system");

} // namespace

ControlPlaneLayout::ControlPlaneLayout(QString cluster)
    : m_cluster(std::move(cluster))
    , m_heartbeats(kHeartbeatColumns, kHeartbeatRows)
{
}

void ControlPlaneLayout::take(std::string_view kind, Deltas deltas)
{
    if (deltas.size() > 1)
        sortNaturally(deltas);
    for (const Delta& delta : deltas) {
        if (kind == "Event") {
            if (delta.kind == Delta::Kind::Set)
                takeEvent(delta.object);
            continue;
        }
        if (kind == "Pod") {
            takePod(delta);
            continue;
        }
        auto& objects = kind == "Machine" ? m_machines : kind == "Lease" ? m_leases : m_nodes;
        const QString key = toQString(delta.key);
        const bool ours = kind != "Machine" || toQString(delta.object.str("spec", "clusterName")) == m_cluster;
        if (delta.kind == Delta::Kind::Set && ours)
            objects[key] = delta.object;
        else
            objects.erase(key);
        if (kind == "Node" && delta.kind == Delta::Kind::Set)
            m_heartbeats.settle(key, 1, 1);
        else if (kind == "Node")
            m_heartbeats.remove(key);
    }
}

void ControlPlaneLayout::takePod(const Delta& delta)
{
    const std::string_view component = api::ObjectMeta(delta.object).label("component");
    if (component.empty() || delta.object.str("metadata", "namespace") != "kube-system")
        return;
    const QString key = toQString(delta.object.str("spec", "nodeName")) + u'/' + toQString(component);
    if (delta.kind == Delta::Kind::Set)
        m_pods[key] = delta.object;
    else
        m_pods.erase(key);
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

void ControlPlaneLayout::findMasters()
{
    const auto known = [this](const QString& key) {
        return std::any_of(m_masters.begin(), m_masters.end(), [&](const Master& master) { return master.key == key; });
    };
    const bool machines
        = std::any_of(m_machines.begin(), m_machines.end(), [](const auto& entry) { return entry.second.str("spec", "role") == "Master"; });
    std::erase_if(m_masters, [&](const Master& master) {
        return master.machine != machines || !(machines ? m_machines.contains(master.key) : m_nodes.contains(master.key));
    });
    if (machines) {
        for (const auto& [key, machine] : m_machines) {
            if (machine.str("spec", "role") == "Master" && !known(key))
                m_masters.push_back({ key, true });
        }
    } else {
        for (const auto& [key, node] : m_nodes) {
            if (!known(key) && nodeFacts(node).controlPlane)
                m_masters.push_back({ key, false });
        }
    }
    if (m_masters.empty())
        m_masters.push_back({});
}

MapScene ControlPlaneLayout::scene(qint64 nowMs)
{
    MapScene scene;
    scene.cellKind = QStringLiteral("Node");
    findMasters();
    double top = 0;
    for (const Master& master : m_masters) {
        addMaster(scene, master, top, nowMs);
        top += kMasterHeight + kGap;
    }
    addHeartbeats(scene, nowMs);
    scene.finish();
    return scene;
}

void ControlPlaneLayout::addMaster(MapScene& scene, const Master& master, double top, qint64 nowMs) const
{
    const int group = int(scene.cards.size());
    MapCard frame;
    frame.kind = MapCard::Kind::Group;
    frame.key = QStringLiteral("master/") + master.key;
    frame.title = master.key.isEmpty() ? tr("Control plane: this cluster does not show its masters")
                                       : tr("Master %1").arg(displayText(toStd(master.key), 80));
    frame.rect = QRectF(0, top, kWidth, kMasterHeight);
    scene.cards.push_back(std::move(frame));
    int place = 0;
    for (const Component component : { Component::ApiServer, Component::ControllerManager, Component::Scheduler, Component::Store }) {
        MapCard card = componentCard(component, master, nowMs);
        card.rect = QRectF(kPadding + place++ * (kComponentWidth + kPadding), top + kMasterHeader, kComponentWidth, kComponentHeight);
        card.group = group;
        scene.cards.push_back(std::move(card));
    }
}

void ControlPlaneLayout::addHeartbeats(MapScene& scene, qint64 nowMs)
{
    if (m_nodes.empty())
        return;
    MapCard card;
    card.kind = MapCard::Kind::Component;
    card.key = QStringLiteral("heartbeats");
    card.title = tr("Heartbeats of the nodes");
    card.cellsTop = kHeartbeatsTop;
    int late = 0;
    card.rect = QRectF(0, -kHeartbeatsHeight - kGap, kWidth, kHeartbeatsHeight);
    for (const auto& [key, node] : m_nodes) {
        const auto lease = m_leases.find(QStringLiteral("kube-node-lease/") + key);
        MapCell cell;
        cell.key = key;
        cell.name = displayText(toStd(key), 120);
        const bool seen = lease != m_leases.end();
        cell.state = !seen ? ObjectState::Unknown : leaseLeft(lease->second, nowMs) > 0 ? ObjectState::Ok : ObjectState::Failing;
        cell.statusText = seen ? tr("last heartbeat %1 ago").arg(ageOf(lease->second.str("spec", "renewTime"), QDateTime::fromMSecsSinceEpoch(nowMs)))
                               : tr("no heartbeat to be seen");
        cell.rect = m_heartbeats.rectOf(key, kCell, kPitch).translated(card.rect.topLeft() + QPointF(kPadding, kHeartbeatsTop));
        cell.card = int(scene.cards.size());
        late += cell.state == ObjectState::Ok ? 0 : 1;
        scene.cells.push_back(std::move(cell));
    }
    card.cellCount = int(m_nodes.size());
    card.subtitle = late == 0 ? tr("All %1 on time").arg(m_nodes.size()) : tr("%1 of %2 late").arg(late).arg(m_nodes.size());
    card.state = late == 0 ? ObjectState::Ok : ObjectState::Waiting;
    scene.cards.push_back(std::move(card));
}

double leaseLeft(const Value& lease, qint64 nowMs)
{
    const QDateTime renewed = parseTimestamp(lease.str("spec", "renewTime"));
    const double seconds = double(lease.get("spec", "leaseDurationSeconds").asInt(15));
    return renewed.isValid() && seconds > 0 ? 1 - double(nowMs - renewed.toMSecsSinceEpoch()) / 1000 / seconds : 0;
}

} // namespace kates::app
