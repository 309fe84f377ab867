#include "engine/kubelet/probes/prober.h"

#include <charconv>

#include "engine/http/client.h"

namespace kates::kubelet {

namespace {

constexpr std::size_t kOutputMaxBytes = 10 * 1024; // as upstream's maxRespBodyLength
using Outcome = ProbeOutcome::Result;

int portNumber(const api::Value& port, const api::Value& container)
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

Task<void> collect(http::Stream* stream, std::shared_ptr<std::string> into, Event done)
{
    while (stream) {
        auto piece = co_await stream->read();
        if (!piece || piece->empty())
            break;
        if (into->size() < kOutputMaxBytes)
            into->append(piece->substr(0, kOutputMaxBytes - into->size()));
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
    const std::string host(socket.str("host").empty() ? std::string_view(target.podIp) : socket.str("host"));
    const int port = portNumber(socket.get("port"), target.container);
    auto stream = co_await http::connectTcp(loop, host, port, timeout, target.networkNamespace);
    if (!stream)
        co_return ProbeOutcome{Outcome::Failure, "dial tcp " + host + ":" + std::to_string(port) + ": " + stream.error().message};
    co_return ProbeOutcome{Outcome::Success, {}};
}

std::string requestText(const api::Value& get, const std::string& host, int port)
{
    const std::string path(get.str("path").empty() ? "/" : get.str("path"));
    std::string hostHeader = host + ":" + std::to_string(port), extra;
    bool agent = false, accept = false;
    for (const api::Value& header : get.get("httpHeaders")) {
        const std::string name(header.str("name"));
        if (name == "Host" || name == "host") {
            hostHeader = header.str("value");
            continue;
        }
        agent = agent || name == "User-Agent";
        accept = accept || name == "Accept";
        extra += name + ": " + std::string(header.str("value")) + "\r\n";
    }
    return "GET " + (path.front() == '/' ? path : "/" + path) + " HTTP/1.1\r\nHost: " + hostHeader + "\r\n" + (agent ? "" : "User-Agent: kube-probe/1.35\r\n")
        + (accept ? "" : "Accept: */*\r\n") + "Connection: close\r\n" + extra + "\r\n";
}

// The whole exchange on a connection of its own; the caller's timer closes the stream when it takes too long.
Task<ProbeOutcome> exchange(http::Stream& stream, std::string request)
{
    auto sent = co_await stream.write(std::move(request));
    if (!sent)
        co_return ProbeOutcome{Outcome::Failure, sent.error().message};
    std::string answer;
    while (answer.size() < kOutputMaxBytes) {
        auto piece = co_await stream.read();
        if (!piece && answer.find("\r\n") == std::string::npos)
            co_return ProbeOutcome{Outcome::Failure, piece.error().message};
        if (!piece || piece->empty())
            break;
        answer += *piece;
    }
    int code = 0;
    if (answer.starts_with("HTTP/1.") && answer.size() > 12)
        std::from_chars(answer.data() + 9, answer.data() + 12, code);
    if (code >= 200 && code < 400)
        co_return ProbeOutcome{Outcome::Success, {}};
    if (code == 0)
        co_return ProbeOutcome{Outcome::Failure, "malformed HTTP response"};
    co_return ProbeOutcome{Outcome::Failure, "HTTP probe failed with statuscode: " + std::to_string(code)};
}

Task<ProbeOutcome> runHttp(Loop& loop, ProbeTarget target, api::Value get, Duration timeout)
{
    const std::string host(get.str("host").empty() ? std::string_view(target.podIp) : get.str("host"));
    const int port = portNumber(get.get("port"), target.container);
    const std::string url = "http://" + host + ":" + std::to_string(port) + std::string(get.str("path"));
    if (get.str("scheme") == "HTTPS") {
        // The kubelet does not verify a probe's certificate; that the port accepts a connection is what can be said without TLS.
        auto reachable = co_await http::connectTcp(loop, host, port, timeout, target.networkNamespace);
        co_return reachable ? ProbeOutcome{Outcome::Success, {}} : ProbeOutcome{Outcome::Failure, "Get \"" + url + "\": " + reachable.error().message};
    }
    auto connected = co_await http::connectTcp(loop, host, port, timeout, target.networkNamespace);
    if (!connected)
        co_return ProbeOutcome{Outcome::Failure, "Get \"" + url + "\": " + connected.error().message};
    std::unique_ptr<http::Stream> stream = std::move(*connected);
    bool late = false;
    Registration timer = loop.after(timeout, [&stream, &late] {
        late = true;
        stream->close();
    });
    ProbeOutcome outcome = co_await exchange(*stream, requestText(get, host, port));
    timer.reset();
    if (late)
        outcome = {Outcome::Failure, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"};
    if (outcome.result == Outcome::Failure && !outcome.message.starts_with("HTTP probe"))
        outcome.message = "Get \"" + url + "\": " + outcome.message;
    co_return outcome;
}

} // namespace

Task<ProbeOutcome> runHandler(Loop& loop, runtime::ContainerRuntime& runtime, ProbeTarget target, api::Value handler, Duration timeout)
{
    if (const api::Value* exec = handler.find("exec"))
        co_return co_await runExec(runtime, target, *exec, timeout);
    if (const api::Value* get = handler.find("httpGet"))
        co_return co_await runHttp(loop, target, *get, timeout);
    if (const api::Value* socket = handler.find("tcpSocket"))
        co_return co_await runTcp(loop, target, *socket, timeout);
    if (const api::Value* sleep = handler.find("sleep")) {
        co_await sleepFor(loop, std::chrono::seconds(sleep->get("seconds").asInt()));
        co_return ProbeOutcome{Outcome::Success, {}};
    }
    co_return ProbeOutcome{Outcome::Unknown, "this node can't run the probe: it has neither exec, httpGet nor tcpSocket"};
}

} // namespace kates::kubelet
