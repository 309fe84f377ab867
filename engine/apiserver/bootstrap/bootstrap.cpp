#include "engine/apiserver/bootstrap/bootstrap.h"

#include "engine/apiserver/bootstrap/ensure.h"
#include "engine/apiserver/bootstrap/policy.h"

namespace kates::apiserver {

namespace {

using api::Value;

std::vector<Value> namespaces()
{
    std::vector<Value> objects;
    for (auto name : {"default", "kube-system", "kube-public", "kube-node-lease"})
        objects.push_back(Value::object({{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::object({{"name", name}})}}));
    return objects;
}

Value priorityClass(std::string_view name, std::int64_t value, std::string_view description)
{
    return Value::object({{"apiVersion", "scheduling.k8s.io/v1"}, {"kind", "PriorityClass"}, {"metadata", Value::object({{"name", name}})},
        {"value", value}, {"description", description}});
}

} // namespace

Task<Result<void>> bootstrap(Registry& registry)
{
    Ensure ensure(registry);
    auto done = co_await ensure.all(namespaces(), Existing::Keep);
    if (!done)
        co_return done;
    auto objects = builtInClusterRoles();
    for (auto& object : builtInClusterRoleBindings())
        objects.push_back(std::move(object));
    objects.push_back(priorityClass("system-cluster-critical", 2000000000,
        "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));
    objects.push_back(
        priorityClass("system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."));
    co_return co_await ensure.all(std::move(objects), Existing::Keep);
}

} // namespace kates::apiserver
