#include "engine/apiserver/bootstrap/bootstrap.h"

#include "engine/apiserver/admission/address_range.h"
#include "engine/apiserver/bootstrap/policy.h"

namespace kates::apiserver {

namespace {

using api::Value;

Value metadata(std::string_view ns, std::string_view name)
{
    return Value::object({{"name", name}, {"namespace", ns}});
}

std::vector<Value> namespaces()
{
    std::vector<Value> objects;
    for (auto name : {"default", "kube-system", "kube-public", "kube-node-lease"})
        objects.push_back(Value::object({{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::object({{"name", name}})}}));
    return objects;
}

Value priorityClass(std::string_view name, std::int64_t value, std::string_view description)
{
    return Value::object({{"apiVersion", "scheduling.k8s.io/v1"}, {"kind", "PriorityClass"}, {"metadata", Value::object({{"name", name}})}, {"value", value},
        {"description", description}});
}

struct Endpoint {
    std::string address;
    std::int64_t port;
};

std::optional<Endpoint> endpointOf(const std::string& serverAddress)
{
    auto colon = serverAddress.rfind(':');
    if (colon == std::string::npos)
        return std::nullopt;
    return Endpoint{serverAddress.substr(0, colon), std::strtol(serverAddress.c_str() + colon + 1, nullptr, 10)};
}

Value kubernetesService(const std::string& clusterIp, const Endpoint& endpoint)
{
    auto port = Value::object({{"name", "https"}, {"protocol", "TCP"}, {"port", 443}, {"targetPort", endpoint.port}});
    auto meta = metadata("default", "kubernetes");
    meta.set("labels", Value::object({{"component", "apiserver"}, {"provider", "kubernetes"}}));
    return Value::object({{"apiVersion", "v1"}, {"kind", "Service"}, {"metadata", std::move(meta)},
        {"spec", Value::object({{"type", "ClusterIP"}, {"clusterIP", clusterIp}, {"ports", Value::array({std::move(port)})}, {"sessionAffinity", "None"}})}});
}

Value kubernetesEndpoints(const Endpoint& endpoint)
{
    auto subset = Value::object({{"addresses", Value::array({Value::object({{"ip", endpoint.address}})})},
        {"ports", Value::array({Value::object({{"name", "https"}, {"port", endpoint.port}, {"protocol", "TCP"}})})}});
    auto meta = metadata("default", "kubernetes");
    meta.set("labels", Value::object({{"endpointslice.kubernetes.io/skip-mirror", "true"}}));
    return Value::object({{"apiVersion", "v1"}, {"kind", "Endpoints"}, {"metadata", std::move(meta)}, {"subsets", Value::array({std::move(subset)})}});
}

Value kubernetesEndpointSlice(const Endpoint& endpoint)
{
    auto meta = metadata("default", "kubernetes");
    meta.set("labels", Value::object({{"kubernetes.io/service-name", "kubernetes"}}));
    return Value::object({{"apiVersion", "discovery.k8s.io/v1"}, {"kind", "EndpointSlice"}, {"metadata", std::move(meta)}, {"addressType", "IPv4"},
        {"endpoints", Value::array({Value::object({{"addresses", Value::array({endpoint.address})}, {"conditions", Value::object({{"ready", true}})}})})},
        {"ports", Value::array({Value::object({{"name", "https"}, {"port", endpoint.port}, {"protocol", "TCP"}})})}});
}

class Bootstrap {
public:
    explicit Bootstrap(Registry& registry) : m_registry(registry), m_group(registry.loop()) {}

    // All at once: their commits share a few fsyncs.
    Task<Result<void>> ensure(std::vector<Value> objects, bool update = false)
    {
        for (auto& object : objects)
            m_group.spawn(ensureOne(std::move(object), update));
        co_await m_group.finished();
        if (!m_failed.empty())
            co_return failure("the cluster's first objects could not be made: " + m_failed);
        co_return Result<void>();
    }

private:
    Task<void> ensureOne(Value object, bool update)
    {
        ResourceRequest request{.user = {"system:apiserver", "", {"system:masters"}}, .verb = "create"};
        request.kind = m_registry.scheme().findKind(object.str("apiVersion"), object.str("kind"));
        if (!request.kind)
            co_return;
        request.ns = request.kind->namespaced ? object.str("metadata", "namespace") : "";
        request.name = object.str("metadata", "name");
        request.fieldManager = "kube-apiserver";
        bool exists = m_registry.find(*request.kind, request.ns, request.name) != nullptr;
        if (exists && !update)
            co_return;
        auto written = exists ? m_registry.update(request, object) : m_registry.create(request, object);
        auto answer = co_await std::move(written);
        if (!answer && !answer.error().isAlreadyExists())
            m_failed = std::string(object.str("kind")) + " " + std::string(object.str("metadata", "name")) + ": " + answer.error().message;
    }

    Registry& m_registry;
    TaskGroup m_group;
    std::string m_failed;
};

} // namespace

Task<Result<void>> bootstrap(Registry& registry, const ApiServerOptions& options)
{
    Bootstrap ensure(registry);
    auto done = co_await ensure.ensure(namespaces());
    if (!done)
        co_return done;
    auto objects = builtInClusterRoles();
    for (auto& object : builtInClusterRoleBindings())
        objects.push_back(std::move(object));
    objects.push_back(priorityClass("system-cluster-critical", 2000000000,
        "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));
    objects.push_back(priorityClass("system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."));
    auto endpoint = endpointOf(options.serverAddress);
    auto range = AddressRange::parse(options.serviceClusterIpRange);
    bool withService = endpoint && range;
    if (withService)
        objects.push_back(kubernetesService(range->first(), *endpoint));
    done = co_await ensure.ensure(std::move(objects));
    if (!done || !withService)
        co_return done;
    std::vector<Value> endpoints;
    endpoints.push_back(kubernetesEndpoints(*endpoint));
    endpoints.push_back(kubernetesEndpointSlice(*endpoint));
    co_return co_await ensure.ensure(std::move(endpoints), true);
}

} // namespace kates::apiserver
