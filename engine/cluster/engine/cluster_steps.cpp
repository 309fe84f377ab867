// The steps from an empty directory to a cluster whose nodes are all Ready.
#include <arpa/inet.h>
#include <sys/socket.h>

#include "engine/base/files.h"
#include "engine/base/log.h"
#include "engine/cluster/engine/cluster_runner.h"

namespace kates::cluster {

namespace {

constexpr const char* kCheckHost = "Check the host";
constexpr const char* kCertificates = "Issue certificates";
constexpr const char* kControlPlane = "Start the control plane";
constexpr const char* kSampleImage = "Load the sample image";
constexpr const char* kNodes = "Start the nodes";
constexpr const char* kReady = "Wait until all nodes are Ready";

// Without these no container can run at all.
bool isFatal(const launcher::PreflightCheck& check)
{
    return check.name == "user-namespaces" || check.name == "namespaces" || check.name == "conmon" || check.name == "oci-runtime";
}

// Whether a server can listen on this port of the loopback now; 0 asks for any free one. Gives the port.
Result<int> tryPort(int port)
{
    OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int one = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        return systemFailure("the port " + std::to_string(port) + " can't be used");
    socklen_t size = sizeof address;
    ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

} // namespace

Task<bool> ClusterRunner::checkHost()
{
    if (m_steps.isDone(kCheckHost))
        co_return true;
    m_steps.clear();
    for (const char* step : {kCheckHost, kCertificates, kControlPlane, kSampleImage, kNodes, kReady})
        m_steps.announce(step);
    m_steps.begin(kCheckHost);
    publish();
    m_preflight = co_await m_context.preflight();
    int warnings = 0;
    for (const launcher::PreflightCheck& check : m_preflight) {
        warnings += !check.ok;
        if (check.ok || !isFatal(check) || m_cluster.get("spec", "nodes").asInt() == 0)
            continue;
        m_failed = true;
        m_failure = check.message;
        m_steps.fail(kCheckHost, check.message + ": " + check.lost, check.fix);
        co_return false;
    }
    m_steps.done(kCheckHost, warnings == 0 ? "everything that Kates uses is there" : std::to_string(warnings) + " things are missing; kates status tells what is lost");
    co_return true;
}

bool ClusterRunner::issueCertificates()
{
    if (m_steps.isDone(kCertificates))
        return true;
    m_steps.begin(kCertificates);
    const WallTime now = m_context.loop.wallTime();
    auto pki = Pki::open(m_context.paths.clusterPki(m_name), "kates-" + m_name + "-ca", now);
    std::string problem = pki ? "" : pki.error().message;
    Result<http::CertificatePair> admin;
    if (pki) {
        m_pki = std::make_unique<Pki>(std::move(*pki));
        http::CertificateRequest request;
        request.commonName = "kates-engine";
        request.organizations = {"system:masters"};
        request.client = true;
        admin = m_pki->issue("admin", request, now);
        auto key = m_pki->serviceAccountKey();
        problem = !admin ? admin.error().message : !key ? key.error().message : "";
    }
    if (problem.empty()) {
        http::TlsClientOptions options;
        options.caPem = m_pki->authorityPem();
        options.certificatePem = admin->certificatePem;
        options.keyPem = admin->keyPem;
        auto tls = http::makeClientTls(options);
        if (tls)
            m_adminTls = *tls;
        else
            problem = tls.error().message;
    }
    if (!problem.empty()) {
        m_failed = true;
        m_failure = problem;
        m_steps.fail(kCertificates, problem, "Make the directory " + m_context.paths.clusterPki(m_name).string() + " writable, or delete and create the cluster again");
        return false;
    }
    m_steps.done(kCertificates);
    return true;
}

// The port that the user asked for, the one of the last start, or any free one.
bool ClusterRunner::choosePort()
{
    auto master = m_machines.find("master-0");
    if (m_port > 0 && master != m_machines.end() && master->second->running())
        return true;
    const int wanted = static_cast<int>(m_cluster.get("spec", "apiServerPort").asInt());
    Machine& machine = this->machine("master-0", configOf("Master", 0));
    machine.adopt();
    if (machine.running())
        return true;
    auto port = tryPort(wanted ? wanted : m_port);
    if (!port && !wanted)
        port = tryPort(0); // somebody else has taken the old one meanwhile
    if (port) {
        m_port = *port;
        return true;
    }
    m_failed = true;
    m_failure = port.error().message;
    m_steps.fail(kControlPlane, port.error().message, "Stop the program that uses the port, or set spec.apiServerPort to another one (0: any free port)");
    return false;
}

MachineConfig ClusterRunner::configOf(const std::string& role, int index) const
{
    const api::Value& spec = m_cluster.get("spec");
    const api::Value& networking = spec.get("networking");
    MachineConfig config;
    config.cluster = m_name;
    config.role = role;
    config.index = index;
    config.machine = role == "Master" ? "master-" + std::to_string(index) : role == "Node" ? "node-" + std::to_string(index) : "simulated";
    config.simulatedNodes = role == "SimulatedNodes" ? static_cast<int>(spec.get("simulatedNodes").asInt()) : 0;
    config.directory = m_context.paths.machine(m_name, config.machine);
    config.runDirectory = m_context.paths.clusterRun(m_name);
    config.images = m_context.paths.images();
    config.pki = m_context.paths.clusterPki(m_name);
    config.certificate = config.machine;
    config.serverPort = m_port;
    config.runtime = spec.str("runtime").empty() ? "Auto" : std::string(spec.str("runtime"));
    config.networking.podCidr = networking.get("podCIDR").asString(config.networking.podCidr);
    config.networking.serviceCidr = networking.get("serviceCIDR").asString(config.networking.serviceCidr);
    config.networking.clusterDomain = networking.get("clusterDomain").asString(config.networking.clusterDomain);
    return config;
}

Machine& ClusterRunner::machine(const std::string& name, const MachineConfig& config)
{
    auto& slot = m_machines[name];
    if (!slot)
        slot = std::make_unique<Machine>(m_context, config, [this] { wake(); });
    return *slot;
}

Task<bool> ClusterRunner::startMaster()
{
    m_steps.begin(kControlPlane);
    MachineConfig config = configOf("Master", 0);
    Machine& master = machine("master-0", config);
    master.ensureRunning(config);
    if (!m_client) {
        client::ApiEndpoint endpoint;
        endpoint.host = "127.0.0.1";
        endpoint.port = m_port;
        endpoint.tls = m_adminTls;
        m_client = std::make_unique<ClusterClient>(m_context.loop, endpoint, [this] { wake(); });
        if (master.adopted())
            m_client->start(); // a list that succeeds tells that it serves
    }
    if (master.adopted() && m_client->synced())
        master.setServing();
    m_mastersReady = master.serving() ? 1 : 0;
    if (!master.serving()) {
        if (!master.running() && !master.problem().empty() && !m_wasRunning) {
            m_failed = true;
            m_failure = master.problem();
            m_steps.fail(kControlPlane, master.problem(), "See the whole log with: kates logs " + m_name + " master-0");
        }
        co_return false;
    }
    m_failed = false;
    m_failure.clear();
    m_steps.done(kControlPlane, "https://127.0.0.1:" + std::to_string(m_port));
    co_return true;
}

Task<void> ClusterRunner::startNodes()
{
    followNodes();
    const int nodes = static_cast<int>(m_cluster.get("spec", "nodes").asInt());
    const int simulated = static_cast<int>(m_cluster.get("spec", "simulatedNodes").asInt());
    if (nodes > 0 && !m_steps.isDone(kSampleImage)) {
        m_steps.begin(kSampleImage);
        publish();
        auto loaded = co_await m_context.loadSampleImage();
        if (loaded)
            m_steps.done(kSampleImage, *loaded);
        else
            m_steps.fail(kSampleImage, loaded.error().message, "The cluster works without it; load an image with: kates image load FILE");
    }
    m_steps.begin(kNodes);
    for (int index = 1; index <= nodes; ++index) {
        MachineConfig config = configOf("Node", index);
        machine(config.machine, config).ensureRunning(config);
    }
    if (simulated > 0) {
        MachineConfig config = configOf("SimulatedNodes", 0);
        Machine& host = machine(config.machine, config);
        const bool another = host.running() && host.config().simulatedNodes != simulated;
        if (another)
            co_await host.stop(true);
        host.ensureRunning(config);
    }
    m_steps.done(kNodes, std::to_string(nodes) + " nodes" + (simulated > 0 ? ", " + std::to_string(simulated) + " simulated nodes" : ""));
    // Scaled down: the highest numbers go.
    std::vector<std::string> surplus;
    for (auto& [name, one] : m_machines)
        if ((one->config().role == "Node" && one->config().index > nodes) || (one->config().role == "SimulatedNodes" && simulated == 0))
            surplus.push_back(name);
    for (const std::string& name : surplus) {
        co_await stopMachine(name);
        co_await removeNodeObject(name);
    }
}

void ClusterRunner::followNodes()
{
    if (!m_client->synced())
        m_client->start();
}

void ClusterRunner::countNodes()
{
    const auto counts = m_client->readyNodes();
    m_nodesReady = counts.ready;
    m_simulatedReady = counts.simulatedReady;
    const std::int64_t nodes = m_cluster.get("spec", "nodes").asInt(), simulated = m_cluster.get("spec", "simulatedNodes").asInt();
    if (m_client->synced() && m_nodesReady >= nodes && m_simulatedReady >= simulated) {
        m_steps.done(kReady);
        return;
    }
    m_steps.begin(kReady);
}

} // namespace kates::cluster
