// Creates jobs on a schedule. Times are UTC; another timeZone is told by an event (UnknownTimeZone), as upstream tells one that it does not know.
#pragma once

#include "engine/controllers/controller.h"
#include "engine/controllers/cronjob/cron_schedule.h"

namespace kates::controllers {

class CronJobController : public QueueController {
public:
    explicit CronJobController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> sync(std::string key, api::Value& cronJob, std::vector<api::Value> jobs);
    Task<Written> start(api::Value& cronJob, std::vector<api::Value> active, WallTime scheduled);
    Task<Written> create(api::Value& cronJob, WallTime scheduled);
    Task<Written> trimHistory(api::Value cronJob, std::vector<api::Value> jobs);
    Task<Written> remove(api::Value job);
    Task<Written> writeStatus(api::Value stored, api::Value cronJob);
    std::optional<CronSchedule> scheduleOf(const api::Value& cronJob);

    client::Informer& m_cronJobs;
    client::Informer& m_jobs;
};

} // namespace kates::controllers
