// WebSocket frames: nothing crashes, pieces make no difference, and what was read can be written again.
#include "engine/http/websocket_frames.h"
#include "tests/fuzz/fuzz.h"

#include <vector>

using namespace kates;
using namespace kates::http;

namespace {

constexpr std::size_t kPayloadMax = 1u << 16;

struct Read {
    std::vector<WebSocketFrame> frames;
    int closeCode = 0;
};

Read readFrames(std::string_view input, bool masked, std::size_t step)
{
    WebSocketFrameReader reader(masked, kPayloadMax);
    Read read;
    for (std::size_t at = 0; at < input.size(); at += step) {
        reader.push(input.substr(at, step));
        for (;;) {
            auto next = reader.next();
            if (!next) {
                read.closeCode = next.error().closeCode;
                return read;
            }
            if (!*next)
                break;
            fuzz::require((*next)->payload.size() <= kPayloadMax, "a payload is bounded");
            read.frames.push_back(std::move(**next));
        }
    }
    return read;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto input = fuzz::text(data, size);
    for (bool masked : {true, false}) {
        auto whole = readFrames(input, masked, input.size() + 1), bytes = readFrames(input, masked, 1);
        fuzz::require(whole.closeCode == bytes.closeCode && whole.frames.size() == bytes.frames.size(), "frames are the same in pieces as in one");
        for (const auto& frame : whole.frames) {
            if (!frame.last)
                continue;
            auto again = readFrames(encodeWebSocketFrame(frame.opcode, frame.payload, masked), masked, 3);
            fuzz::require(again.frames.size() == 1 && again.frames[0].payload == frame.payload, "a frame survives a round trip");
        }
    }
    (void)isUtf8(input);
    return 0;
}
