// The class behind makeOciRuntime(). Its parts: sandboxes (oci_sandboxes.cpp), containers (oci_containers.cpp), what an earlier process left
// (oci_recovery.cpp), exec, attach and forwarding (oci_streams.cpp), images (oci_images.cpp).
#pragma once

#include <map>
#include <memory>

#include "engine/runtime/image/image_store.h"
#include "engine/runtime/oci/host_features.h"
#include "engine/runtime/oci/oci_container.h"
#include "engine/runtime/oci/oci_program.h"
#include "engine/runtime/oci/oci_runtime.h"
#include "engine/runtime/oci/rootfs.h"
#include "engine/runtime/oci/runtime_paths.h"

namespace kates::runtime {

class OciRuntime : public ContainerRuntime {
public:
    struct Parts {
        Loop& loop;
        Random& random;
        ProcessLauncher& launcher;
        http::Client& client;
        std::shared_ptr<ImageStore> store;
        RuntimePaths paths;
        HostFeatures host;
        OciProgram program;
        std::string conmon; // absolute
        std::filesystem::path pauseProgram;
        RootfsKind rootfs = RootfsKind::Overlay;
    };
    explicit OciRuntime(Parts parts) : m(std::move(parts)) {}
    void recover();

    std::string name() const override { return "kates-" + m.program.name; }
    std::string version() const override { return m.program.version; }
    std::vector<std::string> limitations() const override { return m.host.limitations; }

    Task<Result<std::string>> runPodSandbox(SandboxConfig config) override;
    Task<Result<void>> stopPodSandbox(std::string id) override;
    Task<Result<void>> removePodSandbox(std::string id) override;
    Task<Result<std::string>> createContainer(std::string sandboxId, ContainerConfig config) override;
    Task<Result<void>> startContainer(std::string id) override;
    Task<Result<void>> stopContainer(std::string id, Duration grace) override;
    Task<Result<void>> removeContainer(std::string id) override;
    Task<Result<void>> reopenContainerLog(std::string id) override;
    std::vector<SandboxStatus> sandboxes() const override;
    std::vector<ContainerStatus> containers() const override;
    std::optional<ContainerStatus> container(const std::string& id) const override;
    void onEvent(std::function<void(const RuntimeEvent&)> handler) override { m_handler = std::move(handler); }

    Task<Result<std::unique_ptr<ExecSession>>> exec(ExecRequest request) override;
    Task<Result<std::unique_ptr<ExecSession>>> attach(std::string containerId, bool stdin, bool tty) override;
    Task<Result<std::unique_ptr<http::Stream>>> portForward(std::string sandboxId, int port) override;

    std::optional<ImageStatus> image(const std::string& reference) const override { return m.store->image(reference); }
    std::vector<ImageStatus> images() const override { return m.store->images(); }
    Task<Result<ImageStatus>> pullImage(std::string reference, std::optional<RegistryCredential> credential) override;
    Task<Result<void>> removeImage(std::string reference) override;

private:
    using Container = std::shared_ptr<OciContainer>;
    using Sandbox = std::shared_ptr<SandboxRecord>;

    Result<Sandbox> findSandbox(const std::string& id) const;
    Result<Container> findContainer(const std::string& id) const;
    Result<Container> findRunning(const std::string& id) const;

    Task<Result<void>> startPause(Sandbox sandbox);
    void releaseSandboxMounts(const std::string& id);
    std::string pidNamespaceOf(const SandboxRecord& sandbox) const;

    // What a container is made of, on its way to the disk.
    struct Bundle {
        std::string id, sandboxId;
        SandboxConfig sandbox;
        ContainerConfig container;
        std::string pidNamespace; // path
        ImageConfig image;
        std::vector<std::filesystem::path> layers; // lowest first
    };
    // These block, and run beside the loop: they use what does not change. With FuseOverlay, mountFuse() and writeSpec() follow prepareBundle().
    Result<void> prepareBundle(Bundle& bundle) const;
    Result<void> writeSpec(const Bundle& bundle) const;
    Result<void> discardBundle(const std::string& id) const;
    Task<Result<void>> mountFuse(const Bundle& bundle);
    static ContainerRecord newRecord(const Bundle& bundle, WallTime now);
    Task<Result<void>> launch(Container container);
    Task<Result<void>> runProgram(std::vector<std::string> arguments);

    void watchEnd(const Container& container);
    void monitorEnded(const Container& container);
    void processEndedUnwatched(const Container& container);
    void finish(const Container& container, int exitCode, std::string reason, std::string message);
    void emit(RuntimeEvent::Type type, const SandboxRecord& sandbox, const std::string& containerId = {});
    void save(const OciContainer& container) const;

    void recoverSandboxes();
    void recoverContainers();

    Parts m;
    std::function<void(const RuntimeEvent&)> m_handler;
    std::map<std::string, Sandbox> m_sandboxes;
    std::map<std::string, Container> m_containers;
    std::map<std::string, Future<Result<ImageStatus>>> m_pulls; // by reference: those under way
};

} // namespace kates::runtime
