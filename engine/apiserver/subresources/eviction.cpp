#include "engine/api/meta.h"
#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/subresources/subresources.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

constexpr int kRetrySeconds = 10;

api::StatusError refused(std::string message, std::string cause)
{
    auto error = api::tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", kRetrySeconds);
    error.causes.push_back({"DisruptionBudget", std::move(message), std::move(cause)});
    return error;
}

bool needsBudget(const Value& pod)
{
    auto phase = pod.str("status", "phase");
    return phase != "Pending" && phase != "Succeeded" && phase != "Failed" && pod.str("metadata", "deletionTimestamp").empty();
}

class EvictionHandler : public SubresourceHandler {
public:
    explicit EvictionHandler(Registry& registry) : m_registry(registry) {}

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        if (auto checked = checkFields(request, body, m_registry.scheme().type("policy/v1", "Eviction")); !checked)
            co_return ApiFailure(checked.error());
        auto parameters = readDeleteParameters(request, {}, body.get("deleteOptions"));
        if (!parameters)
            co_return ApiFailure(parameters.error());
        auto pod = m_registry.find(*request.kind, request.ns, request.name);
        if (!pod)
            co_return ApiFailure(api::notFound(request.resource(), request.name));
        if (needsBudget(pod->value())) {
            auto spent = co_await spendBudget(request, pod->value());
            if (!spent)
                co_return ApiFailure(spent.error());
        }
        auto removed = co_await m_registry.remove(request, std::move(*parameters));
        if (!removed)
            co_return removed;
        auto status = Value::object({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Value::object()}, {"status", "Success"}, {"code", 201}});
        co_return Answer{201, std::move(status), nullptr};
    }

private:
    std::vector<ObjectPointer> budgetsOf(const ResourceRequest& request, const Value& pod) const
    {
        std::vector<ObjectPointer> budgets;
        auto cache = m_registry.caches().find("policy", "poddisruptionbudgets");
        if (!cache)
            return budgets;
        cache->visit(request.ns, {}, [&](const std::string&, const ObjectPointer& budget) {
            auto selector = api::LabelSelector::fromValue(budget->value().get("spec", "selector"));
            if (selector && selector->matches(pod.get("metadata", "labels")))
                budgets.push_back(budget);
            return true;
        });
        return budgets;
    }

    // One disruption less in the budget, remembered until the pod is gone: the budget's controller counts anew from there.
    Task<ApiResult<void>> spendBudget(const ResourceRequest& request, const Value& pod)
    {
        auto budgets = budgetsOf(request, pod);
        if (budgets.empty())
            co_return ApiResult<void>();
        if (budgets.size() > 1)
            co_return ApiFailure(
                api::internalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."));
        auto key = budgets.front()->key();
        ResourceRequest change{.user = request.user, .verb = "update", .ns = key.ns, .name = key.name, .subresource = "status"};
        change.kind = m_registry.scheme().findKind("policy/v1", "PodDisruptionBudget");
        change.dryRun = request.dryRun;
        change.fieldManager = request.fieldManager;
        auto podName = request.name, now = m_registry.now();
        Registry::Transform spend = [podName, now](const Value& budget) -> ApiResult<Value> {
            auto name = std::string(budget.str("metadata", "name"));
            if (budget.get("status", "observedGeneration").asInt() < budget.get("metadata", "generation").asInt())
                return ApiFailure(refused("The disruption budget " + name + " is still being processed by the server.", name));
            auto allowed = budget.get("status", "disruptionsAllowed").asInt();
            if (allowed <= 0)
                return ApiFailure(refused("The disruption budget " + name + " needs " + std::to_string(budget.get("status", "desiredHealthy").asInt())
                        + " healthy pods and has " + std::to_string(budget.get("status", "currentHealthy").asInt()) + " currently", name));
            auto spent = budget;
            spent.edit("status").set("disruptionsAllowed", allowed - 1);
            spent.edit("status", "disruptedPods").set(podName, now);
            return spent;
        };
        auto changed = co_await m_registry.modify(change, std::move(spend));
        if (!changed)
            co_return ApiFailure(changed.error());
        co_return ApiResult<void>();
    }

    Registry& m_registry;
};

} // namespace

std::unique_ptr<SubresourceHandler> makeEvictionHandler(Registry& registry)
{
    return std::make_unique<EvictionHandler>(registry);
}

} // namespace kates::apiserver
