// Inside engine/http only.
#pragma once

#include "engine/http/websocket.h"

namespace kates::http {

// Over a stream on which the upgrade is done. `client`: our side masks.
std::unique_ptr<WebSocket> makeWebSocket(Loop& loop, std::unique_ptr<Stream> stream, std::string protocol, bool client);

} // namespace kates::http
