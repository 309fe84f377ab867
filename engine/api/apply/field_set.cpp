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

} // namespace

std::string memberElement(std::string_view name)
{
    std::string element("f:");
    element += name;
    return element;
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

std::string valueElement(const Value& value) { return "v:" + toJson(value); }

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

Result<FieldSet> FieldSet::fromValue(const Value& fieldsV1)
{
    if (!fieldsV1.isObject())
        return failure("FieldsV1 must be an object");
    FieldSet set;
    set.setOwned(fieldsV1.has(".") || fieldsV1.size() == 0);
    for (const Member& member : fieldsV1.members()) {
        if (member.key.view() == ".")
            continue;
        const Result<std::string> element = normalised(member.key);
        if (!element)
            return tl::unexpected(element.error());
        Result<FieldSet> child = fromValue(member.value);
        if (!child)
            return child;
        child->unite(set.child(*element));
        set.setChild(*element, std::move(*child));
    }
    return set;
}

void FieldSet::setOwned(bool owned)
{
    if (owned == this->owned())
        return;
    if (!owned && m_fields.size() <= 1)
        m_fields = Value();
    else if (!owned)
        m_fields.erase(".");
    else if (empty())
        m_fields = Value::object();
    else
        m_fields.set(".", Value::object());
}

void FieldSet::setChild(std::string_view element, FieldSet below)
{
    const bool wasOwned = owned();
    if (!below.empty()) {
        m_fields.set(element, std::move(below.m_fields));
        if (wasOwned && !m_fields.has("."))
            m_fields.set(".", Value::object());
        return;
    }
    if (!m_fields.erase(element))
        return;
    if (m_fields.size() == 0)
        m_fields = wasOwned ? Value::object() : Value();
    else if (wasOwned && m_fields.size() == 1)
        m_fields = Value::object();
}

void FieldSet::unite(const FieldSet& other)
{
    if (other.empty() || m_fields.sameStorage(other.m_fields))
        return;
    if (empty()) {
        m_fields = other.m_fields;
        return;
    }
    setOwned(owned() || other.owned());
    for (const Member& member : other.m_fields.members()) {
        if (member.key.view() == ".")
            continue;
        FieldSet below = child(member.key);
        below.unite(FieldSet(member.value));
        setChild(member.key, std::move(below));
    }
}

void FieldSet::subtract(const FieldSet& other)
{
    if (empty() || other.empty())
        return;
    if (other.owned())
        setOwned(false);
    const Value theirs = other.m_fields; // `other` may be this set
    for (const Member& member : theirs.members()) {
        FieldSet below = child(member.key);
        if (below.empty() || member.key.view() == ".")
            continue;
        below.subtract(FieldSet(member.value));
        setChild(member.key, std::move(below));
    }
}

void FieldSet::intersect(const FieldSet& other)
{
    FieldSet both;
    both.setOwned(owned() && other.owned());
    const bool fewer = m_fields.size() <= other.m_fields.size();
    const Value& first = fewer ? m_fields : other.m_fields;
    for (const Member& member : first.members()) {
        FieldSet below(member.value);
        below.intersect(fewer ? other.child(member.key) : child(member.key));
        if (member.key.view() != ".")
            both.setChild(member.key, std::move(below));
    }
    *this = std::move(both);
}

void FieldSet::collectPaths(const std::string& path, std::vector<std::string>& paths) const
{
    if (owned())
        paths.push_back(path);
    for (const Member& member : m_fields.members()) {
        if (member.key.view() != ".")
            FieldSet(member.value).collectPaths(path + printedElement(member.key), paths);
    }
}

std::vector<std::string> FieldSet::paths() const
{
    std::vector<std::string> result;
    collectPaths({}, result);
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace kates::api
