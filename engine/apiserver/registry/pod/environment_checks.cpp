#include <algorithm>

#include <fmt/format.h>

#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::string_view kPodFields[] {"metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
    "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"};

bool isPodField(std::string_view path)
{
    for (const std::string_view map : {"metadata.labels['", "metadata.annotations['"}) {
        if (path.starts_with(map) && path.ends_with("']") && path.size() > map.size() + 2)
            return true;
    }
    return std::ranges::find(kPodFields, path) != std::end(kPodFields);
}

void validateSource(const FieldPath& path, const Value& variable, FieldErrors& errors)
{
    const Value& source = variable.get("valueFrom");
    if (source.isNull())
        return;
    if (source.size() == 0)
        errors.invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
    else if (!variable.str("value").empty())
        errors.invalid(path, "", "may not be specified when `value` is not empty");
    else if (source.size() > 1)
        errors.invalid(path, "", "may not have more than one field specified at a time");
    const FieldPath field = path.child("fieldRef.fieldPath");
    if (const std::string_view fieldPath = source.str("fieldRef", "fieldPath"); !fieldPath.empty() && !isPodField(fieldPath))
        errors.invalid(field, fieldPath, fmt::format("error converting fieldPath: field label not supported: {}", fieldPath));
    for (const std::string_view kind : {"configMapKeyRef", "secretKeyRef"}) {
        const Value& reference = source.get(kind);
        if (reference.isNull())
            continue;
        const FieldPath child = path.child(kind);
        if (reference.str("name").empty())
            errors.required(child.child("name"));
        if (!reference.str("key").empty())
            requireName(child.child("key"), reference.str("key"), configKeyProblem, errors);
    }
}

} // namespace

void validateEnvironment(const FieldPath& path, const Value& container, FieldErrors& errors)
{
    eachItem(path, container, "env", [&](const FieldPath& item, const Value& variable) {
        if (!variable.str("name").empty())
            requireName(item.child("name"), variable.str("name"), environmentNameProblem, errors);
        const FieldPath source = item.child("valueFrom");
        validateSource(source, variable, errors);
    });
    eachItem(path, container, "envFrom", [&](const FieldPath& item, const Value& source) {
        const bool configMap = !source.get("configMapRef").isNull();
        const bool secret = !source.get("secretRef").isNull();
        if (!configMap && !secret)
            errors.invalid(item, "", "must specify one of: `configMapRef` or `secretRef`");
        else if (configMap && secret)
            errors.invalid(item, "", "may not have more than one field specified at a time");
        for (const std::string_view kind : {"configMapRef", "secretRef"}) {
            const FieldPath child = item.child(kind);
            if (!source.get(kind).isNull() && source.str(kind, "name").empty())
                errors.required(child.child("name"));
        }
    });
}

} // namespace kates::apiserver
