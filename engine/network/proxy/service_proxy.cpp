#include "engine/network/proxy/service_proxy.h"

#include "engine/base/log.h"
#include "engine/network/link/run_on_thread.h"

namespace kates::network {

namespace {

constexpr Duration kRetryDelayMax = std::chrono::minutes(1);
const RunLimits kNftLimits{std::chrono::seconds(60), 1u << 20};

Task<Result<void>> runNft(ProcessLauncher& launcher, std::string networkNamespace, std::string script)
{
    ProcessSpec spec;
    spec.program = "nft";
    spec.arguments = {"-f", "-"};
    spec.networkNamespace = std::move(networkNamespace);
    auto output = co_await launcher.run(std::move(spec), std::move(script), kNftLimits);
    if (!output)
        co_return tl::unexpected(output.error());
    if (!output->status.success())
        co_return failure("nft refuses the rules: " + output->standardError.substr(0, output->standardError.find('\n')));
    co_return Result<void>();
}

} // namespace

RunNft makeNftRunner(ProcessLauncher& launcher, std::string networkNamespace)
{
    return [&launcher, path = std::move(networkNamespace)](std::string script) { return runNft(launcher, path, std::move(script)); };
}

ServiceProxy::ServiceProxy(Loop& loop, ServiceCache& services, ServiceProxyOptions options)
    : m_loop(loop)
    , m_services(services)
    , m_options(std::move(options))
    , m_table(kProxyTable, proxyBase(m_options.config))
    , m_tasks(loop)
{
    m_services.addHandler([this](const api::ObjectKey& service) { mark(service); }, [this] { wake(); });
}

ServiceProxy::~ServiceProxy() = default;

void ServiceProxy::start()
{
    m_started = true;
    wake();
}

Task<void> ServiceProxy::stop()
{
    m_started = false;
    m_tasks.requestStop();
    co_await m_tasks.finished();
}

void ServiceProxy::setPodSubnet(const Ipv4Prefix& subnet)
{
    if (m_options.config.podSubnet == subnet)
        return;
    m_options.config.podSubnet = subnet;
    m_table.setBase(proxyBase(m_options.config));
    for (const auto& [service, ids] : m_idsOf)
        m_marked.insert(service);
    wake();
}

void ServiceProxy::mark(const api::ObjectKey& service)
{
    m_marked.insert(service);
    wake();
}

void ServiceProxy::wake()
{
    if (!m_started || m_running || !m_services.synced())
        return;
    m_running = true;
    m_tasks.spawn(run());
}

// Runs until nothing is left to apply. Handlers call wake() from inside a change of the cache: yield first, so that a burst becomes one run.
Task<void> ServiceProxy::run()
{
    co_await yieldTo(m_loop);
    Duration delay = m_options.retryDelay;
    while (m_started && (!m_marked.empty() || m_table.changed())) {
        const bool applied = co_await applyOnce();
        if (applied) {
            delay = m_options.retryDelay;
            continue;
        }
        co_await sleepFor(m_loop, delay, m_tasks.stopToken());
        delay = std::min(delay * 2, kRetryDelayMax);
    }
    m_running = false;
}

void ServiceProxy::planMarked()
{
    for (const auto& service : std::exchange(m_marked, {}))
        plan(service);
}

void ServiceProxy::plan(const api::ObjectKey& key)
{
    std::set<std::string> before;
    if (auto found = m_idsOf.find(key); found != m_idsOf.end())
        before = std::move(found->second);
    std::set<std::string> now;
    const auto* service = m_services.service(key);
    for (auto& port : service ? servicePorts(*service, m_services.slicesOf(key), m_options.nodeName) : std::vector<ServicePort>()) {
        if (m_options.servedLocally.count(port.clusterIp))
            continue;
        before.erase(port.id);
        now.insert(port.id);
        m_table.set(port.id, serviceRules(m_options.config, port));
        auto& known = m_ports[port.id];
        if (known == port)
            continue;
        for (auto& flows : validFlows(port))
            m_flows.push_back(std::move(flows));
        known = std::move(port);
    }
    for (const auto& id : before) {
        for (auto& flows : validFlows(m_ports[id])) {
            flows.endpoints.clear();
            m_flows.push_back(std::move(flows));
        }
        m_table.set(id, {});
        m_ports.erase(id);
    }
    if (now.empty())
        m_idsOf.erase(key);
    else
        m_idsOf[key] = std::move(now);
}

Task<bool> ServiceProxy::applyOnce()
{
    planMarked();
    const auto scripts = m_table.take();
    Result<void> applied;
    for (std::size_t index = 0; applied && index < scripts.size(); ++index)
        applied = co_await m_options.runNft(scripts[index]);
    if (!applied) {
        log::error("network", "service rules are not applied; trying again", "node", m_options.nodeName, "error", applied.error().message);
        m_table.forget();
        co_return false;
    }
    co_await forgetFlows();
    if (m_applied && m_started)
        m_applied(m_ports);
    co_return true;
}

Task<void> ServiceProxy::forgetFlows()
{
    auto flows = std::exchange(m_flows, {});
    if (flows.empty())
        co_return;
    const auto work = [path = m_options.nodeNamespace, flows] { return forgetStaleFlows(path, flows); };
    const auto forgotten = co_await runOnThread(m_loop, work);
    if (!forgotten)
        log::warning("network", "old UDP flows are not forgotten", "node", m_options.nodeName, "error", forgotten.error().message);
}

} // namespace kates::network
