#include "engine/cluster/master/master.h"

#include <csignal>

#include "engine/apiserver/api_server.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/base/signals.h"
#include "engine/client/informer.h"
#include "engine/cluster/master/kubelet_proxy.h"
#include "engine/cluster/master/metrics_api.h"
#include "engine/cluster/pki.h"
#include "engine/cluster/ready_line.h"
#include "engine/controllers/controller_manager.h"
#include "engine/network/node_network.h"
#include "engine/scheduler/scheduler.h"
#include "engine/store/embedded_store.h"

namespace kates::cluster {

namespace {

constexpr auto kStopGrace = std::chrono::seconds(2);
constexpr int kNodePodBits = 24; // each node gets a /24 of the cluster's pod network

class Master {
public:
    Master(Loop& loop, MachineConfig config) : m_loop(loop), m_config(std::move(config)), m_random(makeSystemRandom()) {}
    Task<Result<void>> start();
    Task<void> stop();
    int port() const { return m_server->port(); }

private:
    Result<std::shared_ptr<http::TlsContext>> serverTls(const Pki& pki);
    Result<std::shared_ptr<http::TlsContext>> kubeletTls(const Pki& pki);
    apiserver::ApiServerOptions apiOptions(const std::string& serviceAccountKey);
    Result<void> startComponents(const std::string& authorityPem);

