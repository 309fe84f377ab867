// From a container's spec to a running container.
#include <sys/stat.h>

#include "engine/api/quantity.h"
#include "engine/base/files.h"
#include "engine/kubelet/pod_worker.h"
#include "engine/kubelet/pull_secrets.h"

namespace kates::kubelet {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kCpuPeriodMicros = 100'000;
constexpr std::int64_t kCpuSharesMin = 2;
constexpr std::int64_t kCpuQuotaMinMicros = 1'000;
constexpr const char* kDefaultTerminationMessagePath = "/dev/termination-log";

runtime::LinuxResources resourcesOf(const api::Value& pod, const api::Value& container)
{
    runtime::LinuxResources out;
    const api::Value& requests = container.get("resources", "requests");
    const api::Value& limits = container.get("resources", "limits");
    const std::int64_t cpuLimit = api::Quantity::fromValue(limits.get("cpu")).milli();
    const std::int64_t cpuRequest = requests.has("cpu") ? api::Quantity::fromValue(requests.get("cpu")).milli() : cpuLimit;
    out.cpuPeriodMicros = kCpuPeriodMicros;
    out.cpuShares = std::max(cpuRequest * 1024 / 1000, kCpuSharesMin);
    if (cpuLimit > 0)
        out.cpuQuotaMicros = std::max(cpuLimit * kCpuPeriodMicros / 1000, kCpuQuotaMinMicros);
    out.memoryLimitBytes = api::Quantity::fromValue(limits.get("memory")).units();
    const std::string qos = qosClass(pod);
    out.oomScoreAdj = qos == "Guaranteed" ? -997 : qos == "BestEffort" ? 1000 : 500;
    return out;
}

void addNames(const api::Value& list, std::vector<std::string>& names)
{
    for (const api::Value& name : list)
        names.emplace_back(name.asString());
}

runtime::SecurityContext securityOf(const api::Value& pod, const api::Value& container)
{
    runtime::SecurityContext out;
    const api::Value& podContext = pod.get("spec", "securityContext");
    const api::Value& own = container.get("securityContext");
    const auto pick = [&](const char* field) -> const api::Value& { return own.has(field) ? own.get(field) : podContext.get(field); };
    if (pick("runAsUser").isInt())
        out.runAsUser = pick("runAsUser").asInt();
    if (pick("runAsGroup").isInt())
        out.runAsGroup = pick("runAsGroup").asInt();
    for (const api::Value& group : podContext.get("supplementalGroups"))
        out.supplementalGroups.push_back(group.asInt());
    if (podContext.get("fsGroup").isInt())
        out.supplementalGroups.push_back(podContext.get("fsGroup").asInt());
    out.privileged = own.get("privileged").asBool();
    out.readOnlyRootFilesystem = own.get("readOnlyRootFilesystem").asBool();
    out.noNewPrivileges = own.has("allowPrivilegeEscalation") && !own.get("allowPrivilegeEscalation").asBool();
    addNames(own.get("capabilities", "add"), out.addCapabilities);
    addNames(own.get("capabilities", "drop"), out.dropCapabilities);
    for (const api::Value& sysctl : podContext.get("sysctls"))
        out.sysctls[std::string(sysctl.str("name"))] = sysctl.str("value");
    out.seccompUnconfined = pick("seccompProfile").str("type") == "Unconfined";
    return out;
}

std::string pullPolicy(const api::Value& container)
{
    const std::string_view policy = container.str("imagePullPolicy");
    return policy.empty() ? "IfNotPresent" : std::string(policy);
}

} // namespace

void PodWorker::fail(Container& container, const std::string& reason, const std::string& message)
{
    container.waitingReason = reason;
    container.waitingMessage = message;
}

