// What this host offers to Kates, checked by trying it: each thing that is missing, what is lost without it, and how to get it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kates::launcher {

struct PreflightCheck {
    std::string name; // "user-namespaces", stable
    bool ok = false;
    std::string message; // what was found
    std::string lost;    // when not ok: what does not work without it
    std::string fix;     // when not ok: one thing to do
};

// `dataDirectory` is where images and containers will be (overlayfs depends on its file system); it must exist. Forks: call it on a thread that may
// wait about 100 ms.
[[nodiscard]] std::vector<PreflightCheck> preflight(const std::filesystem::path& dataDirectory);

} // namespace kates::launcher
