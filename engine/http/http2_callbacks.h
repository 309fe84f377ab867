// nghttp2's callbacks for a server connection. They change state and mark exchanges; nothing runs from here. Inside engine/http only.
#pragma once

#include <nghttp2/nghttp2.h>

namespace kates::http {

class Http2Connection;

// A server session of this connection. nullptr: out of memory.
nghttp2_session* makeHttp2Session(Http2Connection& connection, std::size_t headerMaxBytes, int streamsMax);
nghttp2_data_provider http2BodyProvider();

} // namespace kates::http
