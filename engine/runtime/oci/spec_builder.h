// config.json of a container: the OCI runtime specification 1.0, from the pod's wishes, the image and what the host allows. Pure.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/runtime/container_runtime.h"
#include "engine/runtime/image/manifest.h"
#include "engine/runtime/oci/host_features.h"
#include "engine/runtime/oci/image_user.h"

namespace kates::runtime {

struct SpecInput {
    const SandboxConfig& sandbox;
    const ContainerConfig& container;
    const ImageConfig& image;
    ContainerUser user;
    const HostFeatures& host;
    std::string rootfs;                // relative to the bundle
    std::string hostnameFile, shm;     // host paths; "": not mounted
    std::string ipcNamespace;          // path; "": the host's
    std::string pidNamespace;          // path, of a pod that shares it
    std::string cgroupsPath;           // "": none
    std::vector<std::string> hostDevices; // of a privileged container
};

[[nodiscard]] Result<api::Value> buildSpec(const SpecInput& input);

// What exec runs: the container's process with another command. `spec` is its config.json.
[[nodiscard]] api::Value execProcess(const api::Value& spec, const std::vector<std::string>& command, bool tty);

} // namespace kates::runtime
