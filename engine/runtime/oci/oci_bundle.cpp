// A container's bundle on disk: its root file system and its config.json.
#include <fcntl.h>
#include <thread>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/runtime/image/layer_store.h"
#include "engine/runtime/oci/oci_runtime_impl.h"
#include "engine/runtime/oci/spec_builder.h"
#include "engine/runtime/oci/spec_mounts.h"

namespace kates::runtime {

Result<void> OciRuntime::prepareBundle(Bundle& bundle) const
{
    const auto digest = Digest::parse(bundle.container.imageDigest);
    if (!digest)
        return unexpected(digest.error());
    const auto lock = m.store->lockShared();
    if (!lock)
        return unexpected(lock.error());
    const auto resolved = m.store->resolve(*digest);
    if (!resolved)
        return failure("the image " + bundle.container.image + " is not usable: " + resolved.error().message);
    bundle.image = resolved->config;
    const RootfsPaths rootfs {m.paths.container(bundle.id)};
    if (auto made = makeDirectories(rootfs.directory); !made)
        return made;
    if (auto leased = m.store->addLease(bundle.id, rootfs.directory, *resolved); !leased)
        return leased;
    if (m.rootfs == RootfsKind::Copy) {
        auto prepared = prepareRootfs(m.rootfs, rootfs, {});
        if (prepared)
            prepared = unpackInto(*m.store, *resolved, rootfs.rootfs());
        return prepared ? writeSpec(bundle) : prepared;
    }
    auto layers = ensureLayers(*m.store, *resolved);
    if (!layers)
        return unexpected(layers.error());
    if (!layers->fresh.empty()) // the container need not wait for the disk
        std::thread([store = m.store, fresh = layers->fresh] { makeLayersDurable(*store, fresh); }).detach();
    bundle.layers = std::move(layers->directories);
    auto prepared = prepareRootfs(m.rootfs, rootfs, bundle.layers);
    const bool complete = m.rootfs == RootfsKind::Overlay; // the spec needs the image's files
    return prepared && complete ? writeSpec(bundle) : prepared;
}

Task<Result<void>> OciRuntime::mountFuse(const Bundle& bundle)
{
    const RootfsPaths rootfs {m.paths.container(bundle.id)};
    auto ran = co_await m.launcher.run(fuseOverlayProgram(rootfs, bundle.layers));
    if (!ran)
        co_return unexpected(ran.error());
    if (!ran->status.success())
        co_return failure("fuse-overlayfs: " + ran->standardError);
    co_return Result<void>();
}

Result<void> OciRuntime::writeSpec(const Bundle& bundle) const
{
    const auto& config = bundle.container;
    const OwnedFd root(::open(m.paths.rootfs(bundle.id).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    auto user = resolveUser(config.security, bundle.image.user, readInRoot(root.get(), "/etc/passwd"), readInRoot(root.get(), "/etc/group"));
    if (!user)
        return unexpected(user.error());
    const bool hostIpc = bundle.sandbox.hostIpc;
    const bool pause = config.image.empty(); // its root is empty and stays so
    SpecInput input {.sandbox = bundle.sandbox,
        .container = config,
        .image = bundle.image,
        .user = *user,
        .host = m.host,
        .rootfs = "rootfs",
        .hostnameFile = pause ? std::string() : m.paths.sandboxHostname(bundle.sandboxId).string(),
        .shm = hostIpc ? "/dev/shm" : m.paths.sandboxShm(bundle.sandboxId).string(),
        .ipcNamespace = hostIpc ? std::string() : m.paths.sandboxIpc(bundle.sandboxId).string(),
        .pidNamespace = bundle.pidNamespace,
        .cgroupsPath = {},
        .hostDevices = {}};
    if (m.host.cgroups != CgroupVersion::None)
        input.cgroupsPath = (std::filesystem::path(m.host.cgroupRoot) / bundle.sandbox.cgroupParent / bundle.id).string();
    if (config.security.privileged)
        input.hostDevices = hostDevices();
    const auto spec = buildSpec(input);
    return spec ? replaceFile(m.paths.container(bundle.id) / "config.json", api::toJson(*spec)) : unexpected(spec.error());
}

// Nothing is left of the container but its log.
Result<void> OciRuntime::discardBundle(const std::string& id) const
{
    if (auto unmounted = unmount(m.paths.rootfs(id)); !unmounted)
        return unmounted; // removing through a mount would remove what others use
    if (auto removed = removeTree(m.paths.container(id)); !removed)
        return removed;
    m.store->removeLease(id);
    ::unlink(m.paths.exitFile(id).c_str());
    return {};
}

} // namespace kates::runtime
