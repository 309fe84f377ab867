#include "app/map/clusters_layout.h"

#include <algorithm>

#include "app/base/text.h"
#include "engine/api/meta.h"

namespace kates::app {

using api::Value;

namespace {

constexpr double kWidth = 300;
constexpr double kHeight = 128;
constexpr double kPitch = 324; // across; down, a box's height and the same gap
constexpr double kCellsTop = 112;
constexpr int kColumns = 4;

} // namespace

ClustersLayout::ClustersLayout()
    : m_places(kColumns)
{
}

void ClustersLayout::take(std::string_view kind, Deltas deltas)
{
    if (deltas.size() > 1)
        sortNaturally(deltas);
    auto& clusters = kind == "RemoteCluster" ? m_remotes : m_clusters;
    for (const Delta& delta : deltas) {
        const QString key = toQString(kind) + u'/' + toQString(delta.key);
        if (delta.kind == Delta::Kind::Set) {
            clusters[key] = delta.object;
            m_places.settle(key, 1, 1);
        } else {
            clusters.erase(key);
            m_places.remove(key);
        }
    }
}

void ClustersLayout::tidy()
{
    m_places = SlotGrid(kColumns);
    for (const auto* clusters : { &m_clusters, &m_remotes }) {
        for (const auto& [key, cluster] : *clusters)
            m_places.settle(key, 1, 1);
    }
}

MapScene ClustersLayout::scene(qint64)
{
    MapScene scene;
    scene.cellKind = QStringLiteral("Cluster");
    for (const auto* clusters : { &m_clusters, &m_remotes }) {
        for (const auto& [key, cluster] : *clusters) {
            const GridBlock block = m_places.at(key);
            const QString name = key.section(u'/', 1);
            MapCard card = clusters == &m_clusters ? localCard(cluster) : remoteCard(cluster);
            card.kind = MapCard::Kind::Cluster;
            card.key = key;
            card.name = name;
            card.title = displayText(toStd(name), 80);
            card.rect = QRectF(block.column * kPitch, block.row * (kHeight + kPitch - kWidth), kWidth, kHeight);
            card.cellsTop = kCellsTop;
            scene.cards.push_back(std::move(card));
        }
    }
    scene.finish();
    return scene;
}

MapCard ClustersLayout::localCard(const Value& cluster) const
{
    const Value &spec = cluster.get("spec"), &status = cluster.get("status");
    MapCard card;
    card.subtitle = displayText(status.str("phase"), 40);
    card.state = stateOfProcessPhase(status.str("phase"));
    const qint64 nodes = spec.get("nodes").asInt(), simulated = spec.get("simulatedNodes").asInt(), masters = spec.get("masters").asInt(1);
    const qint64 ready = status.get("nodesReady").asInt(), mastersReady = status.get("mastersReady").asInt(-1);
    card.note = tr("%1 real and %2 simulated nodes").arg(nodes).arg(simulated);
    const auto gauge = [&](const QString& label, qint64 is, qint64 of) {
        card.gauges.push_back({ label, tr("%1 of %2").arg(is).arg(of), double(is) / double(std::max<qint64>(1, of)), true });
    };
    if (nodes + simulated > 0)
        gauge(tr("nodes"), ready, nodes + simulated);
    if (mastersReady >= 0)
        gauge(tr("masters"), mastersReady, masters);
    return card;
}

MapCard ClustersLayout::remoteCard(const Value& remote) const
{
    const Value& reachable = api::condition(remote, "Reachable");
    MapCard card;
    card.badges = { tr("remote") };
    const std::string_view status = reachable.str("status");
    card.state = status == "True" ? ObjectState::Ok : status == "False" ? ObjectState::Failing : ObjectState::Unknown;
    card.subtitle = status == "True" ? tr("Reachable") : status == "False" ? tr("Not reachable") : tr("Not asked yet");
    card.note = displayText(reachable.str("message"), 200);
    if (card.note.isEmpty())
        card.note = tr("Its nodes are counted when it is opened.");
    return card;
}

} // namespace kates::app
