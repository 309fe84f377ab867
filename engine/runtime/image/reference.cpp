#include "engine/runtime/image/reference.h"

#include <algorithm>
#include <cctype>

namespace kates::runtime {

namespace {

constexpr std::size_t kNameLengthMax = 255;
constexpr std::size_t kTagLengthMax = 128;

bool isLowerOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isAlphanumeric(char c)
{
    return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
}

// Lower-case letters and digits, between them one '.', one or two '_' or any number of '-'.
bool isPathComponent(std::string_view text)
{
    if (text.empty() || !isLowerOrDigit(text.front()) || !isLowerOrDigit(text.back()))
        return false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        std::size_t run = 1;
        while (at + run < text.size() && text[at + run] == c)
            ++run;
        if (c == '.' || c == '_') {
            if (run > (c == '_' ? 2u : 1u) || !isLowerOrDigit(text[at + run]))
                return false;
        } else if (c == '-') {
            if (!isLowerOrDigit(text[at + run]))
                return false;
        } else if (!isLowerOrDigit(c)) {
            return false;
        }
        at += run;
    }
    return true;
}

bool isPath(std::string_view path)
{
    for (std::size_t start = 0; start <= path.size();) {
        const auto end = std::min(path.find('/', start), path.size());
        if (!isPathComponent(path.substr(start, end - start)))
            return false;
        start = end + 1;
    }
    return true;
}

bool isDomain(std::string_view text)
{
    std::string_view host = text;
    if (const auto colon = text.rfind(':'); colon != std::string_view::npos && text.find(']') == std::string_view::npos) {
        const auto port = text.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), [](unsigned char c) { return std::isdigit(c); }))
            return false;
        host = text.substr(0, colon);
    }
    return !host.empty() && isAlphanumeric(host.front()) && isAlphanumeric(host.back())
        && std::all_of(host.begin(), host.end(), [](char c) { return isAlphanumeric(c) || c == '.' || c == '-'; });
}

bool isTag(std::string_view tag)
{
    return !tag.empty() && tag.size() <= kTagLengthMax && tag.front() != '.' && tag.front() != '-'
        && std::all_of(tag.begin(), tag.end(), [](char c) { return isAlphanumeric(c) || c == '_' || c == '.' || c == '-'; });
}

bool looksLikeDomain(std::string_view component)
{
    return component.find_first_of(".:") != std::string_view::npos || component == "localhost"
        || std::any_of(component.begin(), component.end(), [](unsigned char c) { return std::isupper(c); });
}

} // namespace

Result<ImageReference> ImageReference::parse(std::string_view text)
{
    auto refuse = [&](std::string_view why) {
        return failure("\"" + std::string(text.substr(0, kNameLengthMax)) + "\" is not the name of an image: " + std::string(why));
    };
    ImageReference reference;
    std::string_view name = text;
    if (const auto at = name.find('@'); at != std::string_view::npos) {
        auto digest = Digest::parse(name.substr(at + 1));
        if (!digest)
            return refuse(digest.error().message);
        reference.digest = *digest;
        name = name.substr(0, at);
    }
    if (const auto colon = name.rfind(':'); colon != std::string_view::npos && name.find('/', colon) == std::string_view::npos) {
        reference.tag = name.substr(colon + 1);
        name = name.substr(0, colon);
        if (!isTag(reference.tag))
            return refuse("a tag is 1 to 128 letters, digits, '_', '.' and '-', and starts with a letter, a digit or '_'");
    }
    if (reference.tag.empty() && !reference.digest)
        reference.tag = "latest";
    const auto slash = name.find('/');
    if (slash != std::string_view::npos && looksLikeDomain(name.substr(0, slash))) {
        reference.domain = name.substr(0, slash);
        reference.path = name.substr(slash + 1);
    } else {
        reference.domain = "docker.io";
        reference.path = name;
    }
    if (reference.domain == "index.docker.io")
        reference.domain = "docker.io";
    if (reference.domain == "docker.io" && reference.path.find('/') == std::string::npos)
        reference.path = "library/" + reference.path;
    if (!isDomain(reference.domain))
        return refuse("its registry \"" + reference.domain + "\" is not a host name with an optional port");
    if (!isPath(reference.path))
        return refuse("its path is made of lower-case letters and digits, separated by '/', '.', '_' and '-'");
    if (reference.repository().size() > kNameLengthMax)
        return refuse("it is longer than 255 characters");
    return reference;
}

std::string ImageReference::toString() const
{
    return digest ? repository() + "@" + digest->toString() : repository() + ":" + tag;
}

} // namespace kates::runtime
