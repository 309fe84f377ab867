// Deletes finished jobs when their ttlSecondsAfterFinished has passed.
#pragma once

#include "engine/controllers/controller.h"

namespace kates::controllers {

class TtlAfterFinishedController : public QueueController {
public:
    explicit TtlAfterFinishedController(const ControllerContext& context);

private:
    Task<client::ReconcileResult> reconcile(std::string key) override;
    client::Informer& m_jobs;
};

} // namespace kates::controllers
