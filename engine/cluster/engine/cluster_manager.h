// A runner for every Cluster object, and the way from /clusters/<name>/… to that cluster's API server.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/apiserver/api_server.h"
#include "engine/client/informer.h"
#include "engine/cluster/engine/cluster_runner.h"
#include "engine/http/reverse_proxy.h"

namespace kates::cluster {

constexpr std::string_view kClustersPath = "/clusters/";
// "dev" of /clusters/dev/api/v1, and what stands behind it ("/" when that is nothing).
[[nodiscard]] std::string nameInPath(std::string_view path);
[[nodiscard]] std::string restOfPath(std::string_view path);
[[nodiscard]] bool mayPass(const apiserver::UserInfo& user); // system:masters

class ClusterManager {
public:
    explicit ClusterManager(EngineContext& context);
    void start();
    Task<void> stop();
    // Serves /clusters/<name>/<rest>: forwarded with the engine's own credentials for that cluster, so only its owner (group system:masters) may.
    Task<void> serve(http::Exchange& exchange, apiserver::UserInfo user);
    // Serves clusters/<name>/metrics of the engine's API.
    Task<void> serveMetrics(http::Exchange& exchange, api::Value cluster);

private:
    void changed(const api::Value& cluster);
    Task<void> runOne(std::string uid);

    EngineContext& m_context;
    std::unique_ptr<client::InformerFactory> m_informers;
    client::Informer& m_clusters;
    std::map<std::string, std::unique_ptr<ClusterRunner>> m_runners; // by uid
    std::map<std::string, std::string> m_uids;                      // by name
    std::unique_ptr<http::Client> m_http;
    ClusterMetrics m_metrics;
    TaskGroup m_tasks;
};

} // namespace kates::cluster
