#include "engine/controllers/endpointslice/endpoints_object.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/pods.h"
#include "engine/controllers/endpointslice/slice_plan.h"

namespace kates::controllers {

namespace {

constexpr std::string_view kOverCapacity = "endpoints.kubernetes.io/over-capacity";
constexpr std::string_view kEndpointsManagedByLabel = "endpoints.kubernetes.io/managed-by";

struct Subset {
    api::Value ports;
    std::vector<std::pair<std::string, api::Value>> ready, notReady; // sorted by address
};

api::Value addressOf(const api::Value& service, const api::Value& pod, const std::string& ip)
{
    api::Value address = api::Value::object({{"ip", ip}});
    if (const std::string_view hostname = hostnameBelow(service, pod); !hostname.empty())
        address.set("hostname", hostname);
    if (const std::string_view node = pod.str("spec", "nodeName"); !node.empty())
        address.set("nodeName", node);
    address.set("targetRef", podReference(pod));
    return address;
}

std::vector<Subset> subsetsOf(const api::Value& service, const std::vector<api::Value>& pods)
{
    const bool publishes = service.get("spec", "publishNotReadyAddresses").asBool();
    const std::string type = addressTypes(service).front();
    std::vector<Subset> subsets;
    for (const auto& pod : pods) {
        const std::string ip = podAddress(pod, type);
        if (!podServes(pod) || ip.empty() || (api::ObjectMeta(pod).beingDeleted() && !publishes))
            continue;
        api::Value ports = portsOn(service, pod);
        if (ports.size() == 0 && !headless(service))
            continue;
        auto subset = std::find_if(subsets.begin(), subsets.end(), [&](const Subset& candidate) { return candidate.ports == ports; });
        if (subset == subsets.end())
            subset = subsets.insert(subsets.end(), Subset{std::move(ports), {}, {}});
        auto& side = publishes || podReady(pod) ? subset->ready : subset->notReady;
        side.emplace_back(ip, addressOf(service, pod, ip));
    }
    return subsets;
}

api::Value addressList(std::vector<std::pair<std::string, api::Value>>& addresses, std::size_t& capacity)
{
    std::sort(addresses.begin(), addresses.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    api::Value list = api::Value::array();
    for (auto& [ip, address] : addresses) {
        if (capacity == 0)
            break;
        --capacity;
        list.push(std::move(address));
    }
    return list;
}

// In the order in which v1 EndpointPort is written: {name, port, protocol}; an empty name is left out.
api::Value portList(const api::Value& ports)
{
    api::Value list = api::Value::array();
    for (api::Value port : ports) {
        if (port.str("name").empty())
            port.erase("name");
        list.push(std::move(port));
    }
    return list;
}

} // namespace

api::Value endpointsObject(const api::Value& service, const std::vector<api::Value>& pods, const api::Value& existing)
{
    std::vector<Subset> subsets = subsetsOf(service, pods);
    std::size_t total = 0, capacity = kEndpointsAddressesMax;
    api::Value list = api::Value::array();
    for (const auto& subset : subsets)
        total += subset.ready.size() + subset.notReady.size();
    for (auto& subset : subsets) { // ready ones first, if not all fit
        api::Value item = api::Value::object();
        if (api::Value ready = addressList(subset.ready, capacity); ready.size())
            item.set("addresses", std::move(ready));
        if (api::Value notReady = addressList(subset.notReady, capacity); notReady.size())
            item.set("notReadyAddresses", std::move(notReady));
        if (item.size() == 0)
            continue;
        if (subset.ports.size())
            item.set("ports", portList(subset.ports));
        list.push(std::move(item));
    }
    api::ObjectMeta owner(service);
    api::Value object = existing;
    if (object.isNull())
        object = api::Value::object(
            {{"apiVersion", "v1"}, {"kind", "Endpoints"}, {"metadata", api::Value::object({{"name", owner.name()}, {"namespace", owner.ns()}})}});
    api::Value labels = owner.labels().isObject() ? owner.labels() : api::Value::object();
    labels.set(kEndpointsManagedByLabel, "endpoint-controller");
    if (headless(service))
        labels.set(kHeadlessLabel, "");
    if (api::ObjectMeta(object).labels() != labels)
        object.edit("metadata").set("labels", std::move(labels));
    if (total > kEndpointsAddressesMax)
        object.edit("metadata", "annotations").set(kOverCapacity, "truncated");
    else if (api::ObjectMeta(object).annotations().has(kOverCapacity))
        object.edit("metadata", "annotations").erase(kOverCapacity);
    if (list.size() == 0)
        object.erase("subsets");
    else if (object.get("subsets") != list)
        object.set("subsets", std::move(list));
    return object;
}

} // namespace kates::controllers
