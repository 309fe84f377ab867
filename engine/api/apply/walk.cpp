#include "engine/api/apply/walk.h"

#include <fmt/format.h>
#include <unordered_map>
#include <unordered_set>

#include "engine/api/value_impl.h"

namespace kates::api {

namespace {

    using Form = MergeType::Form;

    bool isList(Form form)
    {
        return form == Form::Set || form == Form::MapList;
    }

    const Value* present(const Value* value)
    {
        return value && !value->isNull() ? value : nullptr;
    }

    class Comparer {
    public:
        // Adds what lies at and below one place to the three sets, which are of that place.
        void walk(const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const;

    private:
        void member(std::string element, const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const;
        void members(const Value* before, const Value* after, const MergeType& type, Comparison& out) const;
        void items(const Value* before, const Value* after, const MergeType& type, Comparison& out) const;
    };

    void Comparer::member(std::string element, const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const
    {
        Comparison below;
        walk(present(before), present(after), type, alwaysThere, below);
        out.added.add(element, std::move(below.added));
        out.removed.add(element, std::move(below.removed));
        out.modified.add(std::move(element), std::move(below.modified));
    }

    void Comparer::members(const Value* before, const Value* after, const MergeType& type, Comparison& out) const
    {
        const auto visit = [&](std::string_view name, const Value* old, const Value* fresh) {
            member(memberElement(name), old, fresh, type.member(name), type.alwaysThere(name), out);
        };
        if (before) {
            for (const Member& each : before->members())
                visit(each.key, &each.value, after ? after->find(each.key) : nullptr);
        }
        if (!after)
            return;
        for (const Member& each : after->members()) {
            if (!before || !before->has(each.key))
                visit(each.key, nullptr, &each.value);
        }
    }

    void Comparer::items(const Value* before, const Value* after, const MergeType& type, Comparison& out) const
    {
        std::unordered_map<std::string, std::pair<const Value*, const Value*>> pairs;
        const auto note = [&](const Value* list, bool isAfter) {
            if (!list)
                return;
            const std::vector<std::string> elements = *type.elements(*list);
            for (std::size_t i = 0; i < elements.size(); ++i)
                (isAfter ? pairs[elements[i]].second : pairs[elements[i]].first) = &list->at(i);
        };
        note(before, false);
        note(after, true);
        for (const auto& [element, pair] : pairs)
            member(element, pair.first, pair.second, type.item(), false, out);
    }

    void Comparer::walk(const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const
    {
        if ((!before && !after) || (before && after && before->sameStorage(*after)))
            return;
        const Form form = type.form(before, after);
        if (isList(form))
            items(before, after, type, out);
        else if (form != Form::Leaf)
            members(before, after, type, out);
        else
            out.modified.owned = before && after && !(*before == *after);
        // A new container is owned too, unless it is there in every object of the kind.
        out.added.owned = !before && (form == Form::Leaf || !alwaysThere);
        out.removed.owned = !after;
    }

} // namespace

Comparison compare(const Value* before, const Value* after, const MergeType& type)
{
    Comparison result;
    Comparer().walk(present(before), present(after), type, true, result);
    return result;
}

FieldSet fieldsOf(const Value& value, const MergeType& type)
{
    FieldSet set;
    const Form form = type.form(&value, nullptr);
    if (form == Form::Leaf) {
        set.owned = true;
        return set;
    }
    if (isList(form)) {
        const std::vector<std::string> elements = *type.elements(value);
        for (std::size_t i = 0; i < elements.size(); ++i) {
            FieldSet item = fieldsOf(value.at(i), type.item());
            item.owned = true;
            set.add(elements[i], std::move(item));
        }
        return set;
    }
    for (const Member& member : value.members()) {
        FieldSet child = fieldsOf(member.value, type.member(member.key));
        child.owned = child.owned || type.ownsMember(member.key);
        set.add(memberElement(member.key), std::move(child));
    }
    return set;
}

ApiResult<void> checkListKeys(const Value& config, const MergeType& type, const std::string& path)
{
    const auto descend = [&](const Value& value, const MergeType& below, const std::string& at) { return checkListKeys(value, below, at); };
    if (config.isObject()) {
        for (const Member& member : config.members()) {
            if (ApiResult<void> checked = descend(member.value, type.member(member.key), fmt::format("{}.{}", path, member.key.view())); !checked)
                return checked;
        }
    }
    if (!config.isArray() || !type.isGranularList())
        return {};
    const auto elements = type.elements(config);
    if (!elements)
        return ApiFailure(badRequest(fmt::format("{}: an item of the list lacks the keys that tell its items apart", path)));
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = 0; i < elements->size(); ++i) {
        if (!seen.insert((*elements)[i]).second)
            return ApiFailure(badRequest(fmt::format("{}: duplicate entries for key {}", path, printedElement((*elements)[i]))));
        if (ApiResult<void> checked = descend(config.at(i), type.item(), path + printedElement((*elements)[i])); !checked)
            return checked;
    }
    return {};
}

Value withoutNulls(const Value& value)
{
    if (value.isArray()) {
        Value list = Value::array();
        for (const Value& item : value)
            list.push(withoutNulls(item));
        return list;
    }
    if (!value.isObject())
        return value;
    ObjectBuilder object(value.size());
    for (const Member& member : value.members()) {
        if (!member.value.isNull())
            object.put(member.key, withoutNulls(member.value));
    }
    return object.take();
}

} // namespace kates::api
