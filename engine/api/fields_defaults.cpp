#include <algorithm>

#include "engine/api/fields.h"
#include "engine/api/fields_rewrite.h"
#include "engine/api/json.h"
#include "engine/api/quantity.h"
#include "engine/base/time.h"

namespace kates::api {

using fields::rewriteShape;
using fields::Rewritten;

namespace {

Rewritten canonicalOne(const Field& field, const Value& value);

Rewritten canonicalStruct(const TypeDescription& type, const Value& object)
{
    Rewritten result;
    for (const Member& member : object.members()) {
        const Field* field = type.field(member.key);
        if (!field || field->kind == Field::Kind::Anything)
            continue;
        if (Rewritten changed = rewriteShape(*field, member.value, [&](const Value& one) { return canonicalOne(*field, one); })) {
            if (!result)
                result = object;
            result->set(field->name, std::move(*changed));
        }
    }
    return result;
}

Rewritten changedText(const Value& value, std::string text)
{
    return value.isString() && value.asString() == text ? Rewritten() : Rewritten(Value(text));
}

Rewritten canonicalOne(const Field& field, const Value& value)
{
    switch (field.kind) {
    case Field::Kind::Struct:
        return canonicalStruct(*field.type, value);
    case Field::Kind::Quantity: {
        const auto quantity = Quantity::parse(value.isString() ? std::string(value.asString()) : toJson(value));
        return quantity ? changedText(value, quantity->toString()) : Rewritten();
    }
    case Field::Kind::Time: {
        const auto time = parseTime(value.asString());
        return time ? changedText(value, formatTime(*time)) : Rewritten();
    }
    case Field::Kind::MicroTime: {
        const auto time = parseTime(value.asString());
        return time ? changedText(value, formatMicroTime(*time)) : Rewritten();
    }
    default:
        return {};
    }
}

// Go's zero, which stands for "absent" where there is no pointer.
bool isZero(const Field& field, const Value& value)
{
    if (value.isNull())
        return true;
    if (field.pointer || field.shape != Field::Shape::Single || value.isObject())
        return false;
    return value.isEmpty();
}

Value zeroOf(const Field& field)
{
    if (field.shape != Field::Shape::Single)
        return {};
    switch (field.kind) {
    case Field::Kind::String: return "";
    case Field::Kind::Bool: return false;
    case Field::Kind::Int32:
    case Field::Kind::Int64: return 0;
    case Field::Kind::Struct: return Value::object();
    default: return {};
    }
}

bool defaultHolds(const TypeDescription& type, const Field& field, const Value& object)
{
    if (field.defaultWhenField.empty())
        return true;
    const Field* sibling = type.field(field.defaultWhenField);
    std::string_view value = object.str(field.defaultWhenField);
    if (value.empty() && sibling)
        value = sibling->defaultValue.asString();
    return std::ranges::find(field.defaultWhenValues, value) != field.defaultWhenValues.end();
}

Rewritten defaultsOfStruct(const TypeDescription& type, const Value& object)
{
    Rewritten result;
    const auto changed = [&]() -> Value& { return result ? *result : result.emplace(object); };
    for (const Field& field : type.fieldsToFill()) {
        if (!isZero(field, object.get(field.name)) || !defaultHolds(type, field, object))
            continue;
        if (Value value = field.defaultValue.isNull() ? zeroOf(field) : field.defaultValue; !value.isNull() && value != object.get(field.name))
            changed().set(field.name, std::move(value));
    }
    const Value filled = result ? *result : object;
    for (const Member& member : filled.members()) {
        const Field* field = type.field(member.key);
        if (!field || field->kind != Field::Kind::Struct)
            continue;
        if (Rewritten inner = rewriteShape(*field, member.value, [&](const Value& one) { return defaultsOfStruct(*field->type, one); }))
            changed().set(field->name, std::move(*inner));
    }
    return result;
}

} // namespace

void canonicalize(const TypeDescription& type, Value& object)
{
    if (Rewritten changed = canonicalStruct(type, object))
        object = std::move(*changed);
}

void applyDefaults(const TypeDescription& type, Value& object)
{
    if (Rewritten changed = defaultsOfStruct(type, object))
        object = std::move(*changed);
}

} // namespace kates::api
