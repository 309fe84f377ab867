// All controllers of a cluster, made and stopped together.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/controllers/controller.h"
#include "engine/controllers/nodeipam/cidr_set.h"
#include "engine/controllers/nodelifecycle/node_lifecycle_controller.h"

namespace kates::controllers {

struct ControllerManagerOptions {
    std::string caPem; // the certificate that signed the API server's: kube-root-ca.crt in every namespace
    // What the API server serves: see servedResourcesOf(). Asked again whenever it matters.
    std::function<std::vector<ServedResource>()> servedResources;
    std::optional<CidrSet> podNetworks; // what nodes get their podCIDR from; none: they get none
    Duration nodeMonitorGracePeriod = kNodeMonitorGracePeriod;
};

// Everything runs on the loop's thread, through `client`, whose identity should be system:kube-controller-manager. The informers may be shared with
// other components of the process; they must be stopped after this and before it is destroyed.
class ControllerManager {
public:
    ControllerManager(
        Loop& loop, std::shared_ptr<client::Client> client, client::InformerFactory& informers, Random& random, ControllerManagerOptions options);
    void start();
    Task<void> stop();

private:
    client::EventBroadcaster m_events;
    std::vector<std::unique_ptr<Controller>> m_controllers;
};

} // namespace kates::controllers
