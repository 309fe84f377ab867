#include "engine/apiserver/customresources/custom_resources.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/apiserver/customresources/kinds.h"
#include "engine/base/log.h"

namespace kates::apiserver {

using api::ApiResult;
using api::Value;

namespace {

constexpr std::string_view kCleanup = "customresourcecleanup.apiextensions.k8s.io";

bool hasCleanup(const Value& definition)
{
    for (const auto& finalizer : definition.get("metadata", "finalizers")) {
        if (finalizer.asString() == kCleanup)
            return true;
    }
    return false;
}

UserInfo self()
{
    return {"system:apiserver", "", {"system:masters", "system:authenticated"}};
}

// Established, with the names that it asked for.
Value accepted(Value definition, const std::string& now)
{
    api::setCondition(definition, "NamesAccepted", true, "NoConflicts", "no conflicts found", now);
    api::setCondition(definition, "Established", true, "InitialNamesAccepted", "the initial names have been accepted", now);
    auto& status = definition.edit("status");
    status.set("acceptedNames", definition.get("spec", "names"));
    auto stored = status.get("storedVersions");
    for (const auto& version : definition.get("spec", "versions")) {
        bool known = !version.get("storage").asBool();
        for (const auto& name : stored)
            known = known || name == version.get("name");
        if (!known)
            stored.push(version.get("name"));
    }
    status.set("storedVersions", std::move(stored));
    return definition;
}

Value refused(Value definition, const std::string& now)
{
    api::setCondition(definition, "NamesAccepted", false, "NamesConflict", "a built-in kind has this name", now);
    api::setCondition(definition, "Established", false, "NotAccepted", "not all names are accepted", now);
    return definition;
}

Value withoutCleanup(Value definition)
{
    auto left = Value::array();
    for (const auto& finalizer : definition.get("metadata", "finalizers")) {
        if (finalizer.asString() != kCleanup)
            left.push(finalizer);
    }
    definition.edit("metadata").set("finalizers", std::move(left));
    return definition;
}

} // namespace

Task<void> CustomResources::start()
{
    auto definitions = m_registry.caches().find("apiextensions.k8s.io", "customresourcedefinitions");
    if (!definitions)
        co_return;
    std::vector<ObjectPointer> existing;
    definitions->visit({}, {}, [&](const std::string&, const ObjectPointer& definition) {
        existing.push_back(definition);
        return true;
    });
    for (const auto& definition : existing)
        co_await serve(definition);
    WatchCache::From from;
    from.after = m_registry.caches().revision();
    auto watcher = definitions->watch(m_registry.loop(), Selection(), from, false, *from.after);
    if (!watcher)
        co_return;
    m_watcher = *watcher;
    spawn(follow(m_watcher));
    for (const auto& definition : existing)
        co_await accept(definition);
}

Task<void> CustomResources::stop()
{
    if (!m_watcher)
        co_return;
    m_watcher->cancel();
    co_await m_ended;
}

Task<void> CustomResources::follow(std::shared_ptr<Watcher> watcher)
{
    for (;;) {
        auto batch = co_await watcher->next();
        if (batch.events.empty())
            break;
        for (const auto& event : batch.events) {
            if (event.type == EventType::Deleted) {
                withdraw(event.object->value());
                continue;
            }
            co_await serve(event.object);
            co_await accept(event.object);
        }
    }
    m_ended.set({});
}

Task<void> CustomResources::serve(ObjectPointer definition)
{
    auto name = std::string(definition->value().str("metadata", "name"));
    const auto& spec = definition->value().get("spec");
    auto known = m_served.find(name);
    if ((known != m_served.end() && known->second == spec) || collides(definition->value()))
        co_return;
    auto kinds = kindsOf(definition->value(), *m_scheme);
    auto added = co_await m_registry.caches().add(kinds.stored);
    if (!added) {
        log::error("apiserver", "custom resources cannot be read", "definition", name, "cause", added.error().message);
        co_return;
    }
    m_scheme->removeKind(kinds.stored->group, kinds.stored->plural);
    for (const auto& kind : kinds.served)
        m_scheme->addKind(kind);
    m_served[name] = spec;
}

// A definition cannot take the place of a built-in kind.
bool CustomResources::collides(const Value& definition) const
{
    const auto& spec = definition.get("spec");
    const auto& kinds = m_scheme->kinds();
    return std::any_of(kinds.begin(), kinds.end(), [&](const auto& kind) {
        bool sameName = kind->plural == spec.str("names", "plural") || kind->kind == spec.str("names", "kind");
        return !kind->typeOwner && kind->group == spec.str("group") && sameName;
    });
}

void CustomResources::withdraw(const Value& definition)
{
    if (m_served.erase(std::string(definition.str("metadata", "name"))) == 0)
        return;
    m_scheme->removeKind(definition.str("spec", "group"), definition.str("spec", "names", "plural"));
    m_registry.caches().remove(definition.str("spec", "group"), definition.str("spec", "names", "plural"));
}

Task<void> CustomResources::writeStatus(std::string name, Registry::Transform transform, std::string subresource)
{
    ResourceRequest request;
    request.user = self();
    request.kind = m_scheme->findResource("apiextensions.k8s.io", "v1", "customresourcedefinitions");
    request.verb = "update";
    request.name = name;
    request.subresource = std::move(subresource);
    request.fieldManager = "kube-apiserver";
    auto written = co_await m_registry.modify(request, std::move(transform));
    if (!written && !written.error().isNotFound())
        log::warning("apiserver", "a custom resource definition could not be updated", "name", name, "cause", written.error().message);
}

// Says that it is served, or, once it is being deleted, removes what it defined.
Task<void> CustomResources::accept(ObjectPointer definition)
{
    const auto& value = definition->value();
    auto name = std::string(value.str("metadata", "name"));
    if (!value.str("metadata", "deletionTimestamp").empty()) {
        if (hasCleanup(value) && m_emptying.insert(name).second)
            spawn(empty(definition));
        co_return;
    }
    if (!hasCleanup(value)) {
        Registry::Transform addCleanup = [](const Value& current) -> ApiResult<Value> {
            auto changed = current;
            if (!hasCleanup(current))
                changed.edit("metadata", "finalizers").push(kCleanup);
            return changed;
        };
        co_await writeStatus(name, std::move(addCleanup), std::string());
    }
    auto now = m_registry.now();
    bool taken = collides(value);
    Registry::Transform establish
        = [now, taken](const Value& current) -> ApiResult<Value> { return taken ? refused(current, now) : accepted(current, now); };
    co_await writeStatus(name, std::move(establish), "status");
}

// All its objects; those with finalizers are waited for.
Task<void> CustomResources::empty(ObjectPointer definition)
{
    auto name = std::string(definition->value().str("metadata", "name"));
    auto kind = kindsOf(definition->value(), *m_scheme).stored;
    // What it did not define is not its to delete.
    bool taken = collides(definition->value());
    auto objects = taken ? nullptr : m_registry.caches().find(*kind);
    if (objects) {
        WatchCache::From from;
        from.after = m_registry.caches().revision();
        auto watcher = objects->watch(m_registry.loop(), Selection(), from, false, *from.after);
        ResourceRequest request;
        request.user = self();
        request.kind = kind;
        request.verb = "deletecollection";
        auto removed = co_await m_registry.removeCollection(request, ListParameters(), DeleteParameters());
        if (!removed)
            log::warning("apiserver", "custom resources could not be deleted", "definition", name, "cause", removed.error().message);
        while (watcher && objects->size() > 0) {
            auto batch = co_await (*watcher)->next();
            if (batch.events.empty())
                break;
        }
    }
    m_emptying.erase(name);
    if (objects && objects->size() > 0)
        co_return;
    Registry::Transform finish = [](const Value& current) -> ApiResult<Value> { return withoutCleanup(current); };
    co_await writeStatus(name, std::move(finish), std::string());
}

} // namespace kates::apiserver
