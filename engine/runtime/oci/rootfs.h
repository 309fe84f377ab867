// A container's root file system: the image's layers below, a writable directory above.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/process.h"
#include "engine/runtime/oci/oci_runtime.h"

namespace kates::runtime {

// The directory of one container: rootfs (what it sees), upper and work (Overlay, FuseOverlay).
struct RootfsPaths {
    std::filesystem::path directory;
    std::filesystem::path rootfs() const { return directory / "rootfs"; }
    std::filesystem::path upper() const { return directory / "upper"; }
    std::filesystem::path work() const { return directory / "work"; }
};

// Which kind works for containers below `directory` with layers below `layers`: tried with a real mount. Blocks for some milliseconds.
[[nodiscard]] RootfsKind probeRootfs(const std::filesystem::path& layers, const std::filesystem::path& directory);

// Makes the directories; with Overlay, mounts. `layers`: lowest first. Blocks shortly.
[[nodiscard]] Result<void> prepareRootfs(RootfsKind kind, const RootfsPaths& paths, const std::vector<std::filesystem::path>& layers);
// FuseOverlay, after prepareRootfs(): the program that serves the files. It goes when the root is unmounted.
[[nodiscard]] ProcessSpec fuseOverlayProgram(const RootfsPaths& paths, const std::vector<std::filesystem::path>& layers);

// Nothing mounted there is no error.
[[nodiscard]] Result<void> unmount(const std::filesystem::path& path);

} // namespace kates::runtime
