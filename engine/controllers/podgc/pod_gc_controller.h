// Removes pods that nobody else will: their node is gone, or they were deleted before they had one, or their node is out of service, or too many
// have ended.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

// A node must be missing for this long before its pods go: it may be registering again.
constexpr Duration kMissingNodeQuarantine = std::chrono::seconds(40);
// Ended pods are kept for reading, up to this many; then the oldest go.
constexpr std::size_t kEndedPodsMax = 12'500;

class PodGcController : public QueueController {
public:
    explicit PodGcController(const ControllerContext& context, std::size_t endedPodsMax = kEndedPodsMax);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<client::ReconcileResult> collectOrphan(std::string key, api::Value pod);
    Task<client::ReconcileResult> trimEnded();
    Task<api::ApiResult<void>> deleteNow(api::Value pod, std::string reason, std::string message);

    void count(const api::Value& pod, int change);

    client::Informer& m_nodes;
    client::Informer& m_pods;
    std::size_t m_ended = 0, m_endedMax;
    std::unordered_map<std::string, MonotonicTime> m_missing; // nodes that pods name and nobody has, since when
};

} // namespace kates::controllers
