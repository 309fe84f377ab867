// A set of fields of one object, as managedFields writes it (FieldsV1). Internal to server-side apply.
//
// A tree whose edges are path elements: "f:name" a member, "k:{…}" a list item by its keys, "v:…" a list item by its value, "i:0" an item by its
// position. Each node may be in the set itself ("owned") and have nodes in the set below it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

struct FieldSet {
    bool owned = false;
    std::map<std::string, FieldSet, std::less<>> children;

    bool empty() const { return !owned && children.empty(); }
    const FieldSet* child(std::string_view element) const;
    // Puts `set` below `element`; nothing when it is empty.
    void add(std::string element, FieldSet set);

    void unite(const FieldSet& other);
    void subtract(const FieldSet& other);
    void intersect(const FieldSet& other);
    bool operator==(const FieldSet&) const = default;

    // The paths in the set as messages print them: .spec.containers[name="a"].image
    std::vector<std::string> paths() const;
    Value toValue() const;
    static Result<FieldSet> fromValue(const Value& fieldsV1);
};

std::string memberElement(std::string_view name);
// `keys` is an object; its members are sorted here.
std::string keyElement(const Value& keys);
std::string valueElement(const Value& value);
std::string printedElement(std::string_view element); // .name  [name="a"]  [="x"]  [0]

} // namespace kates::api
