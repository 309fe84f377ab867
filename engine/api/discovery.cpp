#include "engine/api/discovery.h"

#include <algorithm>

namespace kates::api {

namespace {

Value texts(const std::vector<std::string>& list)
{
    std::vector<Value> items(list.begin(), list.end());
    return Value::array(std::move(items));
}

Value groupKindOf(std::string_view group, std::string_view version, std::string_view kind)
{
    return Value::object({{"group", group}, {"version", version}, {"kind", kind}});
}

std::vector<Scheme::KindPointer> kindsOf(const Scheme& scheme, std::string_view group, std::string_view version)
{
    std::vector<Scheme::KindPointer> result;
    for (const auto& kind : scheme.kinds()) {
        if (kind->group == group && kind->version == version)
            result.push_back(kind);
    }
    std::ranges::sort(result, {}, &KindDescription::plural);
    return result;
}

Value versionOf(std::string_view group, std::string_view version)
{
    std::string groupVersion(group);
    groupVersion.append("/").append(version);
    return Value::object({{"groupVersion", groupVersion}, {"version", version}});
}

Value groupOf(const std::string& group, const std::vector<std::string>& versions)
{
    std::vector<Value> list;
    for (const std::string& version : versions)
        list.push_back(versionOf(group, version));
    const Value preferred = list.front();
    return Value::object({{"name", group}, {"versions", Value::array(std::move(list))}, {"preferredVersion", preferred}});
}

Value resourceOf(const KindDescription& kind)
{
    Value resource = Value::object({{"name", kind.plural},
        {"singularName", kind.singular},
        {"namespaced", kind.namespaced},
        {"kind", kind.kind},
        {"verbs", texts(kind.verbs)}});
    if (!kind.shortNames.empty())
        resource.set("shortNames", texts(kind.shortNames));
    if (!kind.categories.empty())
        resource.set("categories", texts(kind.categories));
    return resource;
}

Value subresourceOf(const KindDescription& kind, const Subresource& subresource)
{
    Value resource = Value::object({{"name", kind.plural + "/" + subresource.name}, {"singularName", ""}, {"namespaced", kind.namespaced}});
    if (subresource.group != kind.group || subresource.version != kind.version) {
        resource.set("group", subresource.group);
        resource.set("version", subresource.version);
    }
    resource.set("kind", subresource.kind);
    resource.set("verbs", texts(subresource.verbs));
    return resource;
}

std::vector<Subresource> sorted(std::vector<Subresource> subresources)
{
    std::ranges::sort(subresources, {}, &Subresource::name);
    return subresources;
}

Value discoveredResource(const KindDescription& kind)
{
    Value resource = Value::object({{"resource", kind.plural},
        {"responseKind", groupKindOf(kind.group, kind.version, kind.kind)},
        {"scope", kind.namespaced ? "Namespaced" : "Cluster"},
        {"singularResource", kind.singular},
        {"verbs", texts(kind.verbs)}});
    if (!kind.shortNames.empty())
        resource.set("shortNames", texts(kind.shortNames));
    if (!kind.categories.empty())
        resource.set("categories", texts(kind.categories));
    for (const Subresource& subresource : sorted(kind.subresources)) {
        resource.edit("subresources").push(Value::object({{"subresource", subresource.name},
            {"responseKind", groupKindOf(subresource.group, subresource.version, subresource.kind)},
            {"verbs", texts(subresource.verbs)}}));
    }
    return resource;
}

Value discoveredGroup(const Scheme& scheme, const std::string& group, const std::vector<std::string>& versions)
{
    std::vector<Value> list;
    for (const std::string& version : versions) {
        std::vector<Value> resources;
        for (const auto& kind : kindsOf(scheme, group, version))
            resources.push_back(discoveredResource(*kind));
        list.push_back(Value::object({{"version", version}, {"resources", Value::array(std::move(resources))}, {"freshness", "Current"}}));
    }
    Value metadata = Value::object();
    if (!group.empty())
        metadata.set("name", group);
    return Value::object({{"metadata", std::move(metadata)}, {"versions", Value::array(std::move(list))}});
}

} // namespace

Value apiVersions(std::string_view serverAddress)
{
    return Value::object({{"kind", "APIVersions"},
        {"versions", Value::array({Value("v1")})},
        {"serverAddressByClientCIDRs",
            Value::array({Value::object({{"clientCIDR", "0.0.0.0/0"}, {"serverAddress", serverAddress}})})}});
}

Value apiGroupList(const Scheme& scheme)
{
    std::vector<Value> groups;
    for (const auto& [group, versions] : scheme.groups()) {
        if (!group.empty())
            groups.push_back(groupOf(group, versions));
    }
    return Value::object({{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", Value::array(std::move(groups))}});
}

Value apiGroup(const Scheme& scheme, std::string_view group)
{
    for (const auto& [name, versions] : scheme.groups()) {
        if (name != group || name.empty())
            continue;
        Value result = Value::object({{"kind", "APIGroup"}, {"apiVersion", "v1"}});
        const Value description = groupOf(name, versions);
        for (const Member& member : description.members())
            result.set(member.key, member.value);
        return result;
    }
    return {};
}

Value apiResourceList(const Scheme& scheme, std::string_view group, std::string_view version)
{
    const auto kinds = kindsOf(scheme, group, version);
    if (kinds.empty())
        return {};
    std::vector<Value> resources;
    for (const auto& kind : kinds) {
        resources.push_back(resourceOf(*kind));
        for (const Subresource& subresource : sorted(kind->subresources))
            resources.push_back(subresourceOf(*kind, subresource));
    }
    return Value::object({{"kind", "APIResourceList"},
        {"apiVersion", "v1"},
        {"groupVersion", kinds.front()->apiVersion()},
        {"resources", Value::array(std::move(resources))}});
}

Value aggregatedDiscovery(const Scheme& scheme, DiscoveryRoot root)
{
    std::vector<Value> items;
    for (const auto& [group, versions] : scheme.groups()) {
        if (group.empty() == (root == DiscoveryRoot::Api))
            items.push_back(discoveredGroup(scheme, group, versions));
    }
    return Value::object({{"kind", "APIGroupDiscoveryList"},
        {"apiVersion", "apidiscovery.k8s.io/v2"},
        {"metadata", Value::object()},
        {"items", Value::array(std::move(items))}});
}

} // namespace kates::api
