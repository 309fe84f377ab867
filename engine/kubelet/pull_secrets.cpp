#include "engine/kubelet/pull_secrets.h"

#include <algorithm>

#include "engine/api/json.h"
#include "engine/base/base64.h"
#include "engine/runtime/image/reference.h"

namespace kates::kubelet {

namespace {

struct Place {
    std::string host, port, path;
};

// Of an entry's key: a scheme and the API version of old clients (/v1/, /v2/) say nothing.
Place placeOf(std::string_view text)
{
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos)
        text.remove_prefix(scheme + 3);
    Place place;
    const auto slash = std::min(text.find('/'), text.size());
    const std::string_view authority = text.substr(0, slash);
    const auto colon = std::min(authority.find(':'), authority.size());
    place.host = authority.substr(0, colon);
    place.port = authority.substr(std::min(colon + 1, authority.size()));
    place.path = text.substr(std::min(slash + 1, text.size()));
    while (place.path.ends_with('/'))
        place.path.pop_back();
    if (place.path == "v1" || place.path == "v2")
        place.path.clear();
    if (place.host == "index.docker.io" || place.host == "registry-1.docker.io")
        place.host = "docker.io";
    return place;
}

// One part of a host's name, where '*' stands for any characters.
bool partMatches(std::string_view pattern, std::string_view part)
{
    const auto star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == part;
    if (!part.starts_with(pattern.substr(0, star)))
        return false;
    part.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    for (std::size_t skipped = 0; skipped <= part.size(); ++skipped)
        if (partMatches(pattern, part.substr(skipped)))
            return true;
    return false;
}

bool hostMatches(std::string_view pattern, std::string_view host)
{
    for (;;) {
        const auto patternDot = std::min(pattern.find('.'), pattern.size()), dot = std::min(host.find('.'), host.size());
        if (!partMatches(pattern.substr(0, patternDot), host.substr(0, dot)))
            return false;
        const bool patternEnds = patternDot == pattern.size(), ends = dot == host.size();
        if (patternEnds || ends)
            return patternEnds && ends;
        pattern.remove_prefix(patternDot + 1);
        host.remove_prefix(dot + 1);
    }
}

bool matches(const Place& entry, const Place& image)
{
    const bool pathFits = entry.path.empty() || image.path == entry.path || image.path.starts_with(entry.path + "/");
    return entry.port == image.port && pathFits && hostMatches(entry.host, image.host);
}

std::optional<runtime::RegistryCredential> credentialOf(const api::Value& entry)
{
    runtime::RegistryCredential credential{std::string(entry.str("username")), std::string(entry.str("password"))};
    if (const std::string_view auth = entry.str("auth"); !auth.empty()) {
        const std::string both = decodeBase64(auth).value_or(std::string());
        const auto colon = both.find(':');
        if (colon == std::string::npos)
            return std::nullopt;
        credential = {both.substr(0, colon), both.substr(colon + 1)};
    }
    return credential.username.empty() ? std::nullopt : std::optional(credential);
}

// The entries by registry: the old form is the map itself.
api::Value entriesOf(const api::Value& secret)
{
    const bool old = secret.str("type") == "kubernetes.io/dockercfg";
    if (!old && secret.str("type") != "kubernetes.io/dockerconfigjson")
        return {};
    const auto text = decodeBase64(secret.str("data", old ? ".dockercfg" : ".dockerconfigjson"));
    auto document = api::parseJson(text.value_or(std::string()));
    if (!document)
        return {};
    return old ? *document : document->get("auths");
}

} // namespace

std::vector<runtime::RegistryCredential> pullCredentials(const std::string& image, const std::vector<api::Value>& secrets)
{
    struct Found {
        std::size_t length;
        runtime::RegistryCredential credential;
    };
    std::vector<Found> found;
    const auto reference = runtime::ImageReference::parse(image);
    if (!reference)
        return {};
    Place wanted = placeOf(reference->domain);
    wanted.path = reference->path;
    for (const api::Value& secret : secrets) {
        const api::Value entries = entriesOf(secret);
        for (const api::Member& entry : entries.members()) {
            const Place place = placeOf(entry.key.view());
            const auto credential = credentialOf(entry.value);
            if (credential && matches(place, wanted))
                found.push_back({place.host.size() + place.port.size() + place.path.size(), *credential});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& left, const Found& right) { return left.length > right.length; });
    std::vector<runtime::RegistryCredential> credentials;
    for (Found& one : found)
        credentials.push_back(std::move(one.credential));
    return credentials;
}

} // namespace kates::kubelet
