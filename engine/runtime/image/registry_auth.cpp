#include "engine/runtime/image/registry_auth.h"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "engine/api/json.h"
#include "engine/base/base64.h"
#include "engine/http/headers.h"

namespace kates::runtime {

namespace {

constexpr std::size_t kHeaderLengthMax = 8192;
constexpr std::size_t kUrlLengthMax = 8192;
constexpr std::size_t kTokenLengthMax = 32u << 10;

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

// What is left of the header, taken apart word by word.
class HeaderReader {
public:
    explicit HeaderReader(std::string_view text) : m_text(text.substr(0, kHeaderLengthMax)) {}
    bool atEnd()
    {
        skip(" \t,");
        return m_text.empty();
    }
    std::string word()
    {
        const auto end = std::min(m_text.find_first_of(" \t,=\""), m_text.size());
        std::string result(m_text.substr(0, end));
        m_text.remove_prefix(end);
        return result;
    }
    bool take(char wanted)
    {
        if (!m_text.starts_with(wanted))
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    std::string value()
    {
        if (!take('"'))
            return word();
        std::string result;
        while (!m_text.empty() && !take('"')) {
            if (m_text.front() == '\\' && m_text.size() > 1)
                m_text.remove_prefix(1);
            result += m_text.front();
            m_text.remove_prefix(1);
        }
        return result;
    }
    void dropOne()
    {
        if (!m_text.empty())
            m_text.remove_prefix(1);
    }

private:
    void skip(std::string_view characters) { m_text.remove_prefix(std::min(m_text.find_first_not_of(characters), m_text.size())); }
    std::string_view m_text;
};

} // namespace

std::vector<AuthChallenge> parseChallenges(std::string_view header)
{
    std::vector<AuthChallenge> challenges;
    HeaderReader reader(header);
    while (!reader.atEnd()) {
        const auto word = lower(reader.word());
        if (word.empty())
            reader.dropOne(); // nonsense: go on after it
        else if (!reader.take('='))
            challenges.push_back({word, {}});
        else if (!challenges.empty())
            challenges.back().parameters[word] = reader.value();
        else
            reader.value();
    }
    return challenges;
}

Result<Url> parseUrl(std::string_view text, const Url* base)
{
    auto refuse = [&] { return failure("\"" + std::string(text.substr(0, 200)) + "\" is not a web address"); };
    if (text.size() > kUrlLengthMax || std::any_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; }))
        return refuse();
    text = text.substr(0, text.find('#'));
    if (base && text.starts_with('/') && !text.starts_with("//")) {
        Url url = *base;
        url.target = text;
        return url;
    }
    Url url;
    const auto scheme = lower(text.substr(0, std::min<std::size_t>(text.size(), 8)));
    if (!scheme.starts_with("https://") && !scheme.starts_with("http://"))
        return refuse();
    url.tls = scheme == "https://";
    url.port = url.tls ? 443 : 80;
    text.remove_prefix(url.tls ? 8 : 7);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    url.target = (text.substr(end).starts_with('/') ? "" : "/") + std::string(text.substr(end));
    if (authority.find('@') != std::string_view::npos)
        return refuse();
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos)
            return refuse();
        url.host = lower(authority.substr(1, close - 1));
        authority.remove_prefix(close + 1);
    } else {
        url.host = lower(authority.substr(0, authority.find(':')));
        authority.remove_prefix(url.host.size());
    }
    if (!authority.empty()) {
        const auto* last = authority.data() + authority.size();
        if (authority.front() != ':' || std::from_chars(authority.data() + 1, last, url.port).ptr != last || url.port < 1 || url.port > 65535)
            return refuse();
    }
    if (url.host.empty())
        return refuse();
    return url;
}

bool isLoopbackHost(std::string_view host)
{
    const bool digits = host.find_first_not_of("0123456789.") == std::string_view::npos; // not "127.example.org"
    return host == "localhost" || host == "::1" || (host.starts_with("127.") && digits);
}

Url registryUrl(const std::string& domain)
{
    Url url;
    const auto colon = domain.rfind(':');
    url.host = lower(domain.substr(0, colon));
    url.tls = !isLoopbackHost(url.host);
    url.port = url.tls ? 443 : 80;
    if (colon != std::string::npos)
        std::from_chars(domain.data() + colon + 1, domain.data() + domain.size(), url.port);
    if (domain == "docker.io")
        url.host = "registry-1.docker.io";
    return url;
}

Result<Url> tokenUrl(const AuthChallenge& challenge, const std::string& repository)
{
    const auto realm = challenge.parameters.find("realm");
    if (realm == challenge.parameters.end())
        return failure("the registry asks for a token but does not say where to get one");
    auto url = parseUrl(realm->second);
    if (!url)
        return url;
    const auto service = challenge.parameters.find("service");
    // What we ask for, not what the challenge says: the token is good for this pull only.
    auto query = "scope=" + http::percentEncode("repository:" + repository + ":pull");
    if (service != challenge.parameters.end())
        query = "service=" + http::percentEncode(service->second) + "&" + query;
    url->target += (url->target.find('?') == std::string::npos ? "?" : "&") + query;
    return url;
}

std::string basicAuthorization(const RegistryCredential& credential)
{
    return "Basic " + encodeBase64(credential.username + ":" + credential.password);
}

Result<std::string> parseTokenAnswer(std::string_view json)
{
    const auto value = api::parseJson(json);
    const auto token = !value ? std::string_view() : value->str("token").empty() ? value->str("access_token") : value->str("token");
    const bool clean = std::all_of(token.begin(), token.end(), [](unsigned char c) { return c > ' ' && c < 0x7f; });
    if (token.empty() || token.size() > kTokenLengthMax || !clean)
        return failure("the registry's token service gave no usable token");
    return std::string(token);
}

} // namespace kates::runtime
