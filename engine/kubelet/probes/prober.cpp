#include "engine/kubelet/probes/prober.h"

#include <charconv>

#include "engine/http/client.h"
#include "engine/kubelet/probes/probe_target.h"

namespace kates::kubelet {

namespace {

using Outcome = ProbeOutcome::Result;

Task<void> collect(http::Stream* stream, std::shared_ptr<std::string> into, Event done)
{
    while (stream) {
        auto piece = co_await stream->read();
        if (!piece || piece->empty())
            break;
        if (into->size() < kProbeOutputMaxBytes)
            into->append(piece->substr(0, kProbeOutputMaxBytes - into->size()));
    }
    done.set({});
}

Task<ProbeOutcome> runExec(runtime::ContainerRuntime& runtime, ProbeTarget target, api::Value exec, Duration timeout)
{
    runtime::ExecRequest request;
    request.containerId = target.containerId;
    for (const api::Value& word : exec.get("command"))
        request.command.emplace_back(word.asString());
    request.timeout = timeout;
    auto started = co_await runtime.exec(request);
    if (!started)
        co_return ProbeOutcome{Outcome::Failure, started.error().message};
    auto session = std::move(*started);
    auto output = std::make_shared<std::string>();
    Event outDone, errDone;
    spawn(collect(session->standardOutput(), output, outDone));
    spawn(collect(session->standardError(), output, errDone));
    Future<int> exited = session->exited();
    const int code = co_await exited;
    co_await outDone;
    co_await errDone;
    co_return ProbeOutcome{code == 0 ? Outcome::Success : Outcome::Failure, *output};
}

Task<ProbeOutcome> runTcp(Loop& loop, ProbeTarget target, api::Value socket, Duration timeout)
{
    const std::string host = probeHost(target, socket);
    const int port = probePort(socket.get("port"), target.container);
    auto stream = co_await http::connectTcp(loop, host, port, timeout, target.networkNamespace);
    if (!stream)
        co_return ProbeOutcome{Outcome::Failure, "dial tcp " + host + ":" + std::to_string(port) + ": " + stream.error().message};
    co_return ProbeOutcome{Outcome::Success, {}};
}

} // namespace

int probePort(const api::Value& port, const api::Value& container)
{
    if (port.isInt())
        return static_cast<int>(port.asInt());
    for (const api::Value& named : container.get("ports"))
        if (named.str("name") == port.asString())
            return static_cast<int>(named.get("containerPort").asInt());
    int number = 0;
    const std::string_view text = port.asString();
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string probeHost(const ProbeTarget& target, const api::Value& handler)
{
    return std::string(handler.str("host").empty() ? std::string_view(target.podIp) : handler.str("host"));
}

Task<ProbeOutcome> runHandler(Loop& loop, runtime::ContainerRuntime& runtime, ProbeTarget target, api::Value handler, Duration timeout)
{
    if (const api::Value* exec = handler.find("exec"))
        co_return co_await runExec(runtime, target, *exec, timeout);
    if (const api::Value* get = handler.find("httpGet"))
        co_return co_await runHttpProbe(loop, target, *get, timeout);
    if (const api::Value* socket = handler.find("tcpSocket"))
        co_return co_await runTcp(loop, target, *socket, timeout);
    if (const api::Value* grpc = handler.find("grpc"))
        co_return co_await runGrpcProbe(loop, target, *grpc, timeout);
    if (const api::Value* sleep = handler.find("sleep")) {
        co_await sleepFor(loop, std::chrono::seconds(sleep->get("seconds").asInt()));
        co_return ProbeOutcome{Outcome::Success, {}};
    }
    co_return ProbeOutcome{Outcome::Unknown, "this node can't run the probe: it has neither exec, httpGet, tcpSocket nor grpc"};
}

} // namespace kates::kubelet
