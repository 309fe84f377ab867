// One control plane in one process: API server, controller manager and scheduler over the embedded store.
#pragma once

#include "engine/cluster/machine_config.h"

namespace kates::cluster {

// Runs until SIGTERM or SIGINT; gives the process's exit code. When it serves it writes one line to descriptor 3 if that is open (launcher::kReadyFd).
[[nodiscard]] int runMaster(const MachineConfig& config);

} // namespace kates::cluster
