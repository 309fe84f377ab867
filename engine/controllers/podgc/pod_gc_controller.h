// Removes pods that nobody else will: their node is gone, or they were deleted before they had one, or their node is out of service.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

// A node must be missing for this long before its pods go: it may be registering again.
constexpr Duration kMissingNodeQuarantine = std::chrono::seconds(40);

class PodGcController : public QueueController {
public:
    explicit PodGcController(const ControllerContext& context);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<client::ReconcileResult> collectOrphan(std::string key, api::Value pod);
    Task<api::ApiResult<void>> deleteNow(api::Value pod, std::string reason, std::string message);

    client::Informer& m_nodes;
    client::Informer& m_pods;
    std::unordered_map<std::string, MonotonicTime> m_missing; // nodes that pods name and nobody has, since when
};

} // namespace kates::controllers
