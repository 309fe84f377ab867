// The part of SPDY/3.1 that Kubernetes' remote commands and port-forwards use, server side.
#pragma once

#include <memory>

#include "engine/http/headers.h"
#include "engine/http/stream.h"

namespace kates::http {

class SpdyConnection {
public:
    struct Incoming {
        Headers headers; // streamType, port, requestID …
        std::unique_ptr<Stream> stream;
    };
    virtual ~SpdyConnection() = default; // closes every stream
    // The next stream that the peer opens; it has been accepted (SYN_REPLY). nullopt when the connection has ended.
    virtual Task<std::optional<Incoming>> accept() = 0;
    virtual void close() = 0;
};

[[nodiscard]] std::unique_ptr<SpdyConnection> makeSpdyServer(Loop& loop, std::unique_ptr<Stream> transport);

} // namespace kates::http
