// What is kept on disk about sandboxes and containers, so that a restarted process knows them again.
//
// The files are replaced atomically but not synced: after a power failure no container of before runs anyway.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

// A process that can be told from a later one with the same pid.
struct ProcessIdentity {
    int pid = 0;
    std::string startTime; // boot id and clock ticks
    [[nodiscard]] static std::optional<ProcessIdentity> of(int pid);
    bool alive() const;
};

struct SandboxRecord {
    std::string id;
    SandboxConfig config;
    bool ready = true;
    WallTime createdAt;
    std::string pauseContainer; // id; empty: none
};

struct ContainerRecord {
    ContainerStatus status;
    std::string stopSignal;
    bool tty = false, stdin = false, stdinOnce = false;
    bool ownPidNamespace = true;
    bool internal = false; // a pod's pause container: not shown
    std::optional<ProcessIdentity> process, monitor; // once started
};

[[nodiscard]] Result<void> saveRecord(const std::filesystem::path& path, const SandboxRecord& record);
[[nodiscard]] Result<void> saveRecord(const std::filesystem::path& path, const ContainerRecord& record);
[[nodiscard]] std::optional<SandboxRecord> loadSandboxRecord(const std::filesystem::path& path);
[[nodiscard]] std::optional<ContainerRecord> loadContainerRecord(const std::filesystem::path& path);

// Written beside, renamed over: complete or not there, as long as the machine runs.
[[nodiscard]] Result<void> replaceFile(const std::filesystem::path& path, std::string_view content, int mode = 0600);

} // namespace kates::runtime