Task<bool> PodWorker::start(Container& container)
{
    const std::string name(container.spec.str("name"));
    runtime::ContainerConfig config;
    config.name = name;
    config.attempt = container.attempt + 1;
    const bool haveImage = co_await ensureImage(container, config);
    if (!haveImage)
        co_return false;
    auto filled = fillConfig(container, config);
    if (!filled) {
        m_context.event(m_pod, "Warning", "Failed", "Error: " + filled.error().message);
        fail(container, "CreateContainerConfigError", filled.error().message);
        m_setupBackoff.next(name, m_context.loop.now(), m_context.loop.now());
        wakeAfter(m_setupBackoff.delay(name));
        co_return false;
    }
    // The status before the new attempt becomes lastState; older ones are forgotten with their container.
    const std::string oldId = container.id;
    std::optional<runtime::ContainerStatus> old = oldId.empty() ? std::nullopt : m_context.runtime.container(oldId);
    auto created = co_await m_context.runtime.createContainer(m_sandboxId, config);
    std::string problem = created ? "" : created.error().message;
    if (created) {
        m_context.event(m_pod, "Normal", "Created", "Container created");
        const std::string id = *created;
        auto started = co_await m_context.runtime.startContainer(id);
        if (!started) {
            problem = started.error().message;
            (void)co_await m_context.runtime.removeContainer(id);
        } else {
            if (container.previous)
                (void)co_await m_context.runtime.removeContainer(container.previous->id);
            container.previous = old;
            container.id = id;
            container.attempt = config.attempt;
        }
    }
    if (!problem.empty()) {
        m_context.event(m_pod, "Warning", "Failed", "Error: " + problem);
        fail(container, created ? "RunContainerError" : "CreateContainerError", problem);
        m_setupBackoff.next(name, m_context.loop.now(), m_context.loop.now());
        wakeAfter(std::max<Duration>(m_setupBackoff.delay(name), 1s));
        co_return false;
    }
    m_context.event(m_pod, "Normal", "Started", "Container started");
    m_setupBackoff.forget(name);
    fail(container, "", "");
    container.postStartDone = false;
    beginProbes(container);
    co_await afterStart(container);
    co_return true;
}

// With each of the pod's credentials for that registry, until one is accepted; without any, as anybody.
Task<Result<runtime::ImageStatus>> PodWorker::pull(std::string image)
{
    std::vector<api::Value> secrets;
    for (const api::Value& reference : m_pod.get("spec", "imagePullSecrets"))
        if (m_context.references)
            secrets.push_back(m_context.references->get(client::resources::secrets, api::ObjectMeta(m_pod).ns(), reference.str("name")));
    const std::vector<runtime::RegistryCredential> credentials = pullCredentials(image, secrets);
    std::optional<runtime::RegistryCredential> credential; // named: GCC 12 destroys such a temporary twice
    if (credentials.empty())
        co_return co_await m_context.runtime.pullImage(image, credential);
    Result<runtime::ImageStatus> pulled = failure("");
    for (std::size_t i = 0; i < credentials.size() && !pulled; ++i) {
        credential = credentials[i];
        pulled = co_await m_context.runtime.pullImage(image, credential);
    }
    co_return pulled;
}

Task<bool> PodWorker::ensureImage(Container& container, runtime::ContainerConfig& config)
{
    const std::string image(container.spec.str("image")), policy = pullPolicy(container.spec);
    config.image = image;
    auto present = m_context.runtime.image(image);
    if (present && policy != "Always") {
        config.imageDigest = present->digest;
        co_return true;
    }
    if (!present && policy == "Never") {
        m_context.event(m_pod, "Warning", "ErrImageNeverPull", "Container image \"" + image + "\" is not present with pull policy of Never");
        fail(container, "ErrImageNeverPull", "Container image \"" + image + "\" is not present with pull policy of Never");
        co_return false;
    }
    if (auto failed = m_pullFailures.find(image); failed != m_pullFailures.end()) {
        const Duration wait = m_imageBackoff.remaining(image, failed->second.at, m_context.loop.now());
        if (wait > Duration::zero()) {
            m_context.event(m_pod, "Normal", "BackOff", "Back-off pulling image \"" + image + "\"");
            fail(container, "ImagePullBackOff", "Back-off pulling image \"" + image + "\": ErrImagePull: " + failed->second.message);
            wakeAfter(wait);
            co_return false;
        }
    }
    m_context.event(m_pod, "Normal", "Pulling", "Pulling image \"" + image + "\"");
    auto pulled = co_await pull(image);
    if (!pulled) {
        const MonotonicTime now = m_context.loop.now();
        m_context.event(m_pod, "Warning", "Failed", "Failed to pull image \"" + image + "\": " + pulled.error().message);
        m_context.event(m_pod, "Warning", "Failed", "Error: ErrImagePull");
        fail(container, "ErrImagePull", pulled.error().message);
        m_pullFailures[image] = PullFailure{now, pulled.error().message};
        m_imageBackoff.next(image, now, now);
        wakeAfter(m_imageBackoff.delay(image));
        co_return false;
    }
    m_pullFailures.erase(image);
    m_imageBackoff.forget(image);
    m_context.event(m_pod, "Normal", "Pulled", "Successfully pulled image \"" + image + "\"");
    config.imageDigest = pulled->digest;
    co_return true;
}

