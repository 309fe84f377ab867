#include "engine/api/apply/field_set.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/json.h"

namespace kates::api {

namespace {

    // The element in the form that this file's functions make, so that equal elements are equal texts.
    Result<std::string> normalised(std::string_view element)
    {
        if (element.starts_with("f:") || element.starts_with("i:"))
            return std::string(element);
        if (!element.starts_with("k:") && !element.starts_with("v:"))
            return failure(fmt::format("\"{}\" is no path element of FieldsV1", element));
        const Result<Value> value = parseJson(element.substr(2));
        if (!value || (element[0] == 'k' && !value->isObject()))
            return failure(fmt::format("\"{}\" is no path element of FieldsV1", element));
        return element[0] == 'k' ? keyElement(*value) : valueElement(*value);
    }

    void collect(const FieldSet& set, const std::string& path, std::vector<std::string>& paths)
    {
        if (set.owned)
            paths.push_back(path);
        for (const auto& [element, child] : set.children)
            collect(child, path + printedElement(element), paths);
    }

} // namespace

std::string memberElement(std::string_view name)
{
    return fmt::format("f:{}", name);
}

std::string keyElement(const Value& keys)
{
    std::vector<const Member*> members;
    for (const Member& member : keys.members())
        members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->key.view() < b->key.view(); });
    Value sorted = Value::object();
    for (const Member* member : members)
        sorted.set(member->key, member->value);
    return "k:" + toJson(sorted);
}

std::string valueElement(const Value& value)
{
    return "v:" + toJson(value);
}

std::string printedElement(std::string_view element)
{
    const std::string_view rest = element.substr(2);
    if (element[0] == 'f')
        return fmt::format(".{}", rest);
    if (element[0] == 'i')
        return fmt::format("[{}]", rest);
    if (element[0] == 'v')
        return fmt::format("[={}]", rest);
    std::string keys;
    const Value object = parseJson(rest).value_or(Value());
    for (const Member& member : object.members())
        keys += fmt::format("{}{}={}", keys.empty() ? "" : ",", member.key.view(), toJson(member.value));
    return fmt::format("[{}]", keys);
}

const FieldSet* FieldSet::child(std::string_view element) const
{
    const auto found = children.find(element);
    return found == children.end() ? nullptr : &found->second;
}

void FieldSet::add(std::string element, FieldSet set)
{
    if (!set.empty())
        children.insert_or_assign(std::move(element), std::move(set));
}

void FieldSet::unite(const FieldSet& other)
{
    owned = owned || other.owned;
    for (const auto& [element, set] : other.children)
        children[element].unite(set);
}

void FieldSet::subtract(const FieldSet& other)
{
    owned = owned && !other.owned;
    for (const auto& [element, set] : other.children) {
        const auto mine = children.find(element);
        if (mine == children.end())
            continue;
        mine->second.subtract(set);
        if (mine->second.empty())
            children.erase(mine);
    }
}

void FieldSet::intersect(const FieldSet& other)
{
    owned = owned && other.owned;
    for (auto mine = children.begin(); mine != children.end();) {
        const FieldSet* theirs = other.child(mine->first);
        if (theirs)
            mine->second.intersect(*theirs);
        mine = !theirs || mine->second.empty() ? children.erase(mine) : std::next(mine);
    }
}

std::vector<std::string> FieldSet::paths() const
{
    std::vector<std::string> result;
    collect(*this, {}, result);
    return result;
}

Value FieldSet::toValue() const
{
    Value value = Value::object();
    if (owned && !children.empty())
        value.set(".", Value::object());
    for (const auto& [element, set] : children)
        value.set(element, set.toValue());
    return value;
}

Result<FieldSet> FieldSet::fromValue(const Value& fieldsV1)
{
    if (!fieldsV1.isObject())
        return failure("FieldsV1 must be an object");
    FieldSet set;
    set.owned = fieldsV1.has(".") || fieldsV1.size() == 0;
    for (const Member& member : fieldsV1.members()) {
        if (member.key.view() == ".")
            continue;
        Result<std::string> element = normalised(member.key);
        if (!element)
            return tl::unexpected(element.error());
        Result<FieldSet> child = fromValue(member.value);
        if (!child)
            return child;
        set.children[*element].unite(*child);
    }
    return set;
}

} // namespace kates::api
