#include "engine/api/apply.h"

#include <algorithm>
#include <fmt/format.h>

#include "engine/api/apply/managed_fields.h"
#include "engine/api/apply/walk.h"
#include "engine/api/fields.h"

namespace kates::api {

namespace {

constexpr std::string_view kNeverOwnedMetadata[]
    = { "f:name", "f:namespace", "f:creationTimestamp", "f:selfLink", "f:uid", "f:generation", "f:managedFields", "f:resourceVersion" };

Value withoutManagedFields(const Value& object)
{
    Value result = object;
    if (result.get("metadata").has("managedFields"))
        result.edit("metadata").erase("managedFields");
    return result;
}

FieldSet withoutIdentity(FieldSet set)
{
    set.setOwned(false);
    for (const char* name : { "f:apiVersion", "f:kind" })
        set.setChild(name, {});
    FieldSet metadata = set.child("f:metadata");
    metadata.setOwned(false);
    for (const std::string_view element : kNeverOwnedMetadata)
        metadata.setChild(element, {});
    set.setChild("f:metadata", std::move(metadata));
    return set;
}

Comparison compareObjects(const Value& before, const Value& after, const KindDescription& kind)
{
    Comparison changes = compare(&before, &after, MergeType::ofType(*kind.type));
    for (FieldSet* set : { &changes.added, &changes.removed, &changes.modified })
        *set = withoutIdentity(std::move(*set));
    return changes;
}

// Only what this endpoint writes: the main resource leaves status alone, the status subresource everything else.
Value ofEndpoint(const KindDescription& kind, const ApplyRequest& request, const Value& applied)
{
    Value config = withoutNulls(applied);
    canonicalize(*kind.type, config); // the same amount written in another way is no change
    if (request.subresource == "status") {
        Value metadata = Value::object();
        for (const char* name : { "name", "namespace" }) {
            if (const Value* value = applied.get("metadata").find(name))
                metadata.set(name, *value);
        }
        return Value::object({ { "apiVersion", applied.get("apiVersion") }, { "kind", applied.get("kind") }, { "metadata", metadata },
            { "status", config.get("status").isNull() ? Value::object() : config.get("status") } });
    }
    if (kind.hasStatus)
        config.erase("status");
    return config;
}

FieldManager managerOf(const ApplyRequest& request, const char* operation)
{
    return { request.manager, operation, request.apiVersion, request.subresource, request.now, {} };
}

struct Conflict {
    std::string manager, path;
};

StatusError conflictError(const std::vector<Conflict>& conflicts)
{
    StatusError error;
    error.code = 409;
    error.reason = "Conflict";
    for (const Conflict& each : conflicts)
        error.causes.push_back({ "FieldManagerConflict", "conflict with " + each.manager, each.path });
    if (conflicts.size() == 1) {
        error.message = fmt::format("Apply failed with 1 conflict: conflict with {}: {}", conflicts[0].manager, conflicts[0].path);
        return error;
    }
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < conflicts.size(); ++i) {
        if (i == 0 || conflicts[i].manager != conflicts[i - 1].manager)
            lines.push_back(fmt::format("conflicts with {}:", conflicts[i].manager));
        lines.push_back("- " + conflicts[i].path);
    }
    error.message = fmt::format("Apply failed with {} conflicts: {}", conflicts.size(), fmt::join(lines, "\n"));
    return error;
}

// Takes what changed away from everybody but `self`. Gives the fields that were taken although somebody owned them.
std::vector<Conflict> takeOver(ManagedFields& managed, const FieldManager* self, const Comparison& changes)
{
    FieldSet written = changes.modified;
    written.unite(changes.added);
    std::vector<Conflict> conflicts;
    for (FieldManager& manager : managed.managers()) {
        if (self && manager.sameAs(*self))
            continue;
        FieldSet lost = written;
        lost.intersect(manager.fields);
        for (std::string& path : lost.paths())
            conflicts.push_back({ manager.printed(), std::move(path) });
        manager.fields.subtract(lost);
        manager.fields.subtract(changes.removed);
    }
    std::stable_sort(conflicts.begin(), conflicts.end(), [](const Conflict& a, const Conflict& b) { return a.manager < b.manager; });
    return conflicts;
}

ManagedFields managersOf(const Value& live) { return ManagedFields::fromStored(live.get("metadata", "managedFields")); }

// A client may edit managedFields: one entry with nothing in it asks to forget everything, and what cannot be read changes nothing.
ManagedFields askedFor(const Value& live, const Value& updated)
{
    const Value& given = updated.get("metadata", "managedFields");
    if (given == live.get("metadata", "managedFields"))
        return managersOf(live);
    if (given.size() == 1 && given.at(0).isObject() && given.at(0).size() == 0)
        return {};
    Result<ManagedFields> asked = ManagedFields::fromValue(given);
    return asked && !asked->managers().empty() ? std::move(*asked) : managersOf(live);
}

ApiResult<void> checkApplied(const KindDescription& kind, const Value& applied)
{
    if (!applied.isObject())
        return ApiFailure(badRequest("the applied configuration must be an object"));
    if (applied.get("metadata", "managedFields").size() > 0)
        return ApiFailure(badRequest("metadata.managedFields must be nil"));
    return checkListKeys(applied, MergeType::ofType(*kind.type), {});
}

void setManagedFields(Value& object, const ManagedFields& managed)
{
    if (!managed.managers().empty())
        object.edit("metadata").set("managedFields", managed.toValue());
}

} // namespace

