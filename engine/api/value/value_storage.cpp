// Blocks on the heap: making, growing, detaching and freeing them.
#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <new>

#include "engine/api/value/intern.h"
#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

constexpr int kReleaseDepthMax = 64; // nesting that release() handles by recursion; deeper blocks wait in a list

void* allocate(std::size_t bytes)
{
    void* block = std::malloc(bytes);
    if (!block)
        throw std::bad_alloc();
    return block;
}

struct Dead {
    Rep* rep;
    ValueImpl::Tag tag;
};

void destroyBlock(Dead dead, int depth, std::vector<Dead>& later);

void dropCell(const Value& cell, int depth, std::vector<Dead>& later)
{
    Rep* rep = ValueImpl::countedRep(cell);
    if (!rep || rep->refs.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    if (depth < kReleaseDepthMax)
        destroyBlock({ rep, ValueImpl::tag(cell) }, depth + 1, later);
    else
        later.push_back({ rep, ValueImpl::tag(cell) });
}

void destroyBlock(Dead dead, int depth, std::vector<Dead>& later)
{
    if (dead.tag == ValueImpl::Array) {
        auto* array = static_cast<ArrayRep*>(dead.rep);
        for (std::uint32_t i = 0; i < array->size; ++i)
            dropCell(array->items()[i], depth, later);
    } else if (dead.tag == ValueImpl::Object) {
        auto* object = static_cast<ObjectRep*>(dead.rep);
        for (std::uint32_t i = 0; i < object->size; ++i) {
            dropCell(ValueImpl::keyText(object->members()[i].key), depth, later);
            dropCell(object->members()[i].value, depth, later);
        }
        std::free(object->index);
    }
    std::free(dead.rep);
}

template <typename R> R* allocateRep(std::uint64_t capacity, std::size_t cellBytes)
{
    R* rep = new (allocate(sizeof(R) + capacity * cellBytes)) R;
    rep->capacity = capacity;
    return rep;
}

// The rep of `value`, unshared and with room for `capacity` cells of type Cell.
template <typename R, typename Cell> R* makeMutable(Value& value, std::uint64_t capacity, ValueImpl::Tag tag, Cell* (R::*cells)())
{
    R* rep = ValueImpl::load<R*>(value);
    const std::uint64_t size = rep ? rep->size : 0;
    if (rep && rep->refs.load(std::memory_order_acquire) == 1) {
        if (capacity <= rep->capacity)
            return rep;
        capacity = std::max(capacity, std::min<std::uint64_t>(rep->capacity * 2, rep->capacity + (1u << 20)));
        void* grown = std::realloc(static_cast<void*>(rep), sizeof(R) + capacity * sizeof(Cell));
        if (!grown)
            throw std::bad_alloc();
        rep = static_cast<R*>(grown);
        rep->capacity = capacity;
        ValueImpl::store(value, tag, rep);
        return rep;
    }
    R* fresh = allocateRep<R>(std::max(capacity, size), sizeof(Cell));
    for (std::uint64_t i = 0; i < size; ++i)
        new ((fresh->*cells)() + i) Cell((rep->*cells)()[i]);
    fresh->size = static_cast<std::uint32_t>(size);
    ValueImpl::store(value, tag, fresh);
    if (rep)
        ValueImpl::release(rep, tag);
    return fresh;
}

} // namespace

void ValueImpl::setText(Value& cell, std::string_view text)
{
    if (text.size() <= Value::kInlineMax) {
        if (!text.empty())
            std::memcpy(cell.m_cell, text.data(), text.size());
        cell.m_cell[14] = static_cast<unsigned char>(text.size());
        setTag(cell, InlineString);
        return;
    }
    assert(text.size() < (std::uint64_t(1) << 32));
    const auto length = static_cast<std::uint32_t>(text.size());
    auto* rep = new (allocate(sizeof(StringRep) + text.size())) StringRep;
    rep->size = length;
    std::memcpy(rep->text, text.data(), text.size());
    store(cell, HeapString, rep);
    std::memcpy(cell.m_cell + 8, &length, sizeof length);
}

Key ValueImpl::makeKey(std::string_view text)
{
    Key key;
    const StringRep* interned = text.size() > Value::kInlineMax && text.size() <= kInternedKeyMax ? internKey(text) : nullptr;
    if (!interned) {
        setText(key.m_text, text);
        return key;
    }
    const auto length = static_cast<std::uint32_t>(text.size());
    store(key.m_text, InternedString, interned);
    std::memcpy(key.m_text.m_cell + 8, &length, sizeof length);
    return key;
}

void ValueImpl::release(Rep* rep, Tag tag) noexcept
{
    if (rep->refs.fetch_sub(1, std::memory_order_acq_rel) != 1)
        return;
    std::vector<Dead> later;
    destroyBlock({ rep, tag }, 0, later);
    while (!later.empty()) {
        const Dead next = later.back();
        later.pop_back();
        destroyBlock(next, 0, later);
    }
}

ArrayRep* ValueImpl::mutableArray(Value& value, std::uint64_t capacity)
{
    return makeMutable<ArrayRep, Value>(value, capacity, Array, &ArrayRep::items);
}

ObjectRep* ValueImpl::mutableObject(Value& value, std::uint64_t capacity)
{
    const ObjectRep* before = load<ObjectRep*>(value);
    const KeyIndex* index = before ? before->index : nullptr;
    const std::size_t indexBytes = index ? sizeof(KeyIndex) + (std::size_t(index->mask) + 1) * sizeof(index->slots[0]) : 0;
    // Copied before the shared block is let go, which may free it.
    auto* copied = index && before->refs.load(std::memory_order_acquire) != 1 ? static_cast<KeyIndex*>(allocate(indexBytes)) : nullptr;
    if (copied)
        std::memcpy(static_cast<void*>(copied), index, indexBytes);
    ObjectRep* rep = makeMutable<ObjectRep, Member>(value, capacity, Object, &ObjectRep::members);
    if (rep->index)
        std::free(copied); // the other holders let go meanwhile, so the block is still the old one
    else
        rep->index = copied;
    return rep;
}

std::size_t ValueImpl::heapBytes(const Value& value)
{
    Rep* rep = countedRep(value);
    if (!rep)
        return 0;
    if (tag(value) == Array)
        return sizeof(ArrayRep) + static_cast<ArrayRep*>(rep)->capacity * sizeof(Value);
    if (tag(value) == HeapString)
        return sizeof(StringRep) + rep->size;
    const auto* object = static_cast<ObjectRep*>(rep);
    const std::size_t indexBytes = object->index ? sizeof(KeyIndex) + (std::size_t(object->index->mask) + 1) * sizeof(object->index->slots[0]) : 0;
    return sizeof(ObjectRep) + object->capacity * sizeof(Member) + indexBytes;
}

} // namespace kates::api
