// Keeps the status of PodDisruptionBudgets, by which the API server allows or refuses evictions.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

class DisruptionController : public QueueController {
public:
    explicit DisruptionController(const ControllerContext& context);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    std::vector<api::Value> podsOf(const api::Value& budget) const;
    // What the controllers of these pods want together; each counts once.
    std::int64_t scaleOf(const std::vector<api::Value>& pods) const;
    void podChanged(const api::Value& pod);

    client::Informer& m_budgets;
    client::Informer& m_pods;
    client::Informer& m_replicaSets;
    client::Informer& m_deployments;
    client::Informer& m_statefulSets;
};

} // namespace kates::controllers
