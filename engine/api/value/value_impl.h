// How a Value is stored. Internal to this folder: value*.cpp and the parsers, which build containers in one allocation.
//
// A cell is 16 bytes, the last one is the tag:
//   Bool, Int, Double   the scalar in bytes 0-7
//   InlineString        text in bytes 0-13, length in byte 14
//   HeapString          pointer to a StringRep in bytes 0-7, length in bytes 8-11
//   InternedString      the same, but the StringRep lives for ever and is not counted
//   Array, Object       pointer to the rep in bytes 0-7; null when empty
// A rep is one heap block: a header with an atomic count, then its cells. Cells may be moved with memcpy.
#pragma once

#include <atomic>
#include <cstring>

#include "engine/api/value.h"

namespace kates::api {

struct Rep {
    std::atomic<std::uint32_t> refs { 1 };
    std::uint32_t size = 0;
};

struct StringRep : Rep {
    char text[]; // `size` bytes
};

struct ArrayRep : Rep {
    std::uint64_t capacity = 0;
    Value* items() { return reinterpret_cast<Value*>(this + 1); }
};

// Open addressing over member positions; only objects above kLinearMax have one.
struct KeyIndex {
    std::uint32_t mask;
    std::uint32_t slots[]; // position + 1; 0 is free
};

struct ObjectRep : Rep {
    std::uint64_t capacity = 0;
    KeyIndex* index = nullptr;
    Member* members() { return reinterpret_cast<Member*>(this + 1); }
};

class ValueImpl {
public:
    enum Tag : std::uint8_t { Null, Bool, Int, Double, InlineString, HeapString, InternedString, Array, Object };

    static constexpr std::uint32_t kLinearMax = 16; // objects up to this size are searched member by member
    static constexpr std::uint32_t kNotFound = ~std::uint32_t(0);

    static Tag tag(const Value& value) { return static_cast<Tag>(value.m_cell[15]); }
    static void setTag(Value& value, Tag tag) { value.m_cell[15] = tag; }
    template <typename T> static T load(const Value& value)
    {
        T result;
        std::memcpy(&result, value.m_cell, sizeof result);
        return result;
    }
    template <typename T> static void store(Value& value, Tag tag, T scalar)
    {
        static_assert(sizeof scalar <= 8);
        std::memcpy(value.m_cell, &scalar, sizeof scalar);
        setTag(value, tag);
    }
    static ArrayRep* arrayRep(const Value& value) { return tag(value) == Array ? load<ArrayRep*>(value) : nullptr; }
    static ObjectRep* objectRep(const Value& value) { return tag(value) == Object ? load<ObjectRep*>(value) : nullptr; }
    static bool isText(Tag tag) { return tag >= InlineString && tag <= InternedString; }
    static std::string_view text(const Value& value)
    {
        const auto* cell = reinterpret_cast<const char*>(value.m_cell);
        if (tag(value) == InlineString)
            return { cell, value.m_cell[14] };
        std::uint32_t length;
        std::memcpy(&length, cell + 8, sizeof length);
        return { load<StringRep*>(value)->text, length };
    }
    // The counted block behind a cell, or nullptr.
    static Rep* countedRep(const Value& value)
    {
        const Tag kind = tag(value);
        return kind == HeapString || kind >= Array ? load<Rep*>(value) : nullptr;
    }
    static void moveCell(Value& to, Value& from)
    {
        std::memcpy(to.m_cell, from.m_cell, sizeof to.m_cell);
        setTag(from, Null);
    }

    static void setText(Value& cell, std::string_view text);
    static Key makeKey(std::string_view text); // inline, interned or owned
    static const Value& keyText(const Key& key) { return key.m_text; }
    static void release(Rep* rep, Tag tag) noexcept; // drops one reference

    // Containers that nobody else sees, with room for `capacity`; an existing one is detached and grown. The cell's type is already right.
    static ArrayRep* mutableArray(Value& value, std::uint64_t capacity);
    static ObjectRep* mutableObject(Value& value, std::uint64_t capacity);

    static std::uint32_t findKey(const ObjectRep* rep, std::string_view key) noexcept;
    // Adds a member that is not there yet; the rep has room.
    static Value& append(ObjectRep* rep, Key key, Value value);
    static void eraseMember(ObjectRep* rep, std::uint32_t position);
    static std::size_t heapBytes(const Value& value); // of this cell's own block
};

// What parsers need: the finished size is known, so one allocation is enough.
class ObjectBuilder {
public:
    explicit ObjectBuilder(std::size_t capacity);
    // Says whether the key is new; when it is not, the new value replaces the old one.
    bool put(std::string_view key, Value value);
    Value take() { return std::move(m_object); }

private:
    Value m_object;
    ObjectRep* m_rep = nullptr;
};

std::uint64_t hashKey(std::string_view text) noexcept; // seeded per process: the keys come from outside

} // namespace kates::api
