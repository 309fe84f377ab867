// What every node process needs to talk to its cluster: credentials, client, events, and the kubelet's own server certificate.
#pragma once

#include <memory>

#include "engine/client/event_recorder.h"
#include "engine/client/http_client.h"
#include "engine/client/informer.h"
#include "engine/cluster/machine_config.h"
#include "engine/http/server.h"

namespace kates::cluster {

struct NodeClient {
    std::shared_ptr<client::Client> api;
    std::shared_ptr<http::TlsContext> servingTls;

    // Issues `system:node:<name>` in group system:nodes (a simulated host uses the machine's name) and the serving certificate.
    [[nodiscard]] static Result<NodeClient> make(Loop& loop, const MachineConfig& config, const std::string& nodeName);
};

} // namespace kates::cluster
