// One HTTP/2 request on a connection of its own, without TLS and without an upgrade (RFC 9113, section 3.3): what a gRPC call needs.
#pragma once

#include <string>

#include "engine/http/headers.h"
#include "engine/http/stream.h"

namespace kates::http {

struct Http2Call {
    std::string method = "POST", authority, path;
    Headers headers; // names in lower case
    std::string body;
};

struct Http2Answer {
    int status = 0;
    Headers headers;  // with those that come after the body (trailers), in order
    std::string body; // at most kHttp2AnswerMaxBytes, past it an error
};

constexpr std::size_t kHttp2AnswerMaxBytes = 64u << 10;
constexpr std::size_t kHttp2AnswerHeadersMax = 100;

// The whole answer. `stream` is used up; closing it ends the call with an error. The caller bounds the time.
[[nodiscard]] Task<Result<Http2Answer>> callHttp2(Stream& stream, Http2Call call);

} // namespace kates::http
