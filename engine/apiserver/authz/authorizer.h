// May this user do that: system:masters may do everything, all others what Roles and ClusterRoles say that are bound to them (RBAC). The built-in
// roles are ordinary objects (bootstrap/), so there is one mechanism.
#pragma once

#include "engine/api/status.h"
#include "engine/apiserver/api_server.h"
#include "engine/apiserver/cache/resource_caches.h"
#include "engine/apiserver/request/request_info.h"

namespace kates::apiserver {

struct Attributes {
    std::string verb;
    bool isResource = true;
    std::string group, resource, subresource, ns, name;
    std::string path; // of other requests
};
[[nodiscard]] Attributes attributesOf(const RequestInfo& info);

struct Decision {
    bool allowed = false;
    std::string reason;
};

class Authorizer {
public:
    explicit Authorizer(const ResourceCaches& caches) : m_caches(caches) {}
    [[nodiscard]] Decision decide(const UserInfo& user, const Attributes& attributes) const;
    // nullopt when allowed, else the 403.
    [[nodiscard]] std::optional<api::StatusError> check(const UserInfo& user, const Attributes& attributes) const;
    // Every PolicyRule that applies to the user in the namespace.
    void visitRules(
        const UserInfo& user, std::string_view ns, const std::function<bool(const api::Value& rule, const std::string& source)>& visit) const;

private:
    bool visitBindings(const WatchCache& bindings, const UserInfo& user, std::string_view ns,
        const std::function<bool(const api::Value& rule, const std::string& source)>& visit) const;
    const ResourceCaches& m_caches;
};

} // namespace kates::apiserver
