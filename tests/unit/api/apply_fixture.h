// Deployments and what is owned of them, for the tests of server-side apply and of tracking updates.
#pragma once

#include <map>
#include <string>

#include "engine/api/apply.h"
#include "engine/api/json.h"
#include "engine/api/yaml.h"

namespace kates::api {

inline Value yaml(std::string_view text) { return parseYaml(text).value().at(0).value; }

inline const KindDescription& deploymentKind()
{
    static const auto kind = Scheme::kubernetes()->findKind("apps/v1", "Deployment");
    return *kind;
}

inline ApplyRequest request(const char* manager, const char* now = "t1", bool force = false) { return { manager, force, "apps/v1", "", now }; }

// A deployment with these lines in its spec.
inline Value deployment(const std::string& spec, const std::string& metadata = "")
{
    return yaml("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n" + metadata + (spec.empty() ? "" : "spec:\n" + spec));
}

// A deployment of one container with these lines.
inline std::string container(const std::string& lines) { return "  template:\n    spec:\n      containers:\n" + lines; }

inline Value entry(const Value& object, std::string_view manager, std::string_view operation)
{
    for (const Value& each : object.get("metadata", "managedFields")) {
        if (each.str("manager") == manager && each.str("operation") == operation)
            return each;
    }
    return {};
}

inline Value sorted(const Value& object)
{
    std::map<std::string, Value> members;
    for (const Member& member : object.members())
        members[std::string(member.key)] = sorted(member.value);
    Value result = Value::object();
    for (const auto& [key, value] : members)
        result.set(key, value);
    return result;
}

// The fields that a manager owns, members sorted.
inline std::string fields(const Value& object, std::string_view manager, std::string_view operation = "Apply")
{
    return toJson(sorted(entry(object, manager, operation).get("fieldsV1")));
}

inline Value withoutManaged(Value object)
{
    object.edit("metadata").erase("managedFields");
    return object;
}

} // namespace kates::api
