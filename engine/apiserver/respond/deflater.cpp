#include "engine/apiserver/respond/deflater.h"

#include <zlib.h>

namespace kates::apiserver {

namespace {
constexpr int kLevel = Z_BEST_SPEED;
constexpr int kGzipWindow = 15 + 16;
} // namespace

struct Deflater::State {
    z_stream stream{};
};

Deflater::Deflater() : m_state(std::make_unique<State>())
{
    deflateInit2(&m_state->stream, kLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
}

Deflater::~Deflater()
{
    deflateEnd(&m_state->stream);
}

Bytes Deflater::compress(const std::vector<Bytes>& pieces, bool last)
{
    std::string out;
    auto& stream = m_state->stream;
    auto run = [&](std::string_view input, int flush) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
        stream.avail_in = static_cast<uInt>(input.size());
        do {
            char buffer[16384];
            stream.next_out = reinterpret_cast<Bytef*>(buffer);
            stream.avail_out = sizeof buffer;
            deflate(&stream, flush);
            out.append(buffer, sizeof buffer - stream.avail_out);
        } while (stream.avail_out == 0);
    };
    for (const auto& piece : pieces)
        run(piece.view(), Z_NO_FLUSH);
    run({}, last ? Z_FINISH : Z_SYNC_FLUSH);
    return Bytes(std::move(out));
}

} // namespace kates::apiserver
