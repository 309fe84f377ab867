// exec and attach.
#include "engine/api/json.h"
#include "engine/api/status.h"
#include "engine/kubelet/server/kubelet_server.h"
#include "engine/kubelet/server/remote_streams.h"

namespace kates::kubelet {

namespace {

bool flag(const http::Query& query, const char* name, const char* shortName)
{
    for (const char* one : {name, shortName})
        if (query.get(one) == "true" || query.get(one) == "1")
            return true;
    return false;
}

std::string exitStatus(int code)
{
    api::Value status = api::Value::object({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", api::Value::object()}, {"status", code == 0 ? "Success" : "Failure"}});
    if (code != 0) {
        const std::string text = std::to_string(code);
        api::Value cause = api::Value::object({{"reason", "ExitCode"}, {"message", text}});
        status.set("reason", "NonZeroExitCode");
        status.set("message", "command terminated with non-zero exit code: exit status " + text);
        status.set("details", api::Value::object({{"causes", api::Value::array({cause})}}));
    }
    return api::toJson(status);
}

std::string failureStatus(const std::string& message)
{
    return api::toJson(api::internalError(message).toValue());
}

Task<void> copy(http::Stream* from, http::Stream* to, Event done, bool closeTarget)
{
    while (from && to) {
        auto piece = co_await from->read();
        if (!piece || piece->empty())
            break;
        auto written = co_await to->write(std::move(*piece));
        if (!written)
            break;
    }
    if (closeTarget && to)
        to->closeWrite();
    done.set({});
}

// {"Width":80,"Height":24}, one after the other.
Task<void> followResize(http::Stream* stream, runtime::ExecSession* session, Event done)
{
    std::string held;
    while (stream) {
        auto piece = co_await stream->read();
        if (!piece || piece->empty() || held.size() > 4096)
            break;
        held += *piece;
        for (auto end = held.find('}'); end != std::string::npos; end = held.find('}')) {
            auto size = api::parseJson(held.substr(0, end + 1));
            held.erase(0, end + 1);
            if (size)
                session->resize(static_cast<int>(size->get("Width").asInt()), static_cast<int>(size->get("Height").asInt()));
        }
    }
    done.set({});
}

// Carries the bytes until the command has ended and its output is with the client.
Task<void> carry(RemoteStreams& streams, runtime::ExecSession& session)
{
    Event inputDone, outputDone, errorDone, resizeDone;
    spawn(copy(streams.standardInput.get(), session.standardInput(), inputDone, true));
    spawn(copy(session.standardOutput(), streams.standardOutput.get(), outputDone, false));
    spawn(copy(session.standardError(), streams.standardError.get(), errorDone, false));
    spawn(followResize(streams.resize.get(), &session, resizeDone));
    Future<int> exited = session.exited();
    const int code = co_await exited;
    co_await outputDone;
    co_await errorDone;
    (void)co_await streams.error->write(exitStatus(code));
    // What still reads from the client ends with its stream.
    if (streams.standardInput)
        streams.standardInput->close();
    if (streams.resize)
        streams.resize->close();
    co_await inputDone;
    co_await resizeDone;
}

} // namespace

Task<void> KubeletServer::remoteCommand(http::Exchange& exchange, bool attach, std::string ns, std::string pod, std::string container)
{
    const http::Query query = http::Query::parse(exchange.request().query);
    PodWorker* worker = m_kubelet.findPod(ns, pod);
    auto status = worker ? worker->container(container, false) : std::nullopt;
    if (!status || status->state != runtime::ContainerState::Running) {
        co_await respondText(exchange, worker ? 500 : 404, "container not found (\"" + container + "\")");
        co_return;
    }
    RemoteCommandOptions options{flag(query, "stdin", "input"), flag(query, "stdout", "output"), flag(query, "stderr", "error"), flag(query, "tty", "tty")};
    runtime::ExecRequest request;
    request.containerId = status->id;
    request.tty = options.tty;
    request.stdin = options.stdin;
    for (std::string_view word : query.all("command"))
        request.command.emplace_back(word);
    const std::string containerId = status->id;

    auto streams = co_await acceptRemoteCommand(m_kubelet.loop(), exchange, options);
    if (!streams)
        co_return;
    Result<std::unique_ptr<runtime::ExecSession>> session;
    if (attach)
        session = co_await m_kubelet.runtime().attach(containerId, options.stdin, options.tty);
    else
        session = co_await m_kubelet.runtime().exec(request);
    if (!session) {
        (void)co_await streams->error->write(failureStatus(session.error().message));
        co_return;
    }
    std::unique_ptr<runtime::ExecSession> running = std::move(*session);
    co_await carry(*streams, *running);
}

} // namespace kates::kubelet
