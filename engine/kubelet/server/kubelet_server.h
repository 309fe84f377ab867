// What the kubelet serves over HTTPS. Only the API server may use it: its client certificate must be of the cluster's CA and of group system:masters.
//
//   GET  /containerLogs/<namespace>/<pod>/<container>
//   *    /exec/<namespace>/<pod>/<container>        upgrade
//   *    /attach/<namespace>/<pod>/<container>      upgrade
//   *    /portForward/<namespace>/<pod>             upgrade
//   GET  /pods, /healthz
#pragma once

#include <memory>
#include <string>

#include "engine/http/server.h"
#include "engine/kubelet/kubelet.h"

namespace kates::kubelet {

class KubeletServer {
public:
    explicit KubeletServer(Kubelet& kubelet) : m_kubelet(kubelet) {}
    // The handler; whoever listens may put several kubelets behind one port.
    Task<void> serve(http::Exchange& exchange);

private:
    Task<void> route(http::Exchange& exchange, std::vector<std::string> path);
    Task<void> containerLogs(http::Exchange& exchange, std::string ns, std::string pod, std::string container);
    Task<void> remoteCommand(http::Exchange& exchange, bool attach, std::string ns, std::string pod, std::string container);
    Task<void> portForward(http::Exchange& exchange, std::string ns, std::string pod);
    Task<void> listPods(http::Exchange& exchange);
    static Task<void> respondText(http::Exchange& exchange, int status, std::string text);

    Kubelet& m_kubelet;
};

} // namespace kates::kubelet
