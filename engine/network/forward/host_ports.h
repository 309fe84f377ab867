// NodePorts on the host's loopback: 127.0.0.1:<nodePort> of the host leads into the cluster, TCP and UDP. One node of the cluster serves them all;
// when it goes, another takes over at once. Traffic is carried to the node's own address inside its namespace, so the service's rules balance it.
#pragma once

#include <map>
#include <set>

#include "engine/network/forward/datagram_forwarder.h"
#include "engine/network/forward/forwarder.h"
#include "engine/network/forward/host_lease.h"
#include "engine/network/link/ipv4.h"

namespace kates::network {

struct HostPort {
    bool udp = false;
    std::uint16_t port = 0;
    auto operator<=>(const HostPort&) const = default;
};

struct HostPortsOptions {
    std::string clusterKey; // the same for all nodes of a cluster, and for no others on this host (a hash of its run directory)
    std::string nodeNamespace;
    Ipv4 nodeAddress;
    // Called once for a port that another program holds, and again only after it had become free.
    std::function<void(HostPort port, const std::string& message)> refused;
};

class HostPorts {
public:
    HostPorts(Loop& loop, HostPortsOptions options);
    ~HostPorts();
    void start();
    Task<void> stop();
    // The node ports that exist now. Ports that could not be had are tried again here.
    void set(std::set<HostPort> ports);
    bool serving() const { return m_lease && m_lease->isHeld(); }

private:
    void update();
    bool isOpen(HostPort port) const { return port.udp ? m_datagrams.count(port.port) > 0 : m_streams.count(port.port) > 0; }
    Result<void> open(HostPort port);
    void closeUnwanted();

    Loop& m_loop;
    HostPortsOptions m_options;
    std::set<HostPort> m_wanted, m_refused;
    std::map<std::uint16_t, std::unique_ptr<Forwarder>> m_streams;
    std::map<std::uint16_t, std::unique_ptr<DatagramForwarder>> m_datagrams;
    std::unique_ptr<HostLease> m_lease;
    TaskGroup m_closing;
};

} // namespace kates::network
