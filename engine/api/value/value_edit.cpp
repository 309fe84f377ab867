// Changing a Value: the block is detached first when somebody else shares it.
#include <cassert>

#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

std::uint64_t roomFor(std::size_t size) { return size < 4 ? 4 : size; }

ArrayRep* arrayForOneMore(Value& array)
{
    if (!array.isArray())
        array = Value::array();
    return ValueImpl::mutableArray(array, roomFor(array.size() + 1));
}

} // namespace

void Value::set(std::string_view key, Value value) { edit(key) = std::move(value); }

bool Value::erase(std::string_view key)
{
    ObjectRep* rep = ValueImpl::objectRep(*this);
    const std::uint32_t position = rep ? ValueImpl::findKey(rep, key) : ValueImpl::kNotFound;
    if (position == ValueImpl::kNotFound)
        return false;
    ValueImpl::eraseMember(ValueImpl::mutableObject(*this, 0), position);
    return true;
}

void Value::push(Value value)
{
    ArrayRep* rep = arrayForOneMore(*this);
    new (rep->items() + rep->size++) Value(std::move(value));
}

void Value::insert(std::size_t index, Value value)
{
    ArrayRep* rep = arrayForOneMore(*this);
    assert(index <= rep->size);
    Value* place = rep->items() + index;
    std::memmove(static_cast<void*>(place + 1), place, (rep->size - index) * sizeof(Value));
    new (place) Value(std::move(value));
    ++rep->size;
}

void Value::eraseAt(std::size_t index)
{
    assert(isArray() && index < size());
    ArrayRep* rep = ValueImpl::mutableArray(*this, 0);
    Value* place = rep->items() + index;
    place->~Value();
    std::memmove(static_cast<void*>(place), place + 1, (rep->size - index - 1) * sizeof(Value));
    --rep->size;
}

void Value::clear() { *this = isArray() ? array() : object(); }

Value& Value::edit(std::string_view key)
{
    ObjectRep* rep = ValueImpl::objectRep(*this);
    const std::uint32_t position = rep ? ValueImpl::findKey(rep, key) : ValueImpl::kNotFound;
    if (position != ValueImpl::kNotFound)
        return ValueImpl::mutableObject(*this, 0)->members()[position].value;
    // The key's text may lie in the block that is about to be replaced.
    Key owned = ValueImpl::makeKey(key);
    if (!isObject())
        *this = object();
    rep = ValueImpl::mutableObject(*this, roomFor(size() + 1));
    return ValueImpl::append(rep, std::move(owned), Value());
}

Value& Value::editAt(std::size_t index)
{
    assert(isArray() && index < size());
    return ValueImpl::mutableArray(*this, 0)->items()[index];
}

} // namespace kates::api
