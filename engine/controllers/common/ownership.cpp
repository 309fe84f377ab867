#include "engine/controllers/common/ownership.h"

namespace kates::controllers {

namespace {

constexpr const char* kByController = "controllerUid";
constexpr const char* kOrphans = "orphansOfNamespace";

api::Value withReference(api::Value object, const api::Value& owner)
{
    object.edit("metadata", "ownerReferences").push(api::controllerReference(owner));
    return object;
}

api::Value withoutReference(api::Value object, std::string_view ownerUid)
{
    api::Value kept = api::Value::array();
    for (const auto& reference : api::ObjectMeta(object).ownerReferences()) {
        if (reference.str("uid") != ownerUid)
            kept.push(reference);
    }
    object.edit("metadata").set("ownerReferences", std::move(kept));
    return object;
}

// Reads the owner past the cache: an object that is being deleted, or another one of the same name, must not take orphans.
Task<bool> mayAdopt(client::Client& client, client::Resource ownerResource, api::Value owner)
{
    const std::string ns(api::ObjectMeta(owner).ns()), name(api::ObjectMeta(owner).name());
    auto live = co_await client.get(ownerResource, ns, name);
    co_return live && api::ObjectMeta(*live).uid() == api::ObjectMeta(owner).uid() && !api::ObjectMeta(*live).beingDeleted();
}

} // namespace

void addOwnershipIndexes(client::Informer& informer)
{
    informer.addIndex(kByController, [](const api::Value& object) {
        const std::string_view uid = api::ObjectMeta(object).controllerRef().str("uid");
        return uid.empty() ? std::vector<std::string>() : std::vector<std::string>{std::string(uid)};
    });
    informer.addIndex(kOrphans, [](const api::Value& object) {
        api::ObjectMeta meta(object);
        return meta.controllerRef().isNull() ? std::vector<std::string>{std::string(meta.ns())} : std::vector<std::string>();
    });
}

std::vector<api::Value> ownedBy(const client::Informer& informer, std::string_view uid)
{
    return informer.byIndex(kByController, uid);
}

std::vector<api::Value> ownedOrOrphaned(const client::Informer& informer, const api::Value& owner)
{
    api::ObjectMeta meta(owner);
    std::vector<api::Value> objects = ownedBy(informer, meta.uid());
    for (auto& orphan : informer.byIndex(kOrphans, meta.ns()))
        objects.push_back(std::move(orphan));
    return objects;
}

Task<Claimed> claimObjects(client::Client& client, Claim claim, api::Value owner, api::LabelSelector selector, std::vector<api::Value> candidates)
{
    const std::string uid(api::ObjectMeta(owner).uid()), ns(api::ObjectMeta(owner).ns());
    const bool ownerGoes = api::ObjectMeta(owner).beingDeleted();
    std::optional<bool> adopts;
    Claimed claimed;
    for (auto& object : candidates) {
        api::ObjectMeta meta(object);
        const bool owned = api::controlledBy(object, uid), selected = selector.matches(meta.labels());
        if (owned && selected) {
            claimed.objects.push_back(object);
            continue;
        }
        if (ownerGoes || meta.beingDeleted() || (!owned && (!selected || !meta.controllerRef().isNull())))
            continue;
        if (!owned && !adopts)
            adopts = co_await mayAdopt(client, claim.ownerResource, owner);
        if (!owned && !*adopts)
            continue;
        api::Value changed = owned ? withoutReference(object, uid) : withReference(object, owner);
        const std::string name(meta.name());
        auto written = co_await client.update(claim.resource, ns, name, std::move(changed));
        if (written && !owned)
            claimed.objects.push_back(std::move(*written));
        else if (!written && !written.error().isNotFound() && !claimed.error)
            claimed.error = written.error();
    }
    co_return claimed;
}

const api::Value* controllerOf(const client::Informer& owners, std::string_view ownerKind, const api::Value& object)
{
    api::ObjectMeta meta(object);
    const api::Value& reference = meta.controllerRef();
    if (reference.str("kind") != ownerKind)
        return nullptr;
    const api::Value* owner = owners.get(meta.ns(), reference.str("name"));
    return owner && api::ObjectMeta(*owner).uid() == reference.str("uid") ? owner : nullptr;
}

} // namespace kates::controllers
