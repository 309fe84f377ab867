// The wire format: a message as a sequence of numbered fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kates::api {

struct WireField {
    int number = 0;
    int wireType = 0;           // 0 varint, 1 64 bits, 2 bytes, 5 32 bits
    std::uint64_t scalar = 0;   // varint and fixed
    std::string_view bytes;     // wire type 2
};

class WireReader {
public:
    explicit WireReader(std::string_view message) : m_rest(message) {}
    // nullopt at the end, or when the rest cannot be read: then failed().
    std::optional<WireField> next();
    bool failed() const { return m_failed; }
    std::optional<std::uint64_t> varint(); // for packed lists
    bool atEnd() const { return m_rest.empty(); }

private:
    std::optional<std::uint64_t> fixed(std::size_t size);
    std::string_view m_rest;
    bool m_failed = false;
};

} // namespace kates::api
