#include "engine/runtime/simulated/simulated_runtime.h"

#include <charconv>
#include <fmt/format.h>
#include <unordered_map>

#include "engine/runtime/simulated/packed_fields.h"

namespace kates::runtime {

namespace {

std::optional<Duration> parseRunDuration(std::string_view text)
{
    std::int64_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    constexpr std::int64_t kCountMax = 1'000'000;
    if (problem != std::errc() || count < 0 || count > kCountMax)
        return std::nullopt;
    const std::string_view unit(end, text.data() + text.size() - end);
    if (unit == "ms")
        return std::chrono::milliseconds(count);
    if (unit == "s")
        return std::chrono::seconds(count);
    if (unit == "m")
        return std::chrono::minutes(count);
    if (unit == "h")
        return std::chrono::hours(count);
    return std::nullopt;
}

struct SimulatedContainer {
    enum Text { Name, Image, LogPath, TextCount };
    std::uint32_t number = 0;
    std::uint16_t attempt = 0;
    std::uint8_t exitCode = 0;
    ContainerState state = ContainerState::Created;
    PackedFields fields;
    WallTime createdAt, startedAt, finishedAt;
};

struct SimulatedSandbox {
    enum Text { PodUid, PodName, PodNamespace, NetworkNamespace, LogDirectory, RunDuration, ExitCode, TextCount };
    std::uint16_t attempt = 0;
    bool ready = true;
    PackedFields fields;
    WallTime createdAt;
    std::vector<SimulatedContainer> containers;
    std::vector<std::string_view> known() const { return {fields.text(PodUid), fields.text(PodName), fields.text(PodNamespace)}; }
};

std::string annotation(const SandboxConfig& config, std::string_view name)
{
    const auto found = config.annotations.find(std::string(name));
    return found == config.annotations.end() ? std::string() : found->second;
}

class SimulatedRuntime : public ContainerRuntime {
public:
    SimulatedRuntime(Loop& loop, Random& random, SimulatedRuntimeOptions options) : m_loop(loop), m_instance(random.hex(6)), m_options(options) {}

    std::string name() const override { return "simulated"; }
    std::string version() const override { return "1"; }
    std::vector<std::string> limitations() const override { return {"simulated: containers run nothing"}; }

    Task<Result<std::string>> runPodSandbox(SandboxConfig config) override;
    Task<Result<void>> stopPodSandbox(std::string id) override;
    Task<Result<void>> removePodSandbox(std::string id) override;
    Task<Result<std::string>> createContainer(std::string sandboxId, ContainerConfig config) override;
    Task<Result<void>> startContainer(std::string id) override;
    Task<Result<void>> stopContainer(std::string id, Duration grace) override;
    Task<Result<void>> removeContainer(std::string id) override;
    Task<Result<void>> reopenContainerLog(std::string) override { co_return Result<void>(); }
    std::vector<SandboxStatus> sandboxes() const override;
    std::vector<ContainerStatus> containers() const override;
    std::optional<ContainerStatus> container(const std::string& id) const override;
    void onEvent(std::function<void(const RuntimeEvent&)> handler) override { m_handler = std::move(handler); }

    Task<Result<std::unique_ptr<ExecSession>>> exec(ExecRequest) override { co_return nothingRuns(); }
    Task<Result<std::unique_ptr<ExecSession>>> attach(std::string, bool, bool) override { co_return nothingRuns(); }
    Task<Result<std::unique_ptr<http::Stream>>> portForward(std::string, int) override { co_return nothingRuns(); }

