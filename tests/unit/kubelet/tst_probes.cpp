#include "engine/kubelet/probes/probe_target.h"
#include "grpc_health_server.h"
#include "tests/unit/http/http_test.h"

using namespace kates;
using namespace kates::kubelet;
using namespace kates::http::test;
using kates::test::GrpcHealthServer;

namespace {

using Outcome = ProbeOutcome::Result;
std::string seen; // of the last request

Task<void> ok(http::Exchange& exchange)
{
    const auto& request = exchange.request();
    seen = request.path + "?" + request.query + " " + std::string(request.headers.get("Host")) + " " + std::string(request.headers.get("User-Agent")) + " "
        + std::string(request.headers.get("X-Mine"));
    co_await answerText(exchange, 200, "ok");
}

Task<void> redirect(http::Exchange& exchange, std::string to)
{
    http::Headers headers{{"Location", to}};
    co_await exchange.respond(302, std::move(headers), Bytes(std::string()));
}
Task<void> redirectToOk(http::Exchange& exchange)
{
    co_await redirect(exchange, "/ok?from=redirect");
}
Task<void> redirectToFailure(http::Exchange& exchange)
{
    co_await redirect(exchange, "/failing");
}
Task<void> redirectAway(http::Exchange& exchange)
{
    co_await redirect(exchange, "https://192.0.2.1/never");
}
Task<void> redirectInCircles(http::Exchange& exchange)
{
    co_await redirect(exchange, "/circle");
}
Task<void> failing(http::Exchange& exchange)
{
    co_await answerText(exchange, 503, "no");
}
Task<void> never(http::Exchange& exchange)
{
    Event gone;
    std::stop_callback callback(exchange.closed(), [gone] { gone.set({}); });
    co_await gone;
}

const Routes kRoutes{{"/ok", ok}, {"/to-ok", redirectToOk}, {"/to-failing", redirectToFailure}, {"/away", redirectAway}, {"/circle", redirectInCircles},
    {"/failing", failing}, {"/never", never}};

} // namespace

class ProbesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop = makeLoop();
    std::unique_ptr<http::Server> m_tls = serve(*m_loop, kRoutes, {.tls = Pki::shared().serverTls()}), m_plain = serve(*m_loop, kRoutes);

    ProbeOutcome get(const std::string& path, const std::string& scheme = "HTTPS", Duration timeout = 5s)
    {
        const int port = scheme == "HTTPS" ? m_tls->port() : m_plain->port();
        const api::Value mine = api::Value::object({{"name", "X-Mine"}, {"value", "yes"}}), host = api::Value::object({{"name", "host"}, {"value", "named"}});
        const api::Value get = api::Value::object({{"path", path}, {"port", port}, {"scheme", scheme}, {"httpHeaders", api::Value::array({mine, host})}});
        return runToCompletion(*m_loop, runHttpProbe(*m_loop, target(), get, timeout));
    }
    static ProbeTarget target() { return {.containerId = "c", .podIp = "127.0.0.1", .networkNamespace = {}, .container = {}}; }
    ProbeOutcome check(int port, const std::string& service = {}, Duration timeout = 5s)
    {
        const api::Value grpc = api::Value::object({{"port", port}, {"service", service}});
        return runToCompletion(*m_loop, runGrpcProbe(*m_loop, target(), grpc, timeout));
    }
    static void compare(const ProbeOutcome& outcome, Outcome result, const std::string& message = {})
    {
        QVERIFY2(outcome.result == result && outcome.message.find(message) != std::string::npos, outcome.message.c_str());
    }

private slots:
    void httpsIsRealAndNotVerified()
    {
        for (const char* scheme : {"HTTPS", "HTTP"}) {
            seen.clear();
            compare(get("/ok?a=b", scheme), Outcome::Success);
            QCOMPARE(seen, std::string("/ok?a=b named kube-probe/1.35 yes"));
            compare(get("/failing", scheme), Outcome::Failure, "HTTP probe failed with statuscode: 503");
        }
    }
    void aPortThatOnlyAcceptsIsNoHttps()
    {
        const api::Value get = api::Value::object({{"path", "/ok"}, {"port", m_plain->port()}, {"scheme", "HTTPS"}});
        compare(runToCompletion(*m_loop, runHttpProbe(*m_loop, target(), get, 5s)), Outcome::Failure, "Get \"https://127.0.0.1:");
    }
    void redirectsAreFollowedOnTheSameHost()
    {
        seen.clear();
        compare(get("/to-ok"), Outcome::Success);
        QVERIFY2(seen.starts_with("/ok?from=redirect"), seen.c_str());
        compare(get("/to-failing"), Outcome::Failure, "503");
        compare(get("/away"), Outcome::Success);
        compare(get("/circle"), Outcome::Failure, "stopped after 10 redirects");
    }
    void aServerThatSaysNothingFails()
    {
        compare(get("/never", "HTTPS", 50ms), Outcome::Failure, "context deadline exceeded");
    }

    void aServiceThatServesIsHealthy()
    {
        GrpcHealthServer server(*m_loop, {});
        compare(check(server.port(), "my.service"), Outcome::Success);
        QCOMPARE(server.path, std::string("/grpc.health.v1.Health/Check"));
        QCOMPARE(server.contentType, std::string("application/grpc"));
        QCOMPARE(server.body, std::string("\0\0\0\0\x0c\x0a\x0amy.service", 17));
    }
    void otherwiseTheAnswerIsSaid()
    {
        GrpcHealthServer notServing(*m_loop, {.serving = 2});
        compare(check(notServing.port()), Outcome::Failure, "service unhealthy (responded with \"NOT_SERVING\")");
        QCOMPARE(notServing.body, std::string(5, '\0'));
        GrpcHealthServer unknown(*m_loop, {.code = 5});
        compare(check(unknown.port(), "x"), Outcome::Failure, "health rpc failed: code 5 no");
        GrpcHealthServer other(*m_loop, {.code = 12});
        compare(check(other.port()), Outcome::Failure, "does not implement the grpc health protocol");
        GrpcHealthServer silent(*m_loop, {.silent = true});
        compare(check(silent.port(), {}, 50ms), Outcome::Failure, "context deadline exceeded");
        compare(check(m_tls->port()), Outcome::Failure, "health rpc failed");
    }
};

QTEST_GUILESS_MAIN(ProbesTest)
#include "tst_probes.moc"
