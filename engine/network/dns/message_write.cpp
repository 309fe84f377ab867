#include "engine/network/dns/message.h"

#include <map>

namespace kates::network::dns {

namespace {

constexpr std::size_t kPointerMax = 0x3fff; // how far into a message a compression pointer reaches
constexpr std::size_t kOptSize = 11;
constexpr std::uint16_t kFlagResponse = 0x8000, kFlagAuthoritative = 0x0400, kFlagTruncated = 0x0200, kFlagRecursionDesired = 0x0100,
                        kFlagRecursionAvailable = 0x0080;

class Writer {
public:
    explicit Writer(const Query& query)
    {
        m_message.resize(kHeaderSize);
        m_message += query.question;
        if (query.question.empty() || query.name.empty())
            return;
        m_suffixes[query.name] = kHeaderSize;
        if (query.name.find('\\') != query.name.npos)
            return;
        // Each label's length byte stands where the dot before it stands in the text, one further.
        for (auto dot = query.name.find('.'); dot != query.name.npos; dot = query.name.find('.', dot + 1))
            m_suffixes[query.name.substr(dot + 1)] = kHeaderSize + dot + 1;
    }
    std::size_t size() const { return m_message.size(); }
    std::string take() { return std::move(m_message); }
    void cutTo(std::size_t size)
    {
        m_message.resize(size);
        std::erase_if(m_suffixes, [size](const auto& suffix) { return suffix.second >= size; });
    }
    void number8(std::uint8_t number) { m_message += static_cast<char>(number); }
    void number16(std::uint16_t number)
    {
        m_message += static_cast<char>(number >> 8);
        m_message += static_cast<char>(number & 255);
    }
    void number32(std::uint32_t number)
    {
        number16(static_cast<std::uint16_t>(number >> 16));
        number16(static_cast<std::uint16_t>(number));
    }
    // Our own names have no escaped characters; the question's, which may, is already in m_suffixes as a whole.
    void name(std::string_view text)
    {
        while (!text.empty()) {
            if (auto known = m_suffixes.find(text); known != m_suffixes.end()) {
                number16(static_cast<std::uint16_t>(0xc000 | known->second));
                return;
            }
            if (m_message.size() <= kPointerMax)
                m_suffixes.emplace(std::string(text), m_message.size());
            const auto label = text.substr(0, text.find('.')).substr(0, 63);
            number8(static_cast<std::uint8_t>(label.size()));
            m_message += label;
            text.remove_prefix(std::min(text.find('.'), text.size() - 1) + 1);
        }
        number8(0);
    }
    void record(const Record& record)
    {
        name(record.name);
        const auto typeAt = m_message.size();
        number16(0);
        number16(kClassIn);
        number32(record.ttl);
        const auto lengthAt = m_message.size();
        number16(0);
        const auto type = std::visit([this](const auto& data) { return rdata(data); }, record.data);
        writeNumber16(m_message, typeAt, type);
        writeNumber16(m_message, lengthAt, static_cast<std::uint16_t>(m_message.size() - lengthAt - 2));
    }
    void options(std::uint8_t extendedCode, bool dnssecOk)
    {
        number8(0);
        number16(Opt);
        number16(kEdnsUdpSizeMax);
        number32(std::uint32_t(extendedCode) << 24 | (dnssecOk ? 0x8000u : 0u));
        number16(0);
    }

private:
    Type rdata(const Ipv4& address)
    {
        number32(address.value());
        return A;
    }
    Type rdata(const NameData& data)
    {
        name(data.target);
        return data.type;
    }
    Type rdata(const SrvData& data)
    {
        number16(data.priority);
        number16(data.weight);
        number16(data.port);
        name(data.target);
        return Srv;
    }
    Type rdata(const SoaData& data)
    {
        name(data.primary);
        name(data.mailbox);
        for (const auto number : {data.serial, data.refresh, data.retry, data.expire, data.minimum})
            number32(number);
        return Soa;
    }
    Type rdata(const TextData& data)
    {
        number8(static_cast<std::uint8_t>(data.text.size()));
        m_message += data.text;
        return Txt;
    }

    std::string m_message;
    std::map<std::string, std::size_t, std::less<>> m_suffixes; // name → where it stands
};

} // namespace

void writeNumber16(std::string& message, std::size_t offset, std::uint16_t number)
{
    message[offset] = static_cast<char>(number >> 8);
    message[offset + 1] = static_cast<char>(number & 255);
}

void writeNumber32(std::string& message, std::size_t offset, std::uint32_t number)
{
    writeNumber16(message, offset, static_cast<std::uint16_t>(number >> 16));
    writeNumber16(message, offset + 2, static_cast<std::uint16_t>(number));
}

std::string writeResponse(const Query& query, const Answer& answer, std::size_t sizeMax)
{
    Writer writer(query);
    const auto room = sizeMax - (query.edns ? kOptSize : 0);
    bool truncated = false;
    std::uint16_t counts[3] = {};
    const std::vector<Record>* sections[] = {&answer.answers, &answer.authorities, &answer.additionals};
    for (int section = 0; section < 3 && !truncated; ++section) {
        for (const auto& record : *sections[section]) {
            const auto before = writer.size();
            writer.record(record);
            if (writer.size() > room) {
                writer.cutTo(before);
                truncated = section < 2;
                break;
            }
            ++counts[section];
        }
    }
    if (query.edns)
        writer.options(static_cast<std::uint8_t>(answer.code >> 4), query.edns->dnssecOk);
    auto message = writer.take();
    const auto flags = kFlagResponse | (answer.authoritative ? kFlagAuthoritative : 0) | (truncated ? kFlagTruncated : 0)
        | (query.recursionDesired ? kFlagRecursionDesired : 0) | kFlagRecursionAvailable | (answer.code & 15);
    writeNumber16(message, 0, query.id);
    writeNumber16(message, 2, static_cast<std::uint16_t>(flags));
    writeNumber16(message, 4, query.question.empty() ? 0 : 1);
    writeNumber16(message, 6, counts[0]);
    writeNumber16(message, 8, counts[1]);
    writeNumber16(message, 10, static_cast<std::uint16_t>(counts[2] + (query.edns ? 1 : 0)));
    return message;
}

} // namespace kates::network::dns