    std::optional<ImageStatus> image(const std::string& reference) const override
    {
        return ImageStatus{.digest = "simulated:" + reference, .names = {reference}, .repoDigests = {"simulated:" + reference}};
    }
    std::vector<ImageStatus> images() const override { return {}; }
    Task<Result<ImageStatus>> pullImage(std::string reference, std::optional<RegistryCredential>) override { co_return *image(reference); }
    Task<Result<void>> removeImage(std::string) override { co_return Result<void>(); }

private:
    static tl::unexpected<Error> nothingRuns() { return failure("this pod is on a simulated node: its containers run nothing"); }
    std::string sandboxId(std::uint32_t number) const { return fmt::format("{}-{:x}", m_instance, number); }
    std::string containerId(std::uint32_t sandbox, std::uint32_t number) const { return fmt::format("{}-{:x}-{:x}", m_instance, sandbox, number); }
    struct Place {
        std::uint32_t sandboxNumber = 0, containerNumber = 0;
    };
    std::optional<Place> parseId(std::string_view id) const;
    SimulatedSandbox* findSandbox(std::string_view id, std::uint32_t* number = nullptr);
    SimulatedContainer* find(const Place& place) const;
    ContainerStatus status(std::uint32_t sandboxNumber, const SimulatedSandbox& sandbox, const SimulatedContainer& container) const;
    void finish(Place place, int exitCode);
    void emit(RuntimeEvent::Type type, std::uint32_t sandboxNumber, std::optional<std::uint32_t> containerNumber = {});
    void armEnd(Place place, const SimulatedSandbox& sandbox);

