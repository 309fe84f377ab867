// A Stream over a Socket. Inside engine/http only.
#pragma once

#include "engine/http/socket.h"
#include "engine/http/stream.h"

namespace kates::http {

// `early`: bytes that were received before, to be read first.
std::unique_ptr<Stream> makeSocketStream(std::shared_ptr<Socket> socket, std::string early);

} // namespace kates::http
