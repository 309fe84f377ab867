// What the control-plane lens says of each component of a master.
#include <QDateTime>

#include <algorithm>

#include "app/base/age.h"
#include "app/base/text.h"
#include "app/map/control_plane_layout.h"
#include "app/map/control_plane_metrics.h"
#include "app/map/facts.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr const char* kNames[] = { "kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd" }; // by Component
constexpr double kMemoryScale = double(512 << 20); // a full gauge of a master's memory

} // namespace

MapCard ControlPlaneLayout::componentCard(Component component, const Master& master, qint64 nowMs) const
{
    const QString titles[] = { tr("API server"), tr("Controller manager"), tr("Scheduler"), tr("Store") };
    const QString name = QLatin1String(kNames[int(component)]);
    MapCard card;
    card.kind = MapCard::Kind::Component;
    card.key = name + u'/' + master.key;
    card.title = titles[int(component)];
    card.cellsTop = controlplane::kComponentFoot;
    card.state = ObjectState::Unknown;
    describeProcess(card, component, master);
    if (component == Component::ControllerManager || component == Component::Scheduler)
        describeLease(card, kNames[int(component)], master, nowMs);
    if (const auto word = m_lastWords.find(name); word != m_lastWords.end())
        card.footer = tr("%1 ago  ·  %2").arg(humanDuration((nowMs - word->second.whenMs) / 1000), word->second.text);
    else if (component == Component::ApiServer)
        card.footer = master.machine ? tr("Request rate: not published by this server.") : tr("Request rate: not read here.");
    else if (component == Component::Store)
        card.footer = tr("Size and revisions: not published.");
    else
        card.footer = tr("It has said nothing in the events that are kept.");
    return card;
}

void ControlPlaneLayout::describeProcess(MapCard& card, Component component, const Master& master) const
{
    if (const auto found = m_machines.find(master.key); master.machine && found != m_machines.end()) {
        const Value& status = found->second.get("status");
        card.state = stateOfProcessPhase(found->second.str("status", "phase"));
        const QString phase = displayText(status.str("phase"), 40);
        card.subtitle = status.has("pid") ? tr("%1, in process %2").arg(phase).arg(status.get("pid").asInt()) : phase;
        if (const auto restarts = status.get("restarts").asInt(); restarts > 0)
            card.badges = { restarts == 1 ? tr("1 restart") : tr("%1 restarts").arg(restarts) };
        if (component != Component::ApiServer)
            return;
        if (!status.has("cpuMilli") && !status.has("memoryBytes")) {
            card.note = tr("CPU and memory: see its card on the Clusters page.");
            return;
        }
        const qint64 cpu = status.get("cpuMilli").asInt(), memory = status.get("memoryBytes").asInt();
        card.gauges = { { tr("cpu"), cpuText(cpu), double(cpu) / 1000, false },
            { tr("mem"), bytesText(memory), double(memory) / kMemoryScale, false } };
        return;
    }
    const auto pod = m_pods.find(master.key + u'/' + QLatin1String(kNames[int(component)]));
    if (pod == m_pods.end()) {
        card.subtitle = tr("Not shown by this cluster");
        return;
    }
    const PodSummary summary = podSummary(pod->second);
    card.state = summary.status.state;
    card.subtitle = summary.status.text;
    if (summary.restarts > 0)
        card.badges = { summary.restarts == 1 ? tr("1 restart") : tr("%1 restarts").arg(summary.restarts) };
    card.apiVersion = QStringLiteral("v1");
    card.objectKind = QStringLiteral("Pod");
    card.ns = QStringLiteral("kube-system");
    card.name = toQString(api::ObjectMeta(pod->second).name());
}

void ControlPlaneLayout::describeLease(MapCard& card, const char* name, const Master& master, qint64 nowMs) const
{
    const auto lease = m_leases.find(QStringLiteral("kube-system/") + QLatin1String(name));
    if (lease == m_leases.end()) {
        card.note = master.machine ? tr("The only one: no election is held.") : tr("No lease is to be seen: who leads is not known.");
        return;
    }
    if (card.objectKind.isEmpty()) {
        card.apiVersion = QStringLiteral("coordination.k8s.io/v1");
        card.objectKind = QStringLiteral("Lease");
        card.ns = QStringLiteral("kube-system");
        card.name = QLatin1String(name);
    }
    const QString holder = displayText(lease->second.str("spec", "holderIdentity"), 120);
    // "NODE_UUID"; machines carry the name of their cluster before their own.
    const QString host = holder.section(u'_', 0, 0);
    const bool leads = m_masters.size() == 1 || master.key == host || master.key.endsWith(u'-' + host);
    if (!leads) {
        card.note = tr("Stands by: %1 leads.").arg(host);
        card.state = card.state == ObjectState::Ok || card.state == ObjectState::Unknown ? ObjectState::Neutral : card.state;
        return;
    }
    const double left = leaseLeft(lease->second, nowMs);
    const qint64 seconds = lease->second.get("spec", "leaseDurationSeconds").asInt(15);
    card.note = tr("Led by %1").arg(holder);
    card.state = left <= 0 ? ObjectState::Failing : card.state == ObjectState::Unknown ? ObjectState::Ok : card.state;
    const QString text = left > 0 ? tr("%1 s left").arg(qint64(left * double(seconds)) + 1) : tr("expired");
    card.gauges = { { tr("lease"), text, std::clamp(left, 0.0, 1.0), true } };
    if (const auto moves = lease->second.get("spec", "leaseTransitions").asInt(); moves > 0)
        card.badges.append(moves == 1 ? tr("1 take-over") : tr("%1 take-overs").arg(moves));
}

} // namespace kates::app
