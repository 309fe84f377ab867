#include "engine/network/proxy/service_port.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/meta.h"

namespace kates::network {

namespace {

constexpr std::string_view kProxyNameLabel = "service.kubernetes.io/service-proxy-name";
constexpr std::string_view kHeadlessLabel = "service.kubernetes.io/headless";
constexpr std::size_t kNameMaxChars = 63;
constexpr int kAffinitySecondsDefault = 10'800;

// A DNS label: what the API allows. Names go into nft scripts.
bool isSafeName(std::string_view name)
{
    return !name.empty() && name.size() <= kNameMaxChars
        && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::optional<std::uint16_t> portNumber(const api::Value& value)
{
    const auto number = value.asInt();
    return number > 0 && number < 65536 ? std::optional(static_cast<std::uint16_t>(number)) : std::nullopt;
}

std::string protocolOf(const api::Value& port)
{
    const auto protocol = port.get("protocol").asString("TCP");
    return protocol == "TCP" ? "tcp" : protocol == "UDP" ? "udp" : protocol == "SCTP" ? "sctp" : "";
}

struct Candidates {
    std::vector<Endpoint> ready, ending; // ending: they still serve
    void add(const api::Value& endpoint, std::uint16_t port, std::string_view nodeName)
    {
        const auto& conditions = endpoint.get("conditions");
        const bool isReady = conditions.get("ready").asBool(true);
        const bool serving = conditions.get("serving").asBool(isReady);
        const bool terminating = conditions.get("terminating").asBool(false);
        const auto address = Ipv4::parse(endpoint.get("addresses").at(0).asString()); // the others are the same endpoint's
        if (!address || ready.size() + ending.size() >= kEndpointsPerPortMax)
            return;
        const Endpoint found{*address, port, !nodeName.empty() && endpoint.str("nodeName") == nodeName};
        if (isReady)
            ready.push_back(found);
        else if (serving && terminating)
            ending.push_back(found);
    }
};

std::vector<Endpoint> choose(const Candidates& candidates, bool localOnly)
{
    for (const auto* group : {&candidates.ready, &candidates.ending}) {
        std::vector<Endpoint> chosen;
        std::copy_if(group->begin(), group->end(), std::back_inserter(chosen), [&](const Endpoint& one) { return one.local || !localOnly; });
        std::sort(chosen.begin(), chosen.end());
        chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
        if (!chosen.empty())
            return chosen;
    }
    return {};
}

Candidates candidatesFor(const api::Value& port, const std::vector<api::Value>& slices, std::string_view nodeName)
{
    Candidates candidates;
    for (const auto& slice : slices) {
        if (slice.str("addressType") != "IPv4" || api::ObjectMeta(slice).labels().has(kHeadlessLabel))
            continue;
        for (const auto& slicePort : slice.get("ports")) {
            const auto number = portNumber(slicePort.get("port"));
            if (!number || slicePort.str("name") != port.str("name") || protocolOf(slicePort) != protocolOf(port))
                continue;
            for (const auto& endpoint : slice.get("endpoints"))
                candidates.add(endpoint, *number, nodeName);
        }
    }
    return candidates;
}

std::optional<Ipv4> clusterIpOf(const api::Value& spec)
{
    for (const auto& text : spec.get("clusterIPs"))
        if (auto address = Ipv4::parse(text.asString()))
            return address;
    return Ipv4::parse(spec.str("clusterIP"));
}

std::vector<Ipv4> externalIpsOf(const api::Value& service)
{
    std::vector<Ipv4> all;
    for (const auto& text : service.get("spec", "externalIPs"))
        if (auto address = Ipv4::parse(text.asString()))
            all.push_back(*address);
    for (const auto& ingress : service.get("status", "loadBalancer", "ingress"))
        if (auto address = Ipv4::parse(ingress.str("ip")); address && ingress.get("ipMode").asString("VIP") == "VIP")
            all.push_back(*address);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace

std::vector<ServicePort> servicePorts(const api::Value& service, const std::vector<api::Value>& slices, std::string_view nodeName)
{
    const api::ObjectMeta meta(service);
    const auto& spec = service.get("spec");
    const auto clusterIp = clusterIpOf(spec);
    if (!clusterIp || spec.str("type") == "ExternalName" || meta.labels().has(kProxyNameLabel) || !isSafeName(meta.ns()) || !isSafeName(meta.name()))
        return {};
    std::vector<ServicePort> ports;
    for (const auto& port : spec.get("ports")) {
        const auto number = portNumber(port.get("port"));
        ServicePort result;
        result.protocol = protocolOf(port);
        if (!number || result.protocol.empty())
            continue;
        result.id = fmt::format("{}/{}/{}/{}", meta.ns(), meta.name(), result.protocol, *number);
        result.clusterIp = *clusterIp;
        result.port = *number;
        result.nodePort = portNumber(port.get("nodePort")).value_or(0);
        result.externalIps = externalIpsOf(service);
        result.internalLocal = spec.str("internalTrafficPolicy") == "Local";
        result.externalLocal = spec.str("externalTrafficPolicy") == "Local";
        if (spec.str("sessionAffinity") == "ClientIP")
            result.affinitySeconds = static_cast<int>(spec.get("sessionAffinityConfig", "clientIP", "timeoutSeconds").asInt(kAffinitySecondsDefault));
        const auto candidates = candidatesFor(port, slices, nodeName);
        result.endpoints = choose(candidates, false);
        result.localEndpoints = choose(candidates, true);
        ports.push_back(std::move(result));
    }
    return ports;
}

} // namespace kates::network
