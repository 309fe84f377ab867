#include "engine/cluster/engine/engine.h"

#include <charconv>
#include <csignal>
#include <thread>

#include "engine/api/schema.h"
#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/base/random.h"
#include "engine/base/signals.h"
#include "engine/client/kubeconfig.h"
#include "engine/cluster/engine/cluster_manager.h"
#include "engine/cluster/engine/sample_image.h"
#include "engine/cluster/ready_line.h"
#include "engine/cluster/remote/remote_manager.h"
#include "engine/launcher/namespaces.h"
#include "engine/launcher/process_record.h"
#include "engine/store/embedded_store.h"

namespace kates::cluster {

namespace {

constexpr auto kStopGrace = std::chrono::seconds(2);

class Engine {
public:
    Engine(Loop& loop, EngineOptions options) : m_loop(loop), m_options(std::move(options)), m_processes(makeProcessLauncher(loop)), m_random(makeSystemRandom()) {}

    Task<Result<void>> start();
    Task<void> stop();
    int port() const { return m_server->port(); }

private:
    Result<std::string> token();
    Result<std::shared_ptr<http::TlsContext>> serverTls();
    Result<void> listen(std::shared_ptr<http::TlsContext> tls);
    Result<void> writeKubeconfig();
    Task<std::vector<launcher::PreflightCheck>> preflight();

