#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "engine/api/field_errors.h"
#include "engine/api/fields.h"
#include "engine/api/json.h"
#include "engine/api/quantity.h"
#include "engine/base/base64.h"
#include "engine/base/time.h"

namespace kates::api {

namespace {

constexpr std::string_view kQuantityRule
    = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

// What encoding/json calls a value in its errors.
std::string nameOf(const Value& value)
{
    switch (value.type()) {
    case Value::Type::Null: return "null";
    case Value::Type::Bool: return "bool";
    case Value::Type::Int: return "number";
    case Value::Type::Double: return "number " + toJson(value);
    case Value::Type::String: return "string";
    case Value::Type::Array: return "array";
    case Value::Type::Object: return "object";
    }
    return "";
}

std::string typeNameOf(const Field& field)
{
    switch (field.shape) {
    case Field::Shape::Single: return field.typeName;
    case Field::Shape::List: return "[]" + field.typeName;
    case Field::Shape::Map: return "map[string]" + field.typeName;
    }
    return field.typeName;
}

class TypeChecker {
public:
    bool checkStruct(const TypeDescription& type, const Value& object, const FieldPath& path)
    {
        for (const Member& member : object.members()) {
            const Field* field = type.field(member.key);
            if (field && !member.value.isNull() && !checkField(type, *field, member.value, path.child(field->name)))
                return false;
        }
        return true;
    }

    const std::string& message() const { return m_message; }

private:
    bool mismatch(const TypeDescription& owner, const Value& value, const FieldPath& path, std::string_view expected)
    {
        m_message = fmt::format("json: cannot unmarshal {} into Go struct field {}.{} of type {}", nameOf(value), owner.name, path.toString(),
            expected);
        return false;
    }

    bool malformed(const FieldPath& path, std::string_view why)
    {
        m_message = fmt::format("{}: {}", path.toString(), why);
        return false;
    }

    bool checkField(const TypeDescription& owner, const Field& field, const Value& value, const FieldPath& path)
    {
        switch (field.shape) {
        case Field::Shape::Single:
            return checkOne(owner, field, value, path);
        case Field::Shape::List:
            if (!value.isArray())
                return mismatch(owner, value, path, typeNameOf(field));
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (!checkOne(owner, field, value.at(i), path.item(i)))
                    return false;
            }
            return true;
        case Field::Shape::Map:
            if (!value.isObject())
                return mismatch(owner, value, path, typeNameOf(field));
            for (const Member& member : value.members()) {
                const bool emptyString = member.value.isNull() && field.kind == Field::Kind::String;
                if (!emptyString && !checkOne(owner, field, member.value, path.child(member.key)))
                    return false;
            }
            return true;
        }
        return true;
    }

    bool checkOne(const TypeDescription& owner, const Field& field, const Value& value, const FieldPath& path)
    {
        using Kind = Field::Kind;
        switch (field.kind) {
        case Kind::String:
        case Kind::Duration:
            return value.isString() || mismatch(owner, value, path, field.typeName);
        case Kind::Bool:
            return value.isBool() || mismatch(owner, value, path, "bool");
        case Kind::Int32:
        case Kind::Int64:
            return checkInteger(owner, field, value, path);
        case Kind::Double:
            return value.isNumber() || mismatch(owner, value, path, "float64");
        case Kind::IntOrString:
            return value.isString() || (value.isInt() && checkInteger(owner, field, value, path))
                || mismatch(owner, value, path, "intstr.IntOrString");
        case Kind::Struct:
            return value.isObject() ? checkStruct(*field.type, value, path)
                                    : mismatch(owner, value, path, field.type->groupVersion + "." + field.typeName);
        case Kind::Bytes:
        case Kind::Time:
        case Kind::MicroTime:
            return value.isString() ? checkText(field, value.asString(), path) : mismatch(owner, value, path, field.typeName);
        case Kind::Quantity:
            return checkQuantity(owner, value, path);
        case Kind::Anything:
            return true;
        }
        return true;
    }

    bool checkInteger(const TypeDescription& owner, const Field& field, const Value& value, const FieldPath& path)
    {
        const bool wide = field.kind == Field::Kind::Int64;
        const std::string_view name = wide ? "int64" : "int32";
        const std::int64_t number = value.asInt();
        // 3.0 is an integer for Kubernetes' JSON; 3.5 is not.
        if (!value.isNumber() || (!value.isInt() && static_cast<double>(number) != value.asDouble()))
            return mismatch(owner, value, path, name);
        if (!wide && (number < std::numeric_limits<std::int32_t>::min() || number > std::numeric_limits<std::int32_t>::max())) {
            m_message = fmt::format("json: cannot unmarshal number {} into Go struct field {}.{} of type {}", number, owner.name,
                path.toString(), name);
            return false;
        }
        return true;
    }

    bool checkText(const Field& field, std::string_view text, const FieldPath& path)
    {
        if (field.kind == Field::Kind::Bytes)
            return decodeBase64(text).has_value() || malformed(path, "illegal base64 data");
        return parseTime(text).has_value()
            || malformed(path, fmt::format("cannot parse \"{}\" as an RFC 3339 time (2006-01-02T15:04:05Z07:00)", text));
    }

    bool checkQuantity(const TypeDescription& owner, const Value& value, const FieldPath& path)
    {
        if (!value.isString() && !value.isNumber())
            return mismatch(owner, value, path, "resource.Quantity");
        const std::string text = value.isString() ? std::string(value.asString()) : toJson(value);
        return Quantity::parse(text).has_value()
            || malformed(path, fmt::format("\"{}\": {}", text, kQuantityRule));
    }

    std::string m_message;
};

} // namespace

ApiResult<void> checkTypes(const TypeDescription& type, const Value& object)
{
    const std::size_t slash = type.groupVersion.find('/');
    const std::string version = slash == std::string::npos ? type.groupVersion : type.groupVersion.substr(slash + 1);
    const auto refuse = [&](std::string_view why) {
        return ApiFailure(badRequest(fmt::format("{} in version \"{}\" cannot be handled as a {}: {}", type.name, version, type.name, why)));
    };
    if (!object.isObject())
        return refuse(fmt::format("json: cannot unmarshal {} into Go value of type {}.{}", nameOf(object), type.groupVersion, type.name));
    TypeChecker checker;
    if (!checker.checkStruct(type, object, FieldPath()))
        return refuse(checker.message());
    return {};
}

} // namespace kates::api
