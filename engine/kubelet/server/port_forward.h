// Port-forwards of one pod: for each connection a stream of data and one for what went wrong, whatever carries them.
//
// SPDY/3.1 (portforward.k8s.io), direct or tunnelled through a WebSocket: any number of connections over one upgrade, as kubectl does it.
// WebSocket v4.channel.k8s.io: one connection to each of the ports named in the query, as the JavaScript and Python clients do it. Port i has the channels
// 2i (data) and 2i+1 (error); the first message on each is its port, two bytes, little endian. Closing the socket ends the connections.
#pragma once

#include <memory>
#include <string>

#include "engine/base/loop.h"
#include "engine/http/server.h"
#include "engine/http/stream.h"
#include "engine/runtime/container_runtime.h"

namespace kates::kubelet {

inline constexpr std::size_t kForwardPortsMax = 16; // of one WebSocket
inline constexpr std::size_t kForwardQueuedMaxBytes = 1u << 20; // from the client; then it waits

struct PortForwardPair {
    std::unique_ptr<http::Stream> data, error;
};

// Until both sides have ended. A port that cannot be reached is said on the error stream.
[[nodiscard]] Task<void> forwardPort(Loop& loop, runtime::ContainerRuntime& runtime, std::string sandboxId, int port, PortForwardPair pair);

[[nodiscard]] bool wantsPortForwardChannels(const http::Request& request);
[[nodiscard]] Task<void> servePortForwardChannels(Loop& loop, http::Exchange& exchange, runtime::ContainerRuntime& runtime, std::string sandboxId);

} // namespace kates::kubelet
