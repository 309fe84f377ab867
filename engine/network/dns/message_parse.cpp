#include "engine/network/dns/message.h"

#include <algorithm>

namespace kates::network::dns {

namespace {

constexpr std::size_t kNameWireMax = 255;
constexpr std::uint16_t kFlagResponse = 0x8000, kFlagTruncated = 0x0200, kFlagRecursionDesired = 0x0100;
constexpr int kRecordsMax = 1'000; // per message

void appendLabel(std::string& name, std::string_view label)
{
    if (!name.empty())
        name += '.';
    for (char character : label) {
        if (character == '.' || character == '\\')
            name += '\\';
        name += character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
    }
}

// Reads forward only, within the message; every read says whether there was enough.
class Reader {
public:
    Reader(std::string_view message, std::size_t at) : m_message(message), m_at(at) {}
    std::size_t at() const { return m_at; }
    bool good() const { return m_good; }
    std::uint16_t number16()
    {
        if (!skip(2))
            return 0;
        return readNumber16(m_message, m_at - 2);
    }
    std::uint32_t number32()
    {
        const std::uint32_t high = number16();
        return high << 16 | number16();
    }
    bool skip(std::size_t count)
    {
        if (m_message.size() - m_at < count || !m_good)
            return m_good = false;
        m_at += count;
        return true;
    }
    // A name without compression (a query's question has none).
    std::string plainName()
    {
        std::string name;
        const auto start = m_at;
        for (;;) {
            if (!skip(1))
                return {};
            const auto length = static_cast<unsigned char>(m_message[m_at - 1]);
            if (length == 0)
                return name;
            if (length > 63 || m_at + length + 1 - start > kNameWireMax || !skip(length)) {
                m_good = false;
                return {};
            }
            appendLabel(name, m_message.substr(m_at - length, length));
        }
    }
    // Passes over a name that may end in a pointer; where it points does not matter.
    void skipName()
    {
        while (skip(1)) {
            const auto length = static_cast<unsigned char>(m_message[m_at - 1]);
            if (length == 0)
                return;
            if (length >= 0xc0) {
                skip(1);
                return;
            }
            if (length > 63)
                m_good = false;
            skip(length);
        }
    }

private:
    std::string_view m_message;
    std::size_t m_at;
    bool m_good = true;
};

struct RecordHead {
    std::uint16_t type = 0, recordClass = 0;
    std::size_t ttlOffset = 0;
    std::uint32_t ttl = 0;
};

// Passes over one record.
RecordHead readRecord(Reader& reader)
{
    RecordHead head;
    reader.skipName();
    head.type = reader.number16();
    head.recordClass = reader.number16();
    head.ttlOffset = reader.at();
    head.ttl = reader.number32();
    reader.skip(reader.number16());
    return head;
}

void readEdns(ParsedQuery& parsed, Reader& reader, int others, int additionals)
{
    if (others + additionals > kRecordsMax) {
        parsed.error = FormErr;
        return;
    }
    for (int index = 0; index < others + additionals && reader.good(); ++index) {
        const auto head = readRecord(reader);
        if (head.type != Opt || index < others)
            continue;
        if (parsed.query.edns) // RFC 6891: one only
            parsed.error = FormErr;
        parsed.query.edns = Edns{head.recordClass, static_cast<std::uint8_t>(head.ttl >> 16), (head.ttl & 0x8000) != 0};
    }
    if (!reader.good())
        parsed.error = FormErr;
    else if (parsed.query.edns && parsed.query.edns->version > 0 && parsed.error == NoError)
        parsed.error = BadVersion;
}

} // namespace

std::uint16_t readNumber16(std::string_view message, std::size_t offset)
{
    return static_cast<std::uint16_t>(static_cast<unsigned char>(message[offset]) << 8 | static_cast<unsigned char>(message[offset + 1]));
}

std::size_t Query::udpSizeMax() const
{
    return edns ? std::clamp<std::size_t>(edns->udpSize, kPlainUdpSizeMax, kEdnsUdpSizeMax) : kPlainUdpSizeMax;
}

ParsedQuery parseQuery(std::string_view message)
{
    ParsedQuery parsed;
    if (message.size() < kHeaderSize || (readNumber16(message, 2) & kFlagResponse)) {
        parsed.drop = true;
        return parsed;
    }
    const auto flags = readNumber16(message, 2);
    parsed.query.id = readNumber16(message, 0);
    parsed.query.recursionDesired = (flags & kFlagRecursionDesired) != 0;
    if ((flags >> 11 & 15) != 0) {
        parsed.error = NotImp;
        return parsed;
    }
    Reader reader(message, kHeaderSize);
    auto name = reader.plainName();
    const auto type = reader.number16(), queryClass = reader.number16();
    if (readNumber16(message, 4) != 1 || !reader.good()) {
        parsed.error = FormErr;
        return parsed;
    }
    parsed.query.name = std::move(name);
    parsed.query.type = type;
    parsed.query.queryClass = queryClass;
    parsed.query.question = message.substr(kHeaderSize, reader.at() - kHeaderSize);
    readEdns(parsed, reader, readNumber16(message, 6) + readNumber16(message, 8), readNumber16(message, 10));
    return parsed;
}

std::optional<ResponseInfo> parseResponse(std::string_view message, std::uint16_t id, std::string_view question)
{
    if (message.size() < kHeaderSize + question.size() || readNumber16(message, 0) != id || readNumber16(message, 4) != 1)
        return std::nullopt;
    const auto flags = readNumber16(message, 2);
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b)); };
    if (!(flags & kFlagResponse) || !std::equal(question.begin(), question.end(), message.begin() + kHeaderSize, same))
        return std::nullopt;
    ResponseInfo info;
    info.code = static_cast<Rcode>(flags & 15);
    info.truncated = (flags & kFlagTruncated) != 0;
    const int records = readNumber16(message, 6) + readNumber16(message, 8) + readNumber16(message, 10);
    if (records > kRecordsMax)
        return std::nullopt;
    Reader reader(message, kHeaderSize + question.size());
    for (int index = 0; index < records && reader.good(); ++index) {
        const auto head = readRecord(reader);
        if (head.type == Opt || !reader.good())
            continue;
        info.ttlMin = info.ttlOffsets.empty() ? head.ttl : std::min(info.ttlMin, head.ttl);
        info.ttlOffsets.push_back(head.ttlOffset);
    }
    if (!reader.good() && !info.truncated)
        return std::nullopt;
    return info;
}

} // namespace kates::network::dns
