#include "engine/apiserver/customresources/structural_schema.h"

namespace kates::apiserver {

using api::Field;
using api::TypeDescription;
using api::Value;

namespace {

constexpr int kDepthMax = 40; // deeper parts are kept as they are

bool preservesUnknown(const Value& schema)
{
    return schema.get("x-kubernetes-preserve-unknown-fields").asBool();
}

std::string capitalized(std::string name)
{
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

bool isScalar(std::string_view type)
{
    return type == "string" || type == "boolean" || type == "integer" || type == "number";
}

Field::Kind scalarKind(std::string_view type, std::string_view format)
{
    if (type == "string")
        return Field::Kind::String;
    if (type == "boolean")
        return Field::Kind::Bool;
    if (type == "integer")
        return format == "int32" ? Field::Kind::Int32 : Field::Kind::Int64;
    return Field::Kind::Double;
}

void setLimits(Field& field, const Value& schema)
{
    for (const auto& allowed : schema.get("enum")) {
        if (allowed.isString())
            field.enumValues.emplace_back(allowed.asString());
    }
    if (schema.get("minimum").isNumber())
        field.minimum = schema.get("minimum").asDouble();
    if (schema.get("maximum").isNumber())
        field.maximum = schema.get("maximum").asDouble();
    field.pattern = schema.str("pattern");
}

void setListType(Field& field, const Value& schema)
{
    auto type = schema.str("x-kubernetes-list-type");
    if (type == "set")
        field.listType = Field::ListType::Set;
    if (type == "map")
        field.listType = Field::ListType::Map;
    for (const auto& key : schema.get("x-kubernetes-list-map-keys"))
        field.listMapKeys.emplace_back(key.asString());
}

Field stringField(std::string name)
{
    Field field;
    field.name = std::move(name);
    field.typeName = "string";
    return field;
}

} // namespace

StructuralSchema::StructuralSchema(const Value& schema, const std::string& kind, const std::string& groupVersion, const TypeDescription& metadata)
    : m_groupVersion(groupVersion)
{
    auto root = std::make_unique<TypeDescription>();
    root->name = kind;
    root->groupVersion = groupVersion;
    root->description = schema.str("description");
    root->preserveUnknown = preservesUnknown(schema);
    root->fields.push_back(stringField("apiVersion"));
    root->fields.push_back(stringField("kind"));
    Field meta;
    meta.name = "metadata";
    meta.kind = Field::Kind::Struct;
    meta.type = &metadata;
    meta.typeName = "ObjectMeta";
    root->fields.push_back(std::move(meta));
    auto* type = root.get();
    m_types.push_back(std::move(root));
    addFields(*type, schema, 0);
    type->buildIndex();
    m_root = type;
}

void StructuralSchema::addFields(TypeDescription& type, const Value& schema, int depth)
{
    const auto& required = schema.get("required");
    for (const auto& member : schema.get("properties").members()) {
        auto name = std::string(member.key.view());
        bool ofRoot = depth == 0 && (name == "apiVersion" || name == "kind" || name == "metadata");
        if (ofRoot)
            continue;
        auto field = makeField(name, member.value, type.name + capitalized(name), depth);
        for (const auto& item : required)
            field.required = field.required || item.asString() == name;
        // An empty list or map that must be there is there.
        field.required = field.required && field.shape == Field::Shape::Single;
        type.fields.push_back(std::move(field));
    }
}

TypeDescription* StructuralSchema::makeType(const Value& schema, const std::string& name, int depth)
{
    auto owned = std::make_unique<TypeDescription>();
    auto* type = owned.get();
    type->name = name;
    type->groupVersion = m_groupVersion;
    type->description = schema.str("description");
    type->preserveUnknown = preservesUnknown(schema);
    m_types.push_back(std::move(owned));
    addFields(*type, schema, depth + 1);
    type->buildIndex();
    return type;
}

Field StructuralSchema::makeField(const std::string& name, const Value& schema, const std::string& typeName, int depth)
{
    Field field;
    field.name = name;
    field.pointer = true; // a zero is a value
    field.description = schema.str("description");
    field.preserveUnknown = preservesUnknown(schema);
    field.defaultValue = schema.get("default");
    const auto& additional = schema.get("additionalProperties");
    if (schema.str("type") == "array") {
        field.shape = Field::Shape::List;
        setListType(field, schema);
        setItem(field, schema.get("items"), typeName, depth);
    } else if (schema.str("type") == "object" && additional.isObject() && schema.get("properties").size() == 0) {
        field.shape = Field::Shape::Map;
        setItem(field, additional, typeName, depth);
    } else {
        setItem(field, schema, typeName, depth);
    }
    bool unknownItems = field.kind == Field::Kind::Anything && field.shape != Field::Shape::Single && !isScalar(schema.get("items").str("type"));
    if (unknownItems && (schema.get("items").str("type") == "array" || additional.str("type") == "array"))
        field.shape = Field::Shape::Single;
    field.atomicStruct = schema.str("x-kubernetes-map-type") == "atomic";
    return field;
}

// What one value looks like: the field's own, an item's or a map's.
void StructuralSchema::setItem(Field& field, const Value& schema, const std::string& typeName, int depth)
{
    auto type = schema.str("type");
    field.typeName = type;
    if (schema.get("x-kubernetes-int-or-string").asBool()) {
        field.kind = Field::Kind::IntOrString;
    } else if (isScalar(type)) {
        field.kind = scalarKind(type, schema.str("format"));
        setLimits(field, schema);
    } else if (type == "object" && schema.get("properties").size() > 0 && depth < kDepthMax
        && !schema.get("x-kubernetes-embedded-resource").asBool()) {
        field.kind = Field::Kind::Struct;
        field.type = makeType(schema, typeName, depth);
        field.typeName = typeName;
    } else {
        field.kind = Field::Kind::Anything;
    }
}

} // namespace kates::apiserver
