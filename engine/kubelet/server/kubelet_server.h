// What the kubelet serves over HTTPS. Only the API server may use it: its client certificate must be of the cluster's CA and of group system:masters.
//
//   GET  /containerLogs/<namespace>/<pod>/<container>
//   *    /exec/<namespace>/<pod>/<container>        upgrade
//   *    /attach/<namespace>/<pod>/<container>      upgrade
//   *    /portForward/<namespace>/<pod>             upgrade
//   GET  /pods, /healthz
//   GET  /stats/summary                            CPU and memory of the node and its containers, measured when asked; 404 on a simulated node
#pragma once

#include <memory>
#include <string>

#include "engine/base/process_usage.h"
#include "engine/http/server.h"
#include "engine/kubelet/kubelet.h"

namespace kates::kubelet {

class KubeletServer {
public:
    explicit KubeletServer(Kubelet& kubelet) : m_kubelet(kubelet), m_meter(kubelet.loop()) {}
    // The handler; whoever listens may put several kubelets behind one port.
    Task<void> serve(http::Exchange& exchange);

private:
    Task<void> route(http::Exchange& exchange, std::vector<std::string> path);
    Task<void> containerLogs(http::Exchange& exchange, std::string ns, std::string pod, std::string container);
    Task<void> remoteCommand(http::Exchange& exchange, bool attach, std::string ns, std::string pod, std::string container);
    Task<void> portForward(http::Exchange& exchange, std::string ns, std::string pod);
    Task<void> listPods(http::Exchange& exchange);
    Task<void> statsSummary(http::Exchange& exchange); // stats_summary.cpp
    static Task<void> respondText(http::Exchange& exchange, int status, std::string text);

    Kubelet& m_kubelet;
    UsageMeter m_meter;
};

} // namespace kates::kubelet