    Loop& m_loop;
    MachineConfig m_config;
    std::unique_ptr<Random> m_random;
    std::shared_ptr<api::Scheme> m_scheme;
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<apiserver::ApiServer> m_api;
    std::unique_ptr<http::Server> m_server;
    std::unique_ptr<KubeletProxy> m_kubelets;
    std::unique_ptr<MetricsApi> m_metrics;
    std::unique_ptr<client::InformerFactory> m_informers; // shared by controllers and scheduler
    std::unique_ptr<controllers::ControllerManager> m_controllers;
    std::unique_ptr<client::EventBroadcaster> m_schedulerEvents;
    std::unique_ptr<scheduler::Scheduler> m_scheduler;
};

// Names and addresses by which clients know the API server: the host's loopback, and the kubernetes Service inside the cluster.
Result<std::shared_ptr<http::TlsContext>> Master::serverTls(const Pki& pki)
{
    http::CertificateRequest request;
    request.commonName = "kube-apiserver";
    request.dnsNames = {"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + m_config.networking.clusterDomain};
    request.ipAddresses = {"127.0.0.1", "::1", m_config.networking.serviceAddress(kKubernetesService), network::kApiServerAddress};
    request.server = true;
    auto pair = pki.issue(m_config.certificate, request, m_loop.wallTime());
    if (!pair)
        return tl::unexpected(pair.error());
    http::TlsServerOptions options;
    options.certificatePem = pair->certificatePem;
    options.keyPem = pair->keyPem;
    options.clientCaPem = pki.authorityPem();
    return http::makeServerTls(options);
}

Result<std::shared_ptr<http::TlsContext>> Master::kubeletTls(const Pki& pki)
{
    http::CertificateRequest request;
    request.commonName = "kube-apiserver-kubelet-client";
    request.organizations = {"system:masters"};
    request.client = true;
    auto pair = pki.issue("apiserver-kubelet-client", request, m_loop.wallTime());
    if (!pair)
        return tl::unexpected(pair.error());
    http::TlsClientOptions options;
    options.caPem = pki.authorityPem();
    options.certificatePem = pair->certificatePem;
    options.keyPem = pair->keyPem;
    return http::makeClientTls(options);
}

apiserver::ApiServerOptions Master::apiOptions(const std::string& serviceAccountKey)
{
    apiserver::ApiServerOptions options;
    options.scheme = m_scheme;
    options.store = m_store;
    options.serviceAccountKeyPem = serviceAccountKey;
    options.serviceAccountIssuer = "https://kubernetes.default.svc." + m_config.networking.clusterDomain;
    options.serviceClusterIpRange = m_config.networking.serviceCidr;
    options.serverAddress = std::string(network::kApiServerAddress) + ":" + std::to_string(network::kApiServerPort);
    return options;
}

Task<Result<void>> Master::start()
{
    auto pki = Pki::open(m_config.pki, "kates-" + m_config.cluster + "-ca", m_loop.wallTime());
    if (!pki)
        co_return tl::unexpected(pki.error());
    auto tls = serverTls(*pki);
    auto forKubelets = kubeletTls(*pki);
    auto key = pki->serviceAccountKey();
    if (!tls || !forKubelets || !key)
        co_return tl::unexpected(!tls ? tls.error() : !forKubelets ? forKubelets.error() : key.error());
    auto opened = store::openEmbeddedStore(m_loop, {m_config.directory / "store.db"});
    if (!opened)
        co_return tl::unexpected(opened.error());
    m_store = std::move(*opened);
    m_scheme = api::Scheme::kubernetes();
    m_api = apiserver::makeApiServer(m_loop, apiOptions(*key));
    auto loaded = co_await m_api->start();
    if (!loaded)
        co_return loaded;

    m_kubelets = std::make_unique<KubeletProxy>(m_loop, m_api->clientFor({"system:apiserver", "", {"system:masters"}}), *forKubelets);
    m_kubelets->install(*m_api);
    m_metrics = std::make_unique<MetricsApi>(m_loop, m_api->clientFor({"system:apiserver", "", {"system:masters"}}), *m_kubelets);
    m_metrics->install(*m_api);
    http::ListenOptions listen;
    listen.address = m_config.serverAddress;
    listen.port = m_config.serverPort;
    listen.tls = *tls;
    auto server = http::listen(m_loop, listen, m_api->handler());
    if (!server)
        co_return tl::unexpected(server.error());
    m_server = std::move(*server);
    co_return startComponents(pki->authorityPem());
}

Result<void> Master::startComponents(const std::string& authorityPem)
{
    auto podNetworks = controllers::CidrSet::create(m_config.networking.podCidr, kNodePodBits);
    if (!podNetworks)
        return tl::unexpected(podNetworks.error());
    auto controllerClient = m_api->clientFor({"system:kube-controller-manager", "", {"system:masters"}});
    m_informers = client::makeInformerFactory(m_loop, controllerClient);
    controllers::ControllerManagerOptions options;
    options.caPem = authorityPem;
    options.podNetworks = std::move(*podNetworks);
    options.servedResources = [scheme = m_scheme] { return controllers::servedResourcesOf(*scheme); };
    m_controllers = std::make_unique<controllers::ControllerManager>(m_loop, controllerClient, *m_informers, *m_random, std::move(options));

    auto schedulerClient = m_api->clientFor({"system:kube-scheduler", "", {"system:masters"}});
    m_schedulerEvents = std::make_unique<client::EventBroadcaster>(m_loop, schedulerClient);
    m_scheduler = std::make_unique<scheduler::Scheduler>(m_loop, schedulerClient, *m_informers, client::EventRecorder(*m_schedulerEvents, scheduler::kSchedulerName));
    m_informers->start();
    m_schedulerEvents->start();
    m_controllers->start();
    m_scheduler->start();
    return {};
}

Task<void> Master::stop()
{
    if (m_scheduler) {
        co_await m_scheduler->stop();
        co_await m_controllers->stop();
        co_await m_schedulerEvents->stop();
        co_await m_informers->stop();
    }
    if (m_server)
        co_await m_server->stop(kStopGrace);
    if (m_api)
        co_await m_api->stop();
    if (m_store)
        co_await m_store->close();
}

Task<int> runUntil(Loop& loop, MachineConfig config, Event asked)
{
    Master master(loop, config);
    auto started = co_await master.start();
    if (!started) {
        log::error("master", started.error().message);
        co_await master.stop();
        co_return 1;
    }
    log::info("master", "serving", "port", master.port());
    sayReady(std::to_string(master.port()));
    co_await asked;
    log::info("master", "stopping");
    co_await master.stop();
    co_return 0;
}

} // namespace

int runMaster(const MachineConfig& config)
{
    blockSignals({SIGTERM, SIGINT});
    auto loop = makeLoop();
    Event asked;
    Registration signals = onSignal(*loop, {SIGTERM, SIGINT}, [asked](int) { asked.set({}); });
    return runToCompletion(*loop, runUntil(*loop, config, asked));
}

} // namespace kates::cluster
