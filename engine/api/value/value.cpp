#include <cmath>

#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

constinit const Value kNull;

bool equalNumbers(const Value& a, const Value& b)
{
    if (a.isInt() && b.isInt())
        return a.asInt() == b.asInt();
    const double left = a.asDouble(), right = b.asDouble();
    // An integral double that fits is compared as an integer, so that 2^53 and 2^53 + 1 stay different.
    if (a.isInt() != b.isInt() && std::fabs(left) < 9.2e18 && left == right)
        return a.asInt() == b.asInt();
    return left == right;
}

struct Pair {
    const Value* a;
    const Value* b;
};

// Compares one level; containers whose children must still be compared go to `pending`.
bool equalShallow(const Value& a, const Value& b, std::vector<Pair>& pending)
{
    if (a.isNumber() && b.isNumber())
        return equalNumbers(a, b);
    if (a.type() != b.type())
        return false;
    switch (a.type()) {
    case Value::Type::Bool:
        return a.asBool() == b.asBool();
    case Value::Type::String:
        return a.asString() == b.asString();
    case Value::Type::Array:
    case Value::Type::Object:
        if (a.sameStorage(b))
            return true;
        if (a.size() != b.size())
            return false;
        pending.push_back({ &a, &b });
        return true;
    default:
        return true;
    }
}

bool equalChildren(const Value& a, const Value& b, std::vector<Pair>& pending)
{
    if (a.isArray()) {
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!equalShallow(a.begin()[i], b.begin()[i], pending))
                return false;
        }
        return true;
    }
    for (const Member& member : a.members()) {
        const Value* other = b.find(member.key);
        if (!other || !equalShallow(member.value, *other, pending))
            return false;
    }
    return true;
}

} // namespace

Value::Value(bool value) noexcept { ValueImpl::store(*this, ValueImpl::Bool, value); }

Value::Value(std::int64_t value) noexcept { ValueImpl::store(*this, ValueImpl::Int, value); }

Value::Value(double value) noexcept { ValueImpl::store(*this, ValueImpl::Double, value); }

Value::Value(std::string_view text) { ValueImpl::setText(*this, text); }

Value::Value(const Value& other) noexcept
{
    std::memcpy(m_cell, other.m_cell, sizeof m_cell);
    if (Rep* rep = ValueImpl::countedRep(*this))
        rep->refs.fetch_add(1, std::memory_order_relaxed);
}

Value::Value(Value&& other) noexcept { ValueImpl::moveCell(*this, other); }

Value& Value::operator=(const Value& other) noexcept
{
    // `other` may be a part of this value: take it before letting go.
    Value copy(other);
    return *this = std::move(copy);
}

Value& Value::operator=(Value&& other) noexcept
{
    if (this == &other)
        return *this;
    Value taken(std::move(other));
    Value old;
    ValueImpl::moveCell(old, *this);
    ValueImpl::moveCell(*this, taken);
    return *this;
}

Value::~Value()
{
    if (Rep* rep = ValueImpl::countedRep(*this))
        ValueImpl::release(rep, ValueImpl::tag(*this));
}

Value Value::object(std::initializer_list<std::pair<std::string_view, Value>> members)
{
    ObjectBuilder builder(members.size());
    for (const auto& [key, value] : members)
        builder.put(key, value);
    return builder.take();
}

Value Value::array(std::initializer_list<Value> items) { return array(std::vector<Value>(items)); }

Value Value::array(std::vector<Value> items)
{
    Value result;
    ValueImpl::store<ArrayRep*>(result, ValueImpl::Array, nullptr);
    if (!items.empty()) {
        ArrayRep* rep = ValueImpl::mutableArray(result, items.size());
        for (Value& item : items)
            new (rep->items() + rep->size++) Value(std::move(item));
    }
    return result;
}

Value::Type Value::type() const noexcept
{
    static constexpr Type kTypes[]
        = { Type::Null, Type::Bool, Type::Int, Type::Double, Type::String, Type::String, Type::String, Type::Array, Type::Object };
    return kTypes[ValueImpl::tag(*this)];
}

