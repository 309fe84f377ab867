#include "engine/http/send_queue.h"

#include <algorithm>
#include <cstring>

namespace kates::http {

namespace {
constexpr std::size_t kPiecesKept = 16; // capacity that a drained queue may keep
constexpr std::size_t kCompactAt = 64;
}

void SendQueue::push(Bytes bytes)
{
    std::size_t size = bytes.size();
    pushPiece({std::move(bytes), {}}, size);
}

void SendQueue::push(std::string text)
{
    std::size_t size = text.size();
    pushPiece({{}, std::move(text)}, size);
}

void SendQueue::pushPiece(Piece piece, std::size_t size)
{
    if (size == 0)
        return;
    if (m_first >= kCompactAt && m_first * 2 >= m_pieces.size()) {
        m_pieces.erase(m_pieces.begin(), m_pieces.begin() + static_cast<std::ptrdiff_t>(m_first));
        m_first = 0;
    }
    m_pieces.push_back(std::move(piece));
    m_size += size;
}

int SendQueue::gather(iovec* entries, int entriesMax) const
{
    int count = 0;
    std::size_t offset = m_offset;
    for (std::size_t i = m_first; i < m_pieces.size() && count < entriesMax; ++i, offset = 0) {
        auto view = m_pieces[i].view().substr(offset);
        entries[count++] = {const_cast<char*>(view.data()), view.size()};
    }
    return count;
}

std::string_view SendQueue::run(char* scratch, std::size_t capacity) const
{
    if (empty())
        return {};
    auto first = m_pieces[m_first].view().substr(m_offset);
    if (first.size() >= capacity || m_first + 1 == m_pieces.size())
        return first;
    std::size_t filled = 0;
    std::size_t offset = m_offset;
    for (std::size_t i = m_first; i < m_pieces.size() && filled < capacity; ++i, offset = 0) {
        auto view = m_pieces[i].view().substr(offset, capacity - filled);
        std::memcpy(scratch + filled, view.data(), view.size());
        filled += view.size();
    }
    return {scratch, filled};
}

void SendQueue::consume(std::size_t count)
{
    m_size -= count;
    while (count > 0) {
        std::size_t left = m_pieces[m_first].view().size() - m_offset;
        if (count < left) {
            m_offset += count;
            return;
        }
        count -= left;
        m_pieces[m_first] = {};
        ++m_first;
        m_offset = 0;
    }
    if (m_size == 0)
        clear();
}

void SendQueue::clear()
{
    m_pieces.clear();
    if (m_pieces.capacity() > kPiecesKept)
        m_pieces.shrink_to_fit();
    m_first = m_offset = m_size = 0;
}

} // namespace kates::http
