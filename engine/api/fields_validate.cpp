#include <algorithm>
#include <cmath>
#include <unordered_set>

#include <fmt/format.h>

#include "engine/api/field_errors.h"
#include "engine/api/fields.h"
#include "engine/api/json.h"
#include "engine/api/pattern.h"

namespace kates::api {

namespace {

class Validator {
public:
    explicit Validator(std::vector<StatusCause>& causes)
        : m_errors(causes)
    {
    }

    void validateObject(const TypeDescription& type, const Value& object, const FieldPath& path)
    {
        for (const Member& member : object.members()) {
            // A status is what a component could find out: it may be incomplete.
            m_complete = member.key.view() != "status";
            validateMember(type, member, path);
        }
        m_complete = true;
        checkRequired(type, object, path);
    }

private:
    void validateStruct(const TypeDescription& type, const Value& object, const FieldPath& path)
    {
        if (m_complete)
            checkRequired(type, object, path);
        for (const Member& member : object.members())
            validateMember(type, member, path);
    }

    void checkRequired(const TypeDescription& type, const Value& object, const FieldPath& path)
    {
        for (const Field& field : type.requiredFields()) {
            if (isMissing(field, object.get(field.name)))
                m_errors.required(path.child(field.name));
        }
    }

    void validateMember(const TypeDescription& type, const Member& member, const FieldPath& path)
    {
        const Field* field = type.field(member.key);
        if (field && !member.value.isNull())
            validateField(*field, member.value, path.child(field->name));
    }

    static bool isMissing(const Field& field, const Value& value)
    {
        if (field.pointer)
            return value.isNull();
        if (field.shape != Field::Shape::Single || field.kind == Field::Kind::String || field.kind == Field::Kind::Bytes)
            return value.isEmpty();
        return value.isNull();
    }

    void validateField(const Field& field, const Value& value, const FieldPath& path)
    {
        switch (field.shape) {
        case Field::Shape::Single:
            validateOne(field, value, path);
            return;
        case Field::Shape::List:
            for (std::size_t i = 0; i < value.size(); ++i)
                validateOne(field, value.at(i), path.item(i));
            if (field.listType != Field::ListType::Atomic && !field.duplicatesAllowed)
                checkDuplicates(field, value, path);
            return;
        case Field::Shape::Map:
            for (const Member& member : value.members())
                validateOne(field, member.value, path.key(member.key));
            return;
        }
    }

    void validateOne(const Field& field, const Value& value, const FieldPath& path)
    {
        if (field.kind == Field::Kind::Struct)
            validateStruct(*field.type, value, path);
        else if (field.kind == Field::Kind::String)
            validateString(field, value, path);
        else if (value.isNumber())
            validateNumber(field, value, path);
    }

    void validateString(const Field& field, const Value& value, const FieldPath& path)
    {
        const std::string_view text = value.asString();
        if (!field.enumValues.empty() && std::ranges::find(field.enumValues, text) == field.enumValues.end()) {
            if (!text.empty() || field.pointer)
                m_errors.notSupported(path, value, field.enumValues);
        } else if (!field.pattern.empty() && !matchesPattern(field.pattern, text)) {
            m_errors.invalid(path, value, fmt::format("should match '{}'", field.pattern));
        }
    }

    void validateNumber(const Field& field, const Value& value, const FieldPath& path)
    {
        const double number = value.asDouble();
        const bool low = field.minimum && number < *field.minimum;
        const bool high = field.maximum && number > *field.maximum;
        if (!low && !high)
            return;
        if (field.minimum && field.maximum)
            m_errors.invalid(path, value, fmt::format("must be between {} and {}, inclusive", *field.minimum, *field.maximum));
        else if (low)
            m_errors.invalid(path, value, fmt::format("must be greater than or equal to {}", *field.minimum));
        else
            m_errors.invalid(path, value, fmt::format("must be less than or equal to {}", *field.maximum));
    }

    // The identity of an item: the item itself in a set, its keys (with their defaults) in a map.
    static Value identityOf(const Field& field, const Value& item)
    {
        if (field.listType == Field::ListType::Set)
            return item;
        if (field.listMapKeys.size() == 1)
            return item.get(field.listMapKeys.front());
        Value identity = Value::object();
        for (const std::string& key : field.listMapKeys)
            identity.set(key, item.get(key));
        return identity;
    }

    void checkDuplicates(const Field& field, const Value& list, const FieldPath& path)
    {
        if (list.size() < 2)
            return;
        const bool singleKey = field.listType == Field::ListType::Map && field.listMapKeys.size() == 1;
        std::unordered_set<std::string> seen;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Value identity = identityOf(field, list.at(i));
            if (seen.insert(toJson(identity)).second)
                continue;
            const FieldPath item = path.item(i);
            m_errors.duplicate(singleKey ? item.child(field.listMapKeys.front()) : item, identity);
        }
    }

    FieldErrors m_errors;
    bool m_complete = true; // required fields are demanded
};

} // namespace

void validateFields(const TypeDescription& type, const Value& object, std::string_view path, std::vector<StatusCause>& causes)
{
    Validator(causes).validateObject(type, object, path.empty() ? FieldPath() : FieldPath(path));
}

} // namespace kates::api
