// The size of a terminal inside a container, set from outside through the process that has it: not every runtime program passes it on.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/files.h"
#include "engine/base/loop.h"

namespace kates::runtime {

// Of the terminal that is the process' standard input; nothing when that is none.
void setTerminalSize(int pid, int columns, int rows);

// Calls back once when a file stands at `path` (created and closed, or renamed to it), at the earliest in a later turn.
class FileAppearance {
public:
    FileAppearance(Loop& loop, std::filesystem::path path, std::function<void()> callback);

private:
    void check();
    std::filesystem::path m_path;
    std::function<void()> m_callback;
    OwnedFd m_notify;
    Registration m_watch;
};

} // namespace kates::runtime
