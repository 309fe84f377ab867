#include "engine/api/patch/strategic_patch.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/value/value_impl.h"

namespace kates::api::strategic {

namespace {

// Keeps in `map` what $retainKeys lists; every key that the patch sets must be listed.
ApiResult<Value> retainKeys(const Value& map, const Value& patch)
{
    const Value* keys = patch.find(kRetainKeys);
    if (!keys)
        return map;
    if (!keys->isArray())
        return ApiFailure(badRequest("invalid patch format of retainKeys: it must be a list of keys"));
    const auto listed = [&](std::string_view key) {
        return std::any_of(keys->begin(), keys->end(), [&](const Value& item) { return item.isString() && item.asString() == key; });
    };
    for (const Member& member : patch.members()) {
        const std::string_view key = member.key;
        if (!key.starts_with('$') && !member.value.isNull() && !listed(key))
            return ApiFailure(badRequest(fmt::format("invalid patch format of retainKeys: \"{}\" is set but not in the list", key)));
    }
    ObjectBuilder kept(map.size());
    for (const Member& member : map.members()) {
        if (listed(member.key))
            kept.put(member.key, member.value);
    }
    return kept.take();
}

// The new value of one member; `original` and `patch` are nullptr when absent there. Null means: no such member.
ApiResult<Value> mergeMember(std::string_view key, const Value* original, const Value* patch, const Value& map, const Shape& shape)
{
    const Field* field = shape.field(key);
    const bool mergesList = field && field->shape == Field::Shape::List && field->patchMerge;
    const Value* dropped = map.find(fmt::format("{}{}", kDeletePrefix, key));
    const Value* order = map.find(fmt::format("{}{}", kOrderPrefix, key));
    for (const Value* directive : { dropped, order }) {
        if (directive && !directive->isArray())
            return ApiFailure(badRequest(fmt::format("invalid patch: the directive on \"{}\" must be a list", key)));
    }
    Value current = original ? *original : Value();
    if (dropped && current.isArray())
        current = withoutItems(current, *dropped);
    if (patch && patch->isNull())
        return Value();
    if (mergesList && (patch ? patch->isArray() : order && current.isArray()))
        return mergeList(current, patch ? *patch : Value::array(), order ? *order : Value(), *field);
    if (!patch)
        return current;
    if (!patch->isObject() || (field && field->patchReplace && current.isObject()))
        return *patch;
    if (!current.isObject() && patch->str(kDirective) == "delete")
        return Value();
    return mergeMap(current, *patch, shape.child(key));
}

ApiResult<Value> applyDirective(std::string_view directive, const Value& patch)
{
    if (directive == "delete")
        return Value::object();
    if (directive != "replace")
        return ApiFailure(badRequest(fmt::format("unknown patch type: {}", directive)));
    Value replacement = patch;
    replacement.erase(kDirective);
    return replacement;
}

// The list that a directive key is about, empty for ordinary keys.
std::string_view directiveTarget(std::string_view key)
{
    for (const std::string_view prefix : { kDeletePrefix, kOrderPrefix }) {
        if (key.starts_with(prefix))
            return key.substr(prefix.size());
    }
    return {};
}

} // namespace

Shape Shape::ofItems(const Field* field) { return { field && field->kind == Field::Kind::Struct ? field->type : nullptr, nullptr }; }

Shape Shape::child(std::string_view key) const
{
    if (mapField)
        return ofItems(mapField);
    const Field* member = field(key);
    return member && member->shape == Field::Shape::Map ? Shape { nullptr, member } : ofItems(member);
}

ApiResult<Value> mergeMap(const Value& original, const Value& patch, const Shape& shape)
{
    if (const Value* directive = patch.find(kDirective); directive && directive->asString() != "merge")
        return applyDirective(directive->asString(), patch);
    const ApiResult<Value> kept = retainKeys(original.isObject() ? original : Value::object(), patch);
    if (!kept)
        return kept;
    ObjectBuilder result(kept->size());
    const auto merge = [&](std::string_view key, const Value* before, const Value* change) -> ApiResult<void> {
        ApiResult<Value> merged = mergeMember(key, before, change, patch, shape);
        if (!merged)
            return ApiFailure(std::move(merged.error()));
        if (!merged->isNull())
            result.put(key, std::move(*merged));
        return {};
    };
    for (const Member& member : kept->members()) {
        if (ApiResult<void> done = merge(member.key, &member.value, patch.find(member.key)); !done)
            return ApiFailure(std::move(done.error()));
    }
    for (const Member& member : patch.members()) {
        const std::string_view key = member.key;
        if (kept->has(key) || key == kDirective || key == kRetainKeys || !directiveTarget(key).empty())
            continue;
        if (ApiResult<void> done = merge(key, nullptr, &member.value); !done)
            return ApiFailure(std::move(done.error()));
    }
    return result.take();
}

} // namespace kates::api::strategic

namespace kates::api {

ApiResult<Value> applyStrategicMergePatch(const TypeDescription& type, const Value& target, const Value& patch)
{
    if (!patch.isObject())
        return ApiFailure(badRequest("a strategic merge patch must be an object"));
    return strategic::mergeMap(target, patch, { &type, nullptr });
}

} // namespace kates::api
