// Starts the processes of a cluster and keeps track of them, also over a restart of the engine. LocalLauncher runs them on this machine; an agent over SSH is
// another implementation of the same interface.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/process.h"

namespace kates::launcher {

struct MachineProcessSpec {
    std::string name;                   // unique per launcher: "demo-node-1"
    std::vector<std::string> arguments; // of the kates binary: {"node", "--config", "…"}
    std::filesystem::path directory;    // holds pid, the process's record
    std::filesystem::path logFile;      // stdout and stderr are appended; a log over kLogMaxBytes is moved to <logFile>.1 first
};

constexpr std::uintmax_t kLogMaxBytes = 10u << 20;

class MachineProcess {
public:
    virtual ~MachineProcess() = default; // the process goes on
    virtual int pid() const = 0;
    virtual bool adopted() const = 0;        // it ran already
    virtual Future<ExitStatus> exited() const = 0;
    // Completes with the first line that the process writes to its descriptor 3 (see kReadyFd), or when that closes (empty line). Never for an adopted process.
    virtual Future<std::string> ready() const = 0;
    virtual void signal(int number) = 0;
};

constexpr int kReadyFd = 3;

class Launcher {
public:
    virtual ~Launcher() = default;
    // The process of this name that still runs, or a new one.
    [[nodiscard]] virtual Result<std::unique_ptr<MachineProcess>> startOrAdopt(const MachineProcessSpec& spec) = 0;
    // Only if it runs already.
    [[nodiscard]] virtual std::unique_ptr<MachineProcess> adopt(const MachineProcessSpec& spec) = 0;
};

// `program`: the kates binary.
[[nodiscard]] std::unique_ptr<Launcher> makeLocalLauncher(Loop& loop, ProcessLauncher& processes, std::filesystem::path program);

} // namespace kates::launcher
