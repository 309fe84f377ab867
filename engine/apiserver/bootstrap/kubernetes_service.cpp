#include "engine/apiserver/bootstrap/kubernetes_service.h"

#include "engine/apiserver/admission/address_range.h"
#include "engine/base/log.h"

namespace kates::apiserver {

namespace {

using api::Value;

constexpr std::string_view kName = "kubernetes";
constexpr std::string_view kNamespace = "default";

Value metadata(std::string_view label, std::string_view value)
{
    return Value::object({{"name", kName}, {"namespace", kNamespace}, {"labels", Value::object({{label, value}})}});
}

Value service(const std::string& clusterIp, std::int64_t targetPort)
{
    auto port = Value::object({{"name", "https"}, {"protocol", "TCP"}, {"port", 443}, {"targetPort", targetPort}});
    auto meta = metadata("component", "apiserver");
    meta.edit("labels").set("provider", "kubernetes");
    auto spec
        = Value::object({{"type", "ClusterIP"}, {"clusterIP", clusterIp}, {"ports", Value::array({std::move(port)})}, {"sessionAffinity", "None"}});
    return Value::object({{"apiVersion", "v1"}, {"kind", "Service"}, {"metadata", std::move(meta)}, {"spec", std::move(spec)}});
}

} // namespace

KubernetesService::KubernetesService(Registry& registry, const ApiServerOptions& options) : m_registry(registry)
{
    auto range = AddressRange::parse(options.serviceClusterIpRange);
    auto colon = options.serverAddress.rfind(':');
    if (!range || colon == std::string::npos)
        return;
    m_clusterIp = range->first();
    m_address = options.serverAddress.substr(0, colon);
    m_port = std::strtol(options.serverAddress.c_str() + colon + 1, nullptr, 10);
}

std::vector<Value> KubernetesService::endpoints() const
{
    auto port = Value::object({{"name", "https"}, {"port", m_port}, {"protocol", "TCP"}});
    auto address = Value::object({{"ip", m_address}});
    auto subset = Value::object({{"addresses", Value::array({std::move(address)})}, {"ports", Value::array({port})}});
    auto conditions = Value::object({{"ready", true}});
    auto endpoint = Value::object({{"addresses", Value::array({Value(m_address)})}, {"conditions", std::move(conditions)}});
    std::vector<Value> objects;
    objects.push_back(Value::object({{"apiVersion", "v1"}, {"kind", "Endpoints"},
        {"metadata", metadata("endpointslice.kubernetes.io/skip-mirror", "true")}, {"subsets", Value::array({std::move(subset)})}}));
    objects.push_back(Value::object({{"apiVersion", "discovery.k8s.io/v1"}, {"kind", "EndpointSlice"},
        {"metadata", metadata("kubernetes.io/service-name", kName)}, {"addressType", "IPv4"}, {"endpoints", Value::array({std::move(endpoint)})},
        {"ports", Value::array({std::move(port)})}}));
    return objects;
}

Task<Result<void>> KubernetesService::ensure()
{
    if (m_clusterIp.empty())
        co_return Result<void>();
    std::vector<Value> services;
    services.push_back(service(m_clusterIp, m_port));
    Ensure ensure(m_registry);
    auto done = co_await ensure.all(std::move(services), Existing::Keep);
    if (done)
        done = co_await ensure.all(endpoints(), Existing::Update);
    co_return done;
}

void KubernetesService::keep()
{
    auto services = m_registry.caches().find("", "services");
    if (m_clusterIp.empty() || !services)
        return;
    Selection selection;
    selection.ns = kNamespace;
    selection.name = kName;
    WatchCache::From from;
    from.after = m_registry.caches().revision();
    auto watcher = services->watch(m_registry.loop(), std::move(selection), from, false, *from.after);
    if (!watcher)
        return;
    m_watcher = *watcher;
    spawn(watchForDeletion(m_watcher));
}

Task<void> KubernetesService::watchForDeletion(std::shared_ptr<Watcher> watcher)
{
    for (;;) {
        auto batch = co_await watcher->next();
        if (batch.events.empty())
            break;
        if (batch.events.back().type != EventType::Deleted)
            continue;
        auto made = co_await ensure();
        if (!made)
            log::warning("apiserver", "the kubernetes Service could not be made again", "cause", made.error().message);
    }
    m_ended.set({});
}

Task<void> KubernetesService::stop()
{
    if (!m_watcher)
        co_return;
    m_watcher->cancel();
    co_await m_ended;
}

} // namespace kates::apiserver
