// httpGet: HTTP and HTTPS (without verification, as the kubelet), and redirects that stay on the same host.
#include <charconv>

#include "engine/http/connect_tls.h"
#include "engine/kubelet/probes/probe_target.h"
#include "engine/runtime/image/registry_auth.h"

namespace kates::kubelet {

namespace {

constexpr int kRedirectsMax = 10; // as Go's client
using Outcome = ProbeOutcome::Result;
using runtime::Url;

struct Answer {
    int status = 0;
    std::string location;
};

std::string authority(const Url& url)
{
    const std::string host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
    return host + ":" + std::to_string(url.port);
}

std::string text(const Url& url)
{
    return (url.tls ? "https://" : "http://") + authority(url) + url.target;
}

bool is(std::string_view name, std::string_view wanted)
{
    return std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(), [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::string requestText(const api::Value& get, const Url& url)
{
    std::string hostHeader = authority(url), extra;
    bool agent = false, accept = false;
    for (const api::Value& header : get.get("httpHeaders")) {
        const std::string name(header.str("name"));
        if (is(name, "Host")) {
            hostHeader = header.str("value");
            continue;
        }
        agent = agent || is(name, "User-Agent");
        accept = accept || is(name, "Accept");
        extra += name + ": " + std::string(header.str("value")) + "\r\n";
    }
    return "GET " + url.target + " HTTP/1.1\r\nHost: " + hostHeader + "\r\n" + (agent ? "" : "User-Agent: kube-probe/1.35\r\n") + (accept ? "" : "Accept: */*\r\n")
        + "Connection: close\r\n" + extra + "\r\n";
}

std::string locationOf(std::string_view head)
{
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && is(line.substr(0, colon), "Location")) {
            const auto start = line.find_first_not_of(" \t", colon + 1);
            return start == std::string_view::npos ? std::string() : std::string(line.substr(start, line.find_last_not_of(" \t") + 1 - start));
        }
        head.remove_prefix(std::min(end + 2, head.size()));
    }
    return {};
}

Task<Result<Answer>> exchange(http::Stream& stream, std::string request)
{
    auto sent = co_await stream.write(std::move(request));
    if (!sent)
        co_return tl::unexpected(sent.error());
    std::string answer;
    while (answer.size() < kProbeOutputMaxBytes && answer.find("\r\n\r\n") == std::string::npos) {
        auto piece = co_await stream.read();
        if (!piece && answer.find("\r\n") == std::string::npos)
            co_return tl::unexpected(piece.error());
        if (!piece || piece->empty())
            break;
        answer += *piece;
    }
    Answer result;
    if (answer.starts_with("HTTP/1.") && answer.size() > 12)
        std::from_chars(answer.data() + 9, answer.data() + 12, result.status);
    if (result.status == 0)
        co_return failure("malformed HTTP response");
    result.location = locationOf(std::string_view(answer).substr(0, answer.find("\r\n\r\n")));
    co_return result;
}

// One request on a connection of its own, until the deadline.
Task<Result<Answer>> ask(Loop& loop, std::string networkNamespace, Url url, std::string request, MonotonicTime deadline)
{
    const Duration left = std::max<Duration>(deadline - loop.now(), std::chrono::milliseconds(1));
    Result<std::unique_ptr<http::Stream>> connected = failure("");
    if (url.tls) {
        http::TlsClientOptions options;
        options.insecureSkipVerify = true;
        auto tls = http::makeClientTls(options);
        if (!tls)
            co_return tl::unexpected(tls.error());
        connected = co_await http::connectTls(loop, url.host, url.port, left, networkNamespace, *tls);
    } else {
        connected = co_await http::connectTcp(loop, url.host, url.port, left, networkNamespace);
    }
    if (!connected)
        co_return tl::unexpected(connected.error());
    std::unique_ptr<http::Stream> stream = std::move(*connected);
    bool late = false;
    Registration timer = loop.after(std::max<Duration>(deadline - loop.now(), Duration::zero()), [&stream, &late] {
        late = true;
        stream->close();
    });
    auto answer = co_await exchange(*stream, std::move(request));
    timer.reset();
    if (late)
        co_return failure("context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    co_return answer;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

Task<ProbeOutcome> runHttpProbe(Loop& loop, ProbeTarget target, api::Value get, Duration timeout)
{
    const MonotonicTime deadline = loop.now() + timeout;
    Url url;
    url.tls = get.str("scheme") == "HTTPS";
    url.host = probeHost(target, get);
    url.port = probePort(get.get("port"), target.container);
    url.target = get.str("path");
    if (!url.target.starts_with('/'))
        url.target.insert(0, "/");
    const std::string first = text(url), host = url.host;
    for (int redirects = 0; redirects <= kRedirectsMax; ++redirects) {
        std::string request = requestText(get, url);
        auto answer = co_await ask(loop, target.networkNamespace, url, std::move(request), deadline);
        if (!answer)
            co_return ProbeOutcome{Outcome::Failure, "Get \"" + text(url) + "\": " + answer.error().message};
        if (answer->status < 200 || answer->status >= 400)
            co_return ProbeOutcome{Outcome::Failure, "HTTP probe failed with statuscode: " + std::to_string(answer->status)};
        auto next = isRedirect(answer->status) ? runtime::parseUrl(answer->location, &url) : failure("");
        if (!next || next->host != host) // another host is not the pod's: that it answered is all that is asked
            co_return ProbeOutcome{Outcome::Success, {}};
        url = std::move(*next);
    }
    co_return ProbeOutcome{Outcome::Failure, "Get \"" + first + "\": stopped after " + std::to_string(kRedirectsMax) + " redirects"};
}

} // namespace kates::kubelet
