#include "app/map/apps_layout.h"

#include <algorithm>
#include <cmath>

#include "app/base/text.h"
#include "app/map/apps_build.h"
#include "app/map/apps_metrics.h"
#include "app/objects/object_state.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr const char* kWorkloadKinds[] = { "Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "ReplicaSet" };
const QString kAlone = QStringLiteral("Pods");

QString workloadKey(std::string_view kind, const QString& objectKey) { return toQString(kind) + u'/' + objectKey; }

} // namespace

void AppsLayout::take(std::string_view kind, Deltas deltas)
{
    auto& objects = m_objects[std::string(kind)];
    for (const Delta& delta : deltas) {
        if (delta.kind == Delta::Kind::Set)
            objects[toQString(delta.key)] = delta.object;
        else
            objects.erase(toQString(delta.key));
    }
}

QString AppsLayout::ownerKeyOf(const Value& pod) const
{
    const QString ns = toQString(pod.str("metadata", "namespace"));
    Value object = pod;
    QString key = kAlone + u'/' + ns + u'/';
    // Pod → ReplicaSet → Deployment, Pod → Job → CronJob: at most a few steps, whatever the documents claim.
    for (int depth = 0; depth < 4; ++depth) {
        const Value& owner = api::ObjectMeta(object).controllerRef();
        const auto kind = m_objects.find(owner.str("kind"));
        if (owner.isNull() || kind == m_objects.end())
            break;
        const auto found = kind->second.find(ns + u'/' + toQString(owner.str("name")));
        if (found == kind->second.end())
            break;
        key = workloadKey(owner.str("kind"), found->first);
        object = found->second;
    }
    return key;
}

void AppsLayout::groupPods()
{
    for (auto& [key, workload] : m_workloads) {
        workload.pods.clear();
        workload.object = {};
    }
    const auto entry = [this](const QString& key, const QString& kind, const QString& ns, const QString& name) -> Workload& {
        const auto [place, fresh] = m_workloads.try_emplace(key, Workload { kind, ns, name, {}, SlotGrid(apps::kGridColumns), {} });
        if (fresh)
            m_frames[ns].order.push_back(key);
        return place->second;
    };
    for (const char* kind : kWorkloadKinds) {
        for (const auto& [objectKey, object] : m_objects[kind]) {
            const Value& owner = api::ObjectMeta(object).controllerRef();
            // Replica sets and jobs with an owner stand inside it.
            if (!owner.isNull() && m_objects.contains(owner.str("kind")))
                continue;
            const api::ObjectMeta meta(object);
            Workload& workload = entry(workloadKey(kind, objectKey), QLatin1String(kind), toQString(meta.ns()), toQString(meta.name()));
            workload.object = object;
            workload.object.set("kind", kind);
        }
    }
    for (const auto& [podKey, pod] : m_objects["Pod"]) {
        const QString owner = ownerKeyOf(pod);
        const QString ns = toQString(api::ObjectMeta(pod).ns());
        entry(owner, owner.section(u'/', 0, 0), ns, owner.section(u'/', 2)).pods.push_back(podKey);
    }
    std::erase_if(m_workloads, [this](const auto& entry) {
        const bool empty = entry.second.object.isNull() && entry.second.pods.empty();
        if (empty)
            std::erase(m_frames[entry.second.ns].order, entry.first);
        return empty;
    });
}

MapScene AppsLayout::scene(qint64)
{
    groupPods();
    for (const char* kind : { "Service", "Ingress" }) {
        for (const auto& [key, object] : m_objects[kind])
            m_frames[toQString(api::ObjectMeta(object).ns())].routed = true;
    }
    Build build;
    // Wide frames in columns of their own, narrow ones in a last column; each keeps the column that it was once given.
    const auto wide = std::count_if(m_frames.begin(), m_frames.end(), [](const auto& entry) { return entry.second.routed; });
    std::vector<double> heights(std::max<std::size_t>(1, std::size_t(std::lround(std::sqrt(double(wide))))), 0);
    double narrowHeight = 0;
    for (auto& [ns, frame] : m_frames) {
        if (!m_namespaces.isEmpty() && !m_namespaces.contains(ns))
            continue;
        if (frame.routed && (frame.column < 0 || frame.column >= int(heights.size())))
            frame.column = int(std::min_element(heights.begin(), heights.end()) - heights.begin());
        const int column = frame.routed ? frame.column : wide == 0 ? 0 : int(heights.size());
        double& top = frame.routed ? heights[std::size_t(column)] : narrowHeight;
        const double height = placeFrame(build, ns, QPointF(column * (apps::kFrameWidth + apps::kFrameGap), top));
        if (height > 0)
            top += height + apps::kFrameGap;
    }
    MapScene& scene = build.scene;
    for (const MapCard& card : scene.cards)
        scene.bounds |= card.rect;
    for (const MapCell& cell : scene.cells)
        ++scene.stateCounts[std::size_t(cell.state)];
    scene.labels = build.labels.names();
    scene.labelCounts = build.labels.counts();
    return std::move(scene);
}

