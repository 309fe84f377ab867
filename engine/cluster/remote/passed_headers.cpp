#include "engine/cluster/remote/passed_headers.h"

#include <algorithm>
#include <cctype>

namespace kates::cluster {

namespace {

constexpr std::string_view kTokenProtocol = "base64url.bearer.authorization.k8s.io.";
// Lower case; one that ends in '-' stands for all that begin with it.
constexpr std::string_view kKept[] = {"authorization", "proxy-authorization", "cookie", "x-remote-", "x-forwarded-", "forwarded", "x-real-ip", "x-client-",
    "x-ssl-", "ssl-client-", "x-http-method", "x-http-method-override", "x-method-override"};

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    return lower;
}

} // namespace

bool impersonates(const http::Headers& headers)
{
    return std::any_of(headers.fields().begin(), headers.fields().end(), [](const auto& field) { return lowerCase(field.first).starts_with("impersonate-"); });
}

std::vector<std::string> keptHeaders(const http::Headers& headers)
{
    std::vector<std::string> kept;
    for (const auto& [name, value] : headers.fields()) {
        const std::string lower = lowerCase(name);
        const auto matches = [&](std::string_view entry) { return entry.ends_with('-') ? lower.starts_with(entry) : lower == entry; };
        if (std::any_of(std::begin(kKept), std::end(kKept), matches))
            kept.push_back(name);
    }
    return kept;
}

std::string protocolsWithoutToken(std::string_view protocols)
{
    std::string passed;
    while (!protocols.empty()) {
        const auto comma = std::min(protocols.find(','), protocols.size());
        std::string_view entry = protocols.substr(0, comma);
        protocols.remove_prefix(std::min(comma + 1, protocols.size()));
        entry.remove_prefix(std::min(entry.find_first_not_of(" \t"), entry.size()));
        if (entry.empty() || entry.starts_with(kTokenProtocol))
            continue;
        passed += (passed.empty() ? "" : ", ") + std::string(entry.substr(0, entry.find_last_not_of(" \t") + 1));
    }
    return passed;
}

} // namespace kates::cluster
