// What the scheduler knows of the cluster: nodes with their pods, those included that it has bound itself a moment ago ("assumed") and whose binding the informer
// has not confirmed.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/scheduler/node_info.h"

namespace kates::scheduler {

class Cache {
public:
    void setNode(const api::Value& node);
    void removeNode(const std::string& name);
    // A pod that is bound, as the informer says.
    void setPod(std::shared_ptr<const PodInfo> pod);
    void removePod(const std::string& uid);
    // Counted on the node until the informer confirms it or forget() is called.
    void assume(std::shared_ptr<const PodInfo> pod, const std::string& nodeName);
    void forget(const std::string& uid);
    bool assumed(const std::string& uid) const;

    const std::vector<NodeInfo*>& nodes() const { return m_order; } // those whose object is known, in a stable order
    NodeInfo* node(const std::string& name);
    // Nodes that carry pods with required anti-affinity: most clusters have none, and then nobody looks.
    int nodesWithAntiAffinity() const;

private:
    NodeInfo& slot(const std::string& name);
    void rebuildOrder();

    std::unordered_map<std::string, std::unique_ptr<NodeInfo>> m_nodes;
    std::vector<NodeInfo*> m_order;
    struct Place {
        std::string node;
        bool assumed = false;
    };
    std::unordered_map<std::string, Place> m_places; // by pod uid
};

} // namespace kates::scheduler
