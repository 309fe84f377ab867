// Outgoing TCP connections. Inside engine/http only.
#pragma once

#include <string>

#include "engine/base/files.h"
#include "engine/base/loop.h"
#include "engine/base/task.h"
#include "engine/http/address.h"

namespace kates::http {

// A socket that lives in the network namespace at that path ("": ours).
[[nodiscard]] Result<OwnedFd> makeTcpSocket(int family, const std::string& networkNamespace);
// Fails with ETIMEDOUT past the deadline.
[[nodiscard]] Task<Result<OwnedFd>> connectSocket(Loop& loop, OwnedFd fd, SocketAddress address, MonotonicTime deadline);

} // namespace kates::http
