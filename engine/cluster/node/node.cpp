#include "engine/cluster/node/node.h"

#include <csignal>

#include "engine/base/log.h"
#include "engine/base/signals.h"
#include "engine/cluster/node/real_node.h"
#include "engine/cluster/node/simulated_nodes.h"
#include "engine/cluster/ready_line.h"

namespace kates::cluster {

namespace {

Task<int> runSimulated(Loop& loop, MachineConfig config, Future<int> asked)
{
    auto client = NodeClient::make(loop, config, config.machine);
    Result<void> started = client ? Result<void>() : tl::unexpected(client.error());
    if (!started) {
        log::error("node", started.error().message);
        co_return 1;
    }
    SimulatedNodes nodes(loop, config, std::move(*client));
    started = nodes.start();
    if (!started)
        log::error("node", started.error().message);
    else
        sayReady("ready");
    int signal = 0;
    if (started)
        signal = co_await asked;
    co_await nodes.stop();
    if (signal == SIGUSR1)
        co_await nodes.leave();
    co_return started ? 0 : 1;
}

Task<int> runReal(Loop& loop, MachineConfig config, Future<int> asked)
{
    auto client = NodeClient::make(loop, config, config.machine);
    if (!client) {
        log::error("node", client.error().message);
        co_return 1;
    }
    RealNode node(loop, config, std::move(*client));
    auto started = co_await node.start();
    int signal = 0;
    if (started) {
        sayReady("ready");
        signal = co_await asked;
    } else {
        log::error("node", started.error().message);
    }
    co_await node.stop();
    if (signal == SIGUSR1)
        co_await node.leave();
    co_return started ? 0 : 1;
}

} // namespace

int runNode(const MachineConfig& config)
{
    blockSignals({SIGTERM, SIGINT, SIGUSR1});
    auto loop = makeLoop();
    Future<int> asked;
    Registration signals = onSignal(*loop, {SIGTERM, SIGINT, SIGUSR1}, [asked](int signal) { asked.set(signal); });
    return runToCompletion(*loop, config.role == "SimulatedNodes" ? runSimulated(*loop, config, asked) : runReal(*loop, config, asked));
}

} // namespace kates::cluster
