#include "engine/http/response_head.h"

#include "engine/base/log.h"
#include "engine/http/server.h"

#include <strings.h>

#include <algorithm>

namespace kates::http {

namespace {

bool same(std::string_view name, std::string_view lowerCase)
{
    return name.size() == lowerCase.size() && ::strncasecmp(name.data(), lowerCase.data(), name.size()) == 0;
}

void appendClean(std::string& out, std::string_view text)
{
    std::size_t start = out.size();
    out += text;
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
}

} // namespace

bool isConnectionField(std::string_view name)
{
    switch (name.size()) {
    case 7:
        return same(name, "upgrade");
    case 10:
        return same(name, "connection") || same(name, "keep-alive");
    case 16:
        return same(name, "proxy-connection");
    case 17:
        return same(name, "transfer-encoding");
    default:
        return false;
    }
}

MissingAnswer missingAnswer(bool stopping, std::string_view method, std::string_view path)
{
    if (stopping)
        return {503, "the server is stopping\n"};
    log::error("http", "a handler gave no answer", "method", method, "path", path);
    return {500, "the server gave no answer\n"};
}

std::string responseHead(int status, const Headers& headers, std::string_view date, std::string_view framingHeader, std::string_view connection)
{
    std::string head;
    head.reserve(256);
    head += "HTTP/1.1 ";
    head += std::to_string(status);
    head += ' ';
    head += reasonPhrase(status);
    head += "\r\n";
    if (!headers.has("Date")) {
        head += "Date: ";
        head += date;
        head += "\r\n";
    }
    for (const auto& [name, value] : headers.fields()) {
        bool upgrade = status == 101 && same(name, "upgrade");
        if ((isConnectionField(name) && !upgrade) || same(name, "content-length"))
            continue;
        appendClean(head, name);
        head += ": ";
        appendClean(head, value);
        head += "\r\n";
    }
    head += framingHeader;
    if (!connection.empty()) {
        head += "Connection: ";
        head += connection;
        head += "\r\n";
    }
    head += "\r\n";
    return head;
}

std::string_view reasonPhrase(int status)
{
    struct Phrase {
        int status;
        std::string_view text;
    };
    static constexpr Phrase phrases[] = {{100, "Continue"}, {101, "Switching Protocols"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"},
        {204, "No Content"}, {206, "Partial Content"}, {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
        {307, "Temporary Redirect"}, {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"}, {411, "Length Required"},
        {412, "Precondition Failed"}, {413, "Request Entity Too Large"}, {415, "Unsupported Media Type"}, {416, "Range Not Satisfiable"},
        {417, "Expectation Failed"}, {421, "Misdirected Request"}, {422, "Unprocessable Entity"}, {426, "Upgrade Required"},
        {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
        {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"}};
    for (const auto& phrase : phrases) {
        if (phrase.status == status)
            return phrase.text;
    }
    return "Status";
}

} // namespace kates::http
