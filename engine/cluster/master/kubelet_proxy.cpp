#include "engine/cluster/master/kubelet_proxy.h"

#include <charconv>

#include "engine/api/json.h"
#include "engine/api/meta.h"

namespace kates::cluster {

namespace {

Task<void> answer(http::Exchange& exchange, api::StatusError error)
{
    http::Headers headers{{"Content-Type", "application/json"}};
    co_await exchange.respond(error.code, std::move(headers), Bytes(api::toJson(error.toValue())));
}

Task<void> refuse(http::Exchange& exchange, int status, Error why)
{
    api::StatusError error = status == 413 ? api::requestEntityTooLarge(why.message) : api::internalError("error dialing backend: " + why.message);
    co_await answer(exchange, std::move(error));
}

// The API says ports=80&ports=443 (PodPortForwardOptions), the kubelet reads port=80,443.
std::string kubeletQuery(const http::Query& query, std::string_view subresource)
{
    if (subresource != "portforward")
        return query.toString();
    std::string ports;
    for (const std::string_view port : query.all("ports"))
        ports += (ports.empty() ? "" : ",") + std::string(port);
    http::Query translated;
    for (const auto& [name, value] : query.items()) {
        if (name != "ports")
            translated.add(name, value);
    }
    if (!ports.empty())
        translated.add("port", ports);
    return translated.toString();
}

} // namespace

KubeletProxy::KubeletProxy(Loop& loop, std::shared_ptr<client::Client> client, std::shared_ptr<http::TlsContext> tls)
    : m_loop(loop), m_client(std::move(client)), m_tls(std::move(tls)), m_http(http::makeClient(loop))
{
}

void KubeletProxy::install(apiserver::ApiServer& server)
{
    for (const char* subresource : {"log", "exec", "attach", "portforward"})
        server.setConnectHandler("pods", subresource,
            [this](http::Exchange& exchange, api::Value pod, std::string name, std::string rest) { return serve(exchange, std::move(pod), std::move(name), std::move(rest)); });
}

// Where a local node's kubelet listens stands in an annotation (host loopback); other nodes are reached at their address.
Task<api::ApiResult<http::Endpoint>> KubeletProxy::kubeletOf(std::string nodeName)
{
    auto node = co_await m_client->get(client::resources::nodes, {}, nodeName);
    if (!node)
        co_return tl::unexpected(node.error());
    http::Endpoint endpoint;
    endpoint.tls = m_tls;
    const std::string address(api::ObjectMeta(*node).annotation("kates.dev/kubelet-address"));
    if (const auto colon = address.rfind(':'); colon != std::string::npos) {
        endpoint.host = address.substr(0, colon);
        std::from_chars(address.data() + colon + 1, address.data() + address.size(), endpoint.port);
    } else {
        for (const api::Value& one : node->get("status", "addresses"))
            if (one.str("type") == "InternalIP")
                endpoint.host = one.str("address");
        endpoint.port = static_cast<int>(node->get("status", "daemonEndpoints", "kubeletEndpoint", "Port").asInt());
    }
    if (endpoint.host.empty() || endpoint.port == 0)
        co_return tl::unexpected(api::serviceUnavailable("the node " + nodeName + " has not said where its kubelet listens"));
    co_return endpoint;
}

Task<Result<std::string>> KubeletProxy::ask(std::string nodeName, http::ClientRequest request, std::size_t bodyMaxBytes)
{
    auto endpoint = co_await kubeletOf(nodeName);
    if (!endpoint)
        co_return failure(endpoint.error().message);
    http::Endpoint to = *endpoint;
    auto response = co_await m_http->send(to, std::move(request));
    if (!response)
        co_return tl::unexpected(response.error());
    if ((*response)->status() != 200)
        co_return failure("the kubelet of node " + nodeName + " answers with status " + std::to_string((*response)->status()));
    co_return co_await (*response)->readAll(bodyMaxBytes);
}

api::ApiResult<std::string> KubeletProxy::containerOf(const api::Value& pod, const http::Query& query)
{
    const std::string wanted(query.get("container"));
    std::string names, init;
    for (const char* list : {"containers", "initContainers", "ephemeralContainers"}) {
        for (const api::Value& container : pod.get("spec", list)) {
            if (container.str("name") == wanted)
                return wanted;
            std::string& into = std::string_view(list) == "containers" ? names : init;
            into += (into.empty() ? "" : " ") + std::string(container.str("name"));
        }
    }
    const std::string name(api::ObjectMeta(pod).name());
    if (!wanted.empty())
        return tl::unexpected(api::badRequest("container " + wanted + " is not valid for pod " + name));
    if (pod.get("spec", "containers").size() == 1)
        return names;
    return tl::unexpected(api::badRequest("a container name must be specified for pod " + name + ", choose one of: [" + names + "]" + (init.empty() ? "" : " or one of the init containers: [" + init + "]")));
}

Task<void> KubeletProxy::serve(http::Exchange& exchange, api::Value pod, std::string subresource, std::string rest)
{
    (void)rest;
    const api::ObjectMeta meta(pod);
    const std::string node(pod.get("spec").str("nodeName"));
    if (node.empty()) {
        co_await answer(exchange, api::badRequest("pod " + std::string(meta.name()) + " does not have a host assigned"));
        co_return;
    }
    const http::Query query = http::Query::parse(exchange.request().query);
    std::string path = subresource == "log" ? "containerLogs" : subresource == "portforward" ? "portForward" : subresource;
    path = "/" + path + "/" + http::percentEncode(meta.ns()) + "/" + http::percentEncode(meta.name());
    if (subresource != "portforward") {
        auto container = containerOf(pod, query);
        if (!container) {
            co_await answer(exchange, container.error());
            co_return;
        }
        path += "/" + http::percentEncode(*container);
    }
    auto endpoint = co_await kubeletOf(node);
    if (!endpoint) {
        co_await answer(exchange, endpoint.error());
        co_return;
    }
    http::ForwardOptions options;
    options.endpoint = *endpoint;
    options.target = path + (query.empty() ? "" : "?" + kubeletQuery(query, subresource));
    options.droppedHeaders = {"Authorization"}; // the client's credentials stay here
    co_await http::forwardExchange(m_loop, *m_http, exchange, std::move(options), refuse);
}

} // namespace kates::cluster
