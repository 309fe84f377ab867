// Real containers: conmon and crun or runc, images in a store shared by all local nodes. Works as root of the host and as uid 0 of a user namespace.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/base/random.h"
#include "engine/http/client.h"
#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

enum class RootfsKind {
    Overlay,     // by the kernel
    FuseOverlay, // by fuse-overlayfs: where the kernel refuses, for instance on top of another overlay
    Copy,        // every container gets its own copy of the files
};

struct OciRuntimeOptions {
    std::filesystem::path imageStore; // shared by all local nodes
    std::filesystem::path directory;  // this node's own; on a disk: containers write here
    std::string cgroup;               // "": chosen by what may be written, see host_features.h
    std::vector<std::string> programs = {"crun", "runc"}; // in order of preference
    std::string conmon = "conmon";
    std::optional<RootfsKind> rootfs; // not set: the first that works
    std::filesystem::path pauseProgram; // kates-pause; empty: looked for beside this program and in ../libexec/kates
};

// Runs a trivial container to choose the program (about 50 ms), and takes up again the containers that an earlier process left in `directory`. One
// process uses a directory at a time. The references have to outlive the runtime. An error says what the host lacks.
[[nodiscard]] Task<Result<std::unique_ptr<ContainerRuntime>>> makeOciRuntime(
    Loop& loop, Random& random, ProcessLauncher& launcher, http::Client& client, OciRuntimeOptions options);

// Blocks. For a node that is deleted, and whose process is gone: kills every container in `directory`, undoes its mounts, removes its cgroups and
// then the directory. No runtime uses it meanwhile. In the namespaces in which the runtime ran, or the mounts are not seen; `cgroup` as in its
// options.
[[nodiscard]] Result<void> discardOciRuntime(const std::filesystem::path& directory, const std::string& cgroup = {});

} // namespace kates::runtime
