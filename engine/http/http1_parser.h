// HTTP/1.x messages, one at a time, by llhttp in its strict mode; the head is checked by us first, because llhttp lets some old habits
// pass (bare line feeds, folded lines) on which request smuggling is built. Inside engine/http only.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/http/headers.h"

namespace kates::http {

// Where the head (start line and fields, with the empty line) ends.
struct HeadScan {
    enum class State { Incomplete, Complete, Malformed } state;
    std::size_t size = 0; // of a complete head
};
// `from`: bytes that an earlier call on the same, shorter text has seen.
[[nodiscard]] HeadScan scanHead(std::string_view text, std::size_t from);

constexpr std::size_t kTrailersMaxBytes = 16u << 10;

class Http1Parser {
public:
    enum class Kind { Request, Response };
    enum class Step { NeedMore, Complete, Malformed };

    explicit Http1Parser(Kind kind);
    ~Http1Parser();

    // Begins a message: `head` is exactly one complete head. False: malformed, see problem(). `bodyless`: a response to HEAD.
    [[nodiscard]] bool parseHead(std::string_view head, bool bodyless = false);
    // After parseHead: appends the body's bytes to `out` until the input or the message ends; `consumed` says how much input was used.
    [[nodiscard]] Step parseBody(std::string_view input, std::string& out, std::size_t& consumed);
    // The connection has ended: true when that completes the message.
    [[nodiscard]] bool finish();

    std::string method() const;
    const std::string& target() const { return m_target; }
    int status() const;
    int versionMinor() const;
    Headers& headers() { return m_headers; }
    bool keepAlive() const { return m_keepAlive; }
    bool complete() const { return m_complete; }
    bool chunked() const { return m_chunked; }
    std::uint64_t contentLength() const { return m_contentLength; } // 0 when chunked or unknown
    const std::string& problem() const { return m_problem; }

private:
    struct Machine; // llhttp's state and our callbacks
    bool checkVersion();
    bool checkRequest();
    bool checkTransferEncoding();
    bool fail(std::string problem);

    std::unique_ptr<Machine> m_machine;
    Kind m_kind;
    std::string m_target;
    Headers m_headers;
    std::string* m_bodyOut = nullptr;
    std::string_view m_field; // into the head
    std::size_t m_trailerBytes = 0;
    std::uint64_t m_contentLength = 0;
    bool m_headDone = false;
    bool m_complete = false;
    bool m_keepAlive = false;
    bool m_chunked = false;
    bool m_bodyless = false;
    std::string m_problem;
};

} // namespace kates::http
