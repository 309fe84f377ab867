// A node process: one node that runs containers, or a host of simulated nodes.
#pragma once

#include "engine/cluster/machine_config.h"

namespace kates::cluster {

// Runs until a signal; gives the process's exit code.
//   SIGTERM, SIGINT   the agent ends, containers go on running: the next agent of this node takes them over
//   SIGUSR1           the node leaves: its containers are stopped, its networks and mounts removed
[[nodiscard]] int runNode(const MachineConfig& config);

} // namespace kates::cluster
