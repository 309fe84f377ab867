// DNS messages (RFC 1035, 2782, 6891): queries read within limits, responses written with compression. Pure functions.
//
// Names are text without the last dot, in lower case; a '.' or '\' inside a label is written "\." or "\\". At most 255 bytes on the wire, labels at
// most 63.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/network/link/ipv4.h"

namespace kates::network::dns {

enum Type : std::uint16_t { A = 1, Ns = 2, Cname = 5, Soa = 6, Ptr = 12, Txt = 16, Aaaa = 28, Srv = 33, Opt = 41, Any = 255 };
enum Rcode : std::uint8_t { NoError = 0, FormErr = 1, ServFail = 2, NxDomain = 3, NotImp = 4, Refused = 5, BadVersion = 16 };

constexpr std::size_t kPlainUdpSizeMax = 512;  // without EDNS
constexpr std::size_t kEdnsUdpSizeMax = 1'232; // fits every path without fragments (DNS flag day 2020)
constexpr std::size_t kTcpSizeMax = 65'535;
constexpr std::size_t kHeaderSize = 12;
constexpr std::uint16_t kClassIn = 1;

struct Edns {
    std::uint16_t udpSize = 0;
    std::uint8_t version = 0;
    bool dnssecOk = false;
};

struct Query {
    std::uint16_t id = 0;
    bool recursionDesired = false;
    std::string name;
    std::uint16_t type = 0;
    std::uint16_t queryClass = kClassIn;
    std::string question; // its bytes as they came, to be sent back
    std::optional<Edns> edns;
    // What may be sent back in one datagram.
    std::size_t udpSizeMax() const;
};

// `query` is set as far as it could be read. Not even an error response may be sent when `drop` (it is a response itself, or too short).
struct ParsedQuery {
    Query query;
    Rcode error = NoError;
    bool drop = false;
};
[[nodiscard]] ParsedQuery parseQuery(std::string_view message);

struct SrvData {
    std::uint16_t priority = 0, weight = 0, port = 0;
    std::string target;
};
struct SoaData {
    std::string primary, mailbox;
    std::uint32_t serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0;
};
struct NameData {
    Type type; // Cname or Ptr
    std::string target;
};
struct TextData {
    std::string text; // at most 255 bytes
};
struct Record {
    std::string name;
    std::uint32_t ttl = 0;
    std::variant<Ipv4, NameData, SrvData, SoaData, TextData> data;
};

struct Answer {
    Rcode code = NoError;
    bool authoritative = false;
    std::vector<Record> answers, authorities, additionals;
};

// At most `sizeMax` bytes: additional records are left out first; answers that do not fit set the TC bit (the client asks again by TCP).
[[nodiscard]] std::string writeResponse(const Query& query, const Answer& answer, std::size_t sizeMax);

// --- What a forwarder needs to know of other servers' responses.

struct ResponseInfo {
    Rcode code = NoError;
    bool truncated = false;
    std::vector<std::size_t> ttlOffsets; // where the records' TTLs stand (not OPT's)
    std::uint32_t ttlMin = 0;            // 0 when there is no record
};
// nullopt: malformed, or no response to this question.
[[nodiscard]] std::optional<ResponseInfo> parseResponse(std::string_view message, std::uint16_t id, std::string_view question);

[[nodiscard]] std::uint16_t readNumber16(std::string_view message, std::size_t offset);
void writeNumber16(std::string& message, std::size_t offset, std::uint16_t number);
void writeNumber32(std::string& message, std::size_t offset, std::uint32_t number);

} // namespace kates::network::dns
