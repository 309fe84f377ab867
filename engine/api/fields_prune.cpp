#include <fmt/format.h>

#include "engine/api/field_errors.h"
#include "engine/api/fields.h"

namespace kates::api {

namespace {

class Pruner {
public:
    explicit Pruner(std::vector<std::string>& unknownFields)
        : m_unknownFields(unknownFields)
    {
    }

    // A read-only walk decides, so that an object with nothing to prune is not touched.
    static bool isClean(const TypeDescription& type, const Value& object)
    {
        for (const Member& member : object.members()) {
            const Field* field = type.field(member.key);
            if (!field) {
                if (!type.preserveUnknown)
                    return false;
            } else if (member.value.isNull() || !isClean(*field, member.value)) {
                return false;
            }
        }
        return true;
    }

    void prune(const TypeDescription& type, Value& object, const FieldPath& path)
    {
        std::vector<std::string> dropped;
        for (const Member& member : object.members()) {
            const Field* field = type.field(member.key);
            if (!field && !type.preserveUnknown) {
                m_unknownFields.push_back(fmt::format("unknown field \"{}\"", path.child(member.key).toString()));
                dropped.emplace_back(member.key.view());
            } else if (field && member.value.isNull()) {
                dropped.emplace_back(member.key.view());
            }
        }
        for (const std::string& key : dropped)
            object.erase(key);
        for (const Field& field : type.fields) {
            const Value* value = object.find(field.name);
            if (value && !isClean(field, *value))
                pruneField(field, object.edit(field.name), path.child(field.name));
        }
    }

private:
    static bool isClean(const Field& field, const Value& value)
    {
        if (field.kind == Field::Kind::String && field.shape == Field::Shape::Map) {
            for (const Member& member : value.members()) {
                if (member.value.isNull())
                    return false;
            }
        }
        if (field.kind != Field::Kind::Struct || field.preserveUnknown)
            return true;
        switch (field.shape) {
        case Field::Shape::Single:
            return isClean(*field.type, value);
        case Field::Shape::List:
            return !value.isArray() || std::all_of(value.begin(), value.end(), [&](const Value& item) { return isClean(*field.type, item); });
        case Field::Shape::Map:
            for (const Member& member : value.members()) {
                if (!isClean(*field.type, member.value))
                    return false;
            }
            return true;
        }
        return true;
    }

    void pruneField(const Field& field, Value& value, const FieldPath& path)
    {
        if (field.kind != Field::Kind::Struct) {
            nullsToEmpty(value);
            return;
        }
        switch (field.shape) {
        case Field::Shape::Single:
            prune(*field.type, value, path);
            return;
        case Field::Shape::List:
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (!isClean(*field.type, value.at(i)))
                    prune(*field.type, value.editAt(i), path.item(i));
            }
            return;
        case Field::Shape::Map:
            const Value before = value;
            for (const Member& member : before.members()) {
                if (!isClean(*field.type, member.value))
                    prune(*field.type, value.edit(member.key), path.child(member.key));
            }
            return;
        }
    }

    // {labels: {a: null}} is what YAML's "a:" gives; Go reads the empty string.
    static void nullsToEmpty(Value& map)
    {
        const Value before = map;
        for (const Member& member : before.members()) {
            if (member.value.isNull())
                map.set(member.key, "");
        }
    }

    std::vector<std::string>& m_unknownFields;
};

} // namespace

void pruneUnknownFields(const TypeDescription& type, Value& object, std::vector<std::string>& unknownFields)
{
    if (!Pruner::isClean(type, object))
        Pruner(unknownFields).prune(type, object, FieldPath());
}

} // namespace kates::api
