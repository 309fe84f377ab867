// Finding members by key: member by member in small objects, through a hash index in large ones.
#include <cstdlib>
#include <new>

#include "engine/api/value/value_impl.h"
#include "engine/base/random.h"

namespace kates::api {

namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t seed()
{
    static const std::uint64_t value = makeSystemRandom()->next();
    return value;
}

void place(KeyIndex* index, std::string_view key, std::uint32_t position)
{
    std::uint32_t slot = hashKey(key) & index->mask;
    while (index->slots[slot])
        slot = (slot + 1) & index->mask;
    index->slots[slot] = position + 1;
}

void rebuild(ObjectRep* rep)
{
    std::free(rep->index);
    rep->index = nullptr;
    if (rep->size <= ValueImpl::kLinearMax)
        return;
    std::uint32_t slots = 64;
    while (slots < rep->size * std::uint64_t(4))
        slots *= 2;
    auto* index = static_cast<KeyIndex*>(std::calloc(1, sizeof(KeyIndex) + slots * sizeof(std::uint32_t)));
    if (!index)
        throw std::bad_alloc();
    index->mask = slots - 1;
    for (std::uint32_t i = 0; i < rep->size; ++i)
        place(index, rep->members()[i].key, i);
    rep->index = index;
}

std::uint32_t slotOf(const KeyIndex* index, std::string_view key, std::uint32_t position)
{
    std::uint32_t slot = hashKey(key) & index->mask;
    while (index->slots[slot] != position + 1)
        slot = (slot + 1) & index->mask;
    return slot;
}

// Takes `position` out and moves later members down by one, without hashing everything again.
void forget(ObjectRep* rep, std::uint32_t position)
{
    KeyIndex* index = rep->index;
    std::uint32_t hole = slotOf(index, rep->members()[position].key, position);
    for (std::uint32_t slot = (hole + 1) & index->mask; index->slots[slot]; slot = (slot + 1) & index->mask) {
        const std::uint32_t home = hashKey(rep->members()[index->slots[slot] - 1].key) & index->mask;
        if (((slot - home) & index->mask) < ((slot - hole) & index->mask))
            continue; // its own place lies behind the hole
        index->slots[hole] = index->slots[slot];
        hole = slot;
    }
    index->slots[hole] = 0;
    for (std::uint32_t slot = 0; slot <= index->mask; ++slot)
        index->slots[slot] -= index->slots[slot] > position + 1;
}

} // namespace

std::uint64_t hashKey(std::string_view text) noexcept
{
    std::uint64_t state = seed() ^ (text.size() * 0x9e3779b97f4a7c15u);
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        state = mix(state ^ word, 0xa0761d6478bd642fu);
    }
    std::uint64_t tail = 0;
    if (left)
        std::memcpy(&tail, at, left);
    return mix(state ^ tail, seed() ^ 0xe7037ed1a0b428dbu);
}

std::uint32_t ValueImpl::findKey(const ObjectRep* rep, std::string_view key) noexcept
{
    auto* object = const_cast<ObjectRep*>(rep);
    const Member* members = object->members();
    if (const KeyIndex* index = rep->index) {
        for (std::uint32_t slot = hashKey(key) & index->mask; index->slots[slot]; slot = (slot + 1) & index->mask) {
            const std::uint32_t position = index->slots[slot] - 1;
            if (text(members[position].key.m_text) == key)
                return position;
        }
        return kNotFound;
    }
    for (std::uint32_t i = 0; i < rep->size; ++i) {
        if (text(members[i].key.m_text) == key)
            return i;
    }
    return kNotFound;
}

Value& ValueImpl::append(ObjectRep* rep, Key key, Value value)
{
    const std::uint32_t position = rep->size++;
    auto* member = new (rep->members() + position) Member { std::move(key), std::move(value) };
    if (!rep->index ? rep->size > kLinearMax : rep->size * std::uint64_t(2) > rep->index->mask)
        rebuild(rep);
    else if (rep->index)
        place(rep->index, member->key, position);
    return member->value;
}

void ValueImpl::eraseMember(ObjectRep* rep, std::uint32_t position)
{
    if (rep->index)
        forget(rep, position);
    Member* members = rep->members();
    members[position].~Member();
    std::memmove(static_cast<void*>(members + position), members + position + 1, (rep->size - position - 1) * sizeof(Member));
    --rep->size;
}

ObjectBuilder::ObjectBuilder(std::size_t capacity)
{
    ValueImpl::store<ObjectRep*>(m_object, ValueImpl::Object, nullptr);
    if (capacity)
        m_rep = ValueImpl::mutableObject(m_object, capacity);
}

bool ObjectBuilder::put(std::string_view key, Value value)
{
    const std::uint32_t position = m_rep ? ValueImpl::findKey(m_rep, key) : ValueImpl::kNotFound;
    if (position != ValueImpl::kNotFound) {
        m_rep->members()[position].value = std::move(value);
        return false;
    }
    m_rep = ValueImpl::mutableObject(m_object, m_rep ? m_rep->size + std::uint64_t(1) : 4);
    ValueImpl::append(m_rep, ValueImpl::makeKey(key), std::move(value));
    return true;
}

} // namespace kates::api
