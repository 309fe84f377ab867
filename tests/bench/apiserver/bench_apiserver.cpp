// See README.md beside this file.
#include <algorithm>
#include <cstdio>

#include "engine/api/json.h"
#include "engine/base/files.h"
#include "measured_server.h"

using namespace kates;
using namespace kates::bench;

namespace {

constexpr int kListed = 10'000;
constexpr int kWatchers = 500;
constexpr int kUpdates = 200;

const std::string kPods = "/api/v1/namespaces/default/pods";

std::string podJson(const std::string& name)
{
    std::string env;
    for (int i = 0; i < 12; ++i)
        env += std::string(i ? "," : "") + R"({"name":"VARIABLE_)" + std::to_string(i)
            + R"(","value":"the value of a variable that a person wrote"})";
    return R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")" + name
        + R"(","labels":{"app":"bench","tier":"backend"}},"spec":{"nodeName":"node-1",)"
          R"("automountServiceAccountToken":false,"containers":[{"name":"main","image":"registry.example.com/team/application:v1.2.3","env":[)"
        + env + R"(],"resources":{"requests":{"cpu":"100m","memory":"64Mi"}},"ports":[{"containerPort":8080}]}]}})";
}

class Bench {
public:
    Bench(Loop& loop, MeasuredServer& server) : m_loop(loop), m_server(server), m_client(http::makeClient(loop)) {}

    Task<void> run();

private:
    using Clock = std::chrono::steady_clock;
    struct Request {
        std::string method, target, body;
    };
    http::ClientRequest make(Request request) const;
    Task<std::string> send(Request request, int wanted);
    Task<void> worker(int& next, int count, std::function<Request(int)> make, int wanted);
    Task<void> load(std::string name, int connections, int count, std::function<Request(int)> make, int wanted);
    Task<void> list();
    Task<void> watcher(int& ready, long& events, Event& all, std::size_t& bytes);
    Task<void> fanOut();
    void print(const std::string& name, int operations, Clock::time_point start, double cpu, const std::string& more = {}) const;

    Loop& m_loop;
    MeasuredServer& m_server;
    std::unique_ptr<http::Client> m_client;
    std::vector<double> m_latencies;
};

http::ClientRequest Bench::make(Request request) const
{
    http::ClientRequest http;
    http.method = std::move(request.method);
    http.target = std::move(request.target);
    http.body = std::move(request.body);
    http.headers.set("Authorization", "Bearer " + std::string(kToken));
    http.headers.set("Content-Type", "application/json");
    http.headers.set("User-Agent", "bench/1");
    return http;
}

Task<std::string> Bench::send(Request request, int wanted)
{
    auto http = make(std::move(request));
    auto response = co_await m_client->send(m_server.endpoint(), std::move(http));
    if (!response) {
        std::fprintf(stderr, "%s\n", response.error().message.c_str());
        std::exit(1);
    }
    auto body = co_await (*response)->readAll(256u << 20);
    if ((*response)->status() != wanted || !body) {
        std::fprintf(stderr, "status %d: %s\n", (*response)->status(), body ? body->substr(0, 300).c_str() : body.error().message.c_str());
        std::exit(1);
    }
    co_return std::move(*body);
}

Task<void> Bench::worker(int& next, int count, std::function<Request(int)> make, int wanted)
{
    while (next < count) {
        auto request = make(next++);
        auto start = Clock::now();
        co_await send(std::move(request), wanted);
        m_latencies.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
}

void Bench::print(const std::string& name, int operations, Clock::time_point start, double cpu, const std::string& more) const
{
    auto seconds = std::chrono::duration<double>(Clock::now() - start).count();
    auto used = m_server.cpuSeconds() - cpu;
    std::printf("| %-34s | %8d | %9.0f | %8.1f | %7.1f | %s\n", name.c_str(), operations, operations / seconds, used / operations * 1e6,
        seconds * 1e3, more.c_str());
    std::fflush(stdout);
}

Task<void> Bench::load(std::string name, int connections, int count, std::function<Request(int)> make, int wanted)
{
    m_latencies.clear();
    int next = 0;
    auto start = Clock::now();
    auto cpu = m_server.cpuSeconds();
    TaskGroup group(m_loop);
    for (int i = 0; i < connections; ++i)
        group.spawn(worker(next, count, make, wanted));
    co_await group.finished();
    std::sort(m_latencies.begin(), m_latencies.end());
    char text[80];
    std::snprintf(text, sizeof text, "p50 %.2f ms, p99 %.2f ms", m_latencies[m_latencies.size() / 2], m_latencies[m_latencies.size() * 99 / 100]);
    print(name, count, start, cpu, text);
}

Task<void> Bench::list()
{
    for (std::string query : {"", "?limit=500"}) {
        auto start = Clock::now();
        auto cpu = m_server.cpuSeconds();
        Request request{"GET", kPods + query, {}};
        auto body = co_await send(std::move(request), 200);
        char text[80];
        std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(body.size()) / 1e6);
        print("LIST of 10,000 pods" + std::string(query.empty() ? "" : ", first 500"), 1, start, cpu, text);
    }
}

