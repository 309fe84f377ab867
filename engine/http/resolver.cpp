#include "engine/http/resolver.h"

#include <netdb.h>
#include <netinet/in.h>

#include <cerrno>
#include <list>
#include <mutex>
#include <thread>

namespace kates::http {

namespace {

using Answer = Result<std::vector<SocketAddress>>;

Answer lookUp(const std::string& host, int port)
{
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    int problem = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    if (problem != 0)
        return failure("cannot resolve \"" + host + "\": " + ::gai_strerror(problem));
    std::vector<SocketAddress> addresses;
    for (addrinfo* item = list; item; item = item->ai_next) {
        addresses.emplace_back();
        addresses.back().set(item->ai_addr, item->ai_addrlen);
    }
    ::freeaddrinfo(list);
    return addresses;
}

} // namespace

// One thread per look-up: they are rare (connections are pooled) and may take seconds.
struct Resolver::Lookups {
    std::list<std::thread> threads;
};

Resolver::Resolver(Loop& loop) : m_loop(loop), m_lookups(std::make_shared<Lookups>()) {}

Resolver::~Resolver()
{
    shutDown();
}

void Resolver::shutDown()
{
    for (auto& thread : m_lookups->threads)
        thread.join();
    m_lookups->threads.clear();
}

Task<Result<std::vector<SocketAddress>>> Resolver::resolve(std::string host, int port, MonotonicTime deadline)
{
    auto literal = parseAddress(host == "localhost" ? "127.0.0.1" : host, port);
    if (literal)
        co_return std::vector<SocketAddress>{*literal};
    Future<std::shared_ptr<Answer>> future;
    auto lookups = m_lookups;
    auto thread = lookups->threads.emplace(lookups->threads.end());
    *thread = std::thread([&loop = m_loop, host, port, future, weak = std::weak_ptr(lookups), thread] {
        auto answer = std::make_shared<Answer>(lookUp(host, port));
        loop.post([answer, future, weak, thread] {
            if (auto alive = weak.lock(); alive && !alive->threads.empty()) {
                thread->join();
                alive->threads.erase(thread);
            }
            future.set(answer);
        });
    });
    Registration timer;
    if (deadline != MonotonicTime::max()) {
        auto late = std::make_shared<Answer>(systemFailure("resolving \"" + host + "\"", ETIMEDOUT));
        timer = m_loop.after(deadline - m_loop.now(), [future, late] { future.set(late); });
    }
    auto answer = co_await future;
    co_return std::move(*answer);
}

} // namespace kates::http
