// One RemoteCluster: the way from /clusters/<name>/… to an API server that somebody else runs, and what is known about it as the object's status.
//
// Lazy: reading the kubeconfig connects to nothing and runs nothing. The first request does, or a changed annotation engine.kates.dev/probe.
// Lives until stop() is done and no request passes through it any more. Runs on the loop's thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/client/status_writer.h"
#include "engine/cluster/engine/engine_context.h"
#include "engine/cluster/remote/remote_credentials.h"
#include "engine/http/server.h"

namespace kates::cluster {

constexpr const char* kProbeAnnotation = "engine.kates.dev/probe";
constexpr auto kProbeTimeout = std::chrono::seconds(10);
constexpr std::size_t kVersionMaxBytes = 64u << 10;

class RemoteCluster : public std::enable_shared_from_this<RemoteCluster> {
public:
    RemoteCluster(EngineContext& context, client::LoginPath& path, api::Value object);

    // The object, and its Secret; null: there is none.
    void update(api::Value object, api::Value secret);
    const api::Value& object() const { return m_object; }
    std::string secretName() const { return std::string(m_object.str("spec", "kubeconfigSecretRef", "name")); }

    // Answers in every case. `path` is what stands behind /clusters/<name>, encoded.
    Task<void> serve(http::Exchange& exchange, std::string path);
    // Cuts whatever passes, and kills a plug-in that runs.
    Task<void> stop();

private:
    struct Reachable {
        std::string status = "Unknown", reason = "NotConnected", message = "nothing has asked for it yet";
    };
    // remote_cluster.cpp
    Task<void> load(api::Value secret, std::string version);
    Task<Result<std::shared_ptr<RemoteCredentials>>> read(api::Value secret);
    void judge();
    void set(Reachable reachable);
    void publish();
    void cut();
    void dropCredentials();
    std::string approvedCommand() const { return std::string(m_object.str("spec", "execPlugin", "approvedCommand")); }
    bool readOnly() const { return m_object.str("spec", "access") != "ReadWrite"; }
    void probeWhenAsked();
    Task<void> probe(std::string asked);
    Task<void> fetchVersion();

    // remote_serve.cpp
    Task<std::optional<api::StatusError>> refusal(http::Exchange& exchange, const std::string& path, std::optional<std::string>& body);
    Task<void> forward(http::Exchange& exchange, std::string path, std::optional<std::string> body);
    Task<void> refuse(http::Exchange& exchange, std::string path, int status, Error why);
    void answered(int status, const std::shared_ptr<RemoteCredentials>& credentials, const RemoteConnection& connection);
    void failed(const Error& why);
    api::StatusError forbidden(const std::string& why) const;

    EngineContext& m_context;
    client::LoginPath& m_path;
    api::Value m_object;
    std::string m_name, m_secretVersion = "unread";
    std::shared_ptr<RemoteCredentials> m_credentials; // none: m_reachable says why
    Event m_loaded;                                   // the present Secret has been read
    std::unique_ptr<http::Client> m_http;
    Reachable m_reachable;
    std::string m_version, m_observedProbe, m_probing;
    bool m_versionKnown = false; // asked for since the connection was last found broken
    bool m_stopped = false;
    std::stop_source m_cut; // of everything that passes now
    client::StatusWriter m_status;
    TaskGroup m_tasks;
};

} // namespace kates::cluster
