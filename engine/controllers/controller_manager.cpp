#include "engine/controllers/controller_manager.h"

#include "engine/controllers/cronjob/cron_job_controller.h"
#include "engine/controllers/daemonset/daemon_set_controller.h"
#include "engine/controllers/deployment/deployment_controller.h"
#include "engine/controllers/disruption/disruption_controller.h"
#include "engine/controllers/endpointslice/endpoint_slice_controller.h"
#include "engine/controllers/garbagecollector/garbage_collector.h"
#include "engine/controllers/job/job_controller.h"
#include "engine/controllers/job/ttl_after_finished_controller.h"
#include "engine/controllers/namespaces/namespace_controller.h"
#include "engine/controllers/namespaces/namespace_defaults_controller.h"
#include "engine/controllers/nodeipam/node_ipam_controller.h"
#include "engine/controllers/podgc/pod_gc_controller.h"
#include "engine/controllers/replicaset/replica_set_controller.h"
#include "engine/controllers/statefulset/stateful_set_controller.h"
#include "engine/controllers/tainteviction/taint_eviction_controller.h"

namespace kates::controllers {

ControllerManager::ControllerManager(
    Loop& loop, std::shared_ptr<client::Client> client, client::InformerFactory& informers, Random& random, ControllerManagerOptions options)
    : m_events(loop, client)
{
    const ControllerContext context{loop, client, informers, random, m_events, std::move(options.servedResources)};
    m_controllers.push_back(std::make_unique<ReplicaSetController>(context));
    m_controllers.push_back(std::make_unique<DeploymentController>(context));
    m_controllers.push_back(std::make_unique<DaemonSetController>(context));
    m_controllers.push_back(std::make_unique<StatefulSetController>(context));
    m_controllers.push_back(std::make_unique<JobController>(context));
    m_controllers.push_back(std::make_unique<TtlAfterFinishedController>(context));
    m_controllers.push_back(std::make_unique<CronJobController>(context));
    m_controllers.push_back(std::make_unique<DisruptionController>(context));
    m_controllers.push_back(std::make_unique<EndpointSliceController>(context));
    m_controllers.push_back(std::make_unique<NamespaceController>(context));
    m_controllers.push_back(std::make_unique<NamespaceDefaultsController>(context, options.caPem));
    m_controllers.push_back(std::make_unique<GarbageCollector>(context));
    m_controllers.push_back(std::make_unique<NodeLifecycleController>(context, options.nodeMonitorGracePeriod));
    m_controllers.push_back(std::make_unique<TaintEvictionController>(context));
    m_controllers.push_back(std::make_unique<PodGcController>(context));
    if (options.podNetworks)
        m_controllers.push_back(std::make_unique<NodeIpamController>(context, std::move(*options.podNetworks)));
}

void ControllerManager::start()
{
    m_events.start();
    for (auto& controller : m_controllers)
        controller->start();
}

Task<void> ControllerManager::stop()
{
    for (auto& controller : m_controllers)
        co_await controller->stop();
    co_await m_events.stop();
}

} // namespace kates::controllers
