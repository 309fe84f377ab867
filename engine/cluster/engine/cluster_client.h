// The engine's own view of a cluster that runs: its API and its nodes.
#pragma once

#include <functional>
#include <memory>

#include "engine/client/http_client.h"
#include "engine/client/informer.h"

namespace kates::cluster {

class ClusterClient {
public:
    // `changed` is called when a node has come, gone or changed.
    ClusterClient(Loop& loop, client::ApiEndpoint endpoint, std::function<void()> changed);
    void start();
    Task<void> stop();
    bool synced() const;

    struct Counts {
        int ready = 0, simulatedReady = 0;
    };
    Counts readyNodes() const;
    client::Client& api() { return *m_client; }

private:
    std::shared_ptr<client::Client> m_client;
    std::unique_ptr<client::InformerFactory> m_informers;
    client::Informer& m_nodes;
};

} // namespace kates::cluster
