#include "app/map/apps_layout.h"

#include <algorithm>

#include "app/base/text.h"
#include "app/map/apps_metrics.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr const char* kWorkloadKinds[] = { "Deployment", "StatefulSet", "DaemonSet", "CronJob", "ReplicaSet", "Job" };
const QString kAlone = QStringLiteral("Alone"); // the "kind" of a namespace's pods without a controller

QString cardKey(std::string_view kind, const QString& objectKey) { return toQString(kind) + u'/' + objectKey; }

// What groups and routes are made of: a change elsewhere in an object moves nothing.
bool sameStructure(const Value& left, const Value& right)
{
    const api::ObjectMeta was(left), is(right);
    return was.controllerRef() == is.controllerRef()
        && left.get("spec", "template", "metadata", "labels") == right.get("spec", "template", "metadata", "labels");
}

} // namespace

void AppsLayout::take(std::string_view kind, Deltas deltas)
{
    const bool routing = kind == "Service" || kind == "Ingress" || kind == "EndpointSlice";
    if (deltas.size() > 1)
        sortNaturally(deltas);
    for (const Delta& delta : deltas) {
        if (kind == "Pod") {
            takePod(delta);
            continue;
        }
        auto& objects = m_objects[std::string(kind)];
        const QString key = toQString(delta.key);
        const auto known = objects.find(key);
        const bool set = delta.kind == Delta::Kind::Set;
        const bool same = set && known != objects.end() && !routing && sameStructure(known->second, delta.object);
        m_routesChanged = m_routesChanged || routing;
        m_ownersChanged = m_ownersChanged || (!routing && !same);
        if (!set && known != objects.end()) {
            objects.erase(known);
            m_plan.remove(cardKey(kind, key));
        } else if (set) {
            objects[key] = delta.object;
        }
        if (same) {
            if (const auto workload = m_workloads.find(cardKey(kind, key)); workload != m_workloads.end()) {
                workload->second.object = delta.object;
                workload->second.object.set("kind", std::string(kind));
            }
        }
    }
}

void AppsLayout::takePod(const Delta& delta)
{
    const QString key = toQString(delta.key);
    const auto known = m_pods.find(key);
    if (delta.kind == Delta::Kind::Removed) {
        if (known == m_pods.end())
            return;
        if (const auto workload = m_workloads.find(known->second.workload); workload != m_workloads.end()) {
            workload->second.pods.erase(key);
            workload->second.grid.remove(key);
            m_ownersChanged = m_ownersChanged || (workload->second.pods.empty() && workload->second.object.isNull());
        }
        m_pods.erase(known);
        m_routesChanged = true;
        return;
    }
    const api::ObjectMeta meta(delta.object);
    const bool fresh = known == m_pods.end();
    Pod& pod = fresh ? m_pods[key] : known->second;
    const bool moved = fresh || pod.labels != delta.object.get("metadata", "labels");
    const QString kin = pod.facts.kin;
    pod.facts = podFacts(delta.object);
    if (!moved && kin == pod.facts.kin)
        return;
    pod.key = key;
    pod.labels = delta.object.get("metadata", "labels");
    pod.labelNumbers = m_labels.add(pod.labels);
    m_ownersChanged = m_routesChanged = true;
}

QString AppsLayout::ownerKeyOf(const Value& first, const QString& ns) const
{
    QString key = kAlone + u'/' + ns + u'/';
    Value owner = first;
    // Pod → ReplicaSet → Deployment, Pod → Job → CronJob: at most a few steps, whatever the documents claim.
    for (int depth = 0; depth < 4 && !owner.isNull(); ++depth) {
        const auto kind = m_objects.find(owner.str("kind"));
        if (kind == m_objects.end())
            break;
        const auto found = kind->second.find(ns + u'/' + toQString(owner.str("name")));
        if (found == kind->second.end())
            break;
        key = cardKey(owner.str("kind"), found->first);
        owner = api::ObjectMeta(found->second).controllerRef();
    }
    return key;
}

AppsLayout::Workload& AppsLayout::workloadFor(const QString& key, const QString& kind, const QString& ns, const QString& name)
{
    return m_workloads.try_emplace(key, Workload { kind, ns, name, {}, {}, {}, SlotGrid(apps::kGridColumns, apps::kGridRows), {} }).first->second;
}

void AppsLayout::regroup()
{
    for (auto& [key, workload] : m_workloads) {
        workload.object = {};
        workload.pods.clear();
    }
    std::map<QString, QString> owners; // of pods: few controllers, many pods
    for (const char* kind : kWorkloadKinds) {
        for (const auto& [objectKey, object] : m_objects[kind]) {
            const api::ObjectMeta meta(object);
            const QString ns = toQString(meta.ns());
            const QString key = cardKey(kind, objectKey);
            const Value& owner = meta.controllerRef();
            // Replica sets and jobs with an owner stand inside it.
            const QString top = owner.isNull() ? key : ownerKeyOf(owner, ns);
            owners[key] = top.startsWith(kAlone) ? key : top;
            if (!owner.isNull() && owners[key] != key)
                continue;
            Workload& workload = workloadFor(key, QLatin1String(kind), ns, toQString(meta.name()));
            workload.object = object;
            workload.object.set("kind", kind);
            workload.podLabels = object.get("spec", "template", "metadata", "labels");
            workload.labelNumbers = m_labels.add(workload.podLabels);
        }
    }
    for (auto& [key, pod] : m_pods) {
        const auto owner = owners.find(pod.facts.kin);
        const QString& ns = pod.facts.ns;
        const QString workload = owner != owners.end() ? owner->second : kAlone + u'/' + ns + u'/';
        if (pod.workload != workload) {
            if (const auto old = m_workloads.find(pod.workload); old != m_workloads.end())
                old->second.grid.remove(key);
            pod.workload = workload;
        }
        Workload& home = owner != owners.end() ? m_workloads.at(workload) : workloadFor(workload, kAlone, ns, {});
        home.pods.insert(key);
        home.grid.settle(key, 1, 1);
    }
    m_workloadCounts.clear();
    std::erase_if(m_workloads, [this](const auto& entry) {
        const bool empty = entry.second.object.isNull() && entry.second.pods.empty();
        if (empty)
            m_plan.remove(entry.first);
        else
            ++m_workloadCounts[entry.second.ns];
        return empty;
    });
    m_ownersChanged = false;
    m_routesChanged = true;
}

void AppsLayout::toggle(const QString& cardKey)
{
    if (!m_toggled.remove(cardKey))
        m_toggled.insert(cardKey);
}

bool AppsLayout::isFolded(const QString& ns) const
{
    const auto count = m_workloadCounts.find(ns);
    return count != m_workloadCounts.end() && count->second > apps::kWorkloadsShownMax && !m_toggled.contains(QStringLiteral("Namespace/") + ns);
}

void AppsLayout::settlePlaces()
{
    std::map<QString, AppsPlan::Needs> needs;
    for (const auto& [ns, count] : m_workloadCounts)
        needs[ns].workloads = isFolded(ns) ? 1 : count;
    for (const auto& [key, service] : m_services)
        needs[service.ns].services += isFolded(service.ns) ? 0 : 1;
    for (const auto& [key, ingress] : m_ingresses)
        needs[ingress.ns].ingresses += isFolded(ingress.ns) ? 0 : 1;
    m_plan.setUp(needs);
    m_settled = m_complete && !m_workloads.empty();
}

} // namespace kates::app
