// Lists in a strategic merge patch: items of described types are matched by the merge key, primitives by themselves.
#include <algorithm>
#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

#include "engine/api/json.h"
#include "engine/api/patch/strategic_patch.h"

namespace kates::api::strategic {

namespace {

// What identifies an item: its merge key's value or, without a merge key, the item itself.
using ItemId = std::string;
using Positions = std::unordered_map<ItemId, std::size_t>;

struct Item {
    ItemId id;
    Value value;
};

class ListMerger {
public:
    explicit ListMerger(const Field& field)
        : m_field(field)
        , m_shape(Shape::ofItems(&field))
    {
    }
    ApiResult<Value> merge(const Value& original, const Value& patch, const Value& order);

private:
    ApiResult<ItemId> idOf(const Value& item) const;
    ApiResult<std::vector<Item>> items(const Value& list) const;
    // Takes the items with a $patch directive out of `patch` and obeys them. Says whether the list is to be replaced.
    ApiResult<bool> obeyDirectives(std::vector<Item>& patch, std::vector<Item>& merged) const;
    ApiResult<void> mergeItems(const std::vector<Item>& patch, std::vector<Item>& merged) const;

    const Field& m_field;
    Shape m_shape;
};

Positions positionsOf(const std::vector<Item>& items)
{
    Positions positions;
    for (std::size_t i = 0; i < items.size(); ++i)
        positions.emplace(items[i].id, i);
    return positions;
}

ApiResult<ItemId> ListMerger::idOf(const Value& item) const
{
    if (m_field.patchMergeKey.empty())
        return toJson(item);
    if (!item.isObject())
        return ApiFailure(badRequest(fmt::format("the items of {} must be objects", m_field.name)));
    if (const Value* key = item.find(m_field.patchMergeKey))
        return toJson(*key);
    return ApiFailure(badRequest(fmt::format("an item of {} does not contain declared merge key: {}", m_field.name, m_field.patchMergeKey)));
}

ApiResult<std::vector<Item>> ListMerger::items(const Value& list) const
{
    std::vector<Item> result;
    for (const Value& value : list) {
        // A directive that replaces the whole list needs no key.
        ApiResult<ItemId> id = value.str(kDirective) == "replace" ? ItemId() : idOf(value);
        if (!id)
            return ApiFailure(std::move(id.error()));
        result.push_back({ std::move(*id), value });
    }
    return result;
}

ApiResult<bool> ListMerger::obeyDirectives(std::vector<Item>& patch, std::vector<Item>& merged) const
{
    bool replace = false;
    std::unordered_set<ItemId> deleted;
    std::vector<Item> plain;
    for (Item& item : patch) {
        const Value* directive = item.value.find(kDirective);
        if (!directive || directive->asString() == "merge")
            plain.push_back(std::move(item));
        else if (directive->asString() == "delete")
            deleted.insert(item.id);
        else if (directive->asString() == "replace")
            replace = true;
        else
            return ApiFailure(badRequest(fmt::format("unknown patch type: {}", directive->asString())));
    }
    patch = std::move(plain);
    std::erase_if(merged, [&](const Item& item) { return deleted.contains(item.id); });
    return replace;
}

ApiResult<void> ListMerger::mergeItems(const std::vector<Item>& patch, std::vector<Item>& merged) const
{
    Positions positions = positionsOf(merged);
    for (const Item& change : patch) {
        const auto [found, isNew] = positions.emplace(change.id, merged.size());
        if (isNew)
            merged.push_back({ change.id, Value() });
        Value& place = merged[found->second].value;
        if (!change.value.isObject()) {
            place = change.value;
            continue;
        }
        ApiResult<Value> value = mergeMap(place, change.value, m_shape);
        if (!value)
            return ApiFailure(std::move(value.error()));
        place = std::move(*value);
    }
    return {};
}

// The items that `wanted` names in its order, and between them the others, each before the first wanted item that followed it in `before`.
Value ordered(std::vector<Item> items, const std::vector<Item>& wanted, const Positions& before)
{
    const Positions rank = positionsOf(wanted);
    const auto firstOther = std::stable_partition(items.begin(), items.end(), [&](const Item& item) { return rank.contains(item.id); });
    std::stable_sort(items.begin(), firstOther, [&](const Item& a, const Item& b) { return rank.at(a.id) < rank.at(b.id); });
    Value result = Value::array();
    auto left = firstOther;
    for (auto right = items.begin(); right != firstOther; ++right) {
        const auto place = before.find(right->id);
        for (; left != items.end() && place != before.end() && before.contains(left->id) && before.at(left->id) < place->second; ++left)
            result.push(std::move(left->value));
        result.push(std::move(right->value));
    }
    for (; left != items.end(); ++left)
        result.push(std::move(left->value));
    return result;
}

// Items that the patch sets must stand in the order list, in the same order.
bool follows(const std::vector<Item>& patch, const std::vector<Item>& order)
{
    auto at = order.begin();
    for (const Item& item : patch) {
        at = std::find_if(at, order.end(), [&](const Item& wanted) { return wanted.id == item.id; });
        if (at == order.end())
            return false;
        ++at;
    }
    return true;
}

ApiResult<Value> ListMerger::merge(const Value& original, const Value& patch, const Value& order)
{
    ApiResult<std::vector<Item>> merged = items(original), changes = items(patch), wanted = items(order);
    for (ApiResult<std::vector<Item>>* each : { &merged, &changes, &wanted }) {
        if (!*each)
            return ApiFailure(std::move(each->error()));
    }
    const Positions before = positionsOf(*merged);
    const ApiResult<bool> replace = obeyDirectives(*changes, *merged);
    if (!replace)
        return ApiFailure(replace.error());
    if (*replace)
        merged->clear();
    if (order.isArray() && !follows(*changes, *wanted))
        return ApiFailure(badRequest(fmt::format("the order in the patch's list {} doesn't match its $setElementOrder list", m_field.name)));
    if (ApiResult<void> done = mergeItems(*changes, *merged); !done)
        return ApiFailure(std::move(done.error()));
    return ordered(std::move(*merged), order.isArray() ? *wanted : *changes, before);
}

} // namespace

ApiResult<Value> mergeList(const Value& original, const Value& patch, const Value& order, const Field& field)
{
    return ListMerger(field).merge(original, patch, order);
}

Value withoutItems(const Value& original, const Value& dropped)
{
    std::unordered_set<std::string> texts;
    for (const Value& item : dropped)
        texts.insert(toJson(item));
    Value kept = Value::array();
    for (const Value& item : original) {
        if (!texts.contains(toJson(item)))
            kept.push(item);
    }
    return kept;
}

} // namespace kates::api::strategic
