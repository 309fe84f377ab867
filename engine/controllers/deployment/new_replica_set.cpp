// The part of the deployment controller that finds or makes the replica set of the current template.
#include <fmt/format.h>

#include "engine/api/meta.h"
#include "engine/controllers/deployment/deployment_controller.h"
#include "engine/controllers/deployment/deployment_status.h"
#include "engine/controllers/deployment/replica_set_template.h"

namespace kates::controllers {

namespace resources = client::resources;

namespace {

void setRevision(api::Value& deployment, std::string_view revision)
{
    if (!revision.empty() && api::ObjectMeta(deployment).annotation(annotations::kRevision) != revision)
        deployment.edit("metadata", "annotations").set(annotations::kRevision, revision);
}

} // namespace

Task<DeploymentController::Written> DeploymentController::syncRevision(Work& work, bool create)
{
    if (work.sets.current.isNull()) {
        if (create)
            co_return co_await createReplicaSet(work);
        co_return Written();
    }
    api::Value changed = withCurrentAnnotations(work.deployment, work.sets.current, work.sets.maxOldRevision() + 1);
    if (!changed.isNull()) {
        const std::string ns(api::ObjectMeta(changed).ns()), name(api::ObjectMeta(changed).name());
        auto written = co_await client().update(resources::replicaSets, ns, name, std::move(changed));
        if (!written)
            co_return api::ApiFailure(written.error());
        work.sets.current = std::move(*written);
    }
    setRevision(work.deployment, api::ObjectMeta(work.sets.current).annotation(annotations::kRevision));
    if (api::condition(work.deployment, "Progressing").isNull())
        setProgressing(work.deployment, "True", "FoundNewReplicaSet",
            fmt::format("Found new replica set \"{}\"", work.sets.current.str("metadata", "name")), loop().wallTime());
    co_return Written();
}

Task<DeploymentController::Written> DeploymentController::createReplicaSet(Work& work)
{
    api::Value wanted = makeReplicaSet(work.deployment, work.sets);
    const std::string ns(api::ObjectMeta(wanted).ns()), name(api::ObjectMeta(wanted).name());
    const std::int64_t replicas = ReplicaSetView(wanted).replicas();
    auto created = co_await client().create(resources::replicaSets, ns, std::move(wanted));
    if (!created && created.error().isAlreadyExists()) {
        auto existing = co_await resolveNameTaken(work, name);
        if (!existing)
            co_return api::ApiFailure(existing.error());
        work.sets.current = std::move(*existing);
    } else if (!created) {
        if (!namespaceTerminating(created.error()))
            setProgressing(work.deployment, "False", "ReplicaSetCreateError",
                fmt::format("Failed to create new replica set \"{}\": {}", name, created.error().message), loop().wallTime());
        co_return api::ApiFailure(created.error());
    } else {
        work.sets.current = std::move(*created);
        if (replicas > 0)
            m_events.normal(work.deployment, "ScalingReplicaSet", fmt::format("Scaled up replica set {} from 0 to {}", name, replicas));
        setProgressing(work.deployment, "True", "NewReplicaSetCreated", fmt::format("Created new replica set \"{}\"", name), loop().wallTime());
    }
    setRevision(work.deployment, api::ObjectMeta(work.sets.current).annotation(annotations::kRevision));
    co_return Written();
}

// Ours after all (the cache was behind), or another template with the same hash: then the count gives the next attempt another name.
Task<api::ApiResult<api::Value>> DeploymentController::resolveNameTaken(Work& work, std::string name)
{
    const std::string ns(api::ObjectMeta(work.deployment).ns());
    auto existing = co_await client().get(resources::replicaSets, ns, name);
    if (!existing)
        co_return existing;
    if (api::controlledBy(*existing, api::ObjectMeta(work.deployment).uid())
        && sameTemplate(existing->get("spec", "template"), work.deployment.get("spec", "template")))
        co_return existing;
    const std::int64_t collisions = work.deployment.get("status", "collisionCount").asInt();
    work.deployment.edit("status").set("collisionCount", collisions + 1);
    co_return api::ApiFailure(api::conflict({"apps", "replicasets"}, name, "its name belongs to another pod template"));
}

} // namespace kates::controllers
