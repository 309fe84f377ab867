// grpc: grpc.health.v1.Health/Check, as HTTP/2 without TLS.
#include <charconv>

#include "engine/http/client.h"
#include "engine/http/http2_call.h"
#include "engine/kubelet/probes/probe_target.h"

namespace kates::kubelet {

namespace {

using Outcome = ProbeOutcome::Result;

constexpr std::size_t kFrameHead = 5; // a byte that says whether it is compressed, and the message's length
constexpr int kUnimplemented = 12;

// HealthCheckRequest { string service = 1; } in its frame. A service's name is limited by the description of the kind to less than 2 MiB.
std::string requestBody(std::string_view service)
{
    std::string message;
    if (!service.empty()) {
        message += '\x0a';
        std::size_t length = service.size();
        for (; length > 0x7f; length >>= 7)
            message += static_cast<char>((length & 0x7f) | 0x80);
        message += static_cast<char>(length);
        message += service;
    }
    std::string frame(1, '\0');
    for (int shift = 24; shift >= 0; shift -= 8)
        frame += static_cast<char>(message.size() >> shift & 0xff);
    return frame + message;
}

// HealthCheckResponse { ServingStatus status = 1; }: 0 UNKNOWN, 1 SERVING, 2 NOT_SERVING, 3 SERVICE_UNKNOWN. -1: it is none.
int servingStatus(std::string_view body)
{
    if (body.size() < kFrameHead || body[0] != 0)
        return -1;
    body.remove_prefix(kFrameHead);
    if (body.empty())
        return 0;
    return body.size() >= 2 && body[0] == '\x08' ? static_cast<unsigned char>(body[1]) : -1;
}

ProbeOutcome judge(const http::Http2Answer& answer)
{
    if (answer.status != 200)
        return {Outcome::Failure, "error: health rpc failed: unexpected HTTP status code " + std::to_string(answer.status)};
    const std::string_view code = answer.headers.get("grpc-status");
    int status = -1;
    std::from_chars(code.data(), code.data() + code.size(), status);
    if (status == kUnimplemented)
        return {Outcome::Failure, "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): " + std::string(answer.headers.get("grpc-message"))};
    if (status != 0)
        return {Outcome::Failure, "error: health rpc failed: code " + std::string(code) + " " + std::string(answer.headers.get("grpc-message"))};
    static constexpr std::string_view kNames[] = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
    const int serving = servingStatus(answer.body);
    if (serving == 1)
        return {Outcome::Success, "service healthy"};
    const std::string name = serving >= 0 && serving < 4 ? std::string(kNames[serving]) : "something that is no status";
    return {Outcome::Failure, "service unhealthy (responded with \"" + name + "\")"};
}

} // namespace

Task<ProbeOutcome> runGrpcProbe(Loop& loop, ProbeTarget target, api::Value grpc, Duration timeout)
{
    const MonotonicTime deadline = loop.now() + timeout;
    const int port = probePort(grpc.get("port"), target.container);
    const std::string where = target.podIp + ":" + std::to_string(port);
    const std::string late = "timeout: failed to connect service \"" + where + "\" within "
        + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(timeout).count()) + "s: context deadline exceeded";
    auto connected = co_await http::connectTcp(loop, target.podIp, port, timeout, target.networkNamespace);
    if (!connected && connected.error().systemError == ETIMEDOUT)
        co_return ProbeOutcome{Outcome::Failure, late};
    if (!connected)
        co_return ProbeOutcome{Outcome::Failure, "error: failed to connect service at \"" + where + "\": " + connected.error().message};
    std::unique_ptr<http::Stream> stream = std::move(*connected);
    bool over = false;
    Registration timer = loop.after(std::max<Duration>(deadline - loop.now(), Duration::zero()), [&stream, &over] {
        over = true;
        stream->close();
    });
    http::Http2Call call;
    call.authority = where;
    call.path = "/grpc.health.v1.Health/Check";
    call.headers = {{"content-type", "application/grpc"}, {"te", "trailers"}, {"user-agent", "kube-probe/1.35"}};
    call.body = requestBody(grpc.str("service"));
    auto answer = co_await http::callHttp2(*stream, std::move(call));
    timer.reset();
    if (over)
        co_return ProbeOutcome{Outcome::Failure, late};
    co_return answer ? judge(*answer) : ProbeOutcome{Outcome::Failure, "error: health rpc failed: " + answer.error().message};
}

} // namespace kates::kubelet
