#include "engine/apiserver/filters/impersonation.h"

#include <algorithm>
#include <strings.h>

namespace kates::apiserver {

namespace {

constexpr std::string_view kServiceAccountPrefix = "system:serviceaccount:";
constexpr std::size_t kGroupsMax = 64;

// "system:serviceaccount:ns:name" is impersonated as a service account, anything else as a user.
Attributes attributesFor(const std::string& name)
{
    Attributes attributes{.verb = "impersonate", .resource = "users", .name = name};
    auto rest = std::string_view(name);
    auto colon = rest.rfind(':');
    if (rest.starts_with(kServiceAccountPrefix) && colon >= kServiceAccountPrefix.size()) {
        attributes.resource = "serviceaccounts";
        attributes.ns = rest.substr(kServiceAccountPrefix.size(), colon - kServiceAccountPrefix.size());
        attributes.name = rest.substr(colon + 1);
    }
    return attributes;
}

std::vector<std::string> implicitGroups(const Attributes& attributes, const std::string& name)
{
    if (attributes.resource == "serviceaccounts")
        return {"system:serviceaccounts", "system:serviceaccounts:" + attributes.ns, "system:authenticated"};
    return {name == "system:anonymous" ? "system:unauthenticated" : "system:authenticated"};
}

} // namespace

api::ApiResult<UserInfo> impersonated(const http::Headers& headers, const UserInfo& user, const Authorizer& authorizer)
{
    auto name = std::string(headers.get("Impersonate-User"));
    std::vector<std::string> groups;
    for (const auto& [field, value] : headers.fields()) {
        if (::strcasecmp(field.c_str(), "Impersonate-Group") == 0)
            groups.push_back(value);
    }
    if (name.empty() && groups.empty() && !headers.has("Impersonate-Uid"))
        return user;
    if (name.empty())
        return api::ApiFailure(api::badRequest("requested impersonation without impersonating a user"));
    if (groups.size() > kGroupsMax)
        return api::ApiFailure(api::badRequest("more than " + std::to_string(kGroupsMax) + " groups are impersonated"));
    auto attributes = attributesFor(name);
    if (auto refused = authorizer.check(user, attributes))
        return api::ApiFailure(std::move(*refused));
    for (const auto& group : groups) {
        if (auto refused = authorizer.check(user, {.verb = "impersonate", .resource = "groups", .name = group}))
            return api::ApiFailure(std::move(*refused));
    }
    for (auto& group : implicitGroups(attributes, name)) {
        if (std::find(groups.begin(), groups.end(), group) == groups.end())
            groups.push_back(std::move(group));
    }
    return UserInfo{std::move(name), std::string(headers.get("Impersonate-Uid")), std::move(groups)};
}

} // namespace kates::apiserver
