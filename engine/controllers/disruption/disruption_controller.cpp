#include "engine/controllers/disruption/disruption_controller.h"

#include <map>

#include "engine/api/selector.h"
#include "engine/controllers/common/ownership.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/disruption/budget_status.h"

namespace kates::controllers {

using client::ReconcileResult;

DisruptionController::DisruptionController(const ControllerContext& context)
    : QueueController(context, "disruption-controller")
    , m_budgets(use(resources::podDisruptionBudgets))
    , m_pods(use(resources::pods))
    , m_replicaSets(use(resources::replicaSets))
    , m_deployments(use(resources::deployments))
    , m_statefulSets(use(resources::statefulSets))
{
    enqueueChangesOf(m_budgets);
    m_pods.addHandler({.added = [this](const api::Value& pod) { podChanged(pod); },
        .updated =
            [this](const api::Value& before, const api::Value& after) {
                if (api::ObjectMeta(before).labels() != api::ObjectMeta(after).labels())
                    podChanged(before);
                podChanged(after);
            },
        .deleted = [this](const api::Value& pod) { podChanged(pod); }});
    // A new size changes what a percentage means.
    auto scaled = [this](const api::Value& before, const api::Value& after) {
        if (before.get("spec", "replicas") == after.get("spec", "replicas"))
            return;
        for (const auto& budget : m_budgets.byNamespace(api::ObjectMeta(after).ns()))
            enqueue(budget);
    };
    for (client::Informer* informer : {&m_replicaSets, &m_deployments, &m_statefulSets})
        informer->addHandler({.updated = scaled});
}

void DisruptionController::podChanged(const api::Value& pod)
{
    for (const auto& budget : m_budgets.byNamespace(api::ObjectMeta(pod).ns())) {
        auto selector = api::LabelSelector::fromValue(budget.get("spec", "selector"));
        if (selector && selector->matches(api::ObjectMeta(pod).labels()))
            enqueue(budget);
    }
}

std::vector<api::Value> DisruptionController::podsOf(const api::Value& budget) const
{
    auto selector = api::LabelSelector::fromValue(budget.get("spec", "selector"));
    if (!selector)
        return {};
    std::vector<api::Value> pods = m_pods.byNamespace(api::ObjectMeta(budget).ns());
    std::erase_if(pods, [&](const api::Value& pod) { return podTerminal(pod) || !selector->matches(api::ObjectMeta(pod).labels()); });
    return pods;
}

std::int64_t DisruptionController::scaleOf(const std::vector<api::Value>& pods) const
{
    std::map<std::string, std::int64_t> replicas; // by the controller's uid
    auto count = [&](const api::Value& owner) { replicas[std::string(api::ObjectMeta(owner).uid())] = owner.get("spec", "replicas").asInt(1); };
    for (const auto& pod : pods) {
        const api::Value* replicaSet = controllerOf(m_replicaSets, "ReplicaSet", pod);
        const api::Value* deployment = replicaSet ? controllerOf(m_deployments, "Deployment", *replicaSet) : nullptr;
        const api::Value* statefulSet = controllerOf(m_statefulSets, "StatefulSet", pod);
        for (const api::Value* owner : {deployment ? deployment : replicaSet, statefulSet}) {
            if (owner)
                count(*owner);
        }
    }
    std::int64_t sum = 0;
    for (const auto& [uid, wanted] : replicas)
        sum += wanted;
    return sum;
}

Task<ReconcileResult> DisruptionController::reconcile(std::string key)
{
    const api::ObjectKey name = api::ObjectKey::parse(key);
    const api::Value* cached = m_budgets.get(name.ns, name.name);
    if (!cached || api::ObjectMeta(*cached).beingDeleted())
        co_return ReconcileResult::done();
    api::Value budget = *cached;
    const std::vector<api::Value> pods = podsOf(budget);
    const BudgetState state{budget, pods, needsScale(budget) ? scaleOf(pods) : 0, loop().wallTime()};
    api::Value status = budgetStatus(state);
    if (const auto timeout = nextTimeout(status, state.now))
        m_queue.addAfter(key, *timeout);
    if (status == budget.get("status"))
        co_return ReconcileResult::done();
    budget.set("status", std::move(status));
    client::WriteOptions options;
    options.subresource = "status";
    auto written = co_await client().update(resources::podDisruptionBudgets, name.ns, name.name, budget, options);
    if (!written)
        co_return afterFailure("disruption", key, written.error());
    co_return ReconcileResult::done();
}

} // namespace kates::controllers
