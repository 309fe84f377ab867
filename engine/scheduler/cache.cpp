#include "engine/scheduler/cache.h"

#include <algorithm>

namespace kates::scheduler {

NodeInfo& Cache::slot(const std::string& name)
{
    auto& info = m_nodes[name];
    if (!info) {
        info = std::make_unique<NodeInfo>();
        info->name = name;
    }
    return *info;
}

void Cache::rebuildOrder()
{
    m_order.clear();
    for (auto& [name, info] : m_nodes)
        if (info->known())
            m_order.push_back(info.get());
    std::sort(m_order.begin(), m_order.end(), [](const NodeInfo* a, const NodeInfo* b) { return a->name < b->name; });
}

void Cache::setNode(const api::Value& node)
{
    NodeInfo& info = slot(std::string(api::ObjectMeta(node).name()));
    const bool fresh = !info.known();
    info.setNode(node);
    if (fresh)
        m_order.insert(std::lower_bound(m_order.begin(), m_order.end(), &info, [](const NodeInfo* a, const NodeInfo* b) { return a->name < b->name; }), &info);
}

void Cache::removeNode(const std::string& name)
{
    auto found = m_nodes.find(name);
    if (found == m_nodes.end())
        return;
    // Its pods may still be known: they go one by one.
    if (found->second->pods.empty())
        m_nodes.erase(found);
    else
        found->second->node = {};
    rebuildOrder();
}

void Cache::setPod(std::shared_ptr<const PodInfo> pod)
{
    auto place = m_places.find(pod->uid);
    if (place != m_places.end() && place->second.node != pod->nodeName)
        slot(place->second.node).removePod(pod->uid);
    m_places[pod->uid] = {pod->nodeName, false};
    slot(pod->nodeName).addPod(std::move(pod));
}

void Cache::removePod(const std::string& uid)
{
    auto place = m_places.find(uid);
    if (place == m_places.end())
        return;
    if (auto found = m_nodes.find(place->second.node); found != m_nodes.end()) {
        found->second->removePod(uid);
        if (!found->second->known() && found->second->pods.empty())
            m_nodes.erase(found);
    }
    m_places.erase(place);
}

void Cache::assume(std::shared_ptr<const PodInfo> pod, const std::string& nodeName)
{
    m_places[pod->uid] = {nodeName, true};
    slot(nodeName).addPod(std::move(pod));
}

void Cache::forget(const std::string& uid)
{
    if (assumed(uid))
        removePod(uid);
}

bool Cache::assumed(const std::string& uid) const
{
    auto place = m_places.find(uid);
    return place != m_places.end() && place->second.assumed;
}

NodeInfo* Cache::node(const std::string& name)
{
    auto found = m_nodes.find(name);
    return found == m_nodes.end() || !found->second->known() ? nullptr : found->second.get();
}

int Cache::nodesWithAntiAffinity() const
{
    return static_cast<int>(std::count_if(m_order.begin(), m_order.end(), [](const NodeInfo* node) { return node->podsWithAntiAffinity > 0; }));
}

} // namespace kates::scheduler
