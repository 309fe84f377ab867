// The five streams of a remote command, whatever carries them: WebSocket channels (v4/v5.channel.k8s.io) or SPDY streams.
#pragma once

#include <memory>
#include <string>

#include "engine/http/server.h"
#include "engine/http/stream.h"

namespace kates::kubelet {

struct RemoteStreams {
    std::unique_ptr<http::Stream> standardInput, standardOutput, standardError; // null when not asked for
    std::unique_ptr<http::Stream> error;  // a metav1.Status at the end
    std::unique_ptr<http::Stream> resize; // {"Width":80,"Height":24} lines
    std::shared_ptr<void> keepAlive;      // the connection behind the streams
};

struct RemoteCommandOptions {
    bool stdin = false, stdout = false, stderr = false, tty = false;
};

// Takes over the exchange. Streams are null and an answer has been sent when the client offers no protocol that we know.
[[nodiscard]] Task<std::unique_ptr<RemoteStreams>> acceptRemoteCommand(Loop& loop, http::Exchange& exchange, RemoteCommandOptions options);

} // namespace kates::kubelet
