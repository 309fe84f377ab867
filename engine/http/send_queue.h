// Bytes on their way out: shared pieces are kept by reference, small texts by value. Inside engine/http only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <sys/uio.h>

#include "engine/base/bytes.h"

namespace kates::http {

class SendQueue {
public:
    void push(Bytes bytes);
    void push(std::string text);
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }

    // The first pieces, for one sendmsg(). Gives how many entries were filled.
    int gather(iovec* entries, int entriesMax) const;
    // One run of bytes from the front: the first piece itself when it is alone or at least `capacity` long, otherwise the first pieces
    // put together in `scratch`. After a call that did not consume, the next call gives the same bytes first (OpenSSL needs that).
    std::string_view run(char* scratch, std::size_t capacity) const;
    void consume(std::size_t count);
    void clear();

private:
    struct Piece {
        Bytes bytes;
        std::string text;
        std::string_view view() const { return bytes.empty() ? std::string_view(text) : bytes.view(); }
    };
    void pushPiece(Piece piece, std::size_t size);

    std::vector<Piece> m_pieces;
    std::size_t m_first = 0;  // of m_pieces; those before it have been sent
    std::size_t m_offset = 0; // into the first piece
    std::size_t m_size = 0;
};

} // namespace kates::http
