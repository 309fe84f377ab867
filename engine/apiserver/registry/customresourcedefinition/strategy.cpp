#include <fmt/format.h>

#include "engine/apiserver/registry/common/adjust.h"
#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void defaultNames(Value& definition)
{
    adjust(definition, "spec", [](Value& spec) {
        adjust(spec, "names", [](Value& names) {
            std::string kind(names.str("kind"));
            if (names.str("listKind").empty() && !kind.empty())
                names.set("listKind", kind + "List");
            for (char& c : kind)
                c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            if (names.str("singular").empty() && !kind.empty())
                names.set("singular", kind);
        });
    });
}

void validateVersions(const FieldPath& spec, const Value& definition, FieldErrors& errors)
{
    int stored = 0;
    eachItem(spec, definition.get("spec"), "versions", [&](const FieldPath& path, const Value& version) {
        if (!version.str("name").empty())
            requireName(path.child("name"), version.str("name"), api::dns1035LabelProblem, errors);
        stored += version.get("storage").asBool() ? 1 : 0;
        const FieldPath schema = path.child("schema.openAPIV3Schema");
        if (version.get("schema", "openAPIV3Schema").isNull())
            errors.required(schema, "schemas are required");
    });
    if (stored != 1)
        errors.invalid(spec.child("versions"), definition.get("spec", "versions"), "must have exactly one version marked as storage version");
}

class CustomResourceDefinitionStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& definition) const override { defaultNames(definition); }
    void prepareForUpdate(const StrategyContext&, Value& definition, const Value&) const override { defaultNames(definition); }

    void validate(const StrategyContext& context, const Value& definition, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath spec("spec");
        const FieldPath name("metadata.name");
        const std::string_view group = definition.str("spec", "group");
        const std::string required = fmt::format("{}.{}", definition.str("spec", "names", "plural"), group);
        if (definition.str("metadata", "name") != required)
            errors.invalid(name, definition.get("metadata", "name"), "must be spec.names.plural+\".\"+spec.group");
        if (!group.empty() && group.find('.') == std::string_view::npos)
            errors.invalid(spec.child("group"), group, "should be a domain with at least one dot");
        else if (!group.empty())
            requireName(spec.child("group"), group, api::dns1123SubdomainProblem, errors);
        if (const std::string_view plural = definition.str("spec", "names", "plural"); !plural.empty())
            requireName(spec.child("names.plural"), plural, api::dns1035LabelProblem, errors);
        validateVersions(spec, definition, errors);
    }

    void validateUpdate(const StrategyContext&, const Value& definition, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath spec("spec");
        for (const std::string_view field : {"group", "scope"})
            requireUnchanged(spec.child(field), definition.get("spec", field), old.get("spec", field), errors);
        requireUnchanged(spec.child("names.kind"), definition.get("spec", "names", "kind"), old.get("spec", "names", "kind"), errors);
        requireUnchanged(spec.child("names.plural"), definition.get("spec", "names", "plural"), old.get("spec", "names", "plural"), errors);
    }
};

} // namespace

const Strategy& customResourceDefinitionStrategy()
{
    static const CustomResourceDefinitionStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