    Loop& m_loop;
    EngineOptions m_options;
    std::unique_ptr<ProcessLauncher> m_processes;
    std::unique_ptr<Random> m_random;
    std::unique_ptr<launcher::Launcher> m_launcher;
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<apiserver::ApiServer> m_api;
    std::unique_ptr<http::Server> m_server;
    std::unique_ptr<EngineContext> m_context;
    std::unique_ptr<ClusterManager> m_clusters;
    std::unique_ptr<RemoteManager> m_remotes;
    std::string m_token, m_authorityPem;
    std::optional<Future<std::vector<launcher::PreflightCheck>>> m_preflight;
};

// Made once; whoever can read it is the user.
Result<std::string> Engine::token()
{
    const auto file = m_options.paths.engine() / "token";
    auto existing = readFile(file, 256);
    if (existing && !existing->empty())
        return existing;
    std::string made = m_random->hex(32);
    if (auto written = writeFileAtomically(file, made, 0600); !written)
        return tl::unexpected(written.error());
    return made;
}

Result<std::shared_ptr<http::TlsContext>> Engine::serverTls()
{
    auto pki = Pki::open(m_options.paths.engine() / "pki", "kates-engine-ca", m_loop.wallTime());
    if (!pki)
        return tl::unexpected(pki.error());
    m_authorityPem = pki->authorityPem();
    http::CertificateRequest request;
    request.commonName = "kates-engine";
    request.dnsNames = {"localhost"};
    request.ipAddresses = {"127.0.0.1", "::1"};
    request.server = true;
    auto pair = pki->issue("server", request, m_loop.wallTime());
    if (!pair)
        return tl::unexpected(pair.error());
    http::TlsServerOptions options;
    options.certificatePem = pair->certificatePem;
    options.keyPem = pair->keyPem;
    return http::makeServerTls(options);
}

// The port of the last time, so that kubeconfigs stay valid; another one when that is taken.
Result<void> Engine::listen(std::shared_ptr<http::TlsContext> tls)
{
    int remembered = 0;
    const std::string text = readFile(m_options.paths.enginePort(), 16).value_or(std::string());
    std::from_chars(text.data(), text.data() + text.size(), remembered);
    http::ListenOptions options;
    options.tls = std::move(tls);
    options.port = m_options.port ? m_options.port : remembered;
    auto server = http::listen(m_loop, options, m_api->handler());
    if (!server && m_options.port == 0) {
        options.port = 0;
        server = http::listen(m_loop, options, m_api->handler());
    }
    if (!server)
        return tl::unexpected(server.error());
    m_server = std::move(*server);
    return writeFileAtomically(m_options.paths.enginePort(), std::to_string(m_server->port()), 0600);
}

Result<void> Engine::writeKubeconfig()
{
    client::KubeContext context;
    context.name = "kates-engine";
    context.server = "https://127.0.0.1:" + std::to_string(m_server->port());
    context.caPem = m_authorityPem;
    context.token = m_token;
    if (auto made = makeDirectories(m_options.paths.config); !made)
        return made;
    return writeFileAtomically(m_options.paths.engineKubeconfig(), client::toKubeconfig(context), 0600);
}

// Forks and waits, so it has a thread of its own; the answer is kept for the engine's life.
Task<std::vector<launcher::PreflightCheck>> Engine::preflight()
{
    if (!m_preflight) {
        m_preflight.emplace();
        Future<std::vector<launcher::PreflightCheck>> checks = *m_preflight;
        std::thread([&loop = m_loop, data = m_options.paths.images(), checks] {
            auto found = launcher::preflight(data);
            loop.post([checks, found = std::move(found)] { checks.set(found); });
        }).detach();
    }
    Future<std::vector<launcher::PreflightCheck>> checks = *m_preflight;
    co_return co_await checks;
}

Task<Result<void>> Engine::start()
{
    for (const auto& directory : {m_options.paths.engine(), m_options.paths.images(), m_options.paths.clusters()})
        if (auto made = makeDirectories(directory); !made)
            co_return made;
    auto opened = store::openEmbeddedStore(m_loop, {m_options.paths.engineStore()});
    if (!opened)
        co_return tl::unexpected(opened.error());
    m_store = std::move(*opened);
    auto token = this->token();
    auto tls = serverTls();
    if (!token || !tls)
        co_return tl::unexpected(!token ? token.error() : tls.error());
    m_token = *token;

    apiserver::ApiServerOptions options;
    options.scheme = api::Scheme::engine();
    options.store = m_store;
    options.tokens = {{m_token, {"kates", "", {"system:masters"}}}};
    options.serviceClusterIpRange.clear();
    m_api = apiserver::makeApiServer(m_loop, std::move(options));
    auto started = co_await m_api->start();
    if (!started)
        co_return started;

    m_launcher = launcher::makeLocalLauncher(m_loop, *m_processes, m_options.program);
    apiserver::UserInfo self{"system:kates-engine", "", {"system:masters"}};
    m_context.reset(new EngineContext{m_loop, m_options.paths, m_api->clientFor(self), *m_launcher, *m_processes, [this] { return preflight(); },
        [this] { return loadSampleImage(m_loop, m_options.paths); }});
    m_clusters = std::make_unique<ClusterManager>(*m_context);
    m_remotes = std::make_unique<RemoteManager>(*m_context);
    m_api->addRoute(std::string(kClustersPath), [this](http::Exchange& exchange, apiserver::UserInfo user) {
        const bool remote = m_remotes->has(nameInPath(exchange.request().path));
        return remote ? m_remotes->serve(exchange, std::move(user)) : m_clusters->serve(exchange, std::move(user));
    });
    m_api->setConnectHandler("clusters", "metrics", [this](http::Exchange& exchange, api::Value cluster, std::string, std::string) {
        return m_clusters->serveMetrics(exchange, std::move(cluster));
    });
    if (auto listening = listen(*tls); !listening)
        co_return listening;
    if (auto written = writeKubeconfig(); !written)
        co_return written;
    m_clusters->start();
    auto watching = co_await m_remotes->start();
    co_return watching;
}

Task<void> Engine::stop()
{
    if (m_clusters)
        co_await m_clusters->stop();
    if (m_remotes)
        co_await m_remotes->stop();
    if (m_server)
        co_await m_server->stop(kStopGrace);
    if (m_api)
        co_await m_api->stop();
    if (m_store)
        co_await m_store->close();
}

Task<int> runUntil(Loop& loop, const EngineOptions& options, Event asked)
{
    Engine engine(loop, options);
    auto started = co_await engine.start();
    if (!started) {
        log::error("engine", started.error().message);
        co_await engine.stop();
        co_return 1;
    }
    log::info("engine", "serving", "port", engine.port());
    sayReady(std::to_string(engine.port()));
    co_await asked;
    log::info("engine", "stopping; clusters go on running");
    co_await engine.stop();
    co_return 0;
}

} // namespace

int runEngine(const EngineOptions& options)
{
    if (auto made = makeDirectories(options.paths.run); !made) {
        log::error("engine", made.error().message);
        return 1;
    }
    if (auto other = launcher::readProcessRecord(options.paths.engineRecord()); other) {
        log::error("engine", "another engine of this user runs already, with pid " + std::to_string(other->pid));
        return 1;
    }
    auto holder = launcher::ensureHolder(options.paths.run);
    Result<void> entered = holder ? launcher::enterNamespaces(*holder) : tl::unexpected(holder.error());
    if (entered)
        entered = launcher::writeProcessRecord(options.paths.engineRecord(), ::getpid());
    if (!entered) {
        log::error("engine", entered.error().message);
        return 1;
    }
    blockSignals({SIGTERM, SIGINT});
    auto loop = makeLoop();
    Event asked;
    Registration signals = onSignal(*loop, {SIGTERM, SIGINT}, [asked](int) { asked.set({}); });
    const int code = runToCompletion(*loop, runUntil(*loop, options, asked));
    std::error_code ignored;
    std::filesystem::remove(options.paths.engineRecord(), ignored);
    return code;
}

} // namespace kates::cluster
