// The body of an HTTP watch: one JSON object per line, {"type": …, "object": …}.
#pragma once

#include "engine/client/client.h"
#include "engine/http/client.h"

namespace kates::client {

constexpr std::size_t kWatchFrameMaxBytes = 8u << 20; // past it the watch fails

// Cuts a byte stream into frames and decodes them.
class WatchFrames {
public:
    // The events that these bytes complete.
    std::vector<WatchEvent> feed(std::string_view bytes);
    // An ERROR event, a frame that is not a watch event, or one over the limit ends the watch; nothing is decoded after it.
    const std::optional<api::StatusError>& error() const { return m_error; }

private:
    std::string m_rest; // an unfinished frame
    std::optional<api::StatusError> m_error;
};

std::unique_ptr<WatchStream> makeHttpWatchStream(std::unique_ptr<http::ClientResponse> response);

} // namespace kates::client
