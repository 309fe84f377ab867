// Keeps as many pods of a replica set as it wants.
#pragma once

#include "engine/client/expectations.h"
#include "engine/controllers/controller.h"

namespace kates::controllers {

class ReplicaSetController : public QueueController {
public:
    explicit ReplicaSetController(const ControllerContext& context);

private:
    // Why pods could not be created or deleted, for the ReplicaFailure condition.
    using Failure = std::optional<std::pair<std::string, std::string>>;
    struct Managed {
        Failure failure;
        std::optional<api::StatusError> error;
    };

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Managed> manage(std::string key, api::Value replicaSet, std::vector<api::Value> active);
    Task<Managed> createPods(std::string key, api::Value replicaSet, int count);
    Task<Managed> deletePods(std::string key, api::Value replicaSet, std::vector<api::Value> pods);
    Task<api::ApiResult<void>> createPod(std::string key, api::Value replicaSet);
    Task<api::ApiResult<void>> deletePod(std::string key, api::Value replicaSet, api::Value pod);
    Task<api::ApiResult<void>> writeStatus(api::Value replicaSet, std::vector<api::Value> pods, Failure failure);
    std::unordered_map<std::string, int> relatedPodsByNode(const api::Value& replicaSet) const;

    void podAdded(const api::Value& pod);
    void podUpdated(const api::Value& before, const api::Value& after);
    void podDeleted(const api::Value& pod);
    void enqueueSelecting(const api::Value& pod);

    client::Informer& m_replicaSets;
    client::Informer& m_pods;
    client::Expectations m_expectations;
};

} // namespace kates::controllers
