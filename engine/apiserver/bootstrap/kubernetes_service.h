// The Service default/kubernetes, by which pods reach this server, with its Endpoints and EndpointSlice. It comes back when somebody deletes it.
#pragma once

#include "engine/apiserver/bootstrap/ensure.h"

namespace kates::apiserver {

class KubernetesService {
public:
    KubernetesService(Registry& registry, const ApiServerOptions& options);
    // Nothing to do without a range of addresses or the server's own address.
    Task<Result<void>> ensure();
    // From now on, until stop().
    void keep();
    Task<void> stop();

private:
    Task<void> watchForDeletion(std::shared_ptr<Watcher> watcher);
    std::vector<api::Value> endpoints() const;

    Registry& m_registry;
    std::string m_clusterIp, m_address; // empty: not wanted
    std::int64_t m_port = 0;
    std::shared_ptr<Watcher> m_watcher;
    Event m_ended; // the watch has been left
};

} // namespace kates::apiserver
