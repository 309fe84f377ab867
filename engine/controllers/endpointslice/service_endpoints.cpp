#include "engine/controllers/endpointslice/service_endpoints.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/pods.h"

namespace kates::controllers {

namespace {

bool sidecar(const api::Value& initContainer)
{
    return initContainer.str("restartPolicy") == "Always";
}

std::int64_t namedPort(const api::Value& containers, std::string_view name, std::string_view protocol, bool onlySidecars)
{
    for (const auto& container : containers) {
        if (onlySidecars && !sidecar(container))
            continue;
        for (const auto& port : container.get("ports")) {
            if (port.str("name") == name && port.get("protocol").asString("TCP") == protocol)
                return port.get("containerPort").asInt();
        }
    }
    return 0;
}

// 0: the pod has no such port.
std::int64_t targetPort(const api::Value& servicePort, const api::Value& pod)
{
    const api::Value& target = servicePort.get("targetPort");
    if (target.isString() && !target.asString().empty()) {
        const std::string_view protocol = servicePort.get("protocol").asString("TCP");
        if (const std::int64_t port = namedPort(pod.get("spec", "containers"), target.asString(), protocol, false))
            return port;
        return namedPort(pod.get("spec", "initContainers"), target.asString(), protocol, true);
    }
    return target.asInt() ? target.asInt() : servicePort.get("port").asInt();
}

api::Value makeEndpoint(const api::Value& service, const api::Value& pod, const std::string& address, std::string_view zone)
{
    const bool ready = podReady(pod), terminating = api::ObjectMeta(pod).beingDeleted();
    const bool publishes = service.get("spec", "publishNotReadyAddresses").asBool();
    api::Value endpoint = api::Value::object({{"addresses", api::Value::array({api::Value(address)})},
        {"conditions",
            api::Value::object({{"ready", publishes || (ready && !terminating)}, {"serving", publishes || ready}, {"terminating", terminating}})}});
    if (const std::string_view hostname = hostnameBelow(service, pod); !hostname.empty())
        endpoint.set("hostname", hostname);
    endpoint.set("targetRef", podReference(pod));
    if (const std::string_view node = pod.str("spec", "nodeName"); !node.empty())
        endpoint.set("nodeName", node);
    if (!zone.empty())
        endpoint.set("zone", zone);
    return endpoint;
}

} // namespace

bool hasSelectedEndpoints(const api::Value& service)
{
    return service.get("spec", "selector").size() > 0 && service.str("spec", "type") != "ExternalName";
}

bool headless(const api::Value& service)
{
    return service.str("spec", "clusterIP") == "None";
}

std::vector<std::string> addressTypes(const api::Value& service)
{
    std::vector<std::string> types;
    for (const auto& family : service.get("spec", "ipFamilies"))
        types.emplace_back(family.asString());
    if (types.empty())
        types.emplace_back(service.str("spec", "clusterIP").find(':') == std::string_view::npos ? "IPv4" : "IPv6");
    return types;
}

bool sameForServices(const api::Value& before, const api::Value& after)
{
    api::ObjectMeta old(before), now(after);
    return old.labels() == now.labels() && old.beingDeleted() == now.beingDeleted() && podReady(before) == podReady(after)
        && podTerminal(before) == podTerminal(after) && before.get("status", "podIP") == after.get("status", "podIP")
        && before.get("status", "podIPs") == after.get("status", "podIPs") && before.get("spec", "nodeName") == after.get("spec", "nodeName");
}

bool podServes(const api::Value& pod)
{
    return !podTerminal(pod) && !pod.str("status", "podIP").empty();
}

std::string podAddress(const api::Value& pod, std::string_view addressType)
{
    auto fits
        = [&](std::string_view address) { return !address.empty() && (address.find(':') != std::string_view::npos) == (addressType == "IPv6"); };
    for (const auto& ip : pod.get("status", "podIPs")) {
        if (fits(ip.str("ip")))
            return std::string(ip.str("ip"));
    }
    const std::string_view only = pod.str("status", "podIP");
    return fits(only) ? std::string(only) : std::string();
}

api::Value portsOn(const api::Value& service, const api::Value& pod)
{
    api::Value ports = api::Value::array();
    for (const auto& servicePort : service.get("spec", "ports")) {
        const std::int64_t number = targetPort(servicePort, pod);
        if (number == 0)
            continue;
        api::Value port = api::Value::object(
            {{"name", servicePort.str("name")}, {"protocol", servicePort.get("protocol").asString("TCP")}, {"port", number}});
        if (servicePort.has("appProtocol"))
            port.set("appProtocol", servicePort.get("appProtocol"));
        ports.push(std::move(port));
    }
    return ports;
}

std::string_view hostnameBelow(const api::Value& service, const api::Value& pod)
{
    return pod.str("spec", "subdomain") == api::ObjectMeta(service).name() ? pod.str("spec", "hostname") : std::string_view();
}

api::Value podReference(const api::Value& pod)
{
    api::ObjectMeta meta(pod);
    return api::Value::object({{"kind", "Pod"}, {"namespace", meta.ns()}, {"name", meta.name()}, {"uid", meta.uid()}});
}

std::vector<EndpointGroup> endpointGroups(
    const api::Value& service, const std::vector<api::Value>& pods, const std::function<std::string(std::string_view node)>& zoneOf)
{
    std::vector<EndpointGroup> groups;
    for (const auto& addressType : addressTypes(service)) {
        for (const auto& pod : pods) {
            const std::string address = podAddress(pod, addressType);
            if (!podServes(pod) || address.empty())
                continue;
            api::Value ports = portsOn(service, pod);
            auto group = std::find_if(groups.begin(), groups.end(),
                [&](const EndpointGroup& candidate) { return candidate.addressType == addressType && candidate.ports == ports; });
            if (group == groups.end())
                group = groups.insert(groups.end(), {addressType, std::move(ports), {}});
            group->endpoints[std::string(api::ObjectMeta(pod).uid())]
                = makeEndpoint(service, pod, address, zoneOf(pod.str("spec", "nodeName")));
        }
    }
    return groups;
}

} // namespace kates::controllers
