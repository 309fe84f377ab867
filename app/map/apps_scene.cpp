// The Apps lens's scene: frames, workloads with their pods, and the routes to them.
#include <algorithm>

#include "app/base/text.h"
#include "app/map/apps_layout.h"
#include "app/map/apps_metrics.h"

namespace kates::app {

using namespace apps;

namespace {

const char* apiVersionOf(const QString& kind)
{
    if (kind == QLatin1String("Job") || kind == QLatin1String("CronJob"))
        return "batch/v1";
    return kind == QLatin1String("Service") || kind == QLatin1String("Namespace") ? "v1"
        : kind == QLatin1String("Ingress")                                        ? "networking.k8s.io/v1"
                                                                                  : "apps/v1";
}

} // namespace

MapCard AppsLayout::card(MapCard::Kind kind, const char* objectKind, const QString& ns, const QString& name) const
{
    MapCard card;
    card.kind = kind;
    card.objectKind = QLatin1String(objectKind);
    card.apiVersion = QLatin1String(apiVersionOf(card.objectKind));
    card.key = card.objectKind + u'/' + (ns.isEmpty() ? name : ns + u'/' + name);
    card.title = displayText(toStd(name), 120);
    card.ns = ns;
    card.name = name;
    return card;
}

QPointF AppsLayout::place(AppsPlan::Lane lane, const QString& ns, const QString& key, const QString& near)
{
    return m_plan.place(ns, lane, key, near);
}

MapScene AppsLayout::scene(qint64)
{
    if (m_ownersChanged)
        regroup();
    if (m_routesChanged)
        reroute();
    if (!m_settled)
        settlePlaces();
    // Everything takes its place before anything is drawn: frames may grow by it.
    for (auto& [key, workload] : m_workloads) {
        const bool folded = isFolded(workload.ns);
        if (folded)
            m_plan.remove(key);
        const QString placed = folded ? QStringLiteral("Folded/") + workload.ns : key;
        if (!folded)
            m_plan.remove(QStringLiteral("Folded/") + workload.ns);
        place(AppsPlan::Lane::Workload, workload.ns, placed);
    }
    for (const auto* routes : { &m_services, &m_ingresses }) {
        const AppsPlan::Lane lane = routes == &m_services ? AppsPlan::Lane::Service : AppsPlan::Lane::Ingress;
        for (const auto& [key, route] : *routes) {
            if (isFolded(route.ns)) {
                m_plan.remove(key);
                continue;
            }
            const QString near = lane == AppsPlan::Lane::Ingress ? (route.services.empty() ? QString() : route.services.front())
                : route.workloads.empty()                        ? QString()
                                                                 : route.workloads.begin()->first;
            place(lane, route.ns, key, near);
        }
    }
    MapScene scene;
    std::vector<int> counts(m_labels.names().size(), 0);
    scene.cells.reserve(m_pods.size());
    m_cards.clear();
    addFrames(scene);
    QSet<QString> folded;
    for (auto& [key, workload] : m_workloads) {
        if (!shows(workload.ns))
            continue;
        if (!isFolded(workload.ns)) {
            addWorkload(scene, key, workload);
            addPods(scene, scene.cards.back(), workload, counts);
        } else if (!folded.contains(workload.ns)) {
            folded.insert(workload.ns);
            addFoldedNamespace(scene, workload.ns);
        }
    }
    addRoutes(scene);
    scene.labels = m_labels.names();
    scene.labelCounts = std::move(counts);
    scene.finish();
    return scene;
}

void AppsLayout::addFrames(MapScene& scene) const
{
    for (const AppsPlan::Frame& frame : m_plan.frames()) {
        MapCard group = card(MapCard::Kind::Group, "Namespace", {}, frame.ns);
        if (!frame.first) {
            group.key += QStringLiteral("#%1").arg(scene.cards.size());
            group.title = tr("%1 (continued)").arg(group.title);
        }
        group.rect = frame.rect;
        group.dimmed = !shows(frame.ns); // hidden by the filter: its place stays
        const auto count = m_workloadCounts.find(frame.ns);
        group.foldable = frame.first && count != m_workloadCounts.end() && count->second > kWorkloadsShownMax;
        scene.cards.push_back(std::move(group));
    }
}

void AppsLayout::addWorkload(MapScene& scene, const QString& key, Workload& workload)
{
    const bool alone = workload.object.isNull();
    MapCard card = this->card(MapCard::Kind::Workload, qPrintable(workload.kind), workload.ns, workload.name);
    card.key = key;
    card.cellsTop = kHeader + kGauge;
    card.rect = QRectF(place(AppsPlan::Lane::Workload, workload.ns, key), QSizeF(kWorkloadWidth, kWorkloadHeight));
    card.group = m_plan.frameOf(key);
    const QString pods = workload.pods.size() == 1 ? tr("1 pod") : tr("%1 pods").arg(workload.pods.size());
    if (alone) {
        card.title = tr("Pods on their own");
        card.subtitle = pods;
        card.apiVersion.clear();
        card.objectKind.clear();
        card.state = ObjectState::Neutral;
        card.cellsTop = kHeader;
    } else {
        const StateAndText status = objectStatus(workload.object);
        card.state = status.state;
        card.note = {};
        card.hint = status.reason;
        card.labels = workload.labelNumbers;
        const QStringList counts = status.text.split(u'/');
        card.subtitle = workload.kind + QStringLiteral("  ·  ") + (counts.size() == 2 || status.text.isEmpty() ? pods : status.text);
        if (counts.size() == 2)
            card.gauges = { { tr("ready"), status.text, counts[1].toInt() ? counts[0].toDouble() / counts[1].toDouble() : 1,
                true } };
    }
    m_cards[key] = int(scene.cards.size());
    scene.cards.push_back(std::move(card));
}

void AppsLayout::addPods(MapScene& scene, MapCard& card, Workload& workload, std::vector<int>& counts)
{
    card.foldable = int(workload.pods.size()) > kPodsShownMax;
    card.folded = card.foldable && !m_toggled.contains(card.key);
    card.firstCell = int(scene.cells.size());
    if (card.folded) {
        card.foldedText = tr("counted, not shown");
        for (const QString& key : workload.pods) {
            const Pod& pod = m_pods.at(key);
            ++card.counts[std::size_t(pod.facts.summary.status.state)];
            for (const int label : pod.labelNumbers)
                ++counts[std::size_t(label)];
        }
        return;
    }
    for (const QString& key : workload.pods) {
        const Pod& pod = m_pods.at(key);
        MapCell cell;
        cell.key = key;
        cell.name = pod.facts.name;
        cell.statusText = pod.facts.summary.status.text;
        cell.state = pod.facts.summary.status.state;
        cell.restarts = pod.facts.summary.restarts;
        cell.containers = pod.facts.containers;
        cell.serving = pod.serving;
        cell.card = int(scene.cards.size()) - 1;
        cell.rect = workload.grid.rectOf(key, kCell, kPitch).translated(card.rect.topLeft() + QPointF(kPadding, card.cellsTop));
        cell.labels = pod.labelNumbers;
        for (const int label : cell.labels)
            ++counts[std::size_t(label)];
        scene.cells.push_back(std::move(cell));
    }
    card.cellCount = int(scene.cells.size()) - card.firstCell;
}

void AppsLayout::addFoldedNamespace(MapScene& scene, const QString& ns)
{
    const QString key = QStringLiteral("Folded/") + ns;
    MapCard card = this->card(MapCard::Kind::Workload, "Namespace", {}, ns);
    card.rect = QRectF(place(AppsPlan::Lane::Workload, ns, key), QSizeF(kWorkloadWidth, kWorkloadHeight));
    card.group = m_plan.frameOf(key);
    card.title = tr("%1 workloads").arg(m_workloadCounts.at(ns));
    card.subtitle = tr("Folded. Press E to unfold.");
    card.cellsTop = kHeader;
    card.folded = card.foldable = true;
    card.state = ObjectState::Neutral;
    for (const auto& [workloadKey, workload] : m_workloads) {
        if (workload.ns != ns)
            continue;
        for (const QString& pod : workload.pods)
            ++card.counts[std::size_t(m_pods.at(pod).facts.summary.status.state)];
    }
    card.foldedText = tr("pods");
    scene.cards.push_back(std::move(card));
}

void AppsLayout::addRoutes(MapScene& scene)
{
    const auto add = [&](MapCard::Kind kind, const char* objectKind, AppsPlan::Lane lane, const QString& key, const Route& route) {
        MapCard card = this->card(kind, objectKind, route.ns, route.name);
        const bool service = kind == MapCard::Kind::Service;
        card.rect = QRectF(place(lane, route.ns, key), QSizeF(service ? kServiceWidth : kIngressWidth, kRouteHeight));
        card.group = m_plan.frameOf(key);
        card.subtitle = route.subtitle;
        card.hint = route.hint;
        card.cellsTop = kRouteHeight;
        card.state = route.state;
        card.labels = route.labelNumbers;
        m_cards[key] = int(scene.cards.size());
        scene.cards.push_back(std::move(card));
        return int(scene.cards.size()) - 1;
    };
    for (const auto& [key, route] : m_services) {
        if (!shows(route.ns) || isFolded(route.ns))
            continue;
        const int from = add(MapCard::Kind::Service, "Service", AppsPlan::Lane::Service, key, route);
        for (const auto& [workloadKey, reach] : route.workloads) {
            const auto to = m_cards.find(workloadKey);
            if (to == m_cards.end())
                continue;
            // Endpoints that name no pods (written by hand) count for what the selector means.
            const bool served = reach.serving > 0 || (route.state == ObjectState::Ok && route.workloads.size() == 1);
            const QString label = reach.serving > 0 ? QString::number(reach.serving) : QString();
            scene.links.push_back({ from, to->second, label,
                !served         ? ObjectState::Waiting
                : reach.intended ? ObjectState::Ok
                                 : ObjectState::Neutral,
                !served });
        }
    }
    for (const auto& [key, route] : m_ingresses) {
        if (!shows(route.ns) || isFolded(route.ns))
            continue;
        const int from = add(MapCard::Kind::Ingress, "Ingress", AppsPlan::Lane::Ingress, key, route);
        for (const QString& service : route.services) {
            if (const auto to = m_cards.find(service); to != m_cards.end())
                scene.links.push_back({ from, to->second, {}, ObjectState::Neutral, false });
        }
    }
}

} // namespace kates::app