double AppsLayout::placeFrame(Build& build, const QString& ns, const QPointF& corner)
{
    using namespace apps;
    const int frameCard = int(build.scene.cards.size());
    build.card(MapCard::Kind::Group, QStringLiteral("Namespace"), {}, ns).apiVersion = QStringLiteral("v1");
    build.rows.clear();
    build.services.clear();
    double top = corner.y() + kFrameHeader;
    for (const QString& key : m_frames[ns].order) {
        addWorkload(build, key, m_workloads.at(key), QPointF(corner.x() + (m_frames[ns].routed ? kWorkloadLeft : kNarrowLeft), top));
        top += build.rows.back().height + kRowGap;
    }
    double bottom = top;
    addServices(build, ns, corner, bottom);
    addIngresses(build, ns, corner, bottom);
    if (bottom <= corner.y() + kFrameHeader) {
        build.scene.cards.pop_back();
        return 0;
    }
    const double height = bottom - corner.y() - kRowGap + kPadding;
    build.scene.cards[std::size_t(frameCard)].rect = QRectF(corner, QSizeF(m_frames[ns].routed ? kFrameWidth : kNarrowWidth, height));
    return height;
}

void AppsLayout::addWorkload(Build& build, const QString& key, Workload& workload, const QPointF& corner)
{
    using namespace apps;
    const bool alone = workload.object.isNull();
    workload.grid.keepOnly(workload.pods);
    for (const QString& pod : workload.pods)
        workload.grid.place(pod, 1, 1);
    const int rows = std::max(1, workload.grid.rows());
    MapCard& card = build.card(MapCard::Kind::Workload, workload.kind, workload.ns, workload.name);
    card.key = key;
    const double gauges = alone ? 0 : kGauge;
    card.cellsTop = kHeader + gauges;
    const double height = card.cellsTop + rows * kPitch + kPadding - (kPitch - kCell);
    card.rect = QRectF(corner, QSizeF(kWorkloadWidth, height));
    Row row { int(build.scene.cards.size()) - 1, corner.y(), height, {} };
    if (alone) {
        card.title = QStringLiteral("Pods on their own");
        card.subtitle = QStringLiteral("%1 pods").arg(workload.pods.size());
        card.apiVersion.clear();
        card.state = ObjectState::Neutral;
    } else {
        const StateAndText status = objectStatus(workload.object);
        card.state = status.state;
        card.subtitle = workload.kind + QStringLiteral("  ·  ")
            + (status.text.isEmpty() ? QStringLiteral("%1 pods").arg(workload.pods.size()) : status.text + QStringLiteral(" ready"));
        const Value& templateLabels = workload.object.get("spec", "template", "metadata", "labels");
        card.labels = build.labels.add(templateLabels, false);
        row.podLabels.push_back(templateLabels);
        const QStringList counts = status.text.split(u'/');
        if (counts.size() == 2)
            card.gauges = { { QStringLiteral("ready"), status.text, counts[1].toInt() ? counts[0].toDouble() / counts[1].toDouble() : 0, true } };
    }
    build.rows.push_back(std::move(row));
    addPods(build, workload);
}

void AppsLayout::addPods(Build& build, Workload& workload)
{
    using namespace apps;
    MapCard& card = build.scene.cards.back();
    for (const QString& key : workload.pods) {
        const Value& pod = m_objects["Pod"].at(key);
        const PodSummary summary = podSummary(pod);
        const GridBlock block = workload.grid.at(key);
        MapCell cell;
        cell.key = key;
        cell.name = displayText(pod.str("metadata", "name"), 253);
        cell.statusText = summary.status.text;
        cell.state = summary.status.state;
        cell.restarts = summary.restarts;
        cell.card = int(build.scene.cards.size()) - 1;
        cell.rect = QRectF(card.rect.x() + kPadding + block.column * kPitch, card.rect.y() + card.cellsTop + block.row * kPitch, kCell, kCell);
        cell.labels = build.labels.add(pod.get("metadata", "labels"), true);
        if (workload.object.isNull())
            build.rows.back().podLabels.push_back(pod.get("metadata", "labels"));
        build.scene.cells.push_back(std::move(cell));
    }
    card.cellCount = int(build.scene.cells.size()) - card.firstCell;
}

int AppsLayout::readyEndpoints(const QString& ns, std::string_view service) const
{
    int ready = 0;
    const auto slices = m_objects.find("EndpointSlice");
    if (slices == m_objects.end())
        return 0;
    for (const auto& [key, slice] : slices->second) {
        const api::ObjectMeta meta(slice);
        if (meta.label("kubernetes.io/service-name") != service || toQString(meta.ns()) != ns)
            continue;
        for (const Value& endpoint : slice.get("endpoints"))
            ready += endpoint.get("conditions", "ready").asBool(true) ? int(endpoint.get("addresses").size()) : 0;
    }
    return ready;
}

} // namespace kates::app
