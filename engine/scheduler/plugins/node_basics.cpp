// NodeUnschedulable, NodeName and NodePorts: a look at the node is enough.
#include "engine/scheduler/plugins/plugins.h"

namespace kates::scheduler::plugins {

namespace {

// A filter whose verdict needs nothing but the pod and the node.
template <Verdict (*Judge)(const PodInfo&, const NodeInfo&), bool (*Concerns)(const PodInfo&)>
class PlainFilter : public FilterPlugin {
public:
    explicit PlainFilter(const char* name) : m_name(name) {}
    const char* name() const override { return m_name; }
    std::unique_ptr<FilterCycle> prepare(const PodInfo& pod, const Cache&) const override { return Concerns(pod) ? std::make_unique<Cycle>(pod) : nullptr; }

private:
    struct Cycle : FilterCycle {
        explicit Cycle(const PodInfo& pod) : pod(pod) {}
        Verdict filter(const NodeInfo& node) override { return Judge(pod, node); }
        const PodInfo& pod;
    };
    const char* m_name;
};

bool always(const PodInfo&)
{
    return true;
}

Verdict judgeUnschedulable(const PodInfo& pod, const NodeInfo& node)
{
    if (!node.unschedulable || pod.tolerates({"node.kubernetes.io/unschedulable", "", "NoSchedule"}))
        return {};
    return {"node(s) were unschedulable", true};
}

bool namesNode(const PodInfo& pod)
{
    return !pod.nodeName.empty();
}

Verdict judgeNodeName(const PodInfo& pod, const NodeInfo& node)
{
    if (pod.nodeName == node.name)
        return {};
    return {"node(s) didn't match the requested node name", true};
}

bool wantsPorts(const PodInfo& pod)
{
    return !pod.hostPorts.empty();
}

Verdict judgePorts(const PodInfo& pod, const NodeInfo& node)
{
    for (const auto& [uid, other] : node.pods)
        for (const HostPort& taken : other->hostPorts)
            for (const HostPort& wanted : pod.hostPorts)
                if (wanted.clashesWith(taken))
                    return {"node(s) didn't have free ports for the requested pod ports"};
    return {};
}

} // namespace

std::unique_ptr<FilterPlugin> nodeUnschedulable()
{
    return std::make_unique<PlainFilter<judgeUnschedulable, always>>("NodeUnschedulable");
}

std::unique_ptr<FilterPlugin> nodeName()
{
    return std::make_unique<PlainFilter<judgeNodeName, namesNode>>("NodeName");
}

std::unique_ptr<FilterPlugin> nodePorts()
{
    return std::make_unique<PlainFilter<judgePorts, wantsPorts>>("NodePorts");
}

} // namespace kates::scheduler::plugins
