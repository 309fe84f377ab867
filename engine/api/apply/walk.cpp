#include "engine/api/apply/walk.h"

#include <fmt/format.h>
#include <map>
#include <unordered_set>

#include "engine/api/value/value_impl.h"

namespace kates::api {

namespace {

using Form = MergeType::Form;

bool isList(Form form) { return form == Form::Set || form == Form::MapList; }

const Value* present(const Value* value) { return value && !value->isNull() ? value : nullptr; }

// Adds what lies at and below one place to the three sets, which are of that place.
class Comparer {
public:
    void walk(const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const;

private:
    void members(const Value* before, const Value* after, const MergeType& type, Comparison& out) const;
    bool items(const Value* before, const Value* after, const MergeType& type, Comparison& out) const;
};

// Most places did not change, so their elements are not even made.
template <typename MakeElement> void addBelow(Comparison& out, Comparison below, MakeElement makeElement)
{
    if (below.same())
        return;
    const std::string element = makeElement();
    out.added.setChild(element, std::move(below.added));
    out.removed.setChild(element, std::move(below.removed));
    out.modified.setChild(element, std::move(below.modified));
}

void Comparer::members(const Value* before, const Value* after, const MergeType& type, Comparison& out) const
{
    const auto visit = [&](std::string_view name, const Value* old, const Value* fresh) {
        Comparison below;
        walk(present(old), present(fresh), type.member(name), !old && type.alwaysThere(name), below);
        addBelow(out, std::move(below), [&] { return memberElement(name); });
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

// Says whether the items could be told apart.
bool Comparer::items(const Value* before, const Value* after, const MergeType& type, Comparison& out) const
{
    std::map<std::string, std::pair<const Value*, const Value*>> pairs;
    for (const Value* list : { before, after }) {
        const auto elements = list ? type.elements(*list) : std::vector<std::string>();
        if (!elements)
            return false;
        for (std::size_t i = 0; i < elements->size(); ++i)
            (list == before ? pairs[(*elements)[i]].first : pairs[(*elements)[i]].second) = &list->at(i);
    }
    for (const auto& [element, pair] : pairs) {
        Comparison below;
        walk(pair.first, pair.second, type.item(), false, below);
        addBelow(out, std::move(below), [&element = element] { return element; });
    }
    return true;
}

void Comparer::walk(const Value* before, const Value* after, const MergeType& type, bool alwaysThere, Comparison& out) const
{
    if ((!before && !after) || (before && after && before->sameStorage(*after)))
        return;
    const Form form = type.form(before, after);
    // Telling items apart is dear; comparing whole lists is cheap.
    if (before && after && (form == Form::Leaf || isList(form)) && *before == *after)
        return;
    bool leaf = form == Form::Leaf;
    if (isList(form))
        leaf = !items(before, after, type, out);
    else if (!leaf)
        members(before, after, type, out);
    if (leaf)
        out.modified.setOwned(before && after);
    // A new container is owned too, unless it is there in every object of the kind.
    if (!before && (leaf || !alwaysThere))
        out.added.setOwned(true);
    if (!after)
        out.removed.setOwned(true);
}

FieldSet self()
{
    FieldSet set;
    set.setOwned(true);
    return set;
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
    if (isList(form)) {
        const auto elements = type.elements(value);
        if (!elements)
            return self();
        for (std::size_t i = 0; i < elements->size(); ++i) {
            FieldSet item = fieldsOf(value.at(i), type.item());
            item.setOwned(true);
            set.setChild((*elements)[i], std::move(item));
        }
        return set;
    }
    if (form == Form::Leaf)
        return self();
    for (const Member& member : value.members()) {
        FieldSet child = fieldsOf(member.value, type.member(member.key));
        if (type.ownsMember(member.key))
            child.setOwned(true);
        set.setChild(memberElement(member.key), std::move(child));
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
