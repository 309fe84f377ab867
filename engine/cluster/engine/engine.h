// The engine process: one per user. A Kubernetes-style API server for clusters and machines, the runners that turn clusters into processes, and the way to
// each cluster's own API under /clusters/<name>/.
#pragma once

#include "engine/cluster/paths.h"

namespace kates::cluster {

struct EngineOptions {
    Paths paths;
    int port = 0; // 0: the one of the last time, else any free one
    std::filesystem::path program; // the kates binary, for masters and nodes
};

// Runs until SIGTERM or SIGINT; clusters go on running. Gives the process's exit code. Enters the holder's namespaces first (launcher/namespaces.h), so call
// it while the process has one thread. Writes one line to descriptor 3 when it serves, if that is open.
[[nodiscard]] int runEngine(const EngineOptions& options);

} // namespace kates::cluster
