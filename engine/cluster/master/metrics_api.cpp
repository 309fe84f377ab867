#include "engine/cluster/master/metrics_api.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/api/json.h"
#include "engine/api/meta.h"
#include "engine/apiserver/respond/respond.h"

namespace kates::cluster {

namespace {

constexpr const char* kPrefix = "/apis/metrics.k8s.io/v1beta1/";
constexpr const char* kVersion = "metrics.k8s.io/v1beta1";
constexpr std::int64_t kNanoCoresPerMilli = 1'000'000;

api::Value usageOf(const api::Value& stats)
{
    return api::Value::object({{"cpu", std::to_string(stats.get("cpu", "usageNanoCores").asInt() / kNanoCoresPerMilli) + "m"},
        {"memory", std::to_string(stats.get("memory", "workingSetBytes").asInt() / 1024) + "Ki"}});
}

// What both kinds have, about `object`, as one summary says it.
api::Value metricsOf(const char* kind, const api::Value& object, const api::Value& summary)
{
    const api::ObjectMeta meta(object);
    api::Value metadata = api::Value::object({{"name", meta.name()}, {"creationTimestamp", summary.get("node", "cpu", "time")}});
    if (!meta.ns().empty())
        metadata.set("namespace", meta.ns());
    if (meta.labels().size() > 0)
        metadata.set("labels", meta.labels());
    return api::Value::object({{"kind", kind}, {"apiVersion", kVersion}, {"metadata", metadata}, {"timestamp", summary.get("node", "cpu", "time")},
        {"window", fmt::format("{:.3f}s", summary.get("windowSeconds").asDouble())}});
}

bool measures(const api::Value& node)
{
    return api::conditionIsTrue(node, "Ready") && api::ObjectMeta(node).label("kates.dev/simulated") != "true";
}

} // namespace

void MetricsApi::install(apiserver::ApiServer& server)
{
    server.addRoute(
        kPrefix, [this](http::Exchange& exchange, apiserver::UserInfo) { return serve(exchange); }, apiserver::RouteAccess::Authorized);
}

Task<void> MetricsApi::serve(http::Exchange& exchange)
{
    const http::Request& request = exchange.request();
    const http::Query query = http::Query::parse(request.query);
    auto document = co_await answer(apiserver::parseRequestInfo(request.method, request.path, query), query);
    if (document)
        co_await apiserver::respondValue(exchange, 200, std::move(*document));
    else
        co_await apiserver::respondStatus(exchange, document.error());
}

Task<api::ApiResult<api::Value>> MetricsApi::answer(apiserver::RequestInfo info, http::Query query)
{
    const bool nodes = info.resource == "nodes", one = info.verb == "get";
    const api::GroupResource resource{"metrics.k8s.io", info.resource};
    if (!nodes && info.resource != "pods")
        co_return api::ApiFailure(api::notFound(resource, info.name));
    if ((!one && info.verb != "list") || !info.subresource.empty())
        co_return api::ApiFailure(api::methodNotSupported(resource, info.verb));
    client::ListOptions selection;
    selection.labelSelector = query.get("labelSelector");
    selection.fieldSelector = one ? "metadata.name=" + info.name : std::string(query.get("fieldSelector"));
    api::ApiResult<std::vector<api::Value>> items = std::vector<api::Value>();
    if (nodes)
        items = co_await nodeMetrics(selection);
    else
        items = co_await podMetrics(info.ns, selection);
    if (!items)
        co_return api::ApiFailure(items.error());
    if (one && items->empty())
        co_return api::ApiFailure(api::notFound(resource, info.name));
    if (one)
        co_return items->front();
    co_return api::Value::object({{"kind", nodes ? "NodeMetricsList" : "PodMetricsList"}, {"apiVersion", kVersion}, {"metadata", api::Value::object()},
        {"items", api::Value::array(std::move(*items))}});
}

Task<void> MetricsApi::ask(std::string node, std::vector<api::Value>& into, TaskGroup& group)
{
    http::ClientRequest request;
    request.target = "/stats/summary";
    request.timeout = kStatsTimeout;
    request.stop = group.stopToken();
    auto body = co_await m_kubelets.ask(node, std::move(request), kStatsMaxBytes);
    auto summary = body ? api::parseJson(*body) : tl::unexpected(body.error());
    if (summary)
        into.push_back(std::move(*summary));
}

Task<std::vector<api::Value>> MetricsApi::summaries(std::vector<std::string> nodes)
{
    std::vector<api::Value> found;
    TaskGroup asking(m_loop);
    for (const std::string& node : nodes)
        asking.spawn(ask(node, found, asking));
    co_await asking.finished();
    co_return found;
}

Task<api::ApiResult<std::vector<api::Value>>> MetricsApi::nodeMetrics(client::ListOptions selection)
{
    auto nodes = co_await m_client->list(client::resources::nodes, {}, selection);
    if (!nodes)
        co_return api::ApiFailure(nodes.error());
    std::vector<std::string> names;
    for (const api::Value& node : nodes->items)
        if (measures(node))
            names.emplace_back(api::ObjectMeta(node).name());
    const std::vector<api::Value> found = co_await summaries(std::move(names));
    std::vector<api::Value> items;
    for (const api::Value& node : nodes->items)
        for (const api::Value& summary : found)
            if (summary.str("node", "nodeName") == api::ObjectMeta(node).name()) {
                api::Value metrics = metricsOf("NodeMetrics", node, summary);
                metrics.set("usage", usageOf(summary.get("node")));
                items.push_back(std::move(metrics));
            }
    co_return items;
}

Task<api::ApiResult<std::vector<api::Value>>> MetricsApi::podMetrics(std::string ns, client::ListOptions selection)
{
    auto pods = co_await m_client->list(client::resources::pods, ns, selection);
    auto nodes = co_await m_client->list(client::resources::nodes, {});
    if (!pods || !nodes)
        co_return api::ApiFailure(!pods ? pods.error() : nodes.error());
    std::map<std::string_view, const api::Value*> wanted; // by uid
    std::set<std::string> names;
    for (const api::Value& pod : pods->items)
        wanted.emplace(api::ObjectMeta(pod).uid(), &pod);
    for (const api::Value& node : nodes->items)
        if (measures(node))
            names.emplace(api::ObjectMeta(node).name());
    std::set<std::string> used;
    for (const api::Value& pod : pods->items)
        if (names.contains(std::string(pod.str("spec", "nodeName"))))
            used.emplace(pod.str("spec", "nodeName"));
    const std::vector<api::Value> found = co_await summaries({used.begin(), used.end()});
    std::vector<api::Value> items;
    for (const api::Value& summary : found)
        for (const api::Value& stats : summary.get("pods")) {
            const auto pod = wanted.find(stats.str("podRef", "uid"));
            if (pod == wanted.end() || stats.get("containers").size() == 0)
                continue;
            api::Value containers = api::Value::array();
            for (const api::Value& container : stats.get("containers"))
                containers.push(api::Value::object({{"name", container.str("name")}, {"usage", usageOf(container)}}));
            api::Value metrics = metricsOf("PodMetrics", *pod->second, summary);
            metrics.set("containers", containers);
            items.push_back(std::move(metrics));
        }
    co_return items;
}

} // namespace kates::cluster