Result<void> PodWorker::fillConfig(Container& container, runtime::ContainerConfig& config)
{
    const api::Value& spec = container.spec;
    const std::string ns(api::ObjectMeta(m_pod).ns());
    EnvironmentSources sources;
    ReferencedObjects* references = m_context.references;
    sources.configMap = [references, ns](std::string_view name) { return references ? references->get(client::resources::configMaps, ns, name) : api::Value(); };
    sources.secret = [references, ns](std::string_view name) { return references ? references->get(client::resources::secrets, ns, name) : api::Value(); };
    sources.podIp = m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front();
    sources.hostIp = m_context.hostIp;
    if (m_context.services) {
        std::vector<api::Value> services;
        if (m_pod.get("spec", "enableServiceLinks").asBool(true))
            services = m_context.services->byNamespace(ns);
        if (ns != "default" || services.empty())
            if (const api::Value* kubernetes = m_context.services->get("default", "kubernetes"))
                services.push_back(*kubernetes);
        sources.serviceVariables = serviceVariables(services);
    }
    Environment environment;
    if (m_context.volumes) { // a simulated container has no environment
        auto made = makeEnvironment(m_pod, spec, sources);
        if (!made)
            return tl::unexpected(made.error());
        environment = std::move(*made);
    }
    for (const api::Value& word : spec.get("command"))
        config.command.push_back(expand(word.asString(), environment));
    for (const api::Value& word : spec.get("args"))
        config.arguments.push_back(expand(word.asString(), environment));
    config.workingDirectory = spec.str("workingDir");
    config.resources = resourcesOf(m_pod, spec);
    config.security = securityOf(m_pod, spec);
    config.tty = spec.get("tty").asBool();
    config.stdin = spec.get("stdin").asBool();
    config.stdinOnce = spec.get("stdinOnce").asBool();
    config.logPath = config.name + "/" + std::to_string(config.attempt) + ".log";
    if (!m_context.volumes)
        return {};

    for (const api::Value& mount : spec.get("volumeMounts")) {
        auto source = m_context.volumes->mountSource(m_pod, mount, environment);
        if (!source)
            return tl::unexpected(source.error());
        const std::string propagation(mount.str("mountPropagation"));
        config.mounts.push_back({*source, std::string(mount.str("mountPath")), mount.get("readOnly").asBool(),
            propagation == "Bidirectional" ? "rshared" : propagation == "HostToContainer" ? "rslave" : ""});
    }
    const auto taken = [&](std::string_view path) {
        for (const runtime::Mount& mount : config.mounts)
            if (mount.containerPath == path)
                return true;
        return false;
    };
    if (!taken("/etc/hosts"))
        config.mounts.push_back({m_context.paths.etcHosts(m_uid).string(), "/etc/hosts", false, ""});
    if (!taken("/etc/resolv.conf"))
        config.mounts.push_back({m_context.paths.resolvConf(m_uid).string(), "/etc/resolv.conf", false, ""});
    const std::string messagePath(spec.str("terminationMessagePath").empty() ? kDefaultTerminationMessagePath : spec.str("terminationMessagePath"));
    const auto messageFile = m_context.paths.terminationMessage(m_uid, config.name, config.attempt);
    if (auto made = makeDirectories(messageFile.parent_path(), 0755); !made)
        return made;
    if (auto written = writeFileAtomically(messageFile, "", 0666); !written)
        return written;
    config.mounts.push_back({messageFile.string(), messagePath, false, ""});
    config.environment = std::move(environment);
    return {};
}

Task<void> PodWorker::afterStart(Container& container)
{
    const api::Value hook = container.spec.get("lifecycle", "postStart");
    if (container.postStartDone || hook.isNull()) {
        container.postStartDone = true;
        co_return;
    }
    container.postStartDone = true;
    const std::string podIp = m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front();
    ProbeTarget target{container.id, podIp, m_context.nodeNetworkNamespace(), container.spec};
    auto outcome = co_await runHandler(m_context.loop, m_context.runtime, target, hook, 30s);
    if (outcome.result != ProbeOutcome::Result::Failure)
        co_return;
    m_context.event(m_pod, "Warning", "FailedPostStartHook", "PostStartHook failed: " + outcome.message);
    co_await stopContainer(container, m_pod.get("spec", "terminationGracePeriodSeconds").asInt(30), "FailedPostStartHook");
    wake();
}

void PodWorker::beginProbes(Container& container)
{
    const std::string podIp = m_address.addresses.empty() ? m_context.hostIp : m_address.addresses.front();
    ProbeTarget target{container.id, podIp, m_context.nodeNetworkNamespace(), container.spec};
    // A simulated container runs nothing that could answer: it counts as well.
    if (!m_context.volumes)
        for (const char* probe : {"startupProbe", "livenessProbe", "readinessProbe"})
            target.container.erase(probe);
    ContainerProbes::Callbacks callbacks;
    callbacks.changed = [this] { wake(); };
    callbacks.report = [this](const std::string& kind, const std::string& message) {
        m_context.event(m_pod, "Warning", "Unhealthy", kind + " probe failed: " + message);
    };
    container.probes = std::make_unique<ContainerProbes>(m_context.loop, m_context.runtime, target, std::move(callbacks));
}

} // namespace kates::kubelet
