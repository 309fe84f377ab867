// SPDY/3 header blocks: counted names and values, compressed with a dictionary that both sides know (section 2.6.10).
#include "engine/http/spdy_frames.h"

#include <algorithm>

namespace kates::http {

namespace {

// The dictionary is a list of words, each behind its length, and a tail of text.
const std::string& dictionary()
{
    static const std::string made = [] {
        static constexpr std::string_view words[] = {
            "options", "head", "post", "put", "delete", "trace", "accept", "accept-charset", "accept-encoding", "accept-language",
            "accept-ranges", "age", "allow", "authorization", "cache-control", "connection", "content-base", "content-encoding",
            "content-language", "content-length", "content-location", "content-md5", "content-range", "content-type", "date", "etag",
            "expect", "expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
            "last-modified", "location", "max-forwards", "pragma", "proxy-authenticate", "proxy-authorization", "range", "referer",
            "retry-after", "server", "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "vary", "via", "warning",
            "www-authenticate", "method", "get", "status", "200 OK", "version", "HTTP/1.1", "url", "public", "set-cookie", "keep-alive",
            "origin"};
        std::string text;
        for (auto word : words)
            text += spdyNumber(static_cast<std::uint32_t>(word.size())) + std::string(word);
        text += "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505"
                "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized403 Forbidden404 Not Found"
                "500 Internal Server Error501 Not Implemented503 Service Unavailable"
                "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT"
                "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain,text/javascript,public"
                "privatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";
        return text;
    }();
    return made;
}

const Bytef* bytes(std::string_view text)
{
    return reinterpret_cast<const Bytef*>(text.data());
}

// Takes a counted string off the front.
bool takeText(std::string_view& rest, std::string_view& text)
{
    if (rest.size() < 4)
        return false;
    std::size_t size = spdyNumberAt(rest, 0);
    if (rest.size() - 4 < size)
        return false;
    text = rest.substr(4, size);
    rest.remove_prefix(4 + size);
    return true;
}

} // namespace

SpdyInflater::SpdyInflater()
{
    inflateInit(&m_zlib);
}

SpdyInflater::~SpdyInflater()
{
    inflateEnd(&m_zlib);
}

Result<std::string> SpdyInflater::inflateBlock(std::string_view block)
{
    std::string out;
    char piece[4096];
    m_zlib.next_in = const_cast<Bytef*>(bytes(block));
    m_zlib.avail_in = static_cast<uInt>(block.size());
    for (bool more = true; more;) {
        m_zlib.next_out = reinterpret_cast<Bytef*>(piece);
        m_zlib.avail_out = sizeof piece;
        int result = inflate(&m_zlib, Z_SYNC_FLUSH);
        if (result == Z_NEED_DICT && inflateSetDictionary(&m_zlib, bytes(dictionary()), static_cast<uInt>(dictionary().size())) == Z_OK)
            continue;
        out.append(piece, sizeof piece - m_zlib.avail_out);
        if (result != Z_OK && result != Z_BUF_ERROR)
            return failure("a SPDY header block cannot be decompressed");
        if (out.size() > kSpdyHeadersMaxBytes)
            return failure("a SPDY header block is too large");
        more = m_zlib.avail_out == 0;
    }
    return out;
}

Result<Headers> SpdyInflater::decode(std::string_view block)
{
    auto text = inflateBlock(block);
    if (!text)
        return tl::unexpected(text.error());
    std::string_view rest = *text;
    Headers headers;
    std::size_t count = spdyNumberAt(rest, 0);
    if (rest.size() < 4 || count > kSpdyHeadersMax)
        return failure("a SPDY header block is malformed");
    rest.remove_prefix(4);
    for (std::size_t i = 0; i < count; ++i) {
        std::string_view name, values;
        if (!takeText(rest, name) || !takeText(rest, values) || name.empty())
            return failure("a SPDY header block is malformed");
        for (std::size_t start = 0; start <= values.size();) {
            auto end = std::min(values.find('\0', start), values.size());
            headers.add(name, values.substr(start, end - start));
            start = end + 1;
        }
        if (headers.fields().size() > kSpdyHeadersMax)
            return failure("a SPDY header block has too many fields");
    }
    return headers;
}

SpdyDeflater::SpdyDeflater()
{
    deflateInit(&m_zlib, Z_DEFAULT_COMPRESSION);
    deflateSetDictionary(&m_zlib, bytes(dictionary()), static_cast<uInt>(dictionary().size()));
}

SpdyDeflater::~SpdyDeflater()
{
    deflateEnd(&m_zlib);
}

std::string SpdyDeflater::encode(const Headers& headers)
{
    std::string text = spdyNumber(static_cast<std::uint32_t>(headers.fields().size()));
    for (const auto& [name, value] : headers.fields()) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        text += spdyNumber(static_cast<std::uint32_t>(lower.size())) + lower + spdyNumber(static_cast<std::uint32_t>(value.size())) + value;
    }
    std::string out;
    char piece[4096];
    m_zlib.next_in = const_cast<Bytef*>(bytes(text));
    m_zlib.avail_in = static_cast<uInt>(text.size());
    do {
        m_zlib.next_out = reinterpret_cast<Bytef*>(piece);
        m_zlib.avail_out = sizeof piece;
        deflate(&m_zlib, Z_SYNC_FLUSH);
        out.append(piece, sizeof piece - m_zlib.avail_out);
    } while (m_zlib.avail_out == 0);
    return out;
}

} // namespace kates::http
