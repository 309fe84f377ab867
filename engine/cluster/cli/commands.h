// The everyday commands. Each gives the process's exit code: 0 done, 1 failed (a sentence and one fix on standard error), 2 wrong usage.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/cluster/paths.h"

namespace kates::cluster::cli {

struct UpOptions {
    std::string name = "kates";
    std::optional<int> masters, nodes, simulatedNodes, port;
    std::string runtime;
    std::filesystem::path file; // a Cluster in YAML
    int timeoutSeconds = 120;
};

int up(const Paths& paths, const UpOptions& options);
int down(const Paths& paths, const std::string& name);
int remove(const Paths& paths, const std::string& name);
int status(const Paths& paths, const std::string& name);
int list(const Paths& paths);

struct AttachOptions {
    std::string name; // empty: after the context
    std::filesystem::path kubeconfig; // empty: change one that is attached
    std::string context; // empty: the current one
    std::string access;  // ReadOnly or ReadWrite; empty: ReadOnly for a new one
    bool allowExec = false;
};
int attach(const Paths& paths, const AttachOptions& options);
int detach(const Paths& paths, const std::string& name);

struct KubeconfigOptions {
    std::string name = "kates";
    bool merge = false;
    std::filesystem::path file; // with merge; empty: $KUBECONFIG or ~/.kube/config
};
int kubeconfig(const Paths& paths, const KubeconfigOptions& options);

struct ApplyOptions {
    std::string name = "kates";
    std::vector<std::string> files;
    int waitSeconds = 0; // for the deployments among them to be available; 0: not at all
};
int apply(const Paths& paths, const ApplyOptions& options);

struct ImageLoadOptions {
    std::vector<std::string> files;
    std::string name;
};
int imageLoad(const Paths& paths, const ImageLoadOptions& options);
int imageList(const Paths& paths);

struct LogsOptions {
    std::string name = "kates", machine;
    bool follow = false;
};
int logs(const Paths& paths, const LogsOptions& options);

// $KUBECONFIG (its first file) or ~/.kube/config.
[[nodiscard]] std::filesystem::path defaultKubeconfig();

int engineStop(const Paths& paths);

} // namespace kates::cluster::cli
