#include "engine/network/proxy/service_rules.h"

#include <fmt/format.h>
#include <iterator>

namespace kates::network {

namespace {

constexpr int kAffinityClientsMax = 65'535; // per endpoint; past it new clients are balanced without memory

std::string destination(const Endpoint& endpoint)
{
    return fmt::format("{} . {}", endpoint.address.toString(), endpoint.port);
}

// "numgen random mod 2 { 0 : <a>, 1 : <b> }", for dnat and vmap alike.
std::string randomChoice(const std::vector<std::string>& targets, std::string_view mapKeyword)
{
    std::string list;
    for (std::size_t index = 0; index < targets.size(); ++index)
        fmt::format_to(std::back_inserter(list), "{}{} : {}", index ? ", " : "", index, targets[index]);
    return fmt::format("numgen random mod {} {} {{ {} }}", targets.size(), mapKeyword, list);
}

// One port's rules under construction.
class Planner {
public:
    Planner(const ProxyConfig& config, const ServicePort& port) : m_config(config), m_port(port) {}

    NftObjects plan()
    {
        m_objects.elements["cluster-ips"][m_port.clusterIp.toString()] = "";
        for (const auto& endpoint : m_port.localEndpoints)
            m_objects.elements["hairpin"][fmt::format("{0} . {0}", endpoint.address.toString())] = "";
        planAddress(m_port.clusterIp, internalVerdict(), m_port.internalLocal);
        for (const auto& address : m_port.externalIps)
            planAddress(address, externalVerdict(), m_port.externalLocal);
        if (m_port.nodePort != 0)
            planNodePort();
        return std::move(m_objects);
    }

private:
    std::string key() const { return fmt::format("{} . {}", m_port.protocol, m_port.port); }

    // Without any endpoint the client is told at once; with endpoints on other nodes only, "Local" drops (the client may try another node).
    std::string refusal(bool localOnly) const { return localOnly && !m_port.endpoints.empty() ? "drop" : "goto refuse"; }

    void planAddress(Ipv4 address, const std::string& verdict, bool localOnly)
    {
        const auto tuple = fmt::format("{} . {}", address.toString(), key());
        if (verdict.empty())
            m_objects.elements["no-endpoint-services"][tuple] = refusal(localOnly);
        else
            m_objects.elements["service-ips"][tuple] = verdict;
    }

    void planNodePort()
    {
        const auto tuple = fmt::format("{} . {}", m_port.protocol, m_port.nodePort);
        const auto verdict = externalVerdict();
        if (verdict.empty())
            m_objects.elements["no-endpoint-nodeports"][tuple] = refusal(m_port.externalLocal);
        else
            m_objects.elements["service-nodeports"][tuple] = verdict;
    }

    std::string internalVerdict()
    {
        return m_port.internalLocal ? chainVerdict("local", m_port.localEndpoints) : chainVerdict("service", m_port.endpoints);
    }

    // Traffic from outside of the pod network: its source is changed so that the answer comes back this way; under "Local" it is kept.
    std::string externalVerdict()
    {
        if (m_port.endpoints.empty())
            return {};
        const auto name = "external/" + m_port.id;
        auto& rules = m_objects.chains[name];
        if (!rules.empty())
            return "goto " + name;
        const auto all = chainVerdict("service", m_port.endpoints);
        if (!m_port.externalLocal) {
            rules = {"jump masquerade-later", all};
            return "goto " + name;
        }
        // The cluster's own clients may use every endpoint even then.
        if (m_config.podSubnet)
            rules.push_back(fmt::format("ip saddr {} {}", m_config.podSubnet->toString(), all));
        rules.push_back("fib saddr type local jump masquerade-later");
        rules.push_back("fib saddr type local " + all);
        const auto local = chainVerdict("local", m_port.localEndpoints);
        m_objects.chains[name].push_back(local.empty() ? "drop" : local);
        return "goto " + name;
    }

    // The chain that sends a packet to one of these endpoints; no verdict when there are none.
    std::string chainVerdict(const std::string& sort, const std::vector<Endpoint>& endpoints)
    {
        if (endpoints.empty())
            return {};
        const auto name = sort + "/" + m_port.id;
        auto& rules = m_objects.chains[name];
        if (rules.empty())
            rules = m_port.affinitySeconds > 0 ? stickyRules(endpoints) : balancingRules(endpoints);
        return "goto " + name;
    }

