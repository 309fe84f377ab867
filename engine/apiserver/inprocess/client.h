// The in-process transport: a client::Client whose calls go through authorisation, admission and conflict checks as those over HTTP do, but pass
// pointers.
#pragma once

#include "engine/apiserver/server.h"

namespace kates::apiserver {

// `server` must outlive the client; calls after its stop() are 503.
[[nodiscard]] std::shared_ptr<client::Client> makeInProcessClient(Server& server, UserInfo user);

} // namespace kates::apiserver
