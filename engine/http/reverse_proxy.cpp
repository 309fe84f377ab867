#include "engine/http/reverse_proxy.h"

#include <algorithm>
#include <cctype>

namespace kates::http {

namespace {

// Belong to one connection (RFC 9110, section 7.6.1) or are set by our own client and server.
constexpr std::string_view kHopByHop[] = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "content-length", "host", "expect", "http2-settings"};

bool isHopByHop(std::string_view name)
{
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return std::find(std::begin(kHopByHop), std::end(kHopByHop), lower) != std::end(kHopByHop);
}

Headers passedOn(const Headers& headers)
{
    Headers out;
    for (const auto& [name, value] : headers.fields())
        if (!isHopByHop(name) && !name.starts_with(':'))
            out.add(name, value);
    return out;
}

Task<void> relay(Exchange& exchange, ClientResponse& response)
{
    exchange.begin(response.status(), passedOn(response.headers()));
    // A client that goes away ends the request behind it too, even while that has nothing to say (a watch).
    std::stop_callback gone(exchange.closed(), [&response] { response.cancel(); });
    for (;;) {
        auto piece = co_await response.readSome();
        if (!piece)
            co_return; // cut short: so is our answer, for the client to see
        if (piece->empty())
            break;
        std::vector<Bytes> pieces;
        pieces.emplace_back(std::move(*piece));
        const bool taken = co_await exchange.write(std::move(pieces));
        if (!taken)
            co_return;
    }
    co_await exchange.end();
}

} // namespace

Task<void> forwardExchange(Loop& loop, Client& client, Exchange& exchange, ForwardOptions options, Refuse refuse)
{
    const Request& request = exchange.request();
    ClientRequest onward;
    onward.method = request.method;
    onward.target = options.target;
    onward.headers = passedOn(request.headers);
    onward.timeout = Duration::zero(); // a watch's headers come at once, an exec's when the container answers
    onward.stop = exchange.closed();
    const bool upgrade = request.headers.containsToken("Connection", "upgrade");
    if (upgrade) {
        onward.headers.set("Connection", "Upgrade");
        onward.headers.set("Upgrade", request.headers.get("Upgrade"));
    }
    for (const std::string& name : options.droppedHeaders)
        onward.headers.remove(name);
    for (const auto& [name, value] : options.extraHeaders.fields())
        onward.headers.set(name, value);
    if (!upgrade) {
        auto body = co_await exchange.readBody(options.bodyMaxBytes);
        if (!body) {
            const bool large = body.error().systemError == EMSGSIZE;
            co_await refuse(exchange, large ? 413 : 400, body.error().message);
            co_return;
        }
        onward.body = std::move(*body);
    }
    Endpoint endpoint = options.endpoint;
    auto sent = co_await client.send(endpoint, std::move(onward));
    if (!sent) {
        co_await refuse(exchange, 503, sent.error().message);
        co_return;
    }
    std::unique_ptr<ClientResponse> response = std::move(*sent);
    if (response->status() != 101) {
        co_await relay(exchange, *response);
        co_return;
    }
    Headers answer = passedOn(response->headers());
    answer.set("Upgrade", response->headers().get("Upgrade"));
    auto far = response->takeStream();
    auto near = exchange.upgrade(std::move(answer));
    if (far && near)
        co_await pipe(loop, std::move(near), std::move(far), exchange.closed());
}

} // namespace kates::http
