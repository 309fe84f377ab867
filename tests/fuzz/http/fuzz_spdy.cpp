// SPDY frames and header blocks: nothing crashes, pieces make no difference, headers survive a round trip.
#include "engine/http/spdy_frames.h"
#include "tests/fuzz/fuzz.h"

#include <vector>

using namespace kates;
using namespace kates::http;

namespace {

std::vector<SpdyFrame> readFrames(std::string_view input, std::size_t step, bool& good)
{
    SpdyFrameReader reader;
    std::vector<SpdyFrame> frames;
    good = true;
    for (std::size_t at = 0; at < input.size(); at += step) {
        reader.push(input.substr(at, step));
        for (;;) {
            auto next = reader.next();
            good = next.has_value();
            if (!good)
                return frames;
            if (!*next)
                break;
            frames.push_back(std::move(**next));
        }
    }
    return frames;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto input = fuzz::text(data, size);
    bool wholeGood = false, bytesGood = false;
    auto whole = readFrames(input, input.size() + 1, wholeGood), bytes = readFrames(input, 1, bytesGood);
    fuzz::require(wholeGood == bytesGood && whole.size() == bytes.size(), "frames are the same in pieces as in one");
    SpdyInflater inflater;
    for (const auto& frame : whole) {
        std::size_t fixed = frame.type == SpdyType::SynStream ? 10 : 4;
        if ((frame.type != SpdyType::SynStream && frame.type != SpdyType::Headers) || frame.payload.size() < fixed)
            continue;
        auto headers = inflater.decode(std::string_view(frame.payload).substr(fixed));
        if (!headers)
            break;
        std::size_t size = 4;
        for (const auto& [name, value] : headers->fields())
            size += 8 + name.size() + value.size();
        if (size > kSpdyHeadersMaxBytes)
            continue; // several values of one name were written as one field
        SpdyDeflater deflater;
        SpdyInflater fresh;
        auto again = fresh.decode(deflater.encode(*headers));
        fuzz::require(again && again->fields().size() == headers->fields().size(), "headers survive a round trip");
    }
    return 0;
}
