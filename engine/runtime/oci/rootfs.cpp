#include "engine/runtime/oci/rootfs.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "engine/base/files.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr unsigned long kMountFlags = MS_NODEV; // device files of an image or of a container's own making do nothing

OwnedFd openPath(const fs::path& path)
{
    return OwnedFd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

// Mount options are one page of text in which ':' and ',' mean something: descriptors are short and need no escapes.
std::string byDescriptor(const OwnedFd& directory)
{
    return "/proc/self/fd/" + std::to_string(directory.get());
}

Result<void> mountOverlay(const RootfsPaths& paths, const std::vector<fs::path>& layers)
{
    std::vector<OwnedFd> lower;
    std::string options = "userxattr,lowerdir=";
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        lower.push_back(openPath(*layer));
        if (!lower.back())
            return systemFailure("open " + layer->string());
        options += (lower.size() > 1 ? ":" : "") + byDescriptor(lower.back());
    }
    const auto upper = openPath(paths.upper()), work = openPath(paths.work());
    if (!upper || !work)
        return systemFailure("open the writable directories in " + paths.directory.string());
    options += ",upperdir=" + byDescriptor(upper) + ",workdir=" + byDescriptor(work);
    if (::mount("overlay", paths.rootfs().c_str(), "overlay", kMountFlags, options.c_str()) != 0)
        return systemFailure("mount the overlay file system at " + paths.rootfs().string());
    return {};
}

} // namespace

RootfsKind probeRootfs(const fs::path& layers, const fs::path& directory)
{
    // On the real file systems: what one of them allows, another may not.
    const auto layer = layers / "probe";
    const RootfsPaths paths {directory / "probe-rootfs"};
    (void)makeDirectories(layer, 0755);
    auto kind = RootfsKind::Overlay;
    if (!prepareRootfs(RootfsKind::Overlay, paths, {layer}))
        kind = ::access("/dev/fuse", R_OK | W_OK) == 0 && ::access("/usr/bin/fuse-overlayfs", X_OK) == 0 ? RootfsKind::FuseOverlay : RootfsKind::Copy;
    (void)unmount(paths.rootfs());
    (void)removeTree(paths.directory);
    return kind;
}

Result<void> prepareRootfs(RootfsKind kind, const RootfsPaths& paths, const std::vector<fs::path>& layers)
{
    for (const auto& path : {paths.rootfs(), paths.upper(), paths.work()})
        if (auto made = makeDirectories(path, 0755); !made)
            return made;
    if (kind != RootfsKind::Overlay)
        return {};
    if (!layers.empty())
        return mountOverlay(paths, layers);
    const auto nothing = paths.directory / "empty";
    auto made = makeDirectories(nothing, 0755);
    return made ? mountOverlay(paths, {nothing}) : made;
}

ProcessSpec fuseOverlayProgram(const RootfsPaths& paths, const std::vector<fs::path>& layers)
{
    std::string options = "lowerdir=";
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        options += (layer == layers.rbegin() ? "" : ":") + layer->string();
    options += ",upperdir=" + paths.upper().string() + ",workdir=" + paths.work().string();
    return {.program = "fuse-overlayfs", .arguments = {"-o", options, paths.rootfs().string()}, .newSession = true};
}

Result<void> unmount(const fs::path& path)
{
    if (::umount2(path.c_str(), MNT_DETACH | UMOUNT_NOFOLLOW) != 0 && errno != EINVAL && errno != ENOENT)
        return systemFailure("unmount " + path.string());
    return {};
}

} // namespace kates::runtime