Task<void> Bench::watcher(int& ready, long& events, Event& all, std::size_t& bytes)
{
    Request request{"GET", kPods + "?watch=true&fieldSelector=metadata.name%3Dpod-1", {}};
    auto http = make(std::move(request));
    auto response = co_await m_client->send(m_server.endpoint(), std::move(http));
    if (!response)
        std::exit(1);
    ++ready;
    for (;;) {
        auto piece = co_await (*response)->readSome();
        if (!piece || piece->empty())
            co_return;
        bytes += piece->size();
        events += std::count(piece->begin(), piece->end(), '\n');
        if (events >= static_cast<long>(kWatchers) * (kUpdates + 1)) {
            all.set({});
            co_return;
        }
    }
}

Task<void> Bench::fanOut()
{
    int ready = 0;
    long events = 0;
    std::size_t bytes = 0;
    Event all;
    auto before = m_server.residentKilobytes();
    for (int i = 0; i < kWatchers; ++i)
        spawn(watcher(ready, events, all, bytes));
    while (events < kWatchers)
        co_await yieldTo(m_loop);
    auto grown = m_server.residentKilobytes() - before;
    auto start = Clock::now();
    auto cpu = m_server.cpuSeconds();
    for (int i = 0; i < kUpdates; ++i) {
        Request request{"PATCH", kPods + "/pod-1", R"({"metadata":{"annotations":{"n":")" + std::to_string(i) + "\"}}}"};
        auto http = make(std::move(request));
        http.headers.set("Content-Type", "application/merge-patch+json");
        auto response = co_await m_client->send(m_server.endpoint(), std::move(http));
        auto body = co_await (*response)->readAll(1u << 20);
    }
    co_await all;
    char text[80];
    std::snprintf(
        text, sizeof text, "%.1f MB in all, %.1f KB of memory a watch", static_cast<double>(bytes) / 1e6, static_cast<double>(grown) / kWatchers);
    print("fan-out to 500 watches (deliveries)", kWatchers * kUpdates, start, cpu, text);
}

Task<void> Bench::run()
{
    std::printf("| %-34s | %8s | %9s | %8s | %7s |\n", "what", "count", "per s", "CPU us", "wall ms");
    auto create = [](std::string prefix) {
        return [prefix](int i) { return Request{"POST", kPods, podJson(prefix + std::to_string(i))}; };
    };
    Request account{"POST", "/api/v1/namespaces/default/serviceaccounts", R"({"metadata":{"name":"default"}})"};
    co_await send(std::move(account), 201);
    auto get = [](int) { return Request{"GET", kPods + "/pod-1", {}}; };
    co_await load("durable create, 1 connection", 1, 1000, create("one-"), 201);
    co_await load("durable create, 64 connections", 64, kListed - 1000, create("pod-"), 201);
    co_await load("GET, 1 connection", 1, 5000, get, 200);
    co_await load("GET, 64 connections", 64, 50'000, get, 200);
    co_await list();
    co_await fanOut();
    std::printf("server memory at the end: %.1f MB\n", static_cast<double>(m_server.residentKilobytes()) / 1024);
}

} // namespace

int main(int argc, char** argv)
{
    auto loop = makeLoop();
    auto temporary = TemporaryDirectory::create("kates-bench");
    std::filesystem::path dir = argc > 1 ? std::filesystem::path(argv[1]) : temporary->path();
    auto server = MeasuredServer::start(*loop, dir);
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    Bench bench(*loop, **server);
    runToCompletion(*loop, bench.run());
    std::exit(0); // watches are still open
}
