// A server to be measured from outside: GET /get answers 2,040 bytes of JSON, GET /watch streams such an event each second, GET /hold stays open.
//   bench_http_server <port> <plain | tls | h2>       then e.g. `wrk -t1 -c32 https://127.0.0.1:<port>/get`
// At SIGTERM it prints how many requests it served and the CPU time of each.
#include <sys/resource.h>
#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/base/files.h"
#include "engine/base/loop.h"
#include "engine/http/pki.h"
#include "engine/http/server.h"

using namespace kates;
using namespace kates::http;

namespace {

const Bytes document(std::string(R"({"kind":"Pod","padding":")") + std::string(2013, 'x') + "\"}");
long served = 0;

Task<void> answer(Exchange& exchange)
{
    ++served;
    Headers headers;
    headers.add("Content-Type", "application/json");
    co_await exchange.respond(200, std::move(headers), document);
}

Task<void> hold(Exchange& exchange, Loop& loop, Duration interval)
{
    ++served;
    Headers headers;
    exchange.begin(200, std::move(headers));
    for (bool open = true; open;) {
        std::vector<Bytes> pieces{document};
        open = co_await exchange.write(std::move(pieces));
        open = open && co_await sleepFor(loop, interval, exchange.closed());
    }
}

std::shared_ptr<TlsContext> makeTls(bool http2)
{
    auto now = std::chrono::system_clock::now();
    auto authority = makeCertificateAuthority("bench", 1, now);
    auto server = issueCertificate(*authority, {.commonName = "bench", .ipAddresses = {"127.0.0.1"}, .server = true}, now);
    auto tls = makeServerTls({.certificatePem = server->certificatePem, .keyPem = server->keyPem, .http2 = http2});
    return tls ? *tls : nullptr;
}

double cpuSeconds()
{
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    auto seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
    auto microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return static_cast<double>(seconds) + 1e-6 * static_cast<double>(microseconds);
}

} // namespace

int main(int argc, char** argv)
{
    std::string mode = argc > 2 ? argv[2] : "plain";
    auto loop = makeLoop();
    ListenOptions options{.port = argc > 1 ? std::atoi(argv[1]) : 0, .limits = {.connectionsMax = 20'000}};
    if (mode != "plain")
        options.tls = makeTls(mode == "h2");
    auto server = listen(*loop, options, [&loop = *loop](Exchange& exchange) {
        const auto& path = exchange.request().path;
        if (path == "/watch" || path == "/hold")
            return hold(exchange, loop, path == "/watch" ? std::chrono::seconds(1) : std::chrono::hours(1));
        return answer(exchange);
    });
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    OwnedFd signalFd(::signalfd(-1, &signals, SFD_NONBLOCK));
    auto watch = loop->watch(signalFd.get(), Readable, [&loop](int) { loop->stop(); });
    std::printf("listening on port %d\n", (*server)->port());
    std::fflush(stdout);
    double before = cpuSeconds();
    loop->run();
    double spent = cpuSeconds() - before;
    std::printf("%ld requests, %.2f us CPU each, %.2f s CPU\n", served, served ? 1e6 * spent / static_cast<double>(served) : 0.0, spent);
    return 0;
}
