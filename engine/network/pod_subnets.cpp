#include "engine/network/pod_subnets.h"

#include "engine/base/log.h"
#include "engine/network/link/run_on_thread.h"

namespace kates::network {

namespace {

constexpr Duration kRetryDelay = std::chrono::seconds(1);

std::optional<Ipv4> internalIpOf(const api::Value& node)
{
    for (const auto& address : node.get("status", "addresses"))
        if (address.str("type") == "InternalIP")
            if (const auto parsed = Ipv4::parse(address.str("address")))
                return parsed;
    return std::nullopt;
}

} // namespace

std::optional<Ipv4Prefix> podSubnetOf(const api::Value& node)
{
    for (const auto& subnet : node.get("spec", "podCIDRs"))
        if (const auto parsed = Ipv4Prefix::parse(subnet.asString()))
            return parsed->subnet();
    const auto parsed = Ipv4Prefix::parse(node.str("spec", "podCIDR"));
    return parsed ? std::optional(parsed->subnet()) : std::nullopt;
}

std::set<PodSubnetRoute> podSubnetRoutes(const std::vector<api::Value>& nodes, std::string_view ownName, const Ipv4Prefix& fabricSubnet)
{
    std::set<PodSubnetRoute> routes;
    for (const auto& node : nodes) {
        const auto subnet = podSubnetOf(node);
        const auto address = internalIpOf(node);
        if (api::ObjectMeta(node).name() != ownName && subnet && address && fabricSubnet.contains(*address))
            routes.insert({*subnet, *address});
    }
    return routes;
}

PodSubnets::PodSubnets(Loop& loop, client::Informer& nodes, std::string ownName, Ipv4Prefix fabricSubnet, NodePaths paths,
    std::function<void(const Ipv4Prefix&)> ownSubnet)
    : m_loop(loop)
    , m_nodes(nodes)
    , m_ownName(std::move(ownName))
    , m_fabricSubnet(fabricSubnet)
    , m_paths(std::move(paths))
    , m_ownSubnet(std::move(ownSubnet))
    , m_tasks(loop)
{
    auto any = [this](const api::Value&) { changed(); };
    m_nodes.addHandler({any, [this](const api::Value&, const api::Value&) { changed(); }, any, [this] { changed(); }});
}

PodSubnets::~PodSubnets() = default;

void PodSubnets::start()
{
    m_started = true;
    changed();
}

Task<void> PodSubnets::stop()
{
    m_started = false;
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

void PodSubnets::changed()
{
    if (!m_started)
        return;
    const auto* own = m_nodes.get("", m_ownName);
    const auto subnet = own ? podSubnetOf(*own) : std::nullopt;
    if (subnet && subnet != m_known) {
        m_known = subnet;
        m_ownSubnet(*subnet);
    }
    // Routes of an earlier run stay until all nodes are known.
    if (!m_running && m_nodes.synced()) {
        m_running = true;
        m_tasks.spawn(run());
    }
}

// Until the routes are what the nodes say; a burst of changes becomes one run.
Task<void> PodSubnets::run()
{
    co_await yieldTo(m_loop);
    while (m_started) {
        auto wanted = podSubnetRoutes(m_nodes.byNamespace(""), m_ownName, m_fabricSubnet);
        if (wanted == m_applied)
            break;
        const auto work = [paths = m_paths, routes = std::vector(wanted.begin(), wanted.end())] { return syncPodSubnetRoutes(paths, routes); };
        const auto synced = co_await runOnThread(m_loop, work);
        if (synced) {
            m_applied = std::move(wanted);
            continue;
        }
        log::error("network", "routes to other nodes' pods are not set; trying again", "node", m_ownName, "error", synced.error().message);
        co_await sleepFor(m_loop, kRetryDelay, m_tasks.stopToken());
    }
    m_running = false;
}

} // namespace kates::network
