#include "engine/api/apply/managed_fields.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

namespace kates::api {

namespace {

void setUnlessEmpty(Value& object, std::string_view key, std::string_view text)
{
    if (!text.empty())
        object.set(key, text);
}

FieldManager managerFrom(const Value& entry)
{
    return { std::string(entry.str("manager")), std::string(entry.str("operation")), std::string(entry.str("apiVersion")),
        std::string(entry.str("subresource")), std::string(entry.str("time")), {} };
}

} // namespace

bool FieldManager::sameAs(const FieldManager& other) const
{
    return name == other.name && operation == other.operation && subresource == other.subresource && (isApply() || apiVersion == other.apiVersion);
}

std::string FieldManager::printed() const
{
    std::string text = fmt::format("\"{}\"", name);
    if (!subresource.empty())
        text += fmt::format(" with subresource \"{}\"", subresource);
    if (!isApply())
        text += fmt::format(" using {}", apiVersion);
    return text;
}

ManagedFields ManagedFields::fromStored(const Value& managedFields)
{
    ManagedFields result;
    for (const Value& entry : managedFields) {
        FieldManager manager = managerFrom(entry);
        if (entry.get("fieldsV1").size() > 0)
            manager.fields = FieldSet::fromStored(entry.get("fieldsV1"));
        result.m_managers.push_back(std::move(manager));
    }
    return result;
}

Result<ManagedFields> ManagedFields::fromValue(const Value& managedFields)
{
    ManagedFields result;
    for (const Value& entry : managedFields) {
        FieldManager manager = managerFrom(entry);
        if (manager.operation != "Apply" && manager.operation != "Update")
            return failure(fmt::format("managedFields: operation must be Apply or Update, not \"{}\"", manager.operation));
        if (const Value* fields = entry.find("fieldsV1"); fields && fields->size() > 0) {
            Result<FieldSet> set = FieldSet::fromValue(*fields);
            if (!set)
                return failure("managedFields: " + set.error().message);
            manager.fields = std::move(*set);
        }
        result.put(std::move(manager));
    }
    return result;
}

Value ManagedFields::toValue() const
{
    std::vector<const FieldManager*> order;
    for (const FieldManager& manager : m_managers)
        order.push_back(&manager);
    const auto rank = [](const FieldManager* m) { return std::tie(m->operation, m->time, m->name, m->apiVersion, m->subresource); };
    std::stable_sort(order.begin(), order.end(), [&](const FieldManager* a, const FieldManager* b) { return rank(a) < rank(b); });
    Value list = Value::array();
    for (const FieldManager* manager : order) {
        Value entry = Value::object();
        setUnlessEmpty(entry, "manager", manager->name);
        entry.set("operation", manager->operation);
        setUnlessEmpty(entry, "apiVersion", manager->apiVersion);
        setUnlessEmpty(entry, "time", manager->time);
        entry.set("fieldsType", "FieldsV1");
        entry.set("fieldsV1", manager->fields.toValue());
        setUnlessEmpty(entry, "subresource", manager->subresource);
        list.push(std::move(entry));
    }
    return list;
}

const FieldManager* ManagedFields::find(const FieldManager& like) const
{
    const auto found = std::find_if(m_managers.begin(), m_managers.end(), [&](const FieldManager& manager) { return manager.sameAs(like); });
    return found == m_managers.end() ? nullptr : &*found;
}

void ManagedFields::put(FieldManager manager)
{
    const auto mine = std::find_if(m_managers.begin(), m_managers.end(), [&](const FieldManager& each) { return each.sameAs(manager); });
    if (mine != m_managers.end())
        *mine = std::move(manager);
    else
        m_managers.push_back(std::move(manager));
}

FieldSet ManagedFields::all() const
{
    FieldSet set;
    for (const FieldManager& manager : m_managers)
        set.unite(manager.fields);
    return set;
}

void ManagedFields::dropEmpty()
{
    std::erase_if(m_managers, [](const FieldManager& manager) { return manager.fields.empty(); });
}

void ManagedFields::limitUpdaters()
{
    if (m_managers.size() <= kUpdateManagersMax)
        return;
    std::vector<FieldManager> updaters;
    for (const FieldManager& manager : m_managers) {
        if (!manager.isApply())
            updaters.push_back(manager);
    }
    std::size_t count = updaters.size();
    std::stable_sort(
        updaters.begin(), updaters.end(), [](const auto& a, const auto& b) { return std::tie(a.time, a.name) < std::tie(b.time, b.name); });
    for (auto oldest = updaters.begin(); count > kUpdateManagersMax && oldest != updaters.end(); ++oldest) {
        FieldManager bucket = *oldest;
        bucket.name = kAncientManager;
        bucket.subresource.clear();
        std::erase_if(m_managers, [&](const FieldManager& manager) { return manager.sameAs(*oldest); });
        if (const FieldManager* before = find(bucket)) {
            bucket.fields.unite(before->fields);
            --count;
        }
        put(std::move(bucket));
    }
}

} // namespace kates::api
