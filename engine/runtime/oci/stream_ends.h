// Streams that end differently from the one they wrap.
#pragma once

#include <memory>

#include "engine/http/stream.h"

namespace kates::runtime {

// closeWrite() closes the whole stream: for the writing end of a pipe. Write what belongs before it first.
[[nodiscard]] std::unique_ptr<http::Stream> closingInput(std::unique_ptr<http::Stream> inner);
// closeWrite() does nothing: for a terminal.
[[nodiscard]] std::unique_ptr<http::Stream> openInput(std::unique_ptr<http::Stream> inner);
// Writes in pieces of at most `sizeMaxBytes`, one packet each.
[[nodiscard]] std::unique_ptr<http::Stream> packetInput(std::unique_ptr<http::Stream> inner, std::size_t sizeMaxBytes);

} // namespace kates::runtime
