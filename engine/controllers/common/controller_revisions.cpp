#include "engine/controllers/common/controller_revisions.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/name_hash.h"
#include "engine/controllers/common/resources.h"

namespace kates::controllers {

namespace {

std::int64_t numberOf(const api::Value& revision)
{
    return revision.get("revision").asInt();
}

// A strategic merge patch that puts this template back, as upstream stores it.
api::Value templatePatch(const api::Value& owner)
{
    api::Value podTemplate = owner.get("spec", "template");
    podTemplate.set("$patch", "replace");
    return api::Value::object({{"spec", api::Value::object({{"template", std::move(podTemplate)}})}});
}

api::Value makeRevision(const api::Value& owner, api::Value data, std::int64_t number)
{
    api::ObjectMeta meta(owner);
    const std::string hash = nameHash(data, owner.get("status", "collisionCount").asInt());
    api::Value labels = owner.get("spec", "template", "metadata", "labels");
    labels.set(kRevisionHashLabel, hash);
    api::Value metadata = api::Value::object({{"name", std::string(meta.name()) + "-" + hash}, {"namespace", meta.ns()},
        {"labels", std::move(labels)}, {"ownerReferences", api::Value::array({api::controllerReference(owner)})}});
    if (const api::Value& annotations = meta.annotations(); annotations.has("kubernetes.io/change-cause"))
        metadata.edit("annotations").set("kubernetes.io/change-cause", annotations.get("kubernetes.io/change-cause"));
    return api::Value::object({{"apiVersion", "apps/v1"}, {"kind", "ControllerRevision"}, {"metadata", std::move(metadata)},
        {"data", std::move(data)}, {"revision", number}});
}

Task<api::ApiResult<api::Value>> createRevision(client::Client& client, api::Value& owner, api::Value revision)
{
    const std::string ns(api::ObjectMeta(revision).ns()), name(api::ObjectMeta(revision).name());
    auto created = co_await client.create(resources::controllerRevisions, ns, revision);
    if (created || !created.error().isAlreadyExists())
        co_return created;
    auto existing = co_await client.get(resources::controllerRevisions, ns, name);
    if (!existing || (api::controlledBy(*existing, api::ObjectMeta(owner).uid()) && existing->get("data") == revision.get("data")))
        co_return existing; // the cache was behind
    owner.edit("status").set("collisionCount", owner.get("status", "collisionCount").asInt() + 1);
    co_return api::ApiFailure(api::conflict({"apps", "controllerrevisions"}, name, "its name belongs to another template"));
}

} // namespace

Task<api::ApiResult<RevisionHistory>> syncRevisions(client::Client& client, api::Value& owner, std::vector<api::Value> owned)
{
    std::sort(owned.begin(), owned.end(), [](const api::Value& a, const api::Value& b) { return numberOf(a) < numberOf(b); });
    const std::int64_t highest = owned.empty() ? 0 : numberOf(owned.back());
    api::Value data = templatePatch(owner);
    RevisionHistory history;
    for (auto& revision : owned) {
        if (revision.get("data") == data)
            history.current = revision; // the newest of equal ones
    }
    std::erase_if(owned, [&](const api::Value& revision) { return revision.sameStorage(history.current) && !history.current.isNull(); });
    history.old = std::move(owned);
    if (history.current.isNull()) {
        api::Value revision = makeRevision(owner, std::move(data), highest + 1);
        auto created = co_await createRevision(client, owner, std::move(revision));
        if (!created)
            co_return api::ApiFailure(created.error());
        history.current = std::move(*created);
    } else if (numberOf(history.current) < highest) {
        api::Value raised = history.current;
        raised.set("revision", highest + 1);
        const std::string ns(api::ObjectMeta(raised).ns()), name(api::ObjectMeta(raised).name());
        auto written = co_await client.update(resources::controllerRevisions, ns, name, std::move(raised));
        if (!written)
            co_return api::ApiFailure(written.error());
        history.current = std::move(*written);
    }
    co_return history;
}

Task<api::ApiResult<void>> trimRevisions(client::Client& client, RevisionHistory history, std::int64_t limit, std::set<std::string> inUse)
{
    std::erase_if(history.old, [&](const api::Value& revision) { return inUse.contains(std::string(api::ObjectMeta(revision).name())); });
    const std::int64_t excess = static_cast<std::int64_t>(history.old.size()) - limit;
    for (std::int64_t i = 0; i < excess; ++i) {
        api::ObjectMeta meta(history.old[i]);
        const std::string ns(meta.ns()), name(meta.name());
        client::DeleteOptions options;
        options.preconditionUid = meta.uid();
        auto removed = co_await client.remove(resources::controllerRevisions, ns, name, options);
        if (!removed && !removed.error().isNotFound())
            co_return api::ApiFailure(removed.error());
    }
    co_return api::ApiResult<void>();
}

} // namespace kates::controllers
