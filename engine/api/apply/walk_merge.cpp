#include <algorithm>
#include <unordered_map>

#include "engine/api/apply/walk.h"
#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

using Form = MergeType::Form;
using Items = std::unordered_map<std::string_view, const Value*>;

Items itemsOf(const Value& list, const std::vector<std::string>& elements)
{
    Items items;
    for (std::size_t i = 0; i < elements.size(); ++i)
        items.emplace(elements[i], &list.at(i));
    return items;
}

// The order is the configuration's. Live's own items stay before the next item that both have and that is still to come.
Value mergeLists(const Value& live, const Value& config, const MergeType& type)
{
    const auto maybeLive = type.elements(live), maybeWanted = type.elements(config);
    if (!maybeLive || !maybeWanted)
        return config;
    const std::vector<std::string>&liveElements = *maybeLive, &wanted = *maybeWanted;
    const Items liveItems = itemsOf(live, liveElements), configItems = itemsOf(config, wanted);
    Value result = Value::array();
    std::size_t next = 0, shared = 0;
    const auto takeLiveUntil = [&](std::string_view element) {
        for (; next < liveElements.size() && liveElements[next] != element; ++next) {
            if (!configItems.contains(liveElements[next]))
                result.push(live.at(next));
            else if (shared < wanted.size() && liveElements[next] == wanted[shared])
                return;
        }
    };
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        for (shared = std::max(shared, i); shared < wanted.size() && !liveItems.contains(wanted[shared]);)
            ++shared;
        takeLiveUntil(wanted[i]);
        if (next < liveElements.size() && liveElements[next] == wanted[i])
            ++next;
        const auto same = liveItems.find(wanted[i]);
        result.push(same == liveItems.end() ? config.at(i) : mergeConfig(*same->second, config.at(i), type.item()));
    }
    shared = wanted.size();
    takeLiveUntil({});
    return result;
}

// Whether a member or item stays; `value` becomes what is left of it.
bool keep(Value& value, const MergeType& type, const FieldSet& last, const FieldSet& managed, bool isItem)
{
    if (last.empty())
        return true;
    if (managed.empty())
        return false;
    // An item goes with everything in it unless somebody owns the item itself.
    if (isItem && last.owned() && !managed.owned())
        return false;
    if (type.form(&value, nullptr) == Form::Leaf)
        return true;
    value = prune(value, type, last, managed);
    return !value.isArray() || value.size() > 0;
}

} // namespace

Value mergeConfig(const Value& live, const Value& config, const MergeType& type)
{
    switch (type.form(&live, &config)) {
    case Form::Leaf:
        return config;
    case Form::Set:
    case Form::MapList:
        return mergeLists(live, config, type);
    default:
        break;
    }
    ObjectBuilder result(live.size() + config.size());
    for (const Member& member : live.members()) {
        const Value* change = config.find(member.key);
        result.put(member.key, change ? mergeConfig(member.value, *change, type.member(member.key)) : member.value);
    }
    for (const Member& member : config.members()) {
        if (!live.has(member.key))
            result.put(member.key, member.value);
    }
    return result.take();
}

Value prune(const Value& value, const MergeType& type, const FieldSet& last, const FieldSet& managed)
{
    const Form form = type.form(&value, nullptr);
    if (form == Form::Leaf)
        return value;
    if (form == Form::Set || form == Form::MapList) {
        const auto elements = type.elements(value);
        if (!elements)
            return value;
        Value kept = Value::array();
        for (std::size_t i = 0; i < elements->size(); ++i) {
            Value item = value.at(i);
            if (keep(item, type.item(), last.child((*elements)[i]), managed.child((*elements)[i]), true))
                kept.push(std::move(item));
        }
        return kept;
    }
    ObjectBuilder kept(value.size());
    for (const Member& member : value.members()) {
        const std::string element = memberElement(member.key);
        Value below = member.value;
        if (keep(below, type.member(member.key), last.child(element), managed.child(element), false))
            kept.put(member.key, std::move(below));
    }
    return kept.take();
}

} // namespace kates::api
