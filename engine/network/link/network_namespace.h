// Network namespaces that have a name: a file under the run directory on which the namespace is mounted, so that it lives without a process in it.
// The mount is in the caller's mount namespace (the engine's holder has a private one, engine/launcher/namespaces.h).
//
// A thread that has entered a namespace cannot always come back (an ordinary user's may not enter the host's again), so work in a namespace runs on a
// thread that ends with it. A socket stays in the namespace in which it was made.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/base/files.h"

namespace kates::network {

// True when a namespace is mounted there; false for a missing file, and for a plain one (what is left of a namespace of an earlier boot).
[[nodiscard]] bool isNetworkNamespace(const std::filesystem::path& path);
[[nodiscard]] Result<OwnedFd> openNetworkNamespace(const std::filesystem::path& path);

// Unmounts and removes the file; nothing when it is not there. The kernel frees the namespace, and its links with it, when the last process and
// socket in it are gone.
[[nodiscard]] Result<void> removeNetworkNamespace(const std::filesystem::path& path);

// --- For a thread that ends afterwards (runOnThread):

[[nodiscard]] Result<void> enterNetworkNamespace(const std::filesystem::path& path);
// Moves the calling thread into a new namespace, mounts it on `path` and sets its loopback up.
[[nodiscard]] Result<void> enterNewNetworkNamespace(const std::filesystem::path& path);
// Writes /proc/sys/net/<name> of the calling thread's namespace.
[[nodiscard]] Result<void> setSysctl(const std::string& name, const std::string& value);

} // namespace kates::network
