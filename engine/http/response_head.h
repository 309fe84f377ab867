// The head of an HTTP/1.1 response as text. Inside engine/http only.
#pragma once

#include <string>
#include <string_view>

#include "engine/http/headers.h"

namespace kates::http {

// Fields that belong to one connection (RFC 9110, section 7.6.1), and Content-Length, are left out of `headers`: `framingHeader` (a whole
// line or nothing) and `connection` (a value or nothing) stand for them. Characters that would end a field become spaces.
std::string responseHead(int status, const Headers& headers, std::string_view date, std::string_view framingHeader, std::string_view connection);

// What a client gets whose handler ended without answering: 503 when the server is stopping, otherwise 500.
struct MissingAnswer {
    int status;
    std::string_view text;
};
MissingAnswer missingAnswer(bool stopping, std::string_view method, std::string_view path); // writes a log line for 500

// True for the fields above: HTTP/2 forbids them too (RFC 9113, section 8.2.2).
bool isConnectionField(std::string_view name);

} // namespace kates::http
