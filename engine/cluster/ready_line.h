// How a process that Kates starts says that it serves: one line on descriptor 3 (launcher::kReadyFd), when its parent opened that.
#pragma once

#include <string>

namespace kates::cluster {

// Remembers whether descriptor 3 is a pipe, before anything else could take that number. Call it first in main().
void claimReadyFd();
// Writes the line, once, and closes the descriptor.
void sayReady(const std::string& line);

} // namespace kates::cluster
