#include "engine/cluster/engine/cluster_manager.h"

#include <algorithm>

#include "engine/apiserver/respond/respond.h"

namespace kates::cluster {

namespace {

Task<void> refuse(http::Exchange& exchange, int status, Error why)
{
    api::StatusError error = status == 413 ? api::requestEntityTooLarge(why.message) : api::serviceUnavailable("the cluster's API server does not answer: " + why.message);
    co_await apiserver::respondStatus(exchange, error);
}

} // namespace

std::string nameInPath(std::string_view path)
{
    path.remove_prefix(kClustersPath.size());
    return std::string(path.substr(0, path.find('/')));
}

std::string restOfPath(std::string_view path)
{
    const auto slash = path.find('/', kClustersPath.size());
    return slash == std::string_view::npos ? "/" : std::string(path.substr(slash));
}

bool mayPass(const apiserver::UserInfo& user)
{
    return std::find(user.groups.begin(), user.groups.end(), "system:masters") != user.groups.end();
}

ClusterManager::ClusterManager(EngineContext& context)
    : m_context(context), m_informers(client::makeInformerFactory(context.loop, context.client)), m_clusters(m_informers->informer(resources::clusters)),
      m_http(http::makeClient(context.loop)), m_metrics(context.loop), m_tasks(context.loop)
{
    client::InformerHandler handler;
    handler.added = [this](const api::Value& cluster) { changed(cluster); };
    handler.updated = [this](const api::Value&, const api::Value& cluster) { changed(cluster); };
    m_clusters.addHandler(std::move(handler));
}

void ClusterManager::start()
{
    m_informers->start();
}

void ClusterManager::changed(const api::Value& cluster)
{
    const std::string uid(api::ObjectMeta(cluster).uid());
    if (auto found = m_runners.find(uid); found != m_runners.end()) {
        found->second->update(cluster);
        return;
    }
    if (m_tasks.stopToken().stop_requested())
        return;
    m_runners[uid] = std::make_unique<ClusterRunner>(m_context, cluster);
    m_uids[std::string(api::ObjectMeta(cluster).name())] = uid;
    m_tasks.spawn(runOne(uid));
}

Task<void> ClusterManager::runOne(std::string uid)
{
    co_await yieldTo(m_context.loop);
    ClusterRunner* runner = m_runners.at(uid).get();
    co_await runner->run();
    co_await yieldTo(m_context.loop);
    m_runners.erase(uid);
    std::erase_if(m_uids, [&](const auto& entry) { return entry.second == uid; });
}

Task<void> ClusterManager::stop()
{
    m_tasks.requestStop();
    for (auto& [uid, runner] : m_runners)
        runner->abandon();
    co_await m_tasks.finished();
    co_await m_informers->stop();
}

Task<void> ClusterManager::serveMetrics(http::Exchange& exchange, api::Value cluster)
{
    const auto runner = m_runners.find(std::string(api::ObjectMeta(cluster).uid()));
    std::vector<ClusterMetrics::Watched> running;
    if (runner != m_runners.end())
        running = runner->second->processes();
    api::Value document = co_await m_metrics.of(std::string(api::ObjectMeta(cluster).name()), std::move(running));
    co_await apiserver::respondValue(exchange, 200, std::move(document));
}

Task<void> ClusterManager::serve(http::Exchange& exchange, apiserver::UserInfo user)
{
    const std::string name = nameInPath(exchange.request().path);
    auto uid = m_uids.find(name);
    auto runner = uid == m_uids.end() ? m_runners.end() : m_runners.find(uid->second);
    auto endpoint = runner == m_runners.end() ? std::nullopt : runner->second->endpoint();
    std::optional<api::StatusError> refused;
    if (!mayPass(user))
        refused = api::unauthorized();
    else if (runner == m_runners.end())
        refused = api::notFound({"engine.kates.dev", "clusters"}, name);
    else if (!endpoint)
        refused = api::serviceUnavailable("the cluster " + name + " is not running; start it with: kates up " + name);
    if (refused) {
        co_await apiserver::respondStatus(exchange, *refused);
        co_return;
    }
    http::ForwardOptions options;
    options.endpoint = *endpoint;
    options.target = restOfPath(exchange.request().path);
    if (!exchange.request().query.empty())
        options.target += "?" + exchange.request().query;
    options.droppedHeaders = {"Authorization"}; // the engine's token is nothing to the cluster
    co_await http::forwardExchange(m_context.loop, *m_http, exchange, std::move(options), refuse);
}

} // namespace kates::cluster
