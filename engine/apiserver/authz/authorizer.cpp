#include "engine/apiserver/authz/authorizer.h"

#include <algorithm>

namespace kates::apiserver {

namespace {

using api::Value;

bool isMember(const UserInfo& user, std::string_view group)
{
    return std::find(user.groups.begin(), user.groups.end(), group) != user.groups.end();
}

bool isSubject(const Value& subject, const UserInfo& user, std::string_view bindingNs)
{
    auto kind = subject.str("kind"), name = subject.str("name");
    if (kind == "User")
        return name == user.name;
    if (kind == "Group")
        return isMember(user, name);
    if (kind != "ServiceAccount")
        return false;
    auto ns = subject.str("namespace");
    constexpr std::string_view kPrefix = "system:serviceaccount:";
    std::string_view rest = user.name;
    ns = ns.empty() ? bindingNs : ns;
    return rest.starts_with(kPrefix) && rest.substr(kPrefix.size()) == std::string(ns) + ":" + std::string(name);
}

bool holds(const Value& list, std::string_view wanted)
{
    return std::any_of(list.begin(), list.end(), [&](const Value& item) { return item.asString() == "*" || item.asString() == wanted; });
}

// "pods", "pods/log", "*/log", "*"
bool coversResource(const Value& resources, const Attributes& attributes)
{
    auto full = attributes.subresource.empty() ? attributes.resource : attributes.resource + "/" + attributes.subresource;
    return std::any_of(resources.begin(), resources.end(), [&](const Value& item) {
        auto text = item.asString();
        return text == "*" || text == full || (!attributes.subresource.empty() && text == "*/" + attributes.subresource);
    });
}

bool coversPath(const Value& urls, std::string_view path)
{
    return std::any_of(urls.begin(), urls.end(), [&](const Value& item) {
        auto url = item.asString();
        return url == "*" || url == path || (url.ends_with('*') && path.starts_with(url.substr(0, url.size() - 1)));
    });
}

bool covers(const Value& rule, const Attributes& attributes)
{
    if (!holds(rule.get("verbs"), attributes.verb))
        return false;
    if (!attributes.isResource)
        return coversPath(rule.get("nonResourceURLs"), attributes.path);
    const auto& names = rule.get("resourceNames");
    bool named = names.size() == 0
        || std::any_of(names.begin(), names.end(), [&](const Value& item) { return !attributes.name.empty() && item.asString() == attributes.name; });
    return named && holds(rule.get("apiGroups"), attributes.group) && coversResource(rule.get("resources"), attributes);
}

} // namespace

Attributes attributesOf(const RequestInfo& info)
{
    return {info.verb, info.isResource, info.group, info.resource, info.subresource, info.ns, info.name, info.path};
}

bool Authorizer::visitBindings(const WatchCache& bindings, const UserInfo& user, std::string_view ns,
    const std::function<bool(const Value& rule, const std::string& source)>& visit) const
{
    auto clusterRoles = m_caches.find("rbac.authorization.k8s.io", "clusterroles");
    auto roles = m_caches.find("rbac.authorization.k8s.io", "roles");
    bool goOn = true;
    bindings.visit(ns, {}, [&](const std::string& key, const ObjectPointer& object) {
        const auto& binding = object->value();
        const auto& subjects = binding.get("subjects");
        if (std::none_of(subjects.begin(), subjects.end(), [&](const Value& subject) { return isSubject(subject, user, ns); }))
            return true;
        const auto& reference = binding.get("roleRef");
        auto role = reference.str("kind") == "Role" ? roles->find(ns, reference.str("name")) : clusterRoles->find("", reference.str("name"));
        if (!role)
            return true;
        for (const auto& rule : role->value().get("rules")) {
            goOn = visit(rule, std::string(binding.str("kind")) + " \"" + key + "\"");
            if (!goOn)
                return false;
        }
        return true;
    });
    return goOn;
}

void Authorizer::visitRules(
    const UserInfo& user, std::string_view ns, const std::function<bool(const Value& rule, const std::string& source)>& visit) const
{
    auto ofCluster = m_caches.find("rbac.authorization.k8s.io", "clusterrolebindings");
    auto ofNamespace = m_caches.find("rbac.authorization.k8s.io", "rolebindings");
    bool goOn = !ofCluster || visitBindings(*ofCluster, user, {}, visit);
    if (goOn && ofNamespace && !ns.empty())
        visitBindings(*ofNamespace, user, ns, visit);
}

Decision Authorizer::decide(const UserInfo& user, const Attributes& attributes) const
{
    if (isMember(user, "system:masters"))
        return {true, "system:masters may do everything"};
    Decision decision;
    visitRules(user, attributes.isResource ? std::string_view(attributes.ns) : std::string_view(), [&](const Value& rule, const std::string& source) {
        if (covers(rule, attributes))
            decision = {true, "RBAC: allowed by " + source};
        return !decision.allowed;
    });
    return decision;
}

std::optional<api::StatusError> Authorizer::check(const UserInfo& user, const Attributes& attributes) const
{
    if (decide(user, attributes).allowed)
        return std::nullopt;
    auto who = "User \"" + user.name + "\" cannot " + attributes.verb;
    if (!attributes.isResource)
        return api::forbidden({}, "", who + " path \"" + attributes.path + "\"");
    auto resource = attributes.subresource.empty() ? attributes.resource : attributes.resource + "/" + attributes.subresource;
    auto what = who + " resource \"" + resource + "\" in API group \"" + attributes.group + "\"";
    what += attributes.ns.empty() ? " at the cluster scope" : " in the namespace \"" + attributes.ns + "\"";
    return api::forbidden({attributes.group, attributes.resource}, attributes.name, what);
}

} // namespace kates::apiserver
