#include "engine/cluster/engine/cluster_client.h"

namespace kates::cluster {

ClusterClient::ClusterClient(Loop& loop, client::ApiEndpoint endpoint, std::function<void()> changed)
    : m_client(client::makeHttpClient(loop, std::move(endpoint))), m_informers(client::makeInformerFactory(loop, m_client)),
      m_nodes(m_informers->informer(client::resources::nodes))
{
    client::InformerHandler handler;
    handler.added = [changed](const api::Value&) { changed(); };
    handler.updated = [changed](const api::Value& before, const api::Value& after) {
        if (api::conditionIsTrue(before, "Ready") != api::conditionIsTrue(after, "Ready"))
            changed();
    };
    handler.deleted = [changed](const api::Value&) { changed(); };
    handler.synced = changed;
    m_nodes.addHandler(std::move(handler));
}

void ClusterClient::start()
{
    m_informers->start();
}

Task<void> ClusterClient::stop()
{
    co_await m_informers->stop();
}

bool ClusterClient::synced() const
{
    return m_nodes.synced();
}

ClusterClient::Counts ClusterClient::readyNodes() const
{
    Counts counts;
    m_nodes.forEach([&](const api::Value& node) {
        if (api::conditionIsTrue(node, "Ready"))
            ++(api::ObjectMeta(node).label("kates.dev/simulated") == "true" ? counts.simulatedReady : counts.ready);
    });
    return counts;
}

} // namespace kates::cluster
