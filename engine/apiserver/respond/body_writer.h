// Writes a response body from pieces: a small one whole, with its length; a large one streamed, so that neither memory nor the loop is held for long,
// and compressed when the client is not on this machine and can take it.
#pragma once

#include <memory>
#include <vector>

#include "engine/http/server.h"

namespace kates::apiserver {

class Deflater;

class BodyWriter {
public:
    BodyWriter(Loop& loop, http::Exchange& exchange, int status, http::Headers headers);
    ~BodyWriter();
    void add(Bytes piece);
    void add(std::string piece) { add(Bytes(std::move(piece))); }
    // Sends when enough has come together. False: the client has gone.
    bool due() const;
    Task<bool> flush();
    Task<void> finish();

private:
    std::vector<Bytes> take();
    Loop& m_loop;
    http::Exchange& m_exchange;
    int m_status;
    http::Headers m_headers;
    std::vector<Bytes> m_pieces;
    std::size_t m_bytes = 0;
    bool m_streaming = false;
    std::unique_ptr<Deflater> m_deflater;
};

} // namespace kates::apiserver
