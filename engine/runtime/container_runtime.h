// What a kubelet needs of a container runtime, in CRI's terms (runtime.v1): pod sandboxes, containers, images. Implemented by OciRuntime (conmon and
// crun or runc), SimulatedRuntime (pods that run nothing, for simulated nodes) and, later, a CRI client. One suite in tests/contracts/runtime holds
// every implementation to what stands here.
//
// Containers outlive the process that started them: after a restart, containers() tells what runs, and exits are reported for those too; what ended
// in between stands there as Exited, without an event.
//
// Threads: everything on the loop's thread; nothing blocks it. Different containers may be worked on at the same time; calls for one container
// are made one after the other (stopContainer may interrupt nothing: it waits). A runtime is destroyed only when no call is under way.
// Ids are unique for ever and are made of [a-z0-9-].
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/task.h"
#include "engine/http/stream.h"

namespace kates::runtime {

// Mounted with what lies below it. A mount at /etc/hostname or /dev/shm takes the place of the runtime's own;
// /etc/hosts and /etc/resolv.conf are the caller's to mount.
struct Mount {
    std::string hostPath, containerPath; // hostPath exists; a missing containerPath is made in the container
    bool readOnly = false;
    std::string propagation; // "" (private), "rslave", "rshared"
};

struct LinuxResources {
    std::int64_t cpuShares = 0, cpuQuotaMicros = 0, cpuPeriodMicros = 100'000; // 0: not set
    std::int64_t memoryLimitBytes = 0;                                         // 0: none
    std::int64_t pidsMax = 0;                                                  // 0: none
    int oomScoreAdj = 0;
};

struct SecurityContext {
    std::optional<std::int64_t> runAsUser, runAsGroup; // not set: the image's USER, by name or number
    std::vector<std::int64_t> supplementalGroups;      // beside those that the image's /etc/group gives the user
    bool privileged = false, readOnlyRootFilesystem = false, noNewPrivileges = false;
    std::vector<std::string> addCapabilities, dropCapabilities; // with or without CAP_; "ALL"
    std::map<std::string, std::string> sysctls;
    bool seccompUnconfined = false;
};

struct SandboxConfig {
    std::string podUid, podName, podNamespace;
    int attempt = 0;
    std::string hostname;
    bool hostNetwork = false, hostPid = false, hostIpc = false, sharePid = false;
    std::string logDirectory; // <logs>/<namespace>_<name>_<uid>
    std::string cgroupParent; // below the runtime's own cgroup: "kubepods/burstable/pod<uid>"; without cgroups it says nothing
    std::string networkNamespace; // path; made by the network before. "": only with hostNetwork
    std::map<std::string, std::string> labels, annotations;
};

struct ContainerConfig {
    std::string name;
    int attempt = 0;
    std::string image;       // as in the pod
    std::string imageDigest; // ImageStatus::digest of what image() or pullImage() gave
    std::vector<std::string> command, arguments; // override ENTRYPOINT, CMD
    std::string workingDirectory;
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<Mount> mounts;
    LinuxResources resources;
    SecurityContext security;
    bool tty = false, stdin = false, stdinOnce = false;
    std::string logPath; // relative to the sandbox's logDirectory: <container>/<attempt>.log, CRI log format
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
    std::string digest; // sha256:… of the manifest or index that the name stands for
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

// ExecSession::exited() when the timeout struck and the process was killed.
constexpr int kExecTimedOut = -1;

// A running exec or attach. Streams that were not asked for are null. With a tty, stderr is part of stdout.
class ExecSession {
public:
    virtual ~ExecSession() = default; // kills the exec'ed process; an attach only ends
    virtual http::Stream* standardInput() = 0;
    virtual http::Stream* standardOutput() = 0;
    virtual http::Stream* standardError() = 0;
    virtual void resize(int columns, int rows) = 0;
    // The exit code; 126 or 127 when the command could not be started (standard error says why). For an attach: when the container's streams end.
    virtual Future<int> exited() const = 0;
};

struct RuntimeEvent {
    enum class Type { ContainerStarted, ContainerExited, SandboxStopped } type; // SandboxStopped: ready became false
    std::string podUid, sandboxId, containerId;
};

class ContainerRuntime {
public:
    virtual ~ContainerRuntime() = default;
    virtual std::string name() const = 0;    // "kates-runc", "simulated"
    virtual std::string version() const = 0;
    // What this host does not allow, a sentence each ("no cgroup can be written: CPU and memory limits are not enforced"). Empty: nothing is lost.
    virtual std::vector<std::string> limitations() const = 0;

    [[nodiscard]] virtual Task<Result<std::string>> runPodSandbox(SandboxConfig config) = 0; // its id
    [[nodiscard]] virtual Task<Result<void>> stopPodSandbox(std::string id) = 0;   // idempotent; kills what still runs in it
    [[nodiscard]] virtual Task<Result<void>> removePodSandbox(std::string id) = 0; // idempotent; stops it and removes its containers
    // The image must be there. A failure leaves nothing behind.
    [[nodiscard]] virtual Task<Result<std::string>> createContainer(std::string sandboxId, ContainerConfig config) = 0;
    // Once per container. A failure (no such command …) leaves it Exited with code 128 and reason StartError.
    [[nodiscard]] virtual Task<Result<void>> startContainer(std::string id) = 0;
    // SIGTERM (or the image's stop signal), SIGKILL after `grace`. Completes when it has exited. Idempotent.
    [[nodiscard]] virtual Task<Result<void>> stopContainer(std::string id, Duration grace) = 0;
    [[nodiscard]] virtual Task<Result<void>> removeContainer(std::string id) = 0; // idempotent; kills it when it runs. Its log stays
    // After the log file was renamed: the container writes to a new one at logPath.
    [[nodiscard]] virtual Task<Result<void>> reopenContainerLog(std::string id) = 0;
    virtual std::vector<SandboxStatus> sandboxes() const = 0;
    virtual std::vector<ContainerStatus> containers() const = 0;
    virtual std::optional<ContainerStatus> container(const std::string& id) const = 0;
    // For the whole life of the runtime; called on the loop's thread.
    virtual void onEvent(std::function<void(const RuntimeEvent&)> handler) = 0;

    [[nodiscard]] virtual Task<Result<std::unique_ptr<ExecSession>>> exec(ExecRequest request) = 0;
    [[nodiscard]] virtual Task<Result<std::unique_ptr<ExecSession>>> attach(std::string containerId, bool stdin, bool tty) = 0;
    // A TCP connection to the sandbox's loopback.
    [[nodiscard]] virtual Task<Result<std::unique_ptr<http::Stream>>> portForward(std::string sandboxId, int port) = 0;

    // What is stored here under a name ("nginx", "kates.dev/sample:1", "x@sha256:…") or a digest; never asks a registry.
    virtual std::optional<ImageStatus> image(const std::string& reference) const = 0;
    virtual std::vector<ImageStatus> images() const = 0;
    // Asks the registry what the name stands for now and fetches what is missing. The text of an error is fit for an event on the pod.
    [[nodiscard]] virtual Task<Result<ImageStatus>> pullImage(std::string reference, std::optional<RegistryCredential> credential) = 0;
    // The name; with the last one, what no container uses. Idempotent.
    [[nodiscard]] virtual Task<Result<void>> removeImage(std::string reference) = 0;
};

} // namespace kates::runtime
