// The document: an immutable-by-sharing JSON value. Copying is free (a reference count); changing a copy detaches only the path that is
// changed (copy on write), so a cached object can be handed to anybody.
//
// Threads: a Value may be read, copied and destroyed on any thread (reference counts are atomic); one Value object must not be changed while
// another thread touches that same object.
// Integers are 64-bit and stay integers; a number with a fraction or exponent, or outside int64, is a double.
// Object members keep the order in which they were set; equality ignores it. A key appears once.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kates::api {

struct Member;

class Value {
public:
    enum class Type : std::uint8_t { Null, Bool, Int, Double, String, Array, Object };

    Value() noexcept = default;
    Value(std::nullptr_t) noexcept { }
    Value(bool value) noexcept;
    Value(int value) noexcept
        : Value(static_cast<std::int64_t>(value))
    {
    }
    Value(std::int64_t value) noexcept;
    Value(double value) noexcept;
    Value(const char* text)
        : Value(std::string_view(text))
    {
    }
    Value(const std::string& text)
        : Value(std::string_view(text))
    {
    }
    Value(std::string_view text);
    Value(const Value& other) noexcept;
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other) noexcept;
    Value& operator=(Value&& other) noexcept;
    ~Value();

    static Value object(std::initializer_list<std::pair<std::string_view, Value>> members = {});
    static Value array(std::initializer_list<Value> items = {});
    static Value array(std::vector<Value> items);

    Type type() const noexcept;
    bool isNull() const noexcept { return type() == Type::Null; }
    bool isBool() const noexcept { return type() == Type::Bool; }
    bool isInt() const noexcept { return type() == Type::Int; }
    bool isNumber() const noexcept { return type() == Type::Int || type() == Type::Double; }
    bool isString() const noexcept { return type() == Type::String; }
    bool isArray() const noexcept { return type() == Type::Array; }
    bool isObject() const noexcept { return type() == Type::Object; }
    // Null, "", 0, false, [] and {}: what Go's omitempty leaves out.
    bool isEmpty() const noexcept;

    bool asBool(bool fallback = false) const noexcept;
    std::int64_t asInt(std::int64_t fallback = 0) const noexcept; // a double with an integral value counts
    double asDouble(double fallback = 0) const noexcept;
    // Valid as long as this Value (or a copy of it) is neither changed nor destroyed.
    std::string_view asString(std::string_view fallback = {}) const noexcept;

    // Reading never fails: what is absent, or not reached because of another type, is the null value.
    const Value& get(std::string_view key) const noexcept;
    template <typename... Keys> const Value& get(std::string_view first, std::string_view second, Keys... rest) const noexcept
    {
        return get(first).get(second, rest...);
    }
    const Value* find(std::string_view key) const noexcept; // nullptr when absent; a null member is found
    bool has(std::string_view key) const noexcept { return find(key) != nullptr; }
    const Value& at(std::size_t index) const noexcept;
    std::size_t size() const noexcept; // items, members; 0 for scalars
    // The items of an array and the members of an object; empty for anything else. Invalidated by a change.
    const Value* begin() const noexcept; // for (const Value& item : array)
    const Value* end() const noexcept;
    struct Members {
        const Member* first;
        const Member* last;
        const Member* begin() const noexcept { return first; }
        const Member* end() const noexcept { return last; }
    };
    Members members() const noexcept; // for (const Member& member : object.members())

    // Shorthands for get(…).asString() and so on.
    std::string_view str(std::string_view key) const noexcept { return get(key).asString(); }
    template <typename... Keys> std::string_view str(std::string_view first, Keys... rest) const noexcept { return get(first, rest...).asString(); }

    // Changing. A value of another type is replaced by an empty object (set, edit by key) or array (push, insert) first: check the type before where
    // that would lose something. editAt, eraseAt and insert want an index in range. Erasing from the middle moves what follows: to drop many
    // members or items, build a new value from those that stay.
    void set(std::string_view key, Value value);
    bool erase(std::string_view key); // says whether it was there
    void push(Value value);
    void insert(std::size_t index, Value value);
    void eraseAt(std::size_t index);
    void clear(); // empty array or object of the same type
    // The member (created as null when absent) or item, ready to be changed in place. The reference lasts until the next change of this value.
    Value& edit(std::string_view key);
    template <typename... Keys> Value& edit(std::string_view first, std::string_view second, Keys... rest)
    {
        return edit(first).edit(second, rest...);
    }
    Value& editAt(std::size_t index);

    bool operator==(const Value& other) const noexcept; // deep; 1 == 1.0
    // True when both are the same shared storage: a cheap "nothing changed".
    bool sameStorage(const Value& other) const noexcept;
    // Bytes on the heap, shared storage counted whole: for limits and figures.
    std::size_t memoryBytes() const noexcept;

private:
    friend class ValueImpl;
    static constexpr std::size_t kInlineMax = 14;
    // 16 bytes: the last one is the tag. See value/value_impl.h.
    alignas(8) unsigned char m_cell[16] = {};
};

static_assert(sizeof(Value) == 16);

// A member's key. Keys that many objects use are interned once for the process (bounded); others are owned.
class Key {
public:
    std::string_view view() const noexcept;
    operator std::string_view() const noexcept { return view(); }

private:
    friend class ValueImpl;
    Value m_text; // a string cell, shared when interned
};

struct Member {
    Key key;
    Value value;
};

} // namespace kates::api