    std::vector<std::string> balancingRules(const std::vector<Endpoint>& endpoints) const
    {
        if (endpoints.size() == 1)
            return {fmt::format("meta l4proto {} dnat to {}:{}", m_port.protocol, endpoints[0].address.toString(), endpoints[0].port)};
        std::vector<std::string> targets;
        for (const auto& endpoint : endpoints)
            targets.push_back(destination(endpoint));
        return {fmt::format("meta l4proto {} dnat to {}", m_port.protocol, randomChoice(targets, "map"))};
    }

    // Each endpoint remembers its clients in a set whose elements expire; a client that is in one goes there again.
    std::vector<std::string> stickyRules(const std::vector<Endpoint>& endpoints)
    {
        std::vector<std::string> rules, targets;
        for (const auto& endpoint : endpoints) {
            const auto place = fmt::format("{}/{}/{}", m_port.id, endpoint.address.toString(), endpoint.port);
            const auto set = fmt::format("affinity/{}/{}", place, m_port.affinitySeconds);
            m_objects.sets[set]
                = fmt::format("{{ type ipv4_addr; flags dynamic, timeout; timeout {}s; size {}; }}", m_port.affinitySeconds, kAffinityClientsMax);
            m_objects.chains["endpoint/" + place] = {fmt::format("update @{} {{ ip saddr }}", set),
                fmt::format("meta l4proto {} dnat to {}:{}", m_port.protocol, endpoint.address.toString(), endpoint.port)};
            rules.push_back(fmt::format("ip saddr @{} goto endpoint/{}", set, place));
            targets.push_back("goto endpoint/" + place);
        }
        rules.push_back(randomChoice(targets, "vmap"));
        return rules;
    }

    const ProxyConfig& m_config;
    const ServicePort& m_port;
    NftObjects m_objects;
};

} // namespace

std::string proxyBase(const ProxyConfig& config)
{
    // Marked packets get this node's address as their source when they leave. Explicit "snat" where kube-proxy says "masquerade": the links to
    // pods have no address of their own from which the kernel could choose.
    const auto notFromPods = config.podSubnet
        ? fmt::format("ip daddr @cluster-ips ip saddr != {} fib saddr type != local jump masquerade-later", config.podSubnet->toString())
        : std::string();
    return fmt::format(R"(
map service-ips {{ type ipv4_addr . inet_proto . inet_service : verdict; }}
map service-nodeports {{ type inet_proto . inet_service : verdict; }}
map no-endpoint-services {{ type ipv4_addr . inet_proto . inet_service : verdict; }}
map no-endpoint-nodeports {{ type inet_proto . inet_service : verdict; }}
set cluster-ips {{ type ipv4_addr; }}
set hairpin {{ type ipv4_addr . ipv4_addr; }}
chain masquerade-later {{ meta mark set meta mark or 0x4000; }}
chain refuse {{
  meta l4proto tcp reject with tcp reset
  reject
}}
chain services {{
  {0}
  ip daddr . meta l4proto . th dport vmap @service-ips
  fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports
}}
chain nat-prerouting {{ type nat hook prerouting priority dstnat; jump services; }}
chain nat-output {{ type nat hook output priority -100; jump services; }}
chain nat-postrouting {{
  type nat hook postrouting priority srcnat;
  ip saddr . ip daddr @hairpin snat to {1}
  ip saddr != {1} rt ip nexthop {3} snat to {1}
  meta mark & 0x4000 == 0 return
  meta mark set meta mark xor 0x4000
  snat to {1} fully-random
}}
chain refuse-no-endpoint {{
  ip daddr . meta l4proto . th dport vmap @no-endpoint-services
  fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @no-endpoint-nodeports
}}
chain refuse-no-port {{
  fib daddr type local return
  ip daddr @cluster-ips goto refuse
  ip daddr {2} goto refuse
}}
chain filter-input {{ type filter hook input priority -110; ct state new jump refuse-no-endpoint; }}
chain filter-forward {{
  type filter hook forward priority -110;
  ct state new jump refuse-no-endpoint
  ct state new jump refuse-no-port
}}
chain filter-output {{ type filter hook output priority -110; ct state new jump refuse-no-endpoint; }}
chain filter-output-later {{ type filter hook output priority 0; ct state new jump refuse-no-port; }}
)",
        notFromPods, config.nodeAddress.toString(), config.serviceSubnet.subnet().toString(),
        config.outsideGateway.toString());
}

NftObjects serviceRules(const ProxyConfig& config, const ServicePort& port)
{
    return Planner(config, port).plan();
}

} // namespace kates::network
