// The namespaces in which everything of one user's engine runs: a private mount namespace and, when the user is not root, a user namespace
// in which the user is uid 0 and has the uids of /etc/subuid and /etc/subgid.
//
// They belong to the *holder*: a tiny process that does nothing but live. An engine that is started again finds it by its pid file and joins the
// same namespaces, so that old nodes, containers and network namespaces are where they were. Engine, masters and nodes stay in the host's
// network namespace and listen on the host's loopback.
//
// Call these while the process has one thread, before the loop: they fork and call setns(2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace kates::launcher {

struct Holder {
    int pid = 0;
    std::uint64_t startTime = 0; // clock ticks since boot (/proc/<pid>/stat): tells it from a later process with the same pid
    bool operator==(const Holder&) const = default;
};

// The holder that lives, from its pid file in `runDirectory`.
[[nodiscard]] std::optional<Holder> findHolder(const std::filesystem::path& runDirectory);

// The living holder, or a new one. Two callers at once get the same one. The mounts of its namespace are a slave of the host's: what the host
// mounts later is seen, what we mount is not seen outside. On a host with both cgroup versions /sys/fs/cgroup/unified is covered, because crun
// refuses to run otherwise.
// Without root and without subordinate ids only one uid is mapped: most images cannot be unpacked then, see preflight.h.
[[nodiscard]] Result<Holder> ensureHolder(const std::filesystem::path& runDirectory);

// Moves this process into the holder's namespaces; the working directory is kept. Its capabilities are then those of uid 0 in the user namespace.
[[nodiscard]] Result<void> enterNamespaces(const Holder& holder);

// Ends the holder and removes its pid file. The namespaces go with the last process inside. Nothing when there is no holder.
[[nodiscard]] Result<void> stopHolder(const std::filesystem::path& runDirectory);

} // namespace kates::launcher
