#include <algorithm>

#include <fmt/format.h>

#include "engine/api/table_cells.h"

namespace kates::api::table {

namespace {

constexpr std::size_t kShown = 3; // endpoints, hosts and ports that a cell lists

std::vector<std::string> strings(const Value& list)
{
    std::vector<std::string> items;
    for (const Value& item : list)
        items.emplace_back(item.asString());
    return items;
}

// Addresses of a load balancer: of its ingress points, the IP or else the host name, each once.
std::vector<std::string> loadBalancerAddresses(const Value& loadBalancer)
{
    std::vector<std::string> addresses;
    for (const Value& ingress : loadBalancer.get("ingress")) {
        const std::string_view ip = ingress.str("ip");
        const std::string address(ip.empty() ? ingress.str("hostname") : ip);
        if (!address.empty() && std::ranges::find(addresses, address) == addresses.end())
            addresses.push_back(address);
    }
    std::ranges::sort(addresses);
    return addresses;
}

Value serviceExternalIP(const Row& row)
{
    const Value& spec = row.object.get("spec");
    const std::string_view type = spec.str("type");
    if (type == "ExternalName")
        return spec.str("externalName");
    std::vector<std::string> addresses = strings(spec.get("externalIPs"));
    if (type == "LoadBalancer") {
        const auto assigned = loadBalancerAddresses(row.object.get("status", "loadBalancer"));
        addresses.insert(addresses.end(), assigned.begin(), assigned.end());
        if (addresses.empty())
            return "<pending>";
    }
    return orNone(joinAll(addresses, ","));
}

Value servicePorts(const Row& row)
{
    std::vector<std::string> ports;
    for (const Value& port : row.object.get("spec", "ports")) {
        const std::int64_t nodePort = port.get("nodePort").asInt();
        const std::string node = nodePort > 0 ? fmt::format(":{}", nodePort) : "";
        ports.push_back(fmt::format("{}{}/{}", port.get("port").asInt(), node, port.str("protocol")));
    }
    return orNone(joinAll(ports, ","));
}

Value endpoints(const Row& row)
{
    std::vector<std::string> items;
    for (const Value& subset : row.object.get("subsets")) {
        const Value& ports = subset.get("ports");
        for (const Value& address : subset.get("addresses")) {
            if (ports.size() == 0)
                items.emplace_back(address.str("ip"));
            for (const Value& port : ports)
                items.push_back(fmt::format("{}:{}", address.str("ip"), port.get("port").asInt()));
        }
    }
    return orNone(joinFew(items, kShown));
}

std::string orUnset(std::string text)
{
    return text.empty() ? "<unset>" : std::move(text);
}

Value slicePorts(const Row& row)
{
    std::vector<std::string> ports;
    for (const Value& port : row.object.get("ports"))
        ports.push_back(port.has("port") ? std::to_string(port.get("port").asInt()) : "*");
    return orUnset(joinFew(ports, kShown));
}

Value sliceEndpoints(const Row& row)
{
    std::vector<std::string> addresses;
    for (const Value& endpoint : row.object.get("endpoints")) {
        for (const Value& address : endpoint.get("addresses"))
            addresses.emplace_back(address.asString());
    }
    return orUnset(joinFew(addresses, kShown));
}

Value ingressHosts(const Row& row)
{
    std::vector<std::string> hosts;
    for (const Value& rule : row.object.get("spec", "rules")) {
        if (!rule.str("host").empty())
            hosts.emplace_back(rule.str("host"));
    }
    return hosts.empty() ? std::string("*") : joinFew(hosts, kShown);
}

Value ingressAddress(const Row& row)
{
    return joinAll(loadBalancerAddresses(row.object.get("status", "loadBalancer")), ",");
}

Value ingressPorts(const Row& row)
{
    return row.object.get("spec", "tls").size() > 0 ? "80, 443" : "80";
}

Value ingressClassParameters(const Row& row)
{
    const Value& parameters = row.object.get("spec", "parameters");
    if (parameters.isNull())
        return "<none>";
    const std::string_view group = parameters.str("apiGroup");
    return fmt::format("{}{}{}/{}", parameters.str("kind"), group.empty() ? "" : ".", group, parameters.str("name"));
}

Value podSelector(const Row& row)
{
    return joinSelector(row.object.get("spec", "podSelector"));
}

Value addressParent(const Row& row)
{
    const Value& parent = row.object.get("spec", "parentRef");
    if (parent.isNull())
        return "<none>";
    std::string text;
    for (const std::string_view part : {parent.str("group"), parent.str("resource"), parent.str("namespace"), parent.str("name")}) {
        if (!part.empty())
            text += fmt::format("{}{}", text.empty() ? "" : "/", part);
    }
    return orNone(text);
}

constexpr Cell kCells[] {
    {"serviceExternalIP", serviceExternalIP},
    {"servicePorts", servicePorts},
    {"endpoints", endpoints},
    {"slicePorts", slicePorts},
    {"sliceEndpoints", sliceEndpoints},
    {"ingressHosts", ingressHosts},
    {"ingressAddress", ingressAddress},
    {"ingressPorts", ingressPorts},
    {"ingressClassParameters", ingressClassParameters},
    {"podSelector", podSelector},
    {"addressParent", addressParent},
};

} // namespace

std::span<const Cell> networkCells()
{
    return kCells;
}

} // namespace kates::api::table
