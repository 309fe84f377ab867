#include "engine/apiserver/respond/body_writer.h"

#include "engine/apiserver/respond/deflater.h"

namespace kates::apiserver {

namespace {
constexpr std::size_t kStreamBytes = 128u << 10;

bool fromThisMachine(const http::Request& request)
{
    return request.remoteAddress.starts_with("127.") || request.remoteAddress.starts_with("[::1]") || request.remoteAddress.empty();
}
} // namespace

BodyWriter::BodyWriter(Loop& loop, http::Exchange& exchange, int status, http::Headers headers)
    : m_loop(loop), m_exchange(exchange), m_status(status), m_headers(std::move(headers))
{
}

BodyWriter::~BodyWriter() = default;

void BodyWriter::add(Bytes piece)
{
    m_bytes += piece.size();
    m_pieces.push_back(std::move(piece));
}

bool BodyWriter::due() const
{
    return m_bytes >= kStreamBytes;
}

std::vector<Bytes> BodyWriter::take()
{
    m_bytes = 0;
    return std::exchange(m_pieces, {});
}

Task<bool> BodyWriter::flush()
{
    if (!m_streaming) {
        m_streaming = true;
        const auto& request = m_exchange.request();
        if (request.headers.containsToken("Accept-Encoding", "gzip") && !fromThisMachine(request)) {
            m_deflater = std::make_unique<Deflater>();
            m_headers.set("Content-Encoding", "gzip");
        }
        m_headers.set("Vary", "Accept, Accept-Encoding");
        m_exchange.begin(m_status, m_headers);
    }
    auto pieces = take();
    if (m_deflater)
        pieces = {m_deflater->compress(pieces, false)};
    bool alive = co_await m_exchange.write(std::move(pieces));
    // Others get their turn between the pieces of a large answer.
    co_await yieldTo(m_loop);
    co_return alive;
}

Task<void> BodyWriter::finish()
{
    if (m_streaming) {
        auto pieces = take();
        if (m_deflater)
            pieces = {m_deflater->compress(pieces, true)};
        co_await m_exchange.write(std::move(pieces));
        co_await m_exchange.end();
        co_return;
    }
    if (m_pieces.size() == 1) {
        co_await m_exchange.respond(m_status, std::move(m_headers), std::move(m_pieces.front()));
        co_return;
    }
    std::string whole;
    whole.reserve(m_bytes);
    for (const auto& piece : m_pieces)
        whole.append(piece.view());
    co_await m_exchange.respond(m_status, std::move(m_headers), Bytes(std::move(whole)));
}

} // namespace kates::apiserver
