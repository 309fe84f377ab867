#include "app/map/placement_layout.h"

#include <algorithm>
#include <cmath>

#include "app/base/text.h"
#include "app/map/placement_metrics.h"

namespace kates::app {

namespace {

// The scheduler's sentences differ in their counts from one try to the next: "0/6 nodes are available". Pods stay together all the same.
QString waitingKind(const QString& reason)
{
    QString kind;
    for (const QChar letter : reason) {
        if (!letter.isDigit())
            kind.append(letter);
    }
    return kind;
}

} // namespace

void PlacementLayout::take(std::string_view kind, Deltas deltas)
{
    const bool nodes = kind == "Node";
    if (deltas.size() > 1)
        sortNaturally(deltas);
    for (const Delta& delta : deltas) {
        const QString key = toQString(delta.key);
        if (delta.kind == Delta::Kind::Set)
            nodes ? setNode(key, delta.object) : setPod(key, delta.object);
        else
            nodes ? removeNode(key) : removePod(key);
    }
}

PlacementLayout::Node& PlacementLayout::nodeFor(const QString& name)
{
    const auto [place, fresh] = m_nodes.try_emplace(name);
    if (fresh) {
        place->second.user = SlotGrid(m_sizes.columns, m_sizes.rows);
        place->second.system = SlotGrid(m_sizes.columns, m_sizes.systemRows);
        while (place->second.user.grain() < m_grain) {
            place->second.user.refine();
            place->second.system.refine();
        }
    }
    return place->second;
}

void PlacementLayout::setNode(const QString& key, const api::Value& object)
{
    Node& node = nodeFor(key);
    const QString zone = node.facts.zone;
    node.present = true;
    node.facts = nodeFacts(object);
    if (!m_settled)
        return;
    if (zone != node.facts.zone)
        m_places.remove(key);
    m_places.add(node.facts.zone, key, shape());
}

void PlacementLayout::removeNode(const QString& key)
{
    const auto node = m_nodes.find(key);
    if (node == m_nodes.end())
        return;
    node->second.present = false;
    node->second.facts.status = { ObjectState::Failing, tr("Gone"), {} };
    dropIfEmpty(key);
}

void PlacementLayout::dropIfEmpty(const QString& name)
{
    const auto node = m_nodes.find(name);
    if (node == m_nodes.end() || node->second.present || !node->second.pods.empty())
        return;
    m_places.remove(name);
    m_nodes.erase(node);
}

void PlacementLayout::setPod(const QString& key, const api::Value& object)
{
    Pod pod { podFacts(object), key };
    const auto known = m_pods.find(key);
    if (known == m_pods.end()) {
        attach(m_pods.emplace(key, std::move(pod)).first->second);
        return;
    }
    const PodFacts &was = known->second.facts, &is = pod.facts;
    const bool waits = is.node.isEmpty() && was.finished == is.finished
        && waitingKind(was.summary.status.reason) == waitingKind(is.summary.status.reason);
    const bool stays = was.node == is.node && was.width == is.width && was.height == is.height && (waits || !is.node.isEmpty());
    if (stays) {
        known->second.facts = std::move(pod.facts);
        if (is.node.isEmpty() && !is.finished)
            waitingFor(known->second.facts.summary.status.reason).reason = known->second.facts.summary.status.reason;
        return;
    }
    detach(known->second);
    known->second.facts = std::move(pod.facts);
    attach(known->second);
}

void PlacementLayout::removePod(const QString& key)
{
    const auto pod = m_pods.find(key);
    if (pod == m_pods.end())
        return;
    detach(pod->second);
    m_pods.erase(pod);
}

PlacementLayout::Waiting& PlacementLayout::waitingFor(const QString& reason)
{
    const auto [found, fresh] = m_waiting.try_emplace(waitingKind(reason));
    if (fresh) {
        std::set<int> taken;
        for (const auto& [kind, waiting] : m_waiting) {
            if (&waiting != &found->second)
                taken.insert(waiting.place);
        }
        while (taken.contains(found->second.place))
            ++found->second.place;
        found->second.grid = SlotGrid(placement::kWaitingColumns, placement::kWaitingRows);
    }
    return found->second;
}

void PlacementLayout::attach(const Pod& pod)
{
    if (pod.facts.node.isEmpty()) {
        if (pod.facts.finished)
            return; // never had a node and never will
        Waiting& waiting = waitingFor(pod.facts.summary.status.reason);
        waiting.reason = pod.facts.summary.status.reason;
        waiting.grid.settle(pod.key, pod.facts.width, pod.facts.height);
        waiting.pods.insert(&pod);
        return;
    }
    Node& node = nodeFor(pod.facts.node);
    if (!node.present && node.facts.status.text.isEmpty())
        node.facts.status.text = tr("Unknown node");
    if (m_settled) {
        m_places.add(node.facts.zone, pod.facts.node, shape());
        placePod(node, pod, true);
    }
    node.pods.insert(&pod);
}

void PlacementLayout::placePod(Node& node, const Pod& pod, bool amongKin)
{
    SlotGrid& grid = pod.facts.system ? node.system : node.user;
    QString kin;
    if (amongKin && !pod.facts.kin.isEmpty()) {
        const auto found = std::find_if(node.pods.begin(), node.pods.end(), [&](const Pod* other) { return other->facts.kin == pod.facts.kin; });
        if (found != node.pods.end())
            kin = (*found)->key;
    }
    while (!grid.place(pod.key, pod.facts.width, pod.facts.height, kin)) {
        // All nodes together, so that sizes can be compared.
        m_grain *= 2;
        for (auto& [name, other] : m_nodes) {
            other.user.refine();
            other.system.refine();
        }
    }
}

void PlacementLayout::detach(const Pod& pod)
{
    if (pod.facts.node.isEmpty()) {
        const auto waiting = m_waiting.find(waitingKind(pod.facts.summary.status.reason));
        if (waiting == m_waiting.end())
            return;
        waiting->second.grid.remove(pod.key);
        waiting->second.pods.erase(&pod);
        if (waiting->second.pods.empty())
            m_waiting.erase(waiting);
        return;
    }
    const auto node = m_nodes.find(pod.facts.node);
    if (node == m_nodes.end())
        return;
    node->second.user.remove(pod.key);
    node->second.system.remove(pod.key);
    node->second.pods.erase(&pod);
    dropIfEmpty(pod.facts.node);
}

void PlacementLayout::chooseSizes()
{
    using namespace placement;
    m_sizes = {};
    int users = 0, systems = 0; // cells of the fullest node
    for (const auto& [name, node] : m_nodes) {
        int user = 0, system = 0;
        for (const Pod* pod : node.pods)
            (pod->facts.system ? system : user) += pod->facts.width * pod->facts.height;
        users = std::max(users, user);
        systems = std::max(systems, system);
    }
    m_sizes.columns = std::clamp(int(std::ceil(std::sqrt(users * 2.2) / 4)) * 4, m_sizes.columns, kGridColumnsMax);
    // A row to spare, so that the next few pods change nothing.
    m_sizes.rows = std::max(m_sizes.rows, (users + m_sizes.columns - 1) / m_sizes.columns + 1);
    m_sizes.systemRows = std::max(m_sizes.systemRows, (systems + m_sizes.columns - 1) / m_sizes.columns);
    m_sizes.width = 2 * kPadding + m_sizes.columns * kPitch - (kPitch - kCell);
    m_sizes.systemTop = kCellsTop + m_sizes.rows * kPitch + kSystemGap;
    m_sizes.height = m_sizes.systemTop + m_sizes.systemRows * kPitch + kPadding - (kPitch - kCell);
}

void PlacementLayout::choosePlaces()
{
    chooseSizes();
    m_grain = 1;
    // Control planes, real nodes, simulated ones; by name.
    std::vector<std::pair<QString, QString>> nodes;
    for (const auto& [name, node] : m_nodes)
        nodes.emplace_back(node.facts.zone, name);
    const auto rank = [this](const QString& name) {
        const NodeFacts& facts = m_nodes.at(name).facts;
        return facts.controlPlane ? 0 : facts.simulated ? 2 : 1;
    };
    std::sort(nodes.begin(), nodes.end(), [&](const auto& left, const auto& right) {
        const int ranks = rank(left.second) - rank(right.second);
        return ranks != 0 ? ranks < 0 : naturallyBefore(left.second, right.second);
    });
    m_places.setUp(nodes, shape());
    for (auto& [name, node] : m_nodes) {
        node.user = SlotGrid(m_sizes.columns, m_sizes.rows);
        node.system = SlotGrid(m_sizes.columns, m_sizes.systemRows);
    }
    for (auto& [name, node] : m_nodes) {
        std::vector<const Pod*> pods(node.pods.begin(), node.pods.end());
        std::sort(pods.begin(), pods.end(), [](const Pod* left, const Pod* right) { return naturallyBefore(left->key, right->key); });
        for (const Pod* pod : pods)
            placePod(node, *pod, false);
    }
    m_settled = m_complete && !m_nodes.empty();
}

} // namespace kates::app