bool Value::isEmpty() const noexcept
{
    switch (type()) {
    case Type::Null:
        return true;
    case Type::Bool:
        return !asBool();
    case Type::Int:
        return asInt() == 0;
    case Type::Double:
        return asDouble() == 0;
    case Type::String:
        return asString().empty();
    default:
        return size() == 0;
    }
}

bool Value::asBool(bool fallback) const noexcept { return ValueImpl::tag(*this) == ValueImpl::Bool ? ValueImpl::load<bool>(*this) : fallback; }

std::int64_t Value::asInt(std::int64_t fallback) const noexcept
{
    if (isInt())
        return ValueImpl::load<std::int64_t>(*this);
    if (type() != Type::Double)
        return fallback;
    const double number = ValueImpl::load<double>(*this);
    constexpr double kLimit = 9223372036854775808.0; // 2^63
    return number >= -kLimit && number < kLimit && std::trunc(number) == number ? static_cast<std::int64_t>(number) : fallback;
}

double Value::asDouble(double fallback) const noexcept
{
    if (isInt())
        return static_cast<double>(ValueImpl::load<std::int64_t>(*this));
    return type() == Type::Double ? ValueImpl::load<double>(*this) : fallback;
}

std::string_view Value::asString(std::string_view fallback) const noexcept { return isString() ? ValueImpl::text(*this) : fallback; }

const Value& Value::get(std::string_view key) const noexcept
{
    const Value* found = find(key);
    return found ? *found : kNull;
}

const Value* Value::find(std::string_view key) const noexcept
{
    ObjectRep* rep = ValueImpl::objectRep(*this);
    const std::uint32_t position = rep ? ValueImpl::findKey(rep, key) : ValueImpl::kNotFound;
    return position == ValueImpl::kNotFound ? nullptr : &rep->members()[position].value;
}

const Value& Value::at(std::size_t index) const noexcept
{
    ArrayRep* rep = ValueImpl::arrayRep(*this);
    return rep && index < rep->size ? rep->items()[index] : kNull;
}

std::size_t Value::size() const noexcept
{
    if (!isArray() && !isObject())
        return 0;
    const Rep* rep = ValueImpl::countedRep(*this);
    return rep ? rep->size : 0;
}

const Value* Value::begin() const noexcept
{
    ArrayRep* rep = ValueImpl::arrayRep(*this);
    return rep ? rep->items() : nullptr;
}

const Value* Value::end() const noexcept
{
    ArrayRep* rep = ValueImpl::arrayRep(*this);
    return rep ? rep->items() + rep->size : nullptr;
}

Value::Members Value::members() const noexcept
{
    ObjectRep* rep = ValueImpl::objectRep(*this);
    return rep ? Members { rep->members(), rep->members() + rep->size } : Members { nullptr, nullptr };
}

bool Value::operator==(const Value& other) const noexcept
{
    // A work list instead of recursion: the depth of a document must not matter to the stack.
    std::vector<Pair> pending;
    if (!equalShallow(*this, other, pending))
        return false;
    while (!pending.empty()) {
        const Pair next = pending.back();
        pending.pop_back();
        if (!equalChildren(*next.a, *next.b, pending))
            return false;
    }
    return true;
}

bool Value::sameStorage(const Value& other) const noexcept
{
    if (ValueImpl::tag(*this) != ValueImpl::tag(other))
        return false;
    if (ValueImpl::isText(ValueImpl::tag(*this)) && !ValueImpl::countedRep(*this))
        return asString() == other.asString();
    return isNull() || std::memcmp(m_cell, other.m_cell, isBool() ? sizeof(bool) : 8) == 0;
}

std::size_t Value::memoryBytes() const noexcept
{
    std::size_t total = 0;
    std::vector<const Value*> pending { this };
    while (!pending.empty()) {
        const Value* next = pending.back();
        pending.pop_back();
        total += ValueImpl::heapBytes(*next);
        for (const Value& item : *next)
            pending.push_back(&item);
        for (const Member& member : next->members()) {
            total += ValueImpl::heapBytes(ValueImpl::keyText(member.key));
            pending.push_back(&member.value);
        }
    }
    return total;
}

std::string_view Key::view() const noexcept { return m_text.asString(); }

} // namespace kates::api
