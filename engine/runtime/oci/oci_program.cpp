#include "engine/runtime/oci/oci_program.h"

#include <unistd.h>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/runtime/oci/records.h"
#include "engine/runtime/oci/spec_builder.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {

constexpr auto kProbeTimeout = std::chrono::seconds(20);
constexpr const char* kProbeId = "kates-probe";

// Runs kates-pause with an argument, so that it ends at once.
Result<void> writeProbeBundle(const RuntimePaths& paths, const fs::path& pauseProgram, const HostFeatures& host)
{
    SandboxConfig sandbox;
    sandbox.hostNetwork = true;
    ContainerConfig container;
    container.command = {"/kates-pause", "probe"};
    container.mounts = {{pauseProgram.string(), "/kates-pause", true, ""}};
    const ImageConfig image;
    const SpecInput input {.sandbox = sandbox,
        .container = container,
        .image = image,
        .user = {},
        .host = host,
        .rootfs = "rootfs",
        .hostnameFile = {},
        .shm = {},
        .ipcNamespace = {},
        .pidNamespace = {},
        .cgroupsPath = host.cgroups == CgroupVersion::None ? "" : host.cgroupRoot + "/probe",
        .hostDevices = {}};
    if (auto made = makeDirectories(paths.probe() / "rootfs", 0755); !made)
        return made;
    const auto spec = buildSpec(input);
    return spec ? replaceFile(paths.probe() / "config.json", api::toJson(*spec)) : unexpected(spec.error());
}

OciProgram describe(const std::string& name, const RuntimePaths& paths, const HostFeatures& host)
{
    OciProgram program {name, findProgram(name), {}, {"--root=" + paths.runtimeState().string()}};
    // Without cgroups neither may fail because of them.
    if (host.cgroups == CgroupVersion::None)
        program.globalArguments.push_back(name == "crun" ? "--cgroup-manager=disabled" : "--rootless=true");
    return program;
}

std::string lastLine(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    const auto start = text.rfind('\n');
    return start == std::string::npos ? text : text.substr(start + 1);
}

Task<Result<void>> probe(ProcessLauncher& launcher, OciProgram program, RuntimePaths paths, fs::path pauseProgram, const HostFeatures& host)
{
    if (auto written = writeProbeBundle(paths, pauseProgram, host); !written)
        co_return written;
    const RunLimits limits {.timeout = kProbeTimeout};
    auto ran = co_await launcher.run(program.command(words("run", "--bundle=" + paths.probe().string(), kProbeId)), std::string(), limits);
    Result<void> result;
    if (!ran)
        result = unexpected(ran.error());
    else if (!ran->status.success())
        result = failure(lastLine(ran->standardError));
    if (!result)
        (void)co_await launcher.run(program.command(words("delete", "--force", kProbeId)), std::string(), limits);
    (void)removeTree(paths.probe());
    co_return result;
}

Task<std::string> askVersion(ProcessLauncher& launcher, std::string path)
{
    ProcessSpec spec {.program = path, .arguments = words("--version")};
    auto ran = co_await launcher.run(std::move(spec));
    if (!ran)
        co_return std::string();
    // "crun version 1.8.1", "runc version 1.1.5+ds1"
    const auto line = ran->standardOutput.substr(0, ran->standardOutput.find('\n'));
    co_return line.substr(line.rfind(' ') + 1);
}

} // namespace

ProcessSpec OciProgram::command(std::vector<std::string> arguments) const
{
    ProcessSpec spec {.program = path, .arguments = globalArguments};
    spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
    return spec;
}

std::string findProgram(const std::string& name)
{
    const char* path = ::getenv("PATH");
    const std::string directories = std::string(path ? path : "/usr/local/bin:/usr/bin:/bin") + ":/usr/local/sbin:/usr/sbin:/sbin";
    for (std::size_t start = 0; start <= directories.size();) {
        const auto end = std::min(directories.find(':', start), directories.size());
        const auto candidate = directories.substr(start, end - start) + "/" + name;
        if (candidate.starts_with('/') && ::access(candidate.c_str(), X_OK) == 0)
            return candidate;
        start = end + 1;
    }
    return {};
}

Task<Result<OciProgram>> chooseOciProgram(
    ProcessLauncher& launcher, std::vector<std::string> names, RuntimePaths paths, fs::path pauseProgram, HostFeatures& host)
{
    std::string said;
    for (;;) {
        for (const auto& name : names) {
            auto program = describe(name, paths, host);
            if (program.path.empty()) {
                said += "; " + name + " is not installed";
                continue;
            }
            auto probed = co_await probe(launcher, program, paths, pauseProgram, host);
            if (probed) {
                program.version = co_await askVersion(launcher, program.path);
                co_return program;
            }
            said += "; " + name + (host.cgroups == CgroupVersion::None ? " without cgroups: " : ": ") + probed.error().message;
        }
        if (host.cgroups == CgroupVersion::None)
            break;
        host.cgroups = CgroupVersion::None;
        host.limitations.push_back("no container runs with cgroups here, so CPU, memory and process limits are not enforced" + said);
    }
    co_return failure("no container can be run here" + said);
}

} // namespace kates::runtime
