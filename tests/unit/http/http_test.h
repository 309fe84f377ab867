// What the HTTP tests share: a server with a handler that knows a few paths, raw connections, PEM for TLS.
#pragma once

#include <QtTest>

#include <map>

#include "engine/http/client.h"
#include "engine/http/pki.h"
#include "engine/http/server.h"

namespace kates::http::test {

using namespace std::chrono_literals;

struct Pki {
    CertificatePair authority, server, user;
    Pki()
    {
        auto now = std::chrono::system_clock::now();
        authority = *makeCertificateAuthority("test authority", 1, now);
        CertificateRequest forServer{.commonName = "server", .dnsNames = {"localhost", "kates.test"}, .ipAddresses = {"127.0.0.1"}, .server = true};
        server = *issueCertificate(authority, forServer, now);
        user = *issueCertificate(authority, {.commonName = "alice", .organizations = {"system:masters", "devs"}, .client = true}, now);
    }
    std::shared_ptr<TlsContext> serverTls(bool http2 = true) const
    {
        const auto& clientCa = authority.certificatePem;
        return *makeServerTls({.certificatePem = server.certificatePem, .keyPem = server.keyPem, .clientCaPem = clientCa, .http2 = http2});
    }
    std::shared_ptr<TlsContext> clientTls() const { return *makeClientTls({.caPem = authority.certificatePem}); }
    std::shared_ptr<TlsContext> userTls() const
    {
        return *makeClientTls({.caPem = authority.certificatePem, .certificatePem = user.certificatePem, .keyPem = user.keyPem});
    }
    static const Pki& shared()
    {
        static const Pki pki;
        return pki;
    }
};

// Handlers by path. They are static functions: coroutine lambdas may not capture.
using Routes = std::map<std::string, Task<void> (*)(Exchange&)>;

inline Task<void> notFound(Exchange& exchange)
{
    Headers headers;
    Bytes body(std::string("no such path\n"));
    co_await exchange.respond(404, std::move(headers), std::move(body));
}

inline Handler route(Routes routes)
{
    return [routes](Exchange& exchange) {
        auto found = routes.find(exchange.request().path);
        return found == routes.end() ? notFound(exchange) : found->second(exchange);
    };
}

inline Task<void> answerText(Exchange& exchange, int status, std::string text)
{
    Headers headers;
    headers.add("Content-Type", "text/plain");
    Bytes body(std::move(text));
    co_await exchange.respond(status, std::move(headers), std::move(body));
}

inline Task<void> hello(Exchange& exchange)
{
    co_await answerText(exchange, 200, "hello");
}

// Answers with the method and the body that came.
inline Task<void> echo(Exchange& exchange)
{
    auto body = co_await exchange.readBody(1u << 20);
    if (!body) {
        co_await answerText(exchange, body.error().systemError == EMSGSIZE ? 413 : 400, body.error().message);
        co_return;
    }
    co_await answerText(exchange, 200, exchange.request().method + ":" + *body);
}

inline Task<void> ignoreBody(Exchange& exchange)
{
    co_await answerText(exchange, 200, "ignored");
}

inline std::unique_ptr<Server> serve(Loop& loop, Routes routes, ListenOptions options = {})
{
    auto server = listen(loop, std::move(options), route(std::move(routes)));
    if (!server)
        qFatal("%s", server.error().message.c_str());
    return std::move(*server);
}

// Sends `text` and gives everything that comes until the server closes the connection.
inline Task<std::string> rawExchange(Loop& loop, int port, std::string text)
{
    auto stream = co_await connectTcp(loop, "127.0.0.1", port, 5s);
    if (!stream)
        co_return "cannot connect: " + stream.error().message;
    auto written = co_await (*stream)->write(std::move(text));
    std::string answer;
    for (;;) {
        auto piece = co_await (*stream)->read();
        if (!piece || piece->empty())
            co_return answer;
        answer += *piece;
    }
}

struct Answer {
    int status = 0;
    std::string body;
    Headers headers;
    std::string error;
};

inline Task<Answer> fetch(Client& client, Endpoint endpoint, ClientRequest request)
{
    Answer answer;
    auto response = co_await client.send(std::move(endpoint), std::move(request));
    if (!response) {
        answer.error = response.error().message;
        co_return answer;
    }
    answer.status = (*response)->status();
    answer.headers = (*response)->headers();
    auto body = co_await (*response)->readAll(64u << 20);
    if (body)
        answer.body = std::move(*body);
    else
        answer.error = body.error().message;
    co_return answer;
}

} // namespace kates::http::test
