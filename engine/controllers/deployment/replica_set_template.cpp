#include "engine/controllers/deployment/replica_set_template.h"

#include <algorithm>

#include "engine/api/meta.h"
#include "engine/controllers/common/name_hash.h"
#include "engine/controllers/deployment/scaling_plan.h"

namespace kates::controllers {

namespace {

constexpr std::size_t kRevisionHistoryMaxChars = 2000;

api::Value withoutHash(api::Value podTemplate)
{
    if (podTemplate.get("metadata", "labels").has(kPodTemplateHash))
        podTemplate.edit("metadata", "labels").erase(kPodTemplateHash);
    return podTemplate;
}

bool copiedToReplicaSets(std::string_view annotation)
{
    static constexpr std::string_view kOwn[] = {annotations::kLastApplied, annotations::kRevision, annotations::kRevisionHistory,
        annotations::kDesiredReplicas, annotations::kMaxReplicas, annotations::kRollbackTo};
    return std::find(std::begin(kOwn), std::end(kOwn), annotation) == std::end(kOwn);
}

void setAnnotation(api::Value& object, std::string_view key, std::string_view value)
{
    if (object.get("metadata", "annotations").str(key) != value || !object.get("metadata", "annotations").has(key))
        object.edit("metadata", "annotations").set(key, value);
}

void copyAnnotations(const api::Value& deployment, api::Value& replicaSet)
{
    for (const auto& member : api::ObjectMeta(deployment).annotations().members()) {
        if (copiedToReplicaSets(member.key))
            setAnnotation(replicaSet, member.key, member.value.asString());
    }
}

void setSizeAnnotations(const api::Value& deployment, api::Value& replicaSet)
{
    const DeploymentView view(deployment);
    setAnnotation(replicaSet, annotations::kDesiredReplicas, std::to_string(view.replicas()));
    setAnnotation(replicaSet, annotations::kMaxReplicas, std::to_string(view.replicas() + view.maxSurge()));
}

// The revision moves up when an old template comes back (undo); the ones that it had before are kept beside it, the oldest dropped first.
void setRevision(api::Value& replicaSet, std::int64_t revision)
{
    const std::int64_t before = ReplicaSetView(replicaSet).revision();
    if (before >= revision)
        return;
    setAnnotation(replicaSet, annotations::kRevision, std::to_string(revision));
    if (before == 0)
        return;
    std::string history(api::ObjectMeta(replicaSet).annotation(annotations::kRevisionHistory));
    history += (history.empty() ? "" : ",") + std::to_string(before);
    while (history.size() > kRevisionHistoryMaxChars)
        history.erase(0, history.find(',') + 1);
    setAnnotation(replicaSet, annotations::kRevisionHistory, history);
}

bool older(const api::Value& left, const api::Value& right)
{
    api::ObjectMeta a(left), b(right);
    return std::pair(a.creationTimestamp(), a.name()) < std::pair(b.creationTimestamp(), b.name());
}

} // namespace

ReplicaSets sortReplicaSets(const api::Value& deployment, std::vector<api::Value> replicaSets)
{
    std::sort(replicaSets.begin(), replicaSets.end(), older);
    ReplicaSets sets;
    for (auto& replicaSet : replicaSets) {
        if (sets.current.isNull() && sameTemplate(replicaSet.get("spec", "template"), deployment.get("spec", "template")))
            sets.current = std::move(replicaSet);
        else
            sets.old.push_back(std::move(replicaSet));
    }
    return sets;
}

bool sameTemplate(const api::Value& left, const api::Value& right)
{
    return withoutHash(left) == withoutHash(right);
}

std::string templateHash(const api::Value& podTemplate, std::int64_t collisionCount)
{
    return nameHash(withoutHash(podTemplate), collisionCount);
}

api::Value makeReplicaSet(const api::Value& deployment, const ReplicaSets& sets)
{
    const api::Value& spec = deployment.get("spec");
    const std::string hash = templateHash(spec.get("template"), deployment.get("status", "collisionCount").asInt());
    api::Value podTemplate = spec.get("template");
    podTemplate.edit("metadata", "labels").set(kPodTemplateHash, hash);
    api::Value selector = spec.get("selector");
    selector.edit("matchLabels").set(kPodTemplateHash, hash);

    api::ObjectMeta owner(deployment);
    api::Value metadata = api::Value::object({{"name", std::string(owner.name()) + "-" + hash}, {"namespace", owner.ns()},
        {"labels", podTemplate.get("metadata", "labels")}, {"ownerReferences", api::Value::array({api::controllerReference(deployment)})}});
    api::Value newSpec = api::Value::object({{"replicas", newReplicaSetSize(DeploymentView(deployment), sets.specReplicas(), 0)},
        {"selector", std::move(selector)}, {"template", std::move(podTemplate)}});
    if (const std::int64_t minReady = spec.get("minReadySeconds").asInt())
        newSpec.set("minReadySeconds", minReady);
    api::Value replicaSet = api::Value::object(
        {{"apiVersion", "apps/v1"}, {"kind", "ReplicaSet"}, {"metadata", std::move(metadata)}, {"spec", std::move(newSpec)}});
    copyAnnotations(deployment, replicaSet);
    setRevision(replicaSet, sets.maxOldRevision() + 1);
    setSizeAnnotations(deployment, replicaSet);
    return replicaSet;
}

api::Value withCurrentAnnotations(const api::Value& deployment, const api::Value& replicaSet, std::int64_t revision)
{
    api::Value changed = replicaSet;
    copyAnnotations(deployment, changed);
    setRevision(changed, revision);
    const std::int64_t minReady = deployment.get("spec", "minReadySeconds").asInt();
    if (changed.get("spec", "minReadySeconds").asInt() != minReady)
        changed.edit("spec").set("minReadySeconds", minReady);
    return changed == replicaSet ? api::Value() : changed;
}

api::Value withSize(const api::Value& deployment, const api::Value& replicaSet, std::int64_t replicas)
{
    api::Value changed = replicaSet;
    if (ReplicaSetView(replicaSet).replicas() != replicas)
        changed.edit("spec").set("replicas", replicas);
    setSizeAnnotations(deployment, changed);
    return changed == replicaSet ? api::Value() : changed;
}

} // namespace kates::controllers
