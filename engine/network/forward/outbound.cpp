#include "engine/network/forward/outbound.h"

#include <cerrno>
#include <csignal>
#include <fmt/format.h>
#include <unistd.h>

#include "engine/base/log.h"

namespace kates::network {

namespace {

constexpr const char* kTunDevice = "/dev/net/tun";
constexpr const char* kTap = "tap0";
constexpr int kMtuBytes = 65'520; // large packets cost the user-space stack least
constexpr Duration kRetryDelayMax = std::chrono::minutes(1);

constexpr const char* kMasquerade = R"(add table ip outbound
delete table ip outbound
table ip outbound {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    oifname "tap0" masquerade
  }
}
)";

} // namespace

Outbound::Outbound(Loop& loop, ProcessLauncher& launcher, OutboundOptions options)
    : m_loop(loop), m_launcher(launcher), m_options(std::move(options)), m_tasks(loop)
{
}

Outbound::~Outbound() = default;

void Outbound::start()
{
    m_lease = std::make_unique<HostLease>(m_loop, "kates/outbound/" + m_options.clusterKey, [this] { m_tasks.spawn(run()); });
}

Task<void> Outbound::stop()
{
    m_tasks.requestStop();
    if (m_process)
        m_process->kill(SIGTERM);
    co_await m_tasks.finished();
    m_lease.reset();
}

Task<void> Outbound::run()
{
    Duration delay = m_options.retryDelay;
    std::string said;
    while (!m_tasks.stopToken().stop_requested()) {
        const auto ended = co_await runOnce();
        if (m_tasks.stopToken().stop_requested())
            break;
        if (std::exchange(said, ended.error().message) != ended.error().message)
            log::warning("network", "pods cannot reach the world outside of the cluster", "reason", ended.error().message);
        if (ended.error().systemError == ENOENT || ended.error().systemError == EACCES)
            break; // not installed, no device or no permission: waiting does not help
        co_await sleepFor(m_loop, delay, m_tasks.stopToken());
        delay = std::min(delay * 2, kRetryDelayMax);
    }
}

// Comes back, with the reason, when slirp4netns does not run any more.
Task<Result<void>> Outbound::runOnce()
{
    if (::access(kTunDevice, R_OK | W_OK) != 0)
        co_return systemFailure(fmt::format("open {}", kTunDevice));
    const auto runNft = makeNftRunner(m_launcher, m_options.fabricNamespace);
    auto masqueraded = co_await runNft(kMasquerade);
    if (!masqueraded)
        co_return masqueraded;
    ProcessSpec spec;
    spec.program = "slirp4netns";
    spec.arguments = {"--configure", "--netns-type=path", "--disable-host-loopback", "--disable-dns", fmt::format("--mtu={}", kMtuBytes),
        m_options.fabricNamespace, kTap};
    spec.killWithParent = true;
    auto process = m_launcher.start(spec);
    if (!process)
        co_return tl::unexpected(process.error());
    m_process = std::move(*process);
    const auto exited = m_process->exited();
    if (m_tasks.stopToken().stop_requested())
        m_process->kill(SIGTERM);
    const auto status = co_await exited;
    m_process.reset();
    co_return failure(fmt::format("slirp4netns ended with status {}", status.code));
}

} // namespace kates::network
