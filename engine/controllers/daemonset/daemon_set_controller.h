// Keeps one pod on each node that a daemon set wants.
#pragma once

#include <map>

#include "engine/client/expectations.h"
#include "engine/controllers/common/controller_revisions.h"
#include "engine/controllers/controller.h"
#include "engine/controllers/daemonset/daemon_plan.h"

namespace kates::controllers {

class DaemonSetController : public QueueController {
public:
    explicit DaemonSetController(const ControllerContext& context);

private:
    using Written = api::ApiResult<void>;

    Task<client::ReconcileResult> reconcile(std::string key) override;
    Task<Written> sync(std::string key, api::Value& daemonSet);
    Task<Written> carryOut(std::string key, api::Value daemonSet, std::string revisionHash, DaemonPlan plan);
    Task<Written> createPod(std::string key, api::Value daemonSet, std::string revisionHash, std::string node);
    Task<Written> deletePod(std::string key, api::Value daemonSet, api::Value pod);
    Task<Written> writeStatus(api::Value stored, api::Value daemonSet);
    // Failed pods that may be replaced now; the others ask for the key again.
    void addFailed(const std::string& key, DaemonPlan& plan);

    void podChanged(const api::Value& pod, bool added);
    void nodeChanged(const api::Value& before, const api::Value& after);

    client::Informer& m_daemonSets;
    client::Informer& m_pods;
    client::Informer& m_nodes;
    client::Informer& m_revisions;
    client::Expectations m_expectations;
    struct Failures {
        int count = 0;
        MonotonicTime next; // when a failed pod may be replaced again
    };
    std::unordered_map<std::string, Failures> m_failures; // by daemon set and node
};

} // namespace kates::controllers