ApiResult<Value> applyServerSide(const KindDescription& kind, const Value& live, const Value& applied, const ApplyRequest& request)
{
    if (ApiResult<void> checked = checkApplied(kind, applied); !checked)
        return ApiFailure(std::move(checked.error()));
    const MergeType type = MergeType::ofType(*kind.type);
    const Value config = ofEndpoint(kind, request, applied), before = withoutManagedFields(live);
    const ManagedFields original = managersOf(live);
    ManagedFields managed = original;
    // An object that was made before anybody was recorded: what it holds belongs to its makers, not to the first applier.
    if (live.isObject() && managed.managers().empty())
        managed.put(
            { std::string(kBeforeFirstApplyManager), "Update", request.apiVersion, {}, request.now, withoutIdentity(fieldsOf(before, type)) });

    FieldManager self = managerOf(request, "Apply");
    const FieldManager* earlier = managed.find(self);
    const FieldSet last = earlier ? earlier->fields : FieldSet();
    self.fields = fieldsOf(config, type);
    managed.put(self);
    const Value after = prune(live.isObject() ? mergeConfig(before, config, type) : config, type, last, managed.all());

    const Comparison changes = compareObjects(before, after, kind);
    const std::vector<Conflict> conflicts = takeOver(managed, &self, changes);
    if (!conflicts.empty() && !request.force)
        return ApiFailure(conflictError(conflicts));
    self.fields = withoutIdentity(std::move(self.fields));
    managed.put(self);
    managed.dropEmpty();
    managed.limitUpdaters();

    // The time is that of the last change.
    if (const FieldManager* mine = original.find(self); mine && changes.same()) {
        self.time = mine->time;
        ManagedFields sameTime = managed;
        sameTime.put(self);
        if (sameTime == original)
            return live;
    }
    Value result = after;
    setManagedFields(result, managed);
    return result;
}

void trackUpdate(const KindDescription& kind, const Value& live, Value& updated, const ApplyRequest& request)
{
    ManagedFields managed = askedFor(live, updated);
    updated = withoutManagedFields(updated);
    const Comparison changes = compareObjects(withoutManagedFields(live), updated, kind);
    if (!changes.same()) {
        takeOver(managed, nullptr, changes);
        FieldManager self = managerOf(request, "Update");
        const FieldManager* mine = managed.find(self);
        FieldSet taken = changes.modified;
        taken.unite(changes.added);
        if (mine)
            self.fields = mine->fields;
        if (taken.empty() && mine)
            self.time = mine->time;
        self.fields.unite(taken);
        managed.put(std::move(self));
    }
    managed.dropEmpty();
    managed.limitUpdaters();
    setManagedFields(updated, managed);
}

} // namespace kates::api
