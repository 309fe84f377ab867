// Hands one exchange on to another server: bodies and answers are streamed, an upgrade (WebSocket, SPDY) becomes a pair of pipes.
#pragma once

#include "engine/http/client.h"
#include "engine/http/server.h"

namespace kates::http {

struct ForwardOptions {
    Endpoint endpoint;
    std::string target;    // path and query at the other server
    Headers extraHeaders;  // replace those of the client
    std::vector<std::string> droppedHeaders; // of the client: its credentials, for one
    std::size_t bodyMaxBytes = 16u << 20; // request bodies are read whole
    std::optional<std::string> body;      // the request's, when the caller has read it already
    std::stop_token stop;                 // requested: as if the client had gone
    std::function<void(int status)> answered; // the other server has answered; called before its answer is handed on
};

// Answers the exchange in every case. An error (the server can't be reached, the body is too large) is answered by `refuse`, which gets a
// status and the error.
using Refuse = std::function<Task<void>(Exchange& exchange, int status, Error why)>;
[[nodiscard]] Task<void> forwardExchange(Loop& loop, Client& client, Exchange& exchange, ForwardOptions options, Refuse refuse);

} // namespace kates::http
