#include "engine/api/protobuf_reader.h"

namespace kates::api {

std::optional<std::uint64_t> WireReader::varint()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
        auto byte = static_cast<unsigned char>(m_rest.front());
        m_rest.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    m_failed = true;
    return std::nullopt;
}

std::optional<std::uint64_t> WireReader::fixed(std::size_t size)
{
    if (m_rest.size() < size) {
        m_failed = true;
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_rest[i])) << (8 * i);
    m_rest.remove_prefix(size);
    return value;
}

std::optional<WireField> WireReader::next()
{
    if (m_rest.empty() || m_failed)
        return std::nullopt;
    auto key = varint();
    if (!key)
        return std::nullopt;
    WireField field;
    field.number = static_cast<int>(*key >> 3);
    field.wireType = static_cast<int>(*key & 7);
    std::optional<std::uint64_t> value;
    switch (field.wireType) {
    case 0:
    case 2:
        value = varint();
        break;
    case 1:
        value = fixed(8);
        break;
    case 5:
        value = fixed(4);
        break;
    }
    m_failed = m_failed || !value || field.number == 0 || (field.wireType == 2 && *value > m_rest.size());
    if (m_failed)
        return std::nullopt;
    field.scalar = *value;
    if (field.wireType == 2) {
        field.bytes = m_rest.substr(0, *value);
        m_rest.remove_prefix(*value);
    }
    return field;
}

} // namespace kates::api
