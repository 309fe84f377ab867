#include "engine/api/meta.h"
#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/subresources/subresources.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

Value success()
{
    return Value::object({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Value::object()}, {"status", "Success"}, {"code", 201}});
}

ApiResult<Value> bound(const Registry& registry, const ResourceRequest& request, const Value& pod, const Value& binding)
{
    auto node = binding.str("target", "name");
    auto refuse = [&](const std::string& why) { return ApiFailure(api::conflict({"", "pods/binding"}, request.name, why)); };
    auto uid = binding.str("metadata", "uid");
    if (!uid.empty() && uid != pod.str("metadata", "uid"))
        return refuse(
            "Precondition failed: UID in precondition: " + std::string(uid) + ", UID in object meta: " + std::string(pod.str("metadata", "uid")));
    if (!pod.str("metadata", "deletionTimestamp").empty())
        return refuse("pod " + request.name + " is being deleted, cannot be assigned to a host");
    if (!pod.str("spec", "nodeName").empty())
        return refuse("pod " + request.name + " is already assigned to node \"" + std::string(pod.str("spec", "nodeName")) + "\"");
    if (pod.get("spec", "schedulingGates").size() > 0)
        return refuse("pod " + request.name + " has non-empty .spec.schedulingGates");
    auto assigned = pod;
    assigned.edit("spec").set("nodeName", node);
    for (auto section : {"annotations", "labels"}) {
        for (const auto& member : binding.get("metadata", section).members())
            assigned.edit("metadata", section).set(member.key, member.value);
    }
    api::setCondition(assigned, "PodScheduled", true, "", "", registry.now());
    return assigned;
}

Task<ApiResult<Answer>> bind(Registry& registry, ResourceRequest& request, Value binding)
{
    auto type = registry.scheme().type("v1", "Binding");
    if (auto checked = checkFields(request, binding, type); !checked)
        co_return ApiFailure(checked.error());
    auto kind = binding.str("target", "kind");
    if (!kind.empty() && kind != "Node")
        co_return ApiFailure(api::invalid("", "Binding", request.name,
            {{"FieldValueNotSupported", "Unsupported value: \"" + std::string(kind) + "\": supported values: \"Node\", \"<empty>\"",
                "target.kind"}}));
    if (binding.str("target", "name").empty())
        co_return ApiFailure(api::invalid("", "Binding", request.name, {{"FieldValueRequired", "Required value", "target.name"}}));
    auto* theRequest = &request;
    auto* theRegistry = &registry;
    Registry::Transform transform = [theRegistry, theRequest, binding](const Value& pod) { return bound(*theRegistry, *theRequest, pod, binding); };
    auto answer = co_await registry.modify(request, std::move(transform));
    if (!answer)
        co_return answer;
    co_return Answer{201, success(), nullptr};
}

class BindingHandler : public SubresourceHandler {
public:
    explicit BindingHandler(Registry& registry) : m_registry(registry) {}
    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override { co_return co_await bind(m_registry, request, std::move(body)); }

private:
    Registry& m_registry;
};

class BindingKind : public VirtualKindHandler {
public:
    explicit BindingKind(Registry& registry) : m_registry(registry) {}
    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        auto ofPod = request;
        ofPod.kind = m_registry.scheme().findKind("v1", "Pod");
        ofPod.name = body.str("metadata", "name");
        ofPod.subresource = "binding";
        co_return co_await bind(m_registry, ofPod, std::move(body));
    }

private:
    Registry& m_registry;
};

} // namespace

std::unique_ptr<SubresourceHandler> makeBindingHandler(Registry& registry)
{
    return std::make_unique<BindingHandler>(registry);
}

std::unique_ptr<VirtualKindHandler> makeBindingKind(Registry& registry)
{
    return std::make_unique<BindingKind>(registry);
}

} // namespace kates::apiserver
