#include "engine/http/reverse_proxy.h"

#include <algorithm>
#include <cctype>
#include <cerrno>

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

Task<void> relay(Exchange& exchange, ClientResponse& response, std::stop_token over)
{
    exchange.begin(response.status(), passedOn(response.headers()));
    // A client that goes away ends the request behind it too, even while that has nothing to say (a watch).
    std::stop_callback gone(over, [&response] { response.cancel(); });
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

// Requested when either of two is.
class EitherStop {
public:
    EitherStop(std::stop_token one, std::stop_token other) : m_one(std::move(one), Request{m_source}), m_other(std::move(other), Request{m_source}) {}
    std::stop_token token() const { return m_source.get_token(); }

private:
    struct Request {
        std::stop_source source;
        void operator()()
        {
            auto kept = source; // what stops may end the coroutine that holds this
            kept.request_stop();
        }
    };
    std::stop_source m_source;
    std::stop_callback<Request> m_one, m_other;
};

ClientRequest requestFor(const Request& request, const ForwardOptions& options)
{
    ClientRequest onward;
    onward.method = request.method;
    onward.target = options.target;
    onward.headers = passedOn(request.headers);
    onward.timeout = Duration::zero(); // a watch's headers come at once, an exec's when the container answers
    if (request.headers.containsToken("Connection", "upgrade")) {
        onward.headers.set("Connection", "Upgrade");
        onward.headers.set("Upgrade", request.headers.get("Upgrade"));
    }
    for (const std::string& name : options.droppedHeaders)
        onward.headers.remove(name);
    for (const auto& [name, value] : options.extraHeaders.fields())
        onward.headers.set(name, value);
    return onward;
}

} // namespace

Task<void> forwardExchange(Loop& loop, Client& client, Exchange& exchange, ForwardOptions options, Refuse refuse)
{
    const Request& request = exchange.request();
    EitherStop over(exchange.closed(), options.stop);
    ClientRequest onward = requestFor(request, options);
    onward.stop = over.token();
    if (options.body) {
        onward.body = std::move(*options.body);
    } else if (!request.headers.containsToken("Connection", "upgrade")) {
        auto body = co_await exchange.readBody(options.bodyMaxBytes);
        if (!body) {
            const bool large = body.error().systemError == EMSGSIZE;
            co_await refuse(exchange, large ? 413 : 400, body.error());
            co_return;
        }
        onward.body = std::move(*body);
    }
    Endpoint endpoint = options.endpoint;
    auto sent = co_await client.send(endpoint, std::move(onward));
    if (!sent) {
        co_await refuse(exchange, 503, sent.error());
        co_return;
    }
    std::unique_ptr<ClientResponse> response = std::move(*sent);
    if (options.answered)
        options.answered(response->status());
    if (response->status() != 101) {
        co_await relay(exchange, *response, over.token());
        co_return;
    }
    Headers answer = passedOn(response->headers());
    answer.set("Upgrade", response->headers().get("Upgrade"));
    auto far = response->takeStream();
    auto near = exchange.upgrade(std::move(answer));
    if (far && near)
        co_await pipe(loop, std::move(near), std::move(far), over.token());
}

} // namespace kates::http
