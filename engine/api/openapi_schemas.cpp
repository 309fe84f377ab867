#include "engine/api/openapi_schemas.h"

#include <algorithm>

#include <fmt/format.h>

namespace kates::api::openapi {

namespace {

constexpr std::string_view kMetaPackage = "io.k8s.apimachinery.pkg.apis.meta";

// Groups of Kubernetes whose Go package is not k8s.io/api/<first label>.
struct Package {
    std::string_view group, name;
};
constexpr Package kPackages[] {
    {"", "io.k8s.api.core"},
    {"meta", kMetaPackage},
    {"apiextensions.k8s.io", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions"},
    {"apiregistration.k8s.io", "io.k8s.kube-aggregator.pkg.apis.apiregistration"},
};

std::string packageOf(std::string_view group)
{
    const auto known = std::ranges::find(kPackages, group, &Package::group);
    if (known != std::end(kPackages))
        return std::string(known->name);
    if (group.ends_with(".k8s.io") || group.find('.') == std::string_view::npos)
        return fmt::format("io.k8s.api.{}", group.substr(0, group.find('.')));
    std::string reversed;
    while (!group.empty()) {
        const std::size_t dot = group.rfind('.');
        const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
        reversed += fmt::format("{}{}", reversed.empty() ? "" : ".", group.substr(begin));
        group = group.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return reversed;
}

Value texts(const std::vector<std::string>& list)
{
    std::vector<Value> items(list.begin(), list.end());
    return Value::array(std::move(items));
}

std::string patchStrategy(const Field& field)
{
    std::string strategy;
    for (const auto& [set, name] : {std::pair(field.patchMerge, "merge"), std::pair(field.patchRetainKeys, "retainKeys"),
             std::pair(field.patchReplace, "replace")}) {
        if (set)
            strategy += fmt::format("{}{}", strategy.empty() ? "" : ",", name);
    }
    return strategy;
}

void addExtensions(const Field& field, Value& schema)
{
    if (field.shape == Field::Shape::List) {
        constexpr std::string_view kTypes[] {"atomic", "set", "map"};
        schema.set("x-kubernetes-list-type", kTypes[static_cast<std::size_t>(field.listType)]);
        if (!field.listMapKeys.empty())
            schema.set("x-kubernetes-list-map-keys", texts(field.listMapKeys));
    }
    if (const std::string strategy = patchStrategy(field); !strategy.empty())
        schema.set("x-kubernetes-patch-strategy", strategy);
    if (!field.patchMergeKey.empty())
        schema.set("x-kubernetes-patch-merge-key", field.patchMergeKey);
    if (field.atomicStruct)
        schema.set("x-kubernetes-map-type", "atomic");
    if (field.preserveUnknown)
        schema.set("x-kubernetes-preserve-unknown-fields", true);
}

// Definitions that stand for a scalar with a name of its own.
struct NamedScalar {
    Field::Kind kind;
    std::string_view name;
};
constexpr NamedScalar kNamedScalars[] {
    {Field::Kind::Time, "io.k8s.apimachinery.pkg.apis.meta.v1.Time"},
    {Field::Kind::MicroTime, "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"},
    {Field::Kind::Quantity, "io.k8s.apimachinery.pkg.api.resource.Quantity"},
    {Field::Kind::IntOrString, "io.k8s.apimachinery.pkg.util.intstr.IntOrString"},
};

Value oneOf(std::string_view first, std::string_view second)
{
    return Value::array({Value::object({{"type", first}}), Value::object({{"type", second}})});
}

Value scalarDefinition(Version version, Field::Kind kind)
{
    switch (kind) {
    case Field::Kind::Quantity:
        return version == Version::V3 ? Value::object({{"oneOf", oneOf("string", "number")}}) : Value::object({{"type", "string"}});
    case Field::Kind::IntOrString:
        return version == Version::V3 ? Value::object({{"oneOf", oneOf("integer", "string")}, {"format", "int-or-string"}})
                                      : Value::object({{"type", "string"}, {"format", "int-or-string"}});
    default:
        return Value::object({{"type", "string"}, {"format", "date-time"}});
    }
}

} // namespace

std::string definitionName(std::string_view groupVersion, std::string_view type)
{
    const std::size_t slash = groupVersion.find('/');
    const std::string_view group = slash == std::string_view::npos ? std::string_view() : groupVersion.substr(0, slash);
    const std::string_view version = slash == std::string_view::npos ? groupVersion : groupVersion.substr(slash + 1);
    return fmt::format("{}.{}.{}", packageOf(group), version, type);
}

Value referenceTo(Version version, std::string_view definition)
{
    return Value::object({{"$ref", fmt::format("{}{}", version == Version::V3 ? "#/components/schemas/" : "#/definitions/", definition)}});
}

std::string Definitions::add(const TypeDescription& type)
{
    std::string name = definitionName(type.groupVersion, type.name);
    if (m_definitions.try_emplace(name).second) // before its fields: a type may hold itself
        m_definitions[name] = schemaOf(type);
    return name;
}

std::string Definitions::addKind(const KindDescription& kind)
{
    std::string name = add(*kind.type);
    addMark(name, kind.group, kind.version, kind.kind);
    return name;
}

std::string Definitions::addList(const KindDescription& kind, const TypeDescription& listMeta)
{
    std::string name = definitionName(kind.apiVersion(), kind.listKind);
    const Value items = Value::object({{"type", "array"}, {"items", referenceTo(m_version, addKind(kind))}});
    m_definitions[name] = Value::object({{"type", "object"},
        {"description", fmt::format("A list of {} objects.", kind.kind)},
        {"required", Value::array({Value("items")})},
        {"properties",
            Value::object({{"apiVersion", Value::object({{"type", "string"}})},
                {"kind", Value::object({{"type", "string"}})},
                {"metadata", referenceTo(m_version, add(listMeta))},
                {"items", items}})}});
    addMark(name, kind.group, kind.version, kind.listKind);
    return name;
}

void Definitions::addMark(const std::string& definition, std::string_view group, std::string_view version, std::string_view kind)
{
    Value& schema = m_definitions[definition];
    if (!schema.has("x-kubernetes-group-version-kind")) {
        schema.set("x-kubernetes-group-version-kind",
            Value::array({Value::object({{"group", group}, {"version", version}, {"kind", kind}})}));
    }
}

Value Definitions::take()
{
    Value result = Value::object();
    for (auto& [name, schema] : m_definitions)
        result.set(name, std::move(schema));
    m_definitions.clear();
    return result;
}

Value Definitions::schemaOf(const TypeDescription& type)
{
    Value schema = Value::object({{"type", "object"}});
    if (!type.description.empty())
        schema.set("description", type.description);
    Value required = Value::array(std::vector<Value>());
    Value properties = Value::object();
    for (const Field& field : type.fields) {
        properties.set(field.name, propertyOf(field));
        if (field.required || field.alwaysPresent)
            required.push(field.name);
    }
    if (required.size() > 0)
        schema.set("required", std::move(required));
    if (properties.size() > 0)
        schema.set("properties", std::move(properties));
    if (type.preserveUnknown)
        schema.set("x-kubernetes-preserve-unknown-fields", true);
    return schema;
}

Value Definitions::propertyOf(const Field& field)
{
    Value schema;
    switch (field.shape) {
    case Field::Shape::Single: schema = valueOf(field); break;
    case Field::Shape::List: schema = Value::object({{"type", "array"}, {"items", valueOf(field)}}); break;
    case Field::Shape::Map: schema = Value::object({{"type", "object"}, {"additionalProperties", valueOf(field)}}); break;
    }
    Value more = Value::object();
    if (!field.description.empty())
        more.set("description", field.description);
    else if (field.kind == Field::Kind::Struct && !field.type->description.empty())
        more.set("description", field.type->description);
    if (!field.defaultValue.isNull())
        more.set("default", field.defaultValue);
    addExtensions(field, more);
    if (more.size() == 0)
        return schema;
    // A reference has no siblings in OpenAPI 3.0.
    if (schema.has("$ref") && m_version == Version::V3)
        schema = Value::object({{"allOf", Value::array({schema})}});
    for (const Member& member : more.members())
        schema.set(member.key, member.value);
    return schema;
}

Value Definitions::valueOf(const Field& field)
{
    const auto scalar = [](std::string_view type, std::string_view format) {
        Value schema = Value::object({{"type", type}});
        if (!format.empty())
            schema.set("format", format);
        return schema;
    };
    const auto limited = [&](Value schema) {
        if (field.minimum)
            schema.set("minimum", static_cast<std::int64_t>(*field.minimum));
        if (field.maximum)
            schema.set("maximum", static_cast<std::int64_t>(*field.maximum));
        return schema;
    };
    switch (field.kind) {
    case Field::Kind::String: {
        Value schema = scalar("string", "");
        if (!field.enumValues.empty())
            schema.set("enum", texts(field.enumValues));
        if (!field.pattern.empty())
            schema.set("pattern", field.pattern);
        return schema;
    }
    case Field::Kind::Bool: return scalar("boolean", "");
    case Field::Kind::Int32: return limited(scalar("integer", "int32"));
    case Field::Kind::Int64: return limited(scalar("integer", "int64"));
    case Field::Kind::Double: return scalar("number", "double");
    case Field::Kind::Bytes: return scalar("string", "byte");
    case Field::Kind::Duration: return scalar("string", "");
    case Field::Kind::Struct: return referenceTo(m_version, add(*field.type));
    case Field::Kind::Anything: return scalar("object", "");
    case Field::Kind::Time:
    case Field::Kind::MicroTime:
    case Field::Kind::Quantity:
    case Field::Kind::IntOrString: return referenceTo(m_version, addScalar(field));
    }
    return {};
}

std::string Definitions::addScalar(const Field& field)
{
    const auto known = std::ranges::find(kNamedScalars, field.kind, &NamedScalar::kind);
    std::string name(known->name);
    if (m_definitions.try_emplace(name).second)
        m_definitions[name] = scalarDefinition(m_version, field.kind);
    return name;
}

} // namespace kates::api::openapi