    Loop& m_loop;
    std::string m_instance; // ids of an earlier process do not come again
    SimulatedRuntimeOptions m_options;
    std::function<void(const RuntimeEvent&)> m_handler;
    std::uint32_t m_lastNumber = 0;
    std::unordered_map<std::uint32_t, std::unique_ptr<SimulatedSandbox>> m_sandboxes;
    std::unordered_map<std::uint32_t, Registration> m_ends; // by container, only those that end by themselves
};

std::optional<SimulatedRuntime::Place> SimulatedRuntime::parseId(std::string_view id) const
{
    if (!id.starts_with(m_instance) || id.size() <= m_instance.size())
        return std::nullopt;
    Place place;
    const char* end = id.data() + id.size();
    auto sandbox = std::from_chars(id.data() + m_instance.size() + 1, end, place.sandboxNumber, 16);
    if (sandbox.ec != std::errc())
        return std::nullopt;
    if (sandbox.ptr != end && std::from_chars(sandbox.ptr + 1, end, place.containerNumber, 16).ec != std::errc())
        return std::nullopt;
    return place;
}

SimulatedSandbox* SimulatedRuntime::findSandbox(std::string_view id, std::uint32_t* number)
{
    const auto place = parseId(id);
    const auto found = place ? m_sandboxes.find(place->sandboxNumber) : m_sandboxes.end();
    if (found == m_sandboxes.end())
        return nullptr;
    if (number)
        *number = found->first;
    return found->second.get();
}

SimulatedContainer* SimulatedRuntime::find(const Place& place) const
{
    const auto sandbox = m_sandboxes.find(place.sandboxNumber);
    if (sandbox == m_sandboxes.end())
        return nullptr;
    for (auto& container : sandbox->second->containers)
        if (container.number == place.containerNumber)
            return &container;
    return nullptr;
}

Task<Result<std::string>> SimulatedRuntime::runPodSandbox(SandboxConfig config)
{
    auto sandbox = std::make_unique<SimulatedSandbox>();
    sandbox->attempt = static_cast<std::uint16_t>(config.attempt);
    sandbox->createdAt = m_loop.wallTime();
    const auto runDuration = annotation(config, kSimulatedRunDurationAnnotation);
    if (!runDuration.empty() && !parseRunDuration(runDuration))
        co_return failure(
            fmt::format("the annotation {} is \"{}\": a number and ms, s, m or h is expected", kSimulatedRunDurationAnnotation, runDuration));
    const auto exitCode = annotation(config, kSimulatedExitCodeAnnotation);
    sandbox->fields
        = PackedFields({config.podUid, config.podName, config.podNamespace, config.networkNamespace, config.logDirectory, runDuration, exitCode},
            config.labels, {config.podUid, config.podName, config.podNamespace});
    const auto number = ++m_lastNumber;
    m_sandboxes.emplace(number, std::move(sandbox));
    co_return sandboxId(number);
}

Task<Result<void>> SimulatedRuntime::stopPodSandbox(std::string id)
{
    std::uint32_t number = 0;
    auto* sandbox = findSandbox(id, &number);
    if (!sandbox || !sandbox->ready)
        co_return Result<void>();
    sandbox->ready = false;
    std::vector<std::uint32_t> numbers;
    for (const auto& container : sandbox->containers)
        numbers.push_back(container.number);
    for (const auto containerNumber : numbers)
        finish({number, containerNumber}, 0);
    emit(RuntimeEvent::Type::SandboxStopped, number);
    co_return Result<void>();
}

Task<Result<void>> SimulatedRuntime::removePodSandbox(std::string id)
{
    (void)co_await stopPodSandbox(id);
    if (const auto place = parseId(id))
        m_sandboxes.erase(place->sandboxNumber);
    co_return Result<void>();
}

Task<Result<std::string>> SimulatedRuntime::createContainer(std::string sandboxId, ContainerConfig config)
{
    std::uint32_t number = 0;
    auto* sandbox = findSandbox(sandboxId, &number);
    if (!sandbox || !sandbox->ready)
        co_return failure("the pod sandbox " + sandboxId + (sandbox ? " is stopped" : " does not exist"));
    SimulatedContainer container;
    container.number = ++m_lastNumber;
    container.attempt = static_cast<std::uint16_t>(config.attempt);
    container.createdAt = m_loop.wallTime();
    container.fields = PackedFields({config.name, config.image, config.logPath}, config.labels, sandbox->known());
    sandbox->containers.reserve(sandbox->containers.size() + 1); // exactly: most pods keep one container
    sandbox->containers.push_back(std::move(container));
    co_return containerId(number, m_lastNumber);
}

Task<Result<void>> SimulatedRuntime::startContainer(std::string id)
{
    const auto place = parseId(id);
    if (!place || !find(*place))
        co_return failure("the container " + id + " does not exist");
    if (find(*place)->state != ContainerState::Created)
        co_return failure("the container " + id + " was started before");
    if (m_options.startDelay > Duration::zero())
        co_await sleepFor(m_loop, m_options.startDelay);
    auto* container = find(*place); // it may be gone after the delay
    if (!container || container->state != ContainerState::Created)
        co_return failure("the container " + id + " was stopped while it started");
    container->state = ContainerState::Running;
    container->startedAt = m_loop.wallTime();
    armEnd(*place, *m_sandboxes.at(place->sandboxNumber));
    emit(RuntimeEvent::Type::ContainerStarted, place->sandboxNumber, place->containerNumber);
    co_return Result<void>();
}

void SimulatedRuntime::armEnd(Place place, const SimulatedSandbox& sandbox)
{
    const auto duration = parseRunDuration(sandbox.fields.text(SimulatedSandbox::RunDuration));
    if (!duration)
        return;
    const auto codeText = sandbox.fields.text(SimulatedSandbox::ExitCode);
    int code = 0;
    std::from_chars(codeText.data(), codeText.data() + codeText.size(), code);
    m_ends[place.containerNumber] = m_loop.after(*duration, [this, place, code] { finish(place, code); });
}

void SimulatedRuntime::finish(Place place, int exitCode)
{
    auto* container = find(place);
    if (!container || container->state == ContainerState::Exited)
        return;
    container->state = ContainerState::Exited;
    container->exitCode = static_cast<std::uint8_t>(exitCode);
    container->finishedAt = m_loop.wallTime();
    const auto end = m_ends.extract(place.containerNumber); // lives until this function ends: we may be inside its callback
    emit(RuntimeEvent::Type::ContainerExited, place.sandboxNumber, place.containerNumber);
}

Task<Result<void>> SimulatedRuntime::stopContainer(std::string id, Duration)
{
    if (const auto place = parseId(id))
        finish(*place, 0);
    co_return Result<void>();
}

Task<Result<void>> SimulatedRuntime::removeContainer(std::string id)
{
    const auto place = parseId(id);
    if (!place)
        co_return Result<void>();
    finish(*place, 137);
    if (const auto sandbox = m_sandboxes.find(place->sandboxNumber); sandbox != m_sandboxes.end())
        std::erase_if(sandbox->second->containers, [&](const auto& container) { return container.number == place->containerNumber; });
    co_return Result<void>();
}

std::vector<SandboxStatus> SimulatedRuntime::sandboxes() const
{
    std::vector<SandboxStatus> all;
    for (const auto& [number, sandbox] : m_sandboxes) {
        const auto& fields = sandbox->fields;
        using Text = SimulatedSandbox::Text;
        all.push_back({.id = sandboxId(number), .podUid = std::string(fields.text(Text::PodUid)), .podName = std::string(fields.text(Text::PodName)),
            .podNamespace = std::string(fields.text(Text::PodNamespace)), .attempt = sandbox->attempt, .ready = sandbox->ready,
            .networkNamespace = std::string(fields.text(Text::NetworkNamespace)), .createdAt = sandbox->createdAt,
            .labels = fields.labels(Text::TextCount, sandbox->known())});
    }
    return all;
}

std::vector<ContainerStatus> SimulatedRuntime::containers() const
{
    std::vector<ContainerStatus> all;
    for (const auto& [number, sandbox] : m_sandboxes)
        for (const auto& container : sandbox->containers)
            all.push_back(status(number, *sandbox, container));
    return all;
}

std::optional<ContainerStatus> SimulatedRuntime::container(const std::string& id) const
{
    const auto place = parseId(id);
    const auto* container = place ? find(*place) : nullptr;
    if (!container)
        return std::nullopt;
    return status(place->sandboxNumber, *m_sandboxes.at(place->sandboxNumber), *container);
}

ContainerStatus SimulatedRuntime::status(std::uint32_t sandboxNumber, const SimulatedSandbox& sandbox, const SimulatedContainer& container) const
{
    using Text = SimulatedContainer::Text;
    const auto& fields = container.fields;
    ContainerStatus status {.id = containerId(sandboxNumber, container.number), .sandboxId = sandboxId(sandboxNumber),
        .name = std::string(fields.text(Text::Name)), .image = std::string(fields.text(Text::Image)),
        .imageDigest = "simulated:" + std::string(fields.text(Text::Image)), .podUid = std::string(sandbox.fields.text(SimulatedSandbox::PodUid)),
        .attempt = container.attempt, .state = container.state, .createdAt = container.createdAt, .startedAt = container.startedAt,
        .finishedAt = container.finishedAt, .exitCode = container.exitCode,
        .logPath = std::string(sandbox.fields.text(SimulatedSandbox::LogDirectory)) + "/" + std::string(fields.text(Text::LogPath)),
        .labels = fields.labels(Text::TextCount, sandbox.known())};
    if (container.state == ContainerState::Exited)
        status.reason = container.exitCode == 0 ? "Completed" : "Error";
    return status;
}

void SimulatedRuntime::emit(RuntimeEvent::Type type, std::uint32_t sandboxNumber, std::optional<std::uint32_t> containerNumber)
{
    const auto sandbox = m_sandboxes.find(sandboxNumber);
    if (!m_handler || sandbox == m_sandboxes.end()) // the handler of an event before may have removed it
        return;
    m_handler({type, std::string(sandbox->second->fields.text(SimulatedSandbox::PodUid)), sandboxId(sandboxNumber),
        containerNumber ? containerId(sandboxNumber, *containerNumber) : std::string()});
}

} // namespace

std::unique_ptr<ContainerRuntime> makeSimulatedRuntime(Loop& loop, Random& random, SimulatedRuntimeOptions options)
{
    return std::make_unique<SimulatedRuntime>(loop, random, options);
}

} // namespace kates::runtime
