// Child processes. An external program is a value (ProcessSpec) given to one ProcessLauncher, so that a test can record it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/task.h"

namespace kates {

struct ProcessSpec {
    std::string program;                // looked up in PATH when it has no '/'
    std::vector<std::string> arguments; // without argv[0]
    // The whole environment; not set: the parent's.
    std::optional<std::vector<std::string>> environment;
    std::string workingDirectory;
    // Descriptors of the parent that become these numbers in the child. 0, 1 and 2 are /dev/null unless named here. All others are closed.
    std::map<int, int> descriptors;
    bool newSession = false;         // setsid: the child survives our terminal and gets its own process group
    bool killWithParent = false;     // PR_SET_PDEATHSIG SIGKILL
    std::string networkNamespace;    // path of a network namespace to enter before exec
};

struct ExitStatus {
    int code = 0;   // 128 + signal when a signal ended it
    int signal = 0; // 0 when it exited by itself
    bool success() const { return code == 0; }
};

class Process {
public:
    virtual ~Process() = default; // does not kill
    virtual int pid() const = 0;
    virtual Future<ExitStatus> exited() const = 0;
    virtual void kill(int signal) = 0; // nothing once it has exited
};

struct ProcessOutput {
    ExitStatus status;
    std::string standardOutput;
    std::string standardError;
};

struct RunLimits {
    Duration timeout = std::chrono::seconds(30);
    std::size_t outputMax = 16u << 20; // past it the child is killed and the run fails
    std::stop_token stop;              // requested: the same. A child with newSession is killed with its whole process group
};

class ProcessLauncher {
public:
    virtual ~ProcessLauncher() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<Process>> start(const ProcessSpec& spec) = 0;
    // Starts, feeds `input`, collects the output, waits. A program that ends with a non-zero status is not an error here.
    [[nodiscard]] virtual Task<Result<ProcessOutput>> run(ProcessSpec spec, std::string input = {}, RunLimits limits = {}) = 0;
};

[[nodiscard]] std::unique_ptr<ProcessLauncher> makeProcessLauncher(Loop& loop);

// Watches a process that is not our child (a container's init, a node that we re-attach to) by pidfd. The status is not
// known then: the future gives an ExitStatus of zeros. A pid that is gone already completes at once.
[[nodiscard]] Future<ExitStatus> watchForeignProcess(Loop& loop, int pid);

} // namespace kates
