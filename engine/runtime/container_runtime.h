// What a kubelet needs of a container runtime, in CRI's terms (runtime.v1): pod sandboxes, containers, images. Implemented by OciRuntime (conmon and
// crun or runc), SimulatedRuntime (pods that run nothing, for simulated nodes) and, later, a CRI client.
//
// Containers outlive the process that started them: after a restart, list() tells what runs, and exits are reported for those too.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/task.h"
#include "engine/http/stream.h"

namespace kates::runtime {

struct Mount {
    std::string hostPath, containerPath;
    bool readOnly = false;
    std::string propagation; // "", "rslave", "rshared"
};

struct LinuxResources {
    std::int64_t cpuShares = 0, cpuQuotaMicros = 0, cpuPeriodMicros = 100'000;
    std::int64_t memoryLimitBytes = 0;
    std::int64_t pidsMax = 0;
    int oomScoreAdj = 0;
};

struct SecurityContext {
    std::optional<std::int64_t> runAsUser, runAsGroup;
    std::vector<std::int64_t> supplementalGroups;
    bool privileged = false, readOnlyRootFilesystem = false, noNewPrivileges = false;
    std::vector<std::string> addCapabilities, dropCapabilities;
    std::map<std::string, std::string> sysctls;
    bool seccompUnconfined = false;
};

struct SandboxConfig {
    std::string podUid, podName, podNamespace;
    int attempt = 0;
    std::string hostname;
    bool hostNetwork = false, hostPid = false, hostIpc = false, sharePid = false;
    std::string logDirectory; // <logs>/<namespace>_<name>_<uid>
    std::string cgroupParent; // "" without cgroups
    std::string networkNamespace; // path; made by the network before
    std::map<std::string, std::string> labels, annotations;
};

struct ContainerConfig {
    std::string name;
    int attempt = 0;
    std::string image;       // as in the pod
    std::string imageDigest; // resolved by ensureImage
    std::vector<std::string> command, arguments; // override ENTRYPOINT, CMD
    std::string workingDirectory;
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<Mount> mounts;
    LinuxResources resources;
    SecurityContext security;
    bool tty = false, stdin = false, stdinOnce = false;
    std::string logPath; // relative to the sandbox's logDirectory: <container>/<attempt>.log, CRI log format
    std::string terminationMessagePath; // the host file that is mounted there
    std::map<std::string, std::string> labels;
};

enum class ContainerState { Created, Running, Exited, Unknown };

struct ContainerStatus {
    std::string id, sandboxId, name, image, imageDigest, podUid;
    int attempt = 0;
    ContainerState state = ContainerState::Unknown;
    WallTime createdAt, startedAt, finishedAt;
    int exitCode = 0;
    std::string reason, message; // OOMKilled, Completed, Error
    std::string logPath;         // absolute
    std::map<std::string, std::string> labels;
};

struct SandboxStatus {
    std::string id, podUid, podName, podNamespace;
    int attempt = 0;
    bool ready = false;
    std::string networkNamespace;
    WallTime createdAt;
    std::map<std::string, std::string> labels;
};

struct ImageStatus {
    std::string digest; // sha256:… of the manifest or index
    std::vector<std::string> names, repoDigests;
    std::int64_t sizeBytes = 0;
    std::string user;
    std::vector<std::string> entrypoint, command, environment;
    std::string workingDirectory;
};

struct RegistryCredential {
    std::string username, password;
};

struct ExecRequest {
    std::string containerId;
    std::vector<std::string> command;
    bool tty = false, stdin = false;
    Duration timeout{}; // zero: none
};

// A running exec or attach. Streams that were not asked for are null. With a tty, stderr is part of stdout.
class ExecSession {
public:
    virtual ~ExecSession() = default; // kills the exec'ed process
    virtual http::Stream* standardInput() = 0;
    virtual http::Stream* standardOutput() = 0;
    virtual http::Stream* standardError() = 0;
    virtual void resize(int columns, int rows) = 0;
    virtual Future<int> exited() const = 0; // exit code
};

struct RuntimeEvent {
    enum class Type { ContainerStarted, ContainerExited, SandboxStopped } type;
    std::string podUid, sandboxId, containerId;
};

class ContainerRuntime {
public:
    virtual ~ContainerRuntime() = default;
    virtual std::string name() const = 0;    // "kates-runc", "simulated"
    virtual std::string version() const = 0;

    [[nodiscard]] virtual Task<Result<std::string>> runPodSandbox(SandboxConfig config) = 0; // its id
    [[nodiscard]] virtual Task<Result<void>> stopPodSandbox(std::string id) = 0;   // idempotent; kills what still runs in it
    [[nodiscard]] virtual Task<Result<void>> removePodSandbox(std::string id) = 0; // idempotent; removes its containers
    [[nodiscard]] virtual Task<Result<std::string>> createContainer(std::string sandboxId, ContainerConfig config) = 0;
    [[nodiscard]] virtual Task<Result<void>> startContainer(std::string id) = 0;
    // SIGTERM (or the image's stop signal), SIGKILL after `grace`. Completes when it has exited. Idempotent.
    [[nodiscard]] virtual Task<Result<void>> stopContainer(std::string id, Duration grace) = 0;
    [[nodiscard]] virtual Task<Result<void>> removeContainer(std::string id) = 0;
    virtual std::vector<SandboxStatus> sandboxes() const = 0;
    virtual std::vector<ContainerStatus> containers() const = 0;
    virtual std::optional<ContainerStatus> container(const std::string& id) const = 0;
    // For the whole life of the runtime; called on the loop's thread.
    virtual void onEvent(std::function<void(const RuntimeEvent&)> handler) = 0;

    [[nodiscard]] virtual Task<Result<std::unique_ptr<ExecSession>>> exec(ExecRequest request) = 0;
    [[nodiscard]] virtual Task<Result<std::unique_ptr<ExecSession>>> attach(std::string containerId, bool stdin, bool tty) = 0;
    // A TCP connection to the sandbox's loopback.
    [[nodiscard]] virtual Task<Result<std::unique_ptr<http::Stream>>> portForward(std::string sandboxId, int port) = 0;

    virtual std::optional<ImageStatus> image(const std::string& reference) const = 0;
    virtual std::vector<ImageStatus> images() const = 0;
    [[nodiscard]] virtual Task<Result<ImageStatus>> pullImage(std::string reference, std::optional<RegistryCredential> credential) = 0;
    [[nodiscard]] virtual Task<Result<void>> removeImage(std::string reference) = 0;
};

} // namespace kates::runtime
