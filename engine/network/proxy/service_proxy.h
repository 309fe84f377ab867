// kube-proxy: keeps the node's nftables rules what the Services and EndpointSlices say.
//
// A change marks its Service; one run at a time plans the marked ones, applies the difference (in one transaction, unless it is large) and goes on
// while more have been marked meanwhile. The first run, and one after a failure, replaces the whole table. Open connections live on over all of it.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "engine/base/process.h"
#include "engine/network/proxy/flows.h"
#include "engine/network/proxy/service_rules.h"
#include "engine/network/service_cache.h"

namespace kates::network {

// Applies one script as one transaction.
using RunNft = std::function<Task<Result<void>>(std::string script)>;

// nft(8), started per script (about 10 ms, no memory while idle) in this network namespace.
[[nodiscard]] RunNft makeNftRunner(ProcessLauncher& launcher, std::string networkNamespace);

struct ServiceProxyOptions {
    std::string nodeName;
    std::filesystem::path nodeNamespace;
    ProxyConfig config;
    std::set<Ipv4> servedLocally; // cluster IPs that the node answers itself (DNS): no rules for these
    RunNft runNft;
    Duration retryDelay = std::chrono::seconds(1); // doubled at each failure up to a minute
};

using ServicePorts = std::map<std::string, ServicePort>; // by id

class ServiceProxy {
public:
    // `services` must outlive this object.
    ServiceProxy(Loop& loop, ServiceCache& services, ServiceProxyOptions options);
    ~ServiceProxy();
    void start(); // rules come when the cache is synced
    Task<void> stop(); // the rules stay
    void setPodSubnet(const Ipv4Prefix& subnet);
    // Called after each change that is in the kernel.
    void setAppliedHandler(std::function<void(const ServicePorts&)> handler) { m_applied = std::move(handler); }
    const ServicePorts& ports() const { return m_ports; }

private:
    void mark(const api::ObjectKey& service);
    void wake();
    Task<void> run();
    void plan(const api::ObjectKey& service);
    void planMarked();
    Task<bool> applyOnce();
    Task<void> forgetFlows();

    Loop& m_loop;
    ServiceCache& m_services;
    ServiceProxyOptions m_options;
    NftTable m_table;
    std::set<api::ObjectKey> m_marked;
    std::map<api::ObjectKey, std::set<std::string>> m_idsOf;
    ServicePorts m_ports;
    std::vector<ValidFlows> m_flows; // of the UDP ports that changed
    std::function<void(const ServicePorts&)> m_applied;
    TaskGroup m_tasks;
    bool m_started = false, m_running = false;
};

} // namespace kates::network
