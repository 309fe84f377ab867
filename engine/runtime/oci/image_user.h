// Who a container's processes are: uid, gid and supplementary groups, from the pod's security context, the image's USER and the image's own
// /etc/passwd and /etc/group (untrusted files: bounded, and never read through a link that leads out of the root).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/runtime/container_runtime.h"

namespace kates::runtime {

struct ContainerUser {
    std::int64_t uid = 0, gid = 0;
    std::vector<std::int64_t> additionalGids;
};

// `imageUser`: "", "name", "uid", each with ":group". `passwd` and `group`: the files' texts, empty when the image has none.
[[nodiscard]] Result<ContainerUser> resolveUser(
    const SecurityContext& security, const std::string& imageUser, const std::string& passwd, const std::string& group);

// A file of the image by its path in the container; "" when it is absent, no file, or larger than a megabyte.
[[nodiscard]] std::string readInRoot(int rootDirectory, const std::string& path);

} // namespace kates::runtime
