// The cluster's way to the world outside: slirp4netns, a TCP/IP stack in user space, at the fabric. It needs no privilege and changes nothing on the
// host, so root and ordinary users have the same. One node of the cluster runs it; when that node goes, another takes over (open connections then
// break). Without slirp4netns or /dev/net/tun, pods reach the cluster only; the log says so.
#pragma once

#include "engine/base/process.h"
#include "engine/network/forward/host_lease.h"
#include "engine/network/proxy/service_proxy.h"

namespace kates::network {

struct OutboundOptions {
    std::string clusterKey; // as HostPortsOptions
    std::string fabricNamespace;
    Duration retryDelay = std::chrono::seconds(1); // doubled at each failure up to a minute
};

class Outbound {
public:
    Outbound(Loop& loop, ProcessLauncher& launcher, OutboundOptions options);
    ~Outbound();
    void start(); // the fabric exists
    Task<void> stop();

private:
    Task<void> run();
    Task<Result<void>> runOnce();

    Loop& m_loop;
    ProcessLauncher& m_launcher;
    OutboundOptions m_options;
    std::unique_ptr<HostLease> m_lease;
    std::unique_ptr<Process> m_process;
    TaskGroup m_tasks;
};

} // namespace kates::network
