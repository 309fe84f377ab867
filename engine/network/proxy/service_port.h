// A Service's ports with the endpoints that may get their traffic: what the proxy needs to know, out of the Service and its EndpointSlices.
// Pure functions. Source of the rules: the Kubernetes API's documentation of Service and EndpointSlice; kube-proxy's choice of endpoints.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/network/link/ipv4.h"

namespace kates::network {

constexpr std::size_t kEndpointsPerPortMax = 500; // more are left out: a chain must fit in one transaction (nft_table.h)

struct Endpoint {
    Ipv4 address;
    std::uint16_t port = 0;
    bool local = false; // on this node
    auto operator<=>(const Endpoint&) const = default;
};

struct ServicePort {
    std::string id;       // "namespace/name/tcp/8080": unique, and safe inside an nft script
    std::string protocol; // tcp, udp, sctp
    Ipv4 clusterIp;
    std::uint16_t port = 0;
    std::uint16_t nodePort = 0; // 0: none
    std::vector<Ipv4> externalIps; // spec.externalIPs and the load balancer's addresses
    bool internalLocal = false;    // internalTrafficPolicy: Local
    bool externalLocal = false;    // externalTrafficPolicy: Local
    int affinitySeconds = 0;       // sessionAffinity: ClientIP; 0: none
    // Sorted. Those that are ready; when there are none, those that still serve while they end. The same rule for those of this node alone.
    std::vector<Endpoint> endpoints, localEndpoints;
    bool operator==(const ServicePort&) const = default;
};

// Empty for a Service without an IPv4 cluster IP (headless, ExternalName), for one that another proxy serves, and for one with a name that no API
// server would accept.
[[nodiscard]] std::vector<ServicePort> servicePorts(const api::Value& service, const std::vector<api::Value>& slices, std::string_view nodeName);

} // namespace kates::network
