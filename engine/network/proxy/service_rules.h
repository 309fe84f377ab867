// The nftables rules that make Services work on one node: planned here as data, by pure functions. README.md beside this file shows a packet's way.
#pragma once

#include "engine/network/proxy/nft_table.h"
#include "engine/network/proxy/service_port.h"

namespace kates::network {

struct ProxyConfig {
    Ipv4 nodeAddress;
    std::optional<Ipv4Prefix> podSubnet; // this node's pods; not known until the Node has one
    Ipv4Prefix serviceSubnet;
    Ipv4 outsideGateway; // what goes by way of it leaves the cluster, with this node's address
};

constexpr const char* kProxyTable = "ip kube-proxy";

// The table without any service.
[[nodiscard]] std::string proxyBase(const ProxyConfig& config);

// What one port of one service needs in it.
[[nodiscard]] NftObjects serviceRules(const ProxyConfig& config, const ServicePort& port);

} // namespace kates::network
