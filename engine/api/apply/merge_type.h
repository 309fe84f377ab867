// How server-side apply looks at a value: as one field that is owned whole, or as a container whose members or items are owned one by one.
// Derived from the descriptions. Internal to server-side apply.
#pragma once

#include <optional>

#include "engine/api/apply/field_set.h"
#include "engine/api/schema.h"

namespace kates::api {

class MergeType {
public:
    enum class Form {
        Leaf, // owned whole: scalars, atomic lists, structs and maps
        Struct, // described members
        Map, // members of one type
        Set, // a list of distinct values
        MapList, // a list of items told apart by keys
        Deduced, // not described: objects are maps, everything else is a leaf
    };

    static MergeType ofType(const TypeDescription& type);
    // The form that suits these values (nullptr: absent): a leaf when one of them has another JSON type than its description says, or when
    // both are empty. A list whose items cannot be told apart (see elements) is to be treated as a leaf as well.
    Form form(const Value* a, const Value* b) const;
    MergeType member(std::string_view name) const;
    MergeType item() const;
    // A described member that Go holds by value, so that it is always there.
    bool alwaysThere(std::string_view name) const;
    // A map's member is owned itself, beside what is in it; a struct's is not.
    bool ownsMember(std::string_view name) const { return m_form != Form::Struct || !m_type->field(name); }

    bool isGranularList() const { return m_form == Form::Set || m_form == Form::MapList; }
    // What tells the items apart; nothing when an item lacks a key that has no default.
    std::optional<std::vector<std::string>> elements(const Value& list) const;

private:
    static MergeType ofField(const Field& field);
    static MergeType ofItems(const Field& field);
    std::optional<std::string> element(const Value& item) const;

    Form m_form = Form::Leaf;
    const TypeDescription* m_type = nullptr; // Struct
    const Field* m_field = nullptr; // Map, Set, MapList
};

} // namespace kates::api
