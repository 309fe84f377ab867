// exec, attach, port forwarding, logs.
#include "engine/api/json.h"
#include "engine/base/files.h"
#include "engine/runtime/oci/attach_session.h"
#include "engine/runtime/oci/exec_session.h"
#include "engine/runtime/oci/oci_runtime_impl.h"
#include "engine/runtime/oci/spec_builder.h"

namespace kates::runtime {

namespace {
constexpr int kTokenBytes = 8;
constexpr auto kForwardConnectTimeout = std::chrono::seconds(10);
} // namespace

Task<Result<std::unique_ptr<ExecSession>>> OciRuntime::exec(ExecRequest request)
{
    const auto container = findRunning(request.containerId);
    if (!container)
        co_return unexpected(container.error());
    if (request.command.empty())
        co_return failure("no command to run was given");
    const auto bundle = m.paths.container(request.containerId);
    const auto text = readFile(bundle / "config.json");
    const auto spec = text ? api::parseJson(*text) : unexpected(text.error());
    if (!spec)
        co_return unexpected(spec.error());
    auto process = execProcess(*spec, request.command, request.tty);
    co_return startExec(m.loop, m.launcher, {m.program, bundle, m.random.hex(kTokenBytes), std::move(request), std::move(process)});
}

Task<Result<std::unique_ptr<ExecSession>>> OciRuntime::attach(std::string containerId, bool stdin, bool tty)
{
    const auto container = findRunning(containerId);
    if (!container)
        co_return unexpected(container.error());
    const auto& record = (*container)->record;
    co_return attachTo(m.loop, m.paths.container(containerId), stdin && record.stdin, tty || record.tty);
}

Task<Result<std::unique_ptr<http::Stream>>> OciRuntime::portForward(std::string sandboxId, int port)
{
    const auto sandbox = findSandbox(sandboxId);
    if (!sandbox)
        co_return unexpected(sandbox.error());
    if (!(*sandbox)->ready)
        co_return failure("the pod sandbox " + sandboxId + " is stopped");
    const auto networkNamespace = (*sandbox)->config.networkNamespace;
    co_return co_await http::connectTcp(m.loop, "127.0.0.1", port, kForwardConnectTimeout, networkNamespace);
}

Task<Result<void>> OciRuntime::reopenContainerLog(std::string id)
{
    const auto container = findRunning(id);
    if (!container)
        co_return unexpected(container.error());
    co_return tellConmon(m.paths.container(id), ConmonControl::ReopenLog);
}

} // namespace kates::runtime
