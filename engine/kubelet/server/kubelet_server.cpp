#include "engine/kubelet/server/kubelet_server.h"

#include <algorithm>

#include "engine/api/json.h"

namespace kates::kubelet {

namespace {

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        const auto slash = path.find('/', 1);
        auto part = http::percentDecode(path.substr(1, slash == std::string_view::npos ? slash : slash - 1));
        parts.push_back(part.value_or(std::string()));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
    }
    return parts;
}

bool fromApiServer(const http::Request& request)
{
    if (!request.peer)
        return false;
    const auto& groups = request.peer->organizations;
    return std::find(groups.begin(), groups.end(), "system:masters") != groups.end();
}

} // namespace

Task<void> KubeletServer::respondText(http::Exchange& exchange, int status, std::string text)
{
    http::Headers headers{{"Content-Type", "text/plain"}};
    co_await exchange.respond(status, std::move(headers), Bytes(std::move(text)));
}

Task<void> KubeletServer::serve(http::Exchange& exchange)
{
    if (exchange.request().path == "/healthz") {
        co_await respondText(exchange, 200, "ok");
        co_return;
    }
    if (!fromApiServer(exchange.request())) {
        co_await respondText(exchange, 401, "Unauthorized");
        co_return;
    }
    std::vector<std::string> path = split(exchange.request().path);
    co_await route(exchange, std::move(path));
}

Task<void> KubeletServer::route(http::Exchange& exchange, std::vector<std::string> path)
{
    const std::string first = path.empty() ? "" : path[0];
    if (first == "pods" && path.size() == 1)
        co_await listPods(exchange);
    else if (first == "stats" && path.size() == 2 && path[1] == "summary" && !m_kubelet.simulated())
        co_await statsSummary(exchange);
    else if (first == "containerLogs" && path.size() == 4)
        co_await containerLogs(exchange, path[1], path[2], path[3]);
    else if ((first == "exec" || first == "attach") && path.size() == 4)
        co_await remoteCommand(exchange, first == "attach", path[1], path[2], path[3]);
    else if (first == "portForward" && path.size() == 3)
        co_await portForward(exchange, path[1], path[2]);
    else
        co_await respondText(exchange, 404, "404 page not found");
}

Task<void> KubeletServer::listPods(http::Exchange& exchange)
{
    api::Value list = api::Value::object({{"kind", "PodList"}, {"apiVersion", "v1"}, {"metadata", api::Value::object()}, {"items", api::Value::array(m_kubelet.pods())}});
    http::Headers headers{{"Content-Type", "application/json"}};
    co_await exchange.respond(200, std::move(headers), Bytes(api::toJson(list)));
}

} // namespace kates::kubelet
