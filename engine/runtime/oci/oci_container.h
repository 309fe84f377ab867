// One container as OciRuntime knows it while it runs.
#pragma once

#include <memory>

#include "engine/base/files.h"
#include "engine/base/loop.h"
#include "engine/runtime/oci/records.h"

namespace kates::runtime {

// Calls back once when a process that is not our child has ended.
class ProcessEnd {
public:
    // Called in a later turn, too, when it is gone already.
    ProcessEnd(Loop& loop, const ProcessIdentity& process, std::function<void()> callback);

private:
    OwnedFd m_pidfd;
    Registration m_watch;
};

struct OciContainer {
    ContainerRecord record;
    bool starting = false;
    bool stopWanted = false;  // while it starts: it does not run then
    std::string startProblem; // why the start failed: becomes the status' message
    Event exited;             // it is Exited
    std::unique_ptr<ProcessEnd> monitorEnd, processEnd;

    const std::string& id() const { return record.status.id; }
    bool running() const { return record.status.state == ContainerState::Running; }
    // To its first process. Nothing when it is gone.
    void signal(int number) const;
};

// "SIGTERM", "TERM", "15", "SIGRTMIN+3"; SIGTERM when it is nothing of that.
[[nodiscard]] int parseSignal(const std::string& text);

} // namespace kates::runtime
