// Moves pods away from nodes with a NoExecute taint that they do not tolerate, or tolerate only for tolerationSeconds.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

// When a pod must go because of these taints: nullopt means it may stay. A taint without timeAdded counts from `noticed`.
std::optional<WallTime> evictionTime(const api::Value& pod, const api::Value& nodeTaints, WallTime noticed);

class TaintEvictionController : public QueueController {
public:
    explicit TaintEvictionController(const ControllerContext& context);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<api::ApiResult<void>> evict(api::Value pod);
    void nodeUpdated(const api::Value& before, const api::Value& after);

    client::Informer& m_nodes;
    client::Informer& m_pods;
    std::unordered_map<std::string, WallTime> m_noticed; // since when a pod is known to stand under a taint, by uid
};

} // namespace kates::controllers
