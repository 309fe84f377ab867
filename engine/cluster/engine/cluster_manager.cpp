#include "engine/cluster/engine/cluster_manager.h"

#include <algorithm>

#include "engine/api/json.h"

namespace kates::cluster {

namespace {

constexpr std::string_view kPrefix = "/clusters/";

Task<void> answer(http::Exchange& exchange, api::StatusError error)
{
    http::Headers headers{{"Content-Type", "application/json"}};
    co_await exchange.respond(error.code, std::move(headers), Bytes(api::toJson(error.toValue())));
}

Task<void> refuse(http::Exchange& exchange, int status, std::string why)
{
    api::StatusError error = status == 413 ? api::requestEntityTooLarge(why) : api::serviceUnavailable("the cluster's API server does not answer: " + why);
    co_await answer(exchange, std::move(error));
}

} // namespace

ClusterManager::ClusterManager(EngineContext& context)
    : m_context(context), m_informers(client::makeInformerFactory(context.loop, context.client)), m_clusters(m_informers->informer(resources::clusters)),
      m_http(http::makeClient(context.loop)), m_tasks(context.loop)
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

Task<void> ClusterManager::serve(http::Exchange& exchange, apiserver::UserInfo user)
{
    if (std::find(user.groups.begin(), user.groups.end(), "system:masters") == user.groups.end()) {
        co_await answer(exchange, api::unauthorized());
        co_return;
    }
    std::string_view rest = std::string_view(exchange.request().path).substr(kPrefix.size());
    const auto slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    auto uid = m_uids.find(name);
    auto runner = uid == m_uids.end() ? m_runners.end() : m_runners.find(uid->second);
    if (runner == m_runners.end()) {
        co_await answer(exchange, api::notFound({"engine.kates.dev", "clusters"}, name));
        co_return;
    }
    auto endpoint = runner->second->endpoint();
    if (!endpoint) {
        co_await answer(exchange, api::serviceUnavailable("the cluster " + name + " is not running; start it with: kates up " + name));
        co_return;
    }
    http::ForwardOptions options;
    options.endpoint = *endpoint;
    options.target = slash == std::string_view::npos ? "/" : std::string(rest.substr(slash));
    if (!exchange.request().query.empty())
        options.target += "?" + exchange.request().query;
    options.droppedHeaders = {"Authorization"}; // the engine's token is nothing to the cluster
    co_await http::forwardExchange(m_context.loop, *m_http, exchange, std::move(options), refuse);
}

} // namespace kates::cluster
