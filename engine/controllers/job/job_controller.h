// Runs pods until enough of them have succeeded.
#pragma once

#include "engine/client/expectations.h"
#include "engine/controllers/controller.h"
#include "engine/controllers/job/job_plan.h"

namespace kates::controllers {

class JobController : public QueueController {
public:
    explicit JobController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> sync(std::string key, api::Value job, std::vector<api::Value> pods);
    // Says how many pods are active afterwards.
    Task<api::ApiResult<std::int64_t>> carryOut(std::string key, api::Value job, JobPlan plan, std::int64_t active);
    Task<Written> createPod(std::string key, api::Value job, api::Value pod);
    Task<Written> deletePod(std::string key, api::Value job, api::Value pod);
    Task<Written> writeStatus(api::Value job, api::Value status);
    Task<Written> releasePods(std::vector<api::Value> pods);
    Task<Written> releasePod(api::Value pod);
    void tell(const api::Value& job, const api::Value& status);
    void podChanged(const api::Value& pod, bool added);

    client::Informer& m_jobs;
    client::Informer& m_pods;
    client::Expectations m_expectations;
};

} // namespace kates::controllers
