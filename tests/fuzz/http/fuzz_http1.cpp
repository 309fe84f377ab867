// Request and response messages: nothing crashes, and how bytes are cut into reads makes no difference.
#include "engine/http/http1_parser.h"
#include "tests/fuzz/fuzz.h"

using namespace kates;
using namespace kates::http;

namespace {

struct Message {
    bool headGood = false;
    Http1Parser::Step end = Http1Parser::Step::NeedMore;
    std::string body;
    std::size_t used = 0;
    bool operator==(const Message&) const = default;
};

// The body is handed over `step` bytes at a time.
Message parse(Http1Parser::Kind kind, std::string_view head, std::string_view rest, std::size_t step)
{
    Http1Parser parser(kind);
    Message message;
    message.headGood = parser.parseHead(head);
    if (!message.headGood)
        return message;
    fuzz::require(kind == Http1Parser::Kind::Response || !(parser.chunked() && parser.headers().has("Content-Length")), "one way to say the length");
    while (message.end == Http1Parser::Step::NeedMore && (message.used < rest.size() || parser.complete())) {
        std::size_t consumed = 0;
        message.end = parser.parseBody(rest.substr(message.used, step), message.body, consumed);
        fuzz::require(consumed <= rest.size() - message.used, "no more is consumed than there is");
        message.used += consumed;
    }
    if (message.end == Http1Parser::Step::Malformed)
        message.body.clear(); // how far it came may differ
    if (message.end == Http1Parser::Step::Malformed)
        message.used = 0;
    return message;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto input = fuzz::text(data, size);
    auto scan = scanHead(input, 0);
    // Byte by byte, as a slow client sends it.
    for (std::size_t seen = 0; seen < size; ++seen) {
        auto part = scanHead(input.substr(0, seen + 1), seen);
        if (part.state == HeadScan::State::Incomplete)
            continue;
        fuzz::require(part.state == scan.state && part.size == scan.size, "a head is found in pieces as in one");
        break;
    }
    if (scan.state != HeadScan::State::Complete)
        return 0;
    auto head = input.substr(0, scan.size), rest = input.substr(scan.size);
    for (auto kind : {Http1Parser::Kind::Request, Http1Parser::Kind::Response}) {
        auto whole = parse(kind, head, rest, rest.size() + 1);
        fuzz::require(whole == parse(kind, head, rest, 1), "a body is the same in pieces as in one");
    }
    return 0;
}
