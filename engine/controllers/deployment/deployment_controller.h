// Brings a deployment's pods to its template, by making and sizing replica sets.
//
// One reconciliation: claim the replica sets → find the one of the template (make it, or give it the newest revision) → one step of
// scaling_plan.h → write what changed of the deployment itself. The effects of a step come back through the replica sets' watch and cause the next
// reconciliation.
#pragma once

#include "engine/controllers/controller.h"
#include "engine/controllers/deployment/scaling_plan.h"

namespace kates::controllers {

class DeploymentController : public QueueController {
public:
    explicit DeploymentController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;
    // What one reconciliation works on; lives in its frame. `deployment` gets the changes, `stored` is what the server has.
    struct Work {
        api::Value stored, deployment;
        ReplicaSets sets;
    };

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> sync(Work& work);
    Task<Written> syncSize(Work& work);
    Task<Written> rollOutRolling(Work& work);
    Task<Written> rollOutRecreate(Work& work);

    // Gives the replica set of the template the newest revision; makes it first when there is none and `create` says so.
    Task<Written> syncRevision(Work& work, bool create);
    Task<Written> createReplicaSet(Work& work);
    Task<api::ApiResult<api::Value>> resolveNameTaken(Work& work, std::string name);

    Task<Written> carryOut(Work& work, ScalingPlan plan);
    void tellResize(const api::Value& deployment, const Resize& step);
    Task<Written> cleanUp(Work& work);
    Task<Written> finishRollout(Work& work);
    Task<Written> flush(Work& work);
    bool oldPodsRun(const Work& work) const;
    void lookAgainAtDeadline(const Work& work);

    void replicaSetChanged(const api::Value& replicaSet);
    void podDeleted(const api::Value& pod);

    client::Informer& m_deployments;
    client::Informer& m_replicaSets;
    client::Informer& m_pods;
};

} // namespace kates::controllers
