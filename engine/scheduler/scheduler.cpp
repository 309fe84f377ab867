#include "engine/scheduler/scheduler.h"

#include <algorithm>

#include "engine/base/log.h"
#include "engine/base/time.h"

namespace kates::scheduler {

namespace {

bool finished(const api::Value& pod)
{
    const std::string_view phase = pod.get("status").str("phase");
    return phase == "Succeeded" || phase == "Failed";
}

bool gated(const api::Value& pod)
{
    return pod.get("spec", "schedulingGates").size() > 0;
}

// Whether something of the node has changed that a waiting pod could care for: heartbeats have not.
bool mattersToPods(const api::Value& before, const api::Value& after)
{
    return !(before.get("spec") == after.get("spec")) || !(before.get("metadata", "labels") == after.get("metadata", "labels"))
        || !(before.get("status", "allocatable") == after.get("status", "allocatable"));
}

// As upstream's numFeasibleNodesToFind: all of few nodes, a share of many.
std::size_t nodesToFind(std::size_t all)
{
    constexpr std::size_t kFindMin = 100;
    if (all <= kFindMin)
        return all;
    const std::size_t percent = std::max<std::size_t>(50 - std::min<std::size_t>(all / 125, 45), 5);
    return std::max(all * percent / 100, kFindMin);
}

} // namespace

Scheduler::Scheduler(Loop& loop, std::shared_ptr<client::Client> client, client::InformerFactory& informers, client::EventRecorder events)
    : m_loop(loop), m_client(std::move(client)), m_pods(informers.informer(client::resources::pods)), m_nodes(informers.informer(client::resources::nodes)),
      m_events(std::move(events)), m_queue(loop, [this] { scheduleTurn(); }), m_tasks(loop)
{
    client::InformerHandler pods;
    pods.added = [this](const api::Value& pod) { podChanged(pod); };
    pods.updated = [this](const api::Value&, const api::Value& pod) { podChanged(pod); };
    pods.deleted = [this](const api::Value& pod) { podRemoved(pod); };
    m_pods.addHandler(std::move(pods));
    client::InformerHandler nodes;
    nodes.added = [this](const api::Value& node) { nodeChanged(nullptr, node); };
    nodes.updated = [this](const api::Value& before, const api::Value& node) { nodeChanged(&before, node); };
    nodes.deleted = [this](const api::Value& node) { m_cache.removeNode(std::string(api::ObjectMeta(node).name())); };
    m_nodes.addHandler(std::move(nodes));
}

void Scheduler::start()
{
    m_tasks.spawn(begin());
}

Task<void> Scheduler::begin()
{
    Future<Done> pods = m_pods.whenSynced(), nodes = m_nodes.whenSynced();
    co_await pods;
    co_await nodes;
    m_running = true;
    scheduleTurn();
}

Task<void> Scheduler::stop()
{
    m_running = false;
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

void Scheduler::podChanged(const api::Value& pod)
{
    const std::string uid(api::ObjectMeta(pod).uid());
    if (finished(pod)) {
        podRemoved(pod);
        return;
    }
    if (!pod.get("spec").str("nodeName").empty()) {
        m_queue.remove(uid);
        m_cache.setPod(PodInfo::parse(pod));
        return;
    }
    const std::string_view scheduler = pod.get("spec").str("schedulerName");
    if ((!scheduler.empty() && scheduler != kSchedulerName) || api::ObjectMeta(pod).beingDeleted() || gated(pod)) {
        m_queue.remove(uid);
        return;
    }
    if (!m_cache.assumed(uid))
        m_queue.add(PodInfo::parse(pod));
}

void Scheduler::podRemoved(const api::Value& pod)
{
    const std::string uid(api::ObjectMeta(pod).uid());
    m_queue.remove(uid);
    m_cache.removePod(uid);
    if (!pod.get("spec").str("nodeName").empty())
        m_queue.somethingChanged();
}

void Scheduler::nodeChanged(const api::Value* before, const api::Value& node)
{
    m_cache.setNode(node);
    if (!before || mattersToPods(*before, node))
        m_queue.somethingChanged();
}

void Scheduler::scheduleTurn()
{
    if (m_turnPosted || !m_running)
        return;
    m_turnPosted = true;
    m_loop.post([this] { runTurn(); });
}

void Scheduler::runTurn()
{
    m_turnPosted = false;
    for (int cycle = 0; cycle < kCyclesPerTurn && m_running && m_bindings < kBindingsMax; ++cycle) {
        auto pod = m_queue.pop();
        if (!pod)
            return;
        scheduleOne(std::move(pod));
    }
    if (m_bindings < kBindingsMax)
        scheduleTurn();
}

void Scheduler::scheduleOne(std::shared_ptr<const PodInfo> pod)
{
    Decision decision = decide(*pod);
    if (!decision.node) {
        m_queue.unschedulable(pod);
        m_tasks.spawn(reportUnschedulable(pod, std::move(decision.diagnosis)));
        return;
    }
    m_cache.assume(pod, decision.node->name);
    ++m_bindings;
    m_tasks.spawn(bind(pod, decision.node->name));
}

Task<void> Scheduler::bind(std::shared_ptr<const PodInfo> pod, std::string nodeName)
{
    api::Value binding = api::Value::object({{"apiVersion", "v1"}, {"kind", "Binding"},
        {"metadata", api::Value::object({{"name", pod->name}, {"namespace", pod->ns}, {"uid", pod->uid}})},
        {"target", api::Value::object({{"apiVersion", "v1"}, {"kind", "Node"}, {"name", nodeName}})}});
    client::WriteOptions options;
    options.subresource = "binding";
    auto bound = co_await m_client->create(client::resources::pods, pod->ns, binding, options, pod->name);
    --m_bindings;
    if (bound) {
        m_queue.remove(pod->uid);
        m_events.normal(pod->pod, "Scheduled", "Successfully assigned " + pod->ns + "/" + pod->name + " to " + nodeName);
    } else {
        m_cache.forget(pod->uid);
        m_queue.somethingChanged();
        if (bound.error().isNotFound()) {
            m_queue.remove(pod->uid);
        } else {
            log::warning("scheduler", "binding refused", "pod", pod->ns + "/" + pod->name, "node", nodeName, "error", bound.error().message);
            m_queue.retry(pod);
        }
    }
    scheduleTurn();
}

Task<void> Scheduler::reportUnschedulable(std::shared_ptr<const PodInfo> pod, std::string message)
{
    m_events.warning(pod->pod, "FailedScheduling", message);
    api::Value object = pod->pod;
    if (!object.get("status").isObject())
        object.set("status", api::Value::object());
    if (!api::setCondition(object, "PodScheduled", "False", "Unschedulable", message, formatTime(m_loop.wallTime())))
        co_return;
    api::Value patch = api::Value::object({{"metadata", api::Value::object({{"uid", pod->uid}})},
        {"status", api::Value::object({{"conditions", api::Value::array({api::condition(object, "PodScheduled")})}})}});
    client::WriteOptions options;
    options.subresource = "status";
    options.fieldManager = "kube-scheduler";
    (void)co_await m_client->patch(client::resources::pods, pod->ns, pod->name, client::PatchType::Strategic, patch, options);
}

Decision Scheduler::decide(const PodInfo& pod)
{
    Decision decision;
    std::map<std::string, int> reasons;
    const std::vector<NodeInfo*> nodes = feasibleNodes(pod, reasons);
    if (!nodes.empty()) {
        decision.node = nodes.size() == 1 ? nodes.front() : best(pod, nodes);
        return decision;
    }
    const std::size_t all = m_cache.nodes().size();
    decision.diagnosis = "0/" + std::to_string(all) + " nodes are available";
    if (all == 0) {
        decision.diagnosis = "no nodes available to schedule pods";
        return decision;
    }
    std::string list;
    for (const auto& [reason, count] : reasons)
        list += (list.empty() ? ": " : ", ") + std::to_string(count) + " " + reason;
    decision.diagnosis += list + ".";
    return decision;
}

std::vector<NodeInfo*> Scheduler::feasibleNodes(const PodInfo& pod, std::map<std::string, int>& reasons)
{
    std::vector<std::unique_ptr<FilterCycle>> cycles;
    for (const auto& plugin : m_plugins.filters)
        if (auto cycle = plugin->prepare(pod, m_cache))
            cycles.push_back(std::move(cycle));
    const auto& all = m_cache.nodes();
    const std::size_t wanted = nodesToFind(all.size());
    std::vector<NodeInfo*> found;
    std::size_t looked = 0;
    for (; looked < all.size() && found.size() < wanted; ++looked) {
        NodeInfo* node = all[(m_nextNode + looked) % all.size()];
        Verdict verdict;
        for (const auto& cycle : cycles)
            if (verdict = cycle->filter(*node); !verdict.fits())
                break;
        if (verdict.fits())
            found.push_back(node);
        else
            ++reasons[verdict.message];
    }
    if (!all.empty())
        m_nextNode = (m_nextNode + looked) % all.size();
    return found;
}

NodeInfo* Scheduler::best(const PodInfo& pod, const std::vector<NodeInfo*>& nodes)
{
    std::vector<double> totals(nodes.size(), 0.0), scores(nodes.size());
    for (const auto& plugin : m_plugins.scores) {
        std::fill(scores.begin(), scores.end(), 0.0);
        if (!plugin->score(pod, m_cache, nodes, scores))
            continue;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            totals[i] += scores[i] * plugin->weight();
    }
    const double most = *std::max_element(totals.begin(), totals.end());
    std::vector<NodeInfo*> winners;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (totals[i] >= most - 1e-9)
            winners.push_back(nodes[i]);
    // Equal nodes take turns: as fair as upstream's random choice, and the same in every run of a test.
    return winners[m_ties++ % winners.size()];
}

} // namespace kates::scheduler
