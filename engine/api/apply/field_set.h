// A set of fields of one object, kept in the form in which managedFields writes it (FieldsV1), so that reading and writing it costs nothing.
// Internal to server-side apply.
//
// A tree whose edges are path elements: "f:name" a member, "k:{…}" a list item by its keys, "v:…" a list item by its value, "i:0" an item by its
// position. A place that is in the set itself ("owned") is {} when nothing below it is, and has a member "." otherwise.
#pragma once

#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

class FieldSet {
public:
    FieldSet() = default; // empty
    // From outside: checks the elements and brings them into the form that the functions below make.
    static Result<FieldSet> fromValue(const Value& fieldsV1);
    // From an object that we stored.
    static FieldSet fromStored(Value fieldsV1) { return FieldSet(std::move(fieldsV1)); }
    Value toValue() const { return empty() ? Value::object() : m_fields; }

    bool empty() const { return !m_fields.isObject(); }
    bool owned() const { return !empty() && (m_fields.size() == 0 || m_fields.has(".")); }
    void setOwned(bool owned);
    FieldSet child(std::string_view element) const { return FieldSet(m_fields.get(element)); }
    // Replaces what is below `element`; an empty set removes it.
    void setChild(std::string_view element, FieldSet below);

    void unite(const FieldSet& other);
    void subtract(const FieldSet& other);
    void intersect(const FieldSet& other);
    bool operator==(const FieldSet& other) const { return m_fields == other.m_fields; }

    // The paths in the set as messages print them: .spec.containers[name="a"].image
    std::vector<std::string> paths() const;

private:
    explicit FieldSet(Value fields)
        : m_fields(std::move(fields))
    {
    }
    void collectPaths(const std::string& path, std::vector<std::string>& paths) const;

    Value m_fields; // an object, or null when the set is empty
};

std::string memberElement(std::string_view name);
// `keys` is an object; its members are sorted here.
std::string keyElement(const Value& keys);
std::string valueElement(const Value& value);
std::string printedElement(std::string_view element); // .name  [name="a"]  [="x"]  [0]

} // namespace kates::api
