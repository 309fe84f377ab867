#include "engine/controllers/nodeipam/node_ipam_controller.h"

namespace kates::controllers {

using client::ReconcileResult;
namespace resources = client::resources;

NodeIpamController::NodeIpamController(const ControllerContext& context, CidrSet cidrs)
    : QueueController(context, "node-ipam-controller"), m_nodes(use(resources::nodes)), m_cidrs(std::move(cidrs))
{
    m_nodes.addHandler({.added = [this](const api::Value& node) { nodeSeen(node); },
        .updated = [this](const api::Value&, const api::Value& after) { nodeSeen(after); },
        .deleted = [this](const api::Value& node) { nodeGone(node); }});
}

// What nodes have already is noted before anything new is given out: reconciling starts when the list is complete.
void NodeIpamController::nodeSeen(const api::Value& node)
{
    // Pods of simulated nodes get addresses that lead nowhere: thousands of such nodes may not use up the real ones' networks.
    if (api::ObjectMeta(node).label("kates.dev/simulated") == "true")
        return;
    const std::string name(api::ObjectMeta(node).name()), cidr(node.str("spec", "podCIDR"));
    if (cidr.empty()) {
        m_queue.add(name);
        return;
    }
    auto assigned = m_assigned.find(name);
    if (assigned == m_assigned.end() && m_cidrs.occupy(cidr))
        m_assigned[name] = cidr;
}

void NodeIpamController::nodeGone(const api::Value& node)
{
    auto assigned = m_assigned.find(std::string(api::ObjectMeta(node).name()));
    if (assigned == m_assigned.end())
        return;
    m_cidrs.release(assigned->second);
    m_assigned.erase(assigned);
    m_nodes.forEach([this](const api::Value& other) {
        if (other.str("spec", "podCIDR").empty())
            enqueue(other); // one of them may have waited for a free network
    });
}

Task<ReconcileResult> NodeIpamController::reconcile(std::string key)
{
    const api::Value* cached = m_nodes.get({}, key);
    if (!cached || !cached->str("spec", "podCIDR").empty())
        co_return ReconcileResult::done();
    api::Value node = *cached;
    std::string& cidr = m_assigned[key];
    if (cidr.empty())
        cidr = m_cidrs.allocate();
    if (cidr.empty()) {
        m_assigned.erase(key);
        m_events.warning(node, "CIDRNotAvailable", "Node " + key + " status is now: CIDRNotAvailable");
        co_return ReconcileResult::done(); // a node that goes frees one
    }
    node.edit("spec").set("podCIDR", cidr);
    node.edit("spec").set("podCIDRs", api::Value::array({api::Value(cidr)}));
    auto written = co_await client().update(resources::nodes, std::string(), key, std::move(node));
    if (!written)
        co_return afterFailure("nodeipam", key, written.error());
    co_return ReconcileResult::done();
}

} // namespace kates::controllers
