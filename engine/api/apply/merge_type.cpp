#include "engine/api/apply/merge_type.h"

namespace kates::api {

MergeType MergeType::ofType(const TypeDescription& type)
{
    MergeType result;
    if (type.atomic)
        return result;
    result.m_form = Form::Struct;
    result.m_type = &type;
    return result;
}

MergeType MergeType::ofItems(const Field& field)
{
    MergeType result;
    if (field.kind == Field::Kind::Struct && field.type)
        return ofType(*field.type);
    result.m_form = field.kind == Field::Kind::Anything && field.preserveUnknown ? Form::Deduced : Form::Leaf;
    return result;
}

MergeType MergeType::ofField(const Field& field)
{
    MergeType result;
    if (field.atomicStruct)
        return result;
    if (field.shape == Field::Shape::Single)
        return ofItems(field);
    result.m_field = &field;
    if (field.shape == Field::Shape::Map)
        result.m_form = Form::Map;
    else if (field.listType != Field::ListType::Atomic)
        result.m_form = field.listType == Field::ListType::Set ? Form::Set : Form::MapList;
    return result;
}

MergeType::Form MergeType::form(const Value* a, const Value* b) const
{
    if (m_form == Form::Leaf || ((!a || a->isEmpty()) && (!b || b->isEmpty())))
        return Form::Leaf;
    for (const Value* value : { a, b }) {
        if (value && !(isGranularList() ? value->isArray() : value->isObject()))
            return Form::Leaf;
    }
    return m_form;
}

MergeType MergeType::member(std::string_view name) const
{
    if (m_form == Form::Map)
        return ofItems(*m_field);
    if (const Field* field = m_form == Form::Struct ? m_type->field(name) : nullptr)
        return ofField(*field);
    MergeType result;
    result.m_form = Form::Deduced;
    return result;
}

MergeType MergeType::item() const { return m_form == Form::MapList ? ofItems(*m_field) : MergeType(); }

bool MergeType::alwaysThere(std::string_view name) const
{
    const Field* field = m_form == Form::Struct ? m_type->field(name) : nullptr;
    return field && (field->alwaysPresent || (field->shape == Field::Shape::Single && field->kind == Field::Kind::Struct && !field->pointer));
}

std::optional<std::vector<std::string>> MergeType::elements(const Value& list) const
{
    std::vector<std::string> result;
    for (const Value& item : list) {
        auto next = element(item);
        if (!next)
            return std::nullopt;
        result.push_back(std::move(*next));
    }
    return result;
}

std::optional<std::string> MergeType::element(const Value& item) const
{
    if (m_form != Form::MapList)
        return valueElement(item);
    Value keys = Value::object();
    for (const std::string& name : m_field->listMapKeys) {
        const Field* field = m_field->type ? m_field->type->field(name) : nullptr;
        const Value& value = item.get(name);
        if (!value.isNull())
            keys.set(name, value);
        else if (field && !field->defaultValue.isNull())
            keys.set(name, field->defaultValue);
    }
    // A key without a default may be left out as long as another one tells the item apart.
    return keys.isEmpty() ? std::nullopt : std::optional(keyElement(keys));
}

} // namespace kates::api
