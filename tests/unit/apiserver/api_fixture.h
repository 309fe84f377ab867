// A whole API server in one process: memory store, simulated time, requests given to its handler as an HTTP server would give them.
#pragma once

#include <QtTest>

#include <set>

#include "engine/api/json.h"
#include "engine/apiserver/api_server.h"
#include "engine/base/simulated_loop.h"
#include "engine/http/pki.h"
#include "engine/store/memory_store.h"

namespace kates::apiserver {

// JSON with single quotes for double ones: moc does not understand raw strings inside macros.
inline std::string q(std::string_view text)
{
    std::string json(text);
    std::replace(json.begin(), json.end(), '\'', '"');
    return json;
}

struct TestResponse {
    int status = 0;
    http::Headers headers;
    std::string body;
    bool ended = false;

    api::Value json() const
    {
        auto value = api::parseJson(body);
        return value ? *value : api::Value();
    }
    // The complete lines of a watch so far.
    std::vector<api::Value> events() const
    {
        std::vector<api::Value> events;
        for (std::size_t at = 0, end; (end = body.find('\n', at)) != std::string::npos; at = end + 1)
            events.push_back(*api::parseJson(std::string_view(body).substr(at, end - at)));
        return events;
    }
};

class TestExchange : public http::Exchange {
public:
    TestExchange(Loop& loop, http::Request request, std::string body) : m_loop(loop), m_request(std::move(request)), m_body(std::move(body)) {}
    const http::Request& request() const override { return m_request; }
    Task<Result<std::string>> readBody(std::size_t sizeMaxBytes) override
    {
        if (m_body.size() > sizeMaxBytes)
            co_return tl::unexpected(Error{"too large", EMSGSIZE});
        co_return m_body;
    }
    Task<Result<std::string>> readSome() override { co_return std::exchange(m_body, {}); }
    Task<void> respond(int status, http::Headers headers, Bytes body) override
    {
        begin(status, std::move(headers));
        response.body = body.view();
        response.ended = true;
        co_return;
    }
    void begin(int status, http::Headers headers) override
    {
        response.status = status;
        response.headers = std::move(headers);
    }
    Task<bool> write(std::vector<Bytes> pieces) override
    {
        for (const auto& piece : pieces)
            response.body.append(piece.view());
        co_return !m_closed.stop_requested();
    }
    Task<void> end() override
    {
        response.ended = true;
        co_return;
    }
    std::size_t pendingBytes() const override { return 0; }
    std::unique_ptr<http::Stream> upgrade(http::Headers) override { return nullptr; }
    std::stop_token closed() const override { return m_closed.get_token(); }
    bool responseStarted() const override { return response.status != 0; }
    Loop& loop() const override { return m_loop; }
    void disconnect() { m_closed.request_stop(); }

    TestResponse response;

private:
    Loop& m_loop;
    http::Request m_request;
    std::string m_body;
    std::stop_source m_closed;
};

class ApiFixture {
public:
    explicit ApiFixture(bool withServiceAccounts = false)
    {
        options.scheme = api::Scheme::kubernetes();
        options.store = std::shared_ptr<store::Store>(store::makeMemoryStore(loop));
        options.tokens
            = {{"admin", {"admin", "", {"system:masters"}}}, {"alice", {"alice", "", {"dev"}}}, {"node", {"system:node:n1", "", {"system:nodes"}}}};
        options.serverAddress = "192.0.2.1:6443";
        if (withServiceAccounts)
            options.serviceAccountKeyPem = *http::makeEcKey();
        restart();
    }

    // A new server over the same store.
    void restart()
    {
        server = makeApiServer(loop, options);
        handler = server->handler();
        std::optional<Result<void>> started;
        spawn(startInto(started));
        loop.settle();
        if (!started || !*started)
            qFatal("the server did not start: %s", started ? started->error().message.c_str() : "still waiting");
    }

    std::shared_ptr<TestExchange> begin(
        std::string method, std::string target, std::string body = {}, http::Headers headers = {}, std::string token = "admin")
    {
        http::Request request;
        request.method = std::move(method);
        auto question = target.find('?');
        request.path = target.substr(0, question);
        request.query = question == std::string::npos ? "" : target.substr(question + 1);
        request.headers = std::move(headers);
        if (!token.empty())
            request.headers.set("Authorization", "Bearer " + token);
        auto exchange = std::make_shared<TestExchange>(loop, std::move(request), std::move(body));
        spawn(serve(exchange));
        loop.settle();
        return exchange;
    }
    TestResponse send(std::string method, std::string target, std::string body = {}, http::Headers headers = {}, std::string token = "admin")
    {
        return begin(std::move(method), std::move(target), std::move(body), std::move(headers), std::move(token))->response;
    }
    TestResponse get(std::string target, std::string token = "admin") { return send("GET", std::move(target), {}, {}, std::move(token)); }
    TestResponse post(std::string target, std::string body) { return send("POST", std::move(target), std::move(body)); }
    TestResponse put(std::string target, const api::Value& body) { return send("PUT", std::move(target), api::toJson(body)); }
    TestResponse remove(std::string target, std::string body = {}) { return send("DELETE", std::move(target), std::move(body)); }
    TestResponse patch(std::string target, std::string type, std::string body)
    {
        http::Headers headers;
        headers.set("Content-Type", type);
        return send("PATCH", std::move(target), std::move(body), std::move(headers));
    }
    TestResponse configMap(std::string name, std::string data = q("{'k':'v'}"), std::string ns = "default", std::string labels = "{}")
    {
        return post(
            "/api/v1/namespaces/" + ns + "/configmaps", q("{'metadata':{'name':'") + name + q("','labels':") + labels + q("},'data':") + data + "}");
    }

    SimulatedLoop loop;
    ApiServerOptions options;
    std::unique_ptr<ApiServer> server;
    http::Handler handler;

private:
    Task<void> startInto(std::optional<Result<void>>& started) { started.emplace(co_await server->start()); }
    Task<void> serve(std::shared_ptr<TestExchange> exchange) { co_await handler(*exchange); }
};

} // namespace kates::apiserver

#define COMPARE_STRING(actual, expected) QCOMPARE(std::string(actual), std::string(expected))
