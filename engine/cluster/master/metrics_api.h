// metrics.k8s.io/v1beta1, for kubectl top: asks the kubelets' /stats/summary when somebody asks. Nothing runs otherwise, and nothing is kept here.
//
// Absent, and not zero: nodes that are not Ready or do not answer, simulated nodes, pods that do not run.
#pragma once

#include <string>
#include <vector>

#include "engine/apiserver/api_server.h"
#include "engine/apiserver/request/request_info.h"
#include "engine/cluster/master/kubelet_proxy.h"

namespace kates::cluster {

constexpr auto kStatsTimeout = std::chrono::seconds(5);
constexpr std::size_t kStatsMaxBytes = 8u << 20;

class MetricsApi {
public:
    // `kubelets` outlives this object.
    MetricsApi(Loop& loop, std::shared_ptr<client::Client> client, KubeletProxy& kubelets) : m_loop(loop), m_client(std::move(client)), m_kubelets(kubelets) {}
    void install(apiserver::ApiServer& server);

private:
    Task<void> serve(http::Exchange& exchange);
    Task<api::ApiResult<api::Value>> answer(apiserver::RequestInfo info, http::Query query);
    // One summary for each of these nodes that answers; asked at the same time.
    Task<std::vector<api::Value>> summaries(std::vector<std::string> nodes);
    Task<void> ask(std::string node, std::vector<api::Value>& into, TaskGroup& group);
    Task<api::ApiResult<std::vector<api::Value>>> nodeMetrics(client::ListOptions selection);
    Task<api::ApiResult<std::vector<api::Value>>> podMetrics(std::string ns, client::ListOptions selection);

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    KubeletProxy& m_kubelets;
};

} // namespace kates::cluster
