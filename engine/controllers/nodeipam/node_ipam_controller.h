// Gives each node its part of the cluster's pod network: spec.podCIDR.
#pragma once

#include <unordered_map>

#include "engine/controllers/controller.h"
#include "engine/controllers/nodeipam/cidr_set.h"

namespace kates::controllers {

class NodeIpamController : public QueueController {
public:
    NodeIpamController(const ControllerContext& context, CidrSet cidrs);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    void nodeSeen(const api::Value& node);
    void nodeGone(const api::Value& node);

    client::Informer& m_nodes;
    CidrSet m_cidrs;
    std::unordered_map<std::string, std::string> m_assigned; // by node: also what is being written
};

} // namespace kates::controllers
