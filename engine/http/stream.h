// A two-way byte stream: a TLS connection after an upgrade, a Unix socket, a WebSocket tunnel.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/task.h"

namespace kates::http {

class Stream {
public:
    virtual ~Stream() = default; // closes
    // The next bytes, at least one; an empty string at the end. One read at a time.
    virtual Task<Result<std::string>> read() = 0;
    // Completes when the bytes are handed to the kernel (back-pressure). Calls are served in order.
    virtual Task<Result<void>> write(std::string bytes) = 0;
    virtual void closeWrite() = 0; // half close where the transport knows it
    virtual void close() = 0;      // both ways; a waiting read or write ends with an error
};

// Copies both ways. When one side ends, the other is told (closeWrite) and may finish what it has to say, as long as it is not silent for
// a minute; then, or when a side fails or stop is requested, both are closed.
Task<void> pipe(Loop& loop, std::unique_ptr<Stream> left, std::unique_ptr<Stream> right, std::stop_token stop = {});

} // namespace kates::http
