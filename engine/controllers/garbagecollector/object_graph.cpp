#include "engine/controllers/garbagecollector/object_graph.h"

namespace kates::controllers {

bool GraphNode::hasFinalizer(std::string_view finalizer) const
{
    for (const auto& one : meta().finalizers()) {
        if (one.asString() == finalizer)
            return true;
    }
    return false;
}

const api::Value& GraphNode::referenceTo(std::string_view ownerUid) const
{
    static const api::Value kNone;
    for (const auto& reference : meta().ownerReferences()) {
        if (reference.str("uid") == ownerUid)
            return reference;
    }
    return kNone;
}

void ObjectGraph::put(GraphNode node)
{
    const std::string uid(node.meta().uid());
    GraphNode& place = m_nodes[uid];
    if (place.meta().ownerReferences() != node.meta().ownerReferences()) {
        unlink(uid, place);
        for (const auto& reference : node.meta().ownerReferences())
            m_dependents[std::string(reference.str("uid"))].insert(uid);
    }
    place = std::move(node);
}

void ObjectGraph::remove(const std::string& uid)
{
    auto found = m_nodes.find(uid);
    if (found == m_nodes.end())
        return;
    unlink(uid, found->second);
    m_nodes.erase(found);
}

void ObjectGraph::unlink(const std::string& uid, const GraphNode& node)
{
    for (const auto& reference : node.meta().ownerReferences()) {
        auto found = m_dependents.find(std::string(reference.str("uid")));
        if (found == m_dependents.end())
            continue;
        found->second.erase(uid);
        if (found->second.empty())
            m_dependents.erase(found);
    }
}

const GraphNode* ObjectGraph::find(const std::string& uid) const
{
    auto found = m_nodes.find(uid);
    return found == m_nodes.end() ? nullptr : &found->second;
}

std::vector<std::string> ObjectGraph::dependents(const std::string& uid) const
{
    auto found = m_dependents.find(uid);
    if (found == m_dependents.end())
        return {};
    return {found->second.begin(), found->second.end()};
}

api::Value withoutOwners(api::Value object, const std::unordered_set<std::string>& ownerUids)
{
    api::Value kept = api::Value::array();
    for (const auto& reference : api::ObjectMeta(object).ownerReferences()) {
        if (!ownerUids.contains(std::string(reference.str("uid"))))
            kept.push(reference);
    }
    object.edit("metadata").set("ownerReferences", std::move(kept));
    return object;
}

api::Value withoutFinalizer(api::Value object, std::string_view finalizer)
{
    api::Value kept = api::Value::array();
    for (const auto& one : api::ObjectMeta(object).finalizers()) {
        if (one.asString() != finalizer)
            kept.push(one);
    }
    object.edit("metadata").set("finalizers", std::move(kept));
    return object;
}

} // namespace kates::controllers
