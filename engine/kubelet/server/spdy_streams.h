// Remote commands and port-forwards over SPDY/3.1, as clients before WebSockets speak them (and, for port-forward, through a WebSocket tunnel).
#pragma once

#include "engine/http/spdy.h"
#include "engine/kubelet/server/remote_streams.h"

namespace kates::kubelet {

[[nodiscard]] Task<std::unique_ptr<RemoteStreams>> acceptSpdyCommand(Loop& loop, http::Exchange& exchange, RemoteCommandOptions options);

// The connection of a port-forward, direct or tunnelled; nullptr when an error has been answered.
[[nodiscard]] Task<std::unique_ptr<http::SpdyConnection>> acceptSpdyPortForward(Loop& loop, http::Exchange& exchange);

} // namespace kates::kubelet
