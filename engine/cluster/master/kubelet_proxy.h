// pods/log, exec, attach, portforward and nodes/proxy: handed on to the kubelet of the pod's node.
#pragma once

#include "engine/apiserver/api_server.h"
#include "engine/http/reverse_proxy.h"

namespace kates::cluster {

class KubeletProxy {
public:
    // `tls`: a client context with the API server's certificate for kubelets.
    KubeletProxy(Loop& loop, std::shared_ptr<client::Client> client, std::shared_ptr<http::TlsContext> tls);
    void install(apiserver::ApiServer& server);
    // The body of a 200 from that node's kubelet; everything else is an error.
    [[nodiscard]] Task<Result<std::string>> ask(std::string nodeName, http::ClientRequest request, std::size_t bodyMaxBytes);

private:
    Task<void> serve(http::Exchange& exchange, api::Value pod, std::string subresource, std::string rest);
    Task<api::ApiResult<http::Endpoint>> kubeletOf(std::string nodeName);
    static api::ApiResult<std::string> containerOf(const api::Value& pod, const http::Query& query);

    Loop& m_loop;
    std::shared_ptr<client::Client> m_client;
    std::shared_ptr<http::TlsContext> m_tls;
    std::unique_ptr<http::Client> m_http;
};

} // namespace kates::cluster
