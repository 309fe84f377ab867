// Keeps a stateful set's pods, each with its own name and storage.
#pragma once

#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/controller.h"
#include "engine/controllers/statefulset/stateful_plan.h"

namespace kates::controllers {

class StatefulSetController : public QueueController {
public:
    explicit StatefulSetController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> sync(std::string key, api::Value& set);
    Task<Written> carryOut(api::Value set, StatefulPlan plan, api::Value current, api::Value update);
    Task<Written> createPod(api::Value set, api::Value revision, std::int64_t ordinal);
    Task<Written> createClaims(api::Value set, std::int64_t ordinal);
    Task<Written> deletePod(api::Value set, api::Value pod);
    Task<Written> writeStatus(api::Value stored, api::Value set);
    void podChanged(const api::Value& pod);

    client::Informer& m_sets;
    client::Informer& m_pods;
    client::Informer& m_revisions;
    client::Informer& m_claims;
};

} // namespace kates::controllers
