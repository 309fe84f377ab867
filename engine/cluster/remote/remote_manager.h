// The RemoteClusters of the engine: follows the objects and their Secrets, serves /clusters/<name>/… for them, and removes the Secrets that belong to
// one which is gone.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/apiserver/api_server.h"
#include "engine/client/informer.h"
#include "engine/client/login_path.h"
#include "engine/cluster/remote/remote_cluster.h"

namespace kates::cluster {

class RemoteManager {
public:
    explicit RemoteManager(EngineContext& context);
    // Makes namespace kates-system and begins to follow.
    Task<Result<void>> start();
    Task<void> stop();
    bool has(const std::string& name) const { return m_remotes.contains(name); }
    // For a name that has() knows. Only the engine's owner (group system:masters) may.
    Task<void> serve(http::Exchange& exchange, apiserver::UserInfo user);

private:
    void changed(const api::Value& remote);
    void secretChanged(const api::Value& secret);
    void gone(const api::Value& remote);
    void synced();
    void refresh(RemoteCluster& remote, const api::Value& object);
    Task<void> end(std::shared_ptr<RemoteCluster> remote);
    Task<void> removeSecrets(std::vector<std::string> names);
    // Of RemoteClusters that are not there any more, by their owner references.
    std::vector<std::string> orphans() const;

    EngineContext& m_context;
    client::LoginPath m_path;
    std::unique_ptr<client::InformerFactory> m_informers;
    client::Informer& m_objects;
    client::Informer& m_secrets;
    std::map<std::string, std::shared_ptr<RemoteCluster>> m_remotes; // by name
    TaskGroup m_tasks;
};

} // namespace kates::cluster
