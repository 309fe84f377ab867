#include <fmt/format.h>

#include "engine/api/quantity.h"
#include "engine/apiserver/registry/pod/pod_checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateItems(const FieldPath& path, const Value& source, FieldErrors& errors)
{
    eachItem(path, source, "items", [&](const FieldPath& item, const Value& entry) {
        const std::string_view file = entry.str("path");
        if (file.starts_with('/'))
            errors.invalid(item.child("path"), file, "must be a relative path");
        if (file == ".." || file.starts_with("../") || file.find("/../") != std::string_view::npos || file.ends_with("/.."))
            errors.invalid(item.child("path"), file, "must not contain '..'");
    });
    const Value& mode = source.get("defaultMode");
    constexpr std::int64_t kModeMax = 0777;
    if (mode.isNumber() && (mode.asInt() < 0 || mode.asInt() > kModeMax))
        errors.invalid(path.child("defaultMode"), mode, "must be a number between 0 and 0777 (octal), both inclusive");
}

void validateProjected(const FieldPath& path, const Value& projected, FieldErrors& errors)
{
    eachItem(path, projected, "sources", [&](const FieldPath& item, const Value& source) {
        if (source.size() > 1)
            errors.forbidden(item, "may not specify more than 1 volume type per source");
        for (const std::string_view kind : {"configMap", "secret"}) {
            const FieldPath child = item.child(kind);
            if (!source.get(kind).isNull() && source.str(kind, "name").empty())
                errors.required(child.child("name"));
            validateItems(child, source.get(kind), errors);
        }
    });
}

void validateSource(const FieldPath& path, std::string_view kind, const Value& source, FieldErrors& errors)
{
    if (kind == "configMap" || kind == "secret" || kind == "downwardAPI")
        validateItems(path, source, errors);
    if (kind == "configMap" && source.str("name").empty())
        errors.required(path.child("name"));
    if (kind == "secret" && source.str("secretName").empty())
        errors.required(path.child("secretName"));
    if (kind == "projected")
        validateProjected(path, source, errors);
    if (kind == "emptyDir" && api::Quantity::fromValue(source.get("sizeLimit")) < api::Quantity())
        errors.forbidden(path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    if (kind == "hostPath" && source.str("path").find("..") != std::string_view::npos)
        errors.invalid(path.child("path"), source.get("path"), "must not contain '..'");
}

} // namespace

void validateVolumes(const FieldPath& path, const Value& spec, FieldErrors& errors)
{
    eachItem(path, spec, "volumes", [&](const FieldPath& item, const Value& volume) {
        if (!volume.str("name").empty())
            requireName(item.child("name"), volume.str("name"), api::dns1123LabelProblem, errors);
        int sources = 0;
        for (const api::Member& member : volume.members()) {
            if (member.key.view() == "name")
                continue;
            const FieldPath source = item.child(member.key);
            if (++sources > 1)
                errors.forbidden(source, "may not specify more than 1 volume type");
            else
                validateSource(source, member.key, member.value, errors);
        }
        if (sources == 0)
            errors.required(item, "must specify a volume type");
    });
}

} // namespace kates::apiserver
