// Everything of a node's network, put together: the node's namespace in the cluster's fabric, pods' networks, routes to the other nodes' pods,
// Services, DNS, the ways to the API server and to the world outside, and NodePorts on the host's loopback. README.md has the picture.
//
// Must run inside the holder's namespaces (engine/launcher/namespaces.h). Namespaces, links and rules stay when the process ends; the next run finds
// them and goes on. removeFabric() (link/fabric.h) takes all of a cluster's away.
#pragma once

#include <optional>

#include "engine/base/process.h"
#include "engine/base/random.h"
#include "engine/client/event_recorder.h"
#include "engine/network/dns/dns_server.h"
#include "engine/network/forward/host_ports.h"
#include "engine/network/forward/outbound.h"
#include "engine/network/link/address_pool.h"
#include "engine/network/pod_network.h"
#include "engine/network/pod_subnets.h"
#include "engine/network/proxy/service_proxy.h"

namespace kates::network {

// Where the API server answers inside every node: the endpoint that the "kubernetes" Service must have. It is on no link, so it is the same
// everywhere.
constexpr const char* kApiServerAddress = "10.89.255.254";
constexpr int kApiServerPort = 6443;

struct NodeNetworkOptions {
    std::string nodeName;
    std::uint32_t nodeIndex = 0; // from 0, unique in the cluster: gives the node's address
    std::filesystem::path runDirectory; // the cluster's, the same for all its nodes
    std::string fabricSubnet = "172.30.0.0/24";
    std::string serviceSubnet = "10.96.0.0/12";
    std::string dnsAddress = "10.96.0.10";
    std::string clusterDomain = "cluster.local";
    std::string apiServerHost = "127.0.0.1"; // on the host
    int apiServerPort = 0;
    std::filesystem::path resolvConf = "/etc/resolv.conf";
    Duration podSubnetWait = std::chrono::seconds(10); // how long attach() waits for spec.podCIDR of this node's Node
};

// What it works with; all outlive it.
struct NodeNetworkParts {
    Loop& loop;
    Random& random;
    ProcessLauncher& launcher;
    client::InformerFactory& informers; // not started yet
    client::EventRecorder* events = nullptr;
};

class NodeNetwork : public PodNetwork {
public:
    // Reads the options (an error names the one that is wrong) and asks for informers; start those afterwards.
    [[nodiscard]] static Result<std::unique_ptr<NodeNetwork>> create(NodeNetworkParts parts, NodeNetworkOptions options);
    ~NodeNetwork() override;

    // Makes the namespaces and begins to follow the API. May be called before or after the informers are started.
    [[nodiscard]] Task<Result<void>> start();
    Task<void> stop();
    std::string nodeAddress() const { return m_address.toString(); } // known before start()

    Task<Result<PodNetworkStatus>> attach(std::string podUid) override;
    Task<Result<void>> detach(std::string podUid) override;
    std::vector<std::string> attached() const override;
    std::string nodeNamespace() const override { return m_paths.node.string(); }
    std::string dnsServer() const override { return m_options.dnsAddress; }

private:
    struct Parsed {
        Ipv4Prefix fabricSubnet, serviceSubnet;
        Ipv4 address, dnsAddress;
    };
    static Result<Parsed> parse(const NodeNetworkOptions& options);
    NodeNetwork(NodeNetworkParts parts, NodeNetworkOptions options, const Parsed& parsed);
    ServiceProxyOptions proxyOptions(const Parsed& parsed);
    std::string clusterKey() const;
    HostPortsOptions hostPortsOptions();
    Result<void> makeNode() const;
    Task<Result<void>> openDoors();
    void podSubnetKnown(const Ipv4Prefix& subnet);
    Task<void> usePodSubnet(Ipv4Prefix subnet);
    void servicesApplied(const ServicePorts& ports);
    void portRefused(HostPort port, const std::string& message);

    NodeNetworkParts m_parts;
    NodeNetworkOptions m_options;
    Ipv4Prefix m_fabricSubnet;
    Ipv4 m_address, m_dnsAddress;
    FabricPaths m_fabricPaths;
    NodePaths m_paths;
    ServiceCache m_services;
    ServiceProxy m_proxy;
    dns::DnsServer m_dns;
    HostPorts m_hostPorts;
    Outbound m_outbound;
    PodSubnets m_podSubnets;
    std::unique_ptr<Forwarder> m_apiServer;
    std::optional<AddressPool> m_pool;
    Future<bool> m_hasPodSubnet; // false: stopped
    TaskGroup m_tasks;
};

} // namespace kates::network
