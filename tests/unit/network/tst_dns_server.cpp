#include <QtTest>
#include <atomic>
#include <ctime>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

#include "engine/base/files.h"
#include "engine/base/simulated_loop.h"
#include "engine/http/client.h"
#include "engine/network/dns/dns_server.h"
#include "tests/support/dns_client.h"
#include "tests/support/fake_informer.h"
#include "tests/support/service_objects.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::network;
using namespace kates::network::dns;
using kates::test::dnsQuestion;
using kates::test::dnsText;

namespace {

const Ipv4 kServerAddress = *Ipv4::parse("127.0.0.4"), kUpstreamAddress = *Ipv4::parse("127.0.0.5");

int portOf(const OwnedFd& socket)
{
    sockaddr_in bound = {};
    socklen_t size = sizeof bound;
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&bound), &size);
    return ntohs(bound.sin_port);
}

Task<std::string> askTcp(Loop& loop, Ipv4 server, int port, std::string question)
{
    auto stream = co_await http::connectTcp(loop, server.toString(), port, std::chrono::seconds(5));
    if (!stream)
        co_return "no connection";
    std::string framed(2, '\0');
    writeNumber16(framed, 0, static_cast<std::uint16_t>(question.size()));
    auto written = co_await (*stream)->write(framed + question);
    std::string bytes;
    while (written && (bytes.size() < 2 || bytes.size() < 2u + readNumber16(bytes, 0))) {
        auto more = co_await (*stream)->read();
        if (!more || more->empty())
            co_return "closed";
        bytes += *more;
    }
    co_return bytes.substr(2);
}

Task<std::string> askUdp(Loop& loop, Ipv4 server, int port, std::string question)
{
    OwnedFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0));
    sockaddr_in peer = {};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(static_cast<std::uint16_t>(port));
    peer.sin_addr.s_addr = htonl(server.value());
    ::sendto(socket.get(), question.data(), question.size(), 0, reinterpret_cast<sockaddr*>(&peer), sizeof peer);
    Future<std::string> answer;
    auto watch = loop.watch(socket.get(), Readable, [&, answer](int) {
        char buffer[4096];
        const auto got = ::recv(socket.get(), buffer, sizeof buffer, 0);
        answer.set(std::string(buffer, got > 0 ? static_cast<std::size_t>(got) : 0));
    });
    auto limit = loop.after(std::chrono::seconds(5), [answer] { answer.set("no answer"); });
    co_return co_await answer;
}

// A DNS server of the host: answers every question with 192.0.2.1 and counts them; with `lie` set to another id first.
class FakeUpstream {
public:
    FakeUpstream(Loop& loop, DnsSockets sockets) : m_sockets(std::move(sockets))
    {
        m_watch = loop.watch(m_sockets.udp.get(), Readable, [this](int) {
            char buffer[4096];
            sockaddr_in peer = {};
            socklen_t size = sizeof peer;
            const auto got = ::recvfrom(m_sockets.udp.get(), buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&peer), &size);
            if (got < 0 || silent)
                return;
            ++asked;
            auto query = parseQuery({buffer, static_cast<std::size_t>(got)}).query;
            for (int attempt = lie ? 0 : 1; attempt < 2; ++attempt) {
                auto answered = query;
                answered.id = attempt == 0 ? static_cast<std::uint16_t>(query.id + 1) : query.id;
                const Ipv4 address = *Ipv4::parse(attempt == 0 ? "192.0.2.66" : "192.0.2.1");
                const auto response = writeResponse(answered, {NoError, false, {{query.name, 60, address}}, {}, {}}, kPlainUdpSizeMax);
                ::sendto(m_sockets.udp.get(), response.data(), response.size(), 0, reinterpret_cast<sockaddr*>(&peer), size);
            }
        });
    }
    int port() const { return portOf(m_sockets.udp); }
    int asked = 0;
    bool lie = false, silent = false;

private:
    DnsSockets m_sockets;
    Registration m_watch;
};

} // namespace

class TestDnsServer : public QObject {
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Random> m_random = makeSystemRandom();
    std::unique_ptr<test::FakeInformer> m_services, m_slices;
    std::unique_ptr<ServiceCache> m_cache;
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<DnsServer> m_server;
    std::optional<TemporaryDirectory> m_directory;
    int m_port = 0;

    std::string udp(const std::string& name, int type = A, unsigned short udpSize = 0)
    {
        return dnsText(runToCompletion(*m_loop, askUdp(*m_loop, kServerAddress, m_port, dnsQuestion(name, type, 4711, udpSize))));
    }
    std::string tcp(const std::string& name)
    {
        return dnsText(runToCompletion(*m_loop, askTcp(*m_loop, kServerAddress, m_port, dnsQuestion(name, A))));
    }
    void writeResolvConf(const std::string& text)
    {
        std::ofstream file(m_directory->path() / "resolv.conf", std::ios::trunc);
        file << text;
    }

private slots:
    void init()
    {
        m_directory.emplace(std::move(*TemporaryDirectory::create()));
        writeResolvConf("nameserver " + kUpstreamAddress.toString() + "\nnameserver " + kServerAddress.toString() + "\n");
        m_loop = makeLoop();
        m_services = std::make_unique<test::FakeInformer>();
        m_slices = std::make_unique<test::FakeInformer>();
        m_cache = std::make_unique<ServiceCache>(*m_services, *m_slices);
        m_services->set(test::service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 80}])"));
        m_services->setSynced();
        m_slices->setSynced();
        auto upstream = openDnsSockets(kUpstreamAddress, 0);
        QVERIFY(upstream.has_value());
        m_upstream = std::make_unique<FakeUpstream>(*m_loop, std::move(*upstream));
        DnsServerOptions options;
        options.resolvConf = m_directory->path() / "resolv.conf";
        options.address = kServerAddress;
        options.upstreamPort = m_upstream->port();
        m_server = std::make_unique<DnsServer>(*m_loop, *m_random, *m_cache, options);
        auto sockets = openDnsSockets(kServerAddress, 0);
        QVERIFY(sockets.has_value());
        m_port = portOf(sockets->udp);
        m_server->start(std::move(*sockets));
    }
    void cleanup()
    {
        runToCompletion(*m_loop, m_server->stop());
        m_server.reset();
        m_upstream.reset();
    }

    void theZoneIsAnsweredByUdpAndByTcp()
    {
        QCOMPARE(udp("web.default.svc.cluster.local"), std::string("NOERROR aa | A 10.96.0.20"));
        QCOMPARE(tcp("web.default.svc.cluster.local"), std::string("NOERROR aa | A 10.96.0.20"));
        QCOMPARE(m_upstream->asked, 0);
    }

    void everythingElseGoesToTheHostsResolversAndIsKept()
    {
        QCOMPARE(udp("example.org"), std::string("NOERROR | A 192.0.2.1"));
        QCOMPARE(udp("EXAMPLE.org"), std::string("NOERROR | A 192.0.2.1"));
        QCOMPARE(m_upstream->asked, 1);
    }

    void aForgedAnswerIsNotTaken()
    {
        m_upstream->lie = true;
        QCOMPARE(udp("example.org"), std::string("NOERROR | A 192.0.2.1"));
    }

    void withoutResolversTheAnswerIsServFail()
    {
        writeResolvConf("nameserver " + kServerAddress.toString() + "\n"); // ourselves
        QCOMPARE(udp("example.org"), std::string("SERVFAIL"));
        std::filesystem::remove(m_directory->path() / "resolv.conf");
        QCOMPARE(udp("example.org"), std::string("SERVFAIL"));
    }

    void aResolverThatIsNotThereIsSkipped()
    {
        writeResolvConf("nameserver 127.0.0.6\nnameserver " + kUpstreamAddress.toString() + "\n");
        QCOMPARE(udp("example.org"), std::string("NOERROR | A 192.0.2.1"));
    }

    void stoppingDoesNotWaitForASilentResolver()
    {
        m_upstream->silent = true;
        OwnedFd socket(::socket(AF_INET, SOCK_DGRAM, 0));
        sockaddr_in peer = {};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(static_cast<std::uint16_t>(m_port));
        peer.sin_addr.s_addr = htonl(kServerAddress.value());
        const auto question = dnsQuestion("example.org", A);
        ::sendto(socket.get(), question.data(), question.size(), 0, reinterpret_cast<sockaddr*>(&peer), sizeof peer);
        QCOMPARE(udp("web.default.svc.cluster.local"), std::string("NOERROR aa | A 10.96.0.20")); // both have been received now
        QElapsedTimer timer;
        timer.start();
        runToCompletion(*m_loop, m_server->stop());
        QVERIFY(timer.elapsed() < 1'000);
    }

    void beforeTheServicesAreKnownNothingIsDenied()
    {
        test::FakeInformer services, slices;
        ServiceCache cache(services, slices);
        DnsServer server(*m_loop, *m_random, cache, {"cluster.local", "/nonexistent", kServerAddress, 53});
        const auto response = runToCompletion(*m_loop, server.respond(dnsQuestion("nothing.default.svc.cluster.local", A), false));
        QCOMPARE(dnsText(response), std::string("SERVFAIL"));
    }

    void manyAnswersAreCutByUdpAndWholeByTcp()
    {
        m_services->set(test::service("many", R"("clusterIP": "None")"));
        std::vector<test::TestEndpoint> endpoints;
        for (int index = 1; index <= 200; ++index)
            endpoints.push_back({"10.244.0." + std::to_string(index)});
        m_slices->set(test::endpointSlice("many", "", endpoints));
        QVERIFY(udp("many.default.svc.cluster.local").starts_with("NOERROR aa tc | A 10.244.0."));
        QVERIFY(udp("many.default.svc.cluster.local", A, 1232).size() > udp("many.default.svc.cluster.local").size());
        const auto whole = tcp("many.default.svc.cluster.local");
        QCOMPARE(QByteArray::fromStdString(whole).count("A 10."), 200);
    }

    void answersRotate()
    {
        m_services->set(test::service("two", R"("clusterIP": "None")"));
        m_slices->set(test::endpointSlice("two", "", {{"10.244.0.1"}, {"10.244.0.2"}}));
        QVERIFY(udp("two.default.svc.cluster.local") != udp("two.default.svc.cluster.local"));
    }

    void keptResponsesAge()
    {
        SimulatedLoop loop;
        ResponseCache cache(loop);
        const auto query = parseQuery(dnsQuestion("example.org", A, 1)).query;
        const auto response = writeResponse(query, {NoError, false, {{"example.org", 20, Ipv4(1)}}, {}, {}}, kPlainUdpSizeMax);
        cache.add(query, response, *parseResponse(response, 1, query.question));
        loop.advance(std::chrono::seconds(5));
        auto later = parseQuery(dnsQuestion("example.ORG", A, 2)).query;
        const auto kept = cache.find(later);
        QVERIFY(kept.has_value());
        QCOMPARE(parseResponse(*kept, 2, later.question)->ttlMin, std::uint32_t(15));
        QVERIFY(kept->find("ORG") != std::string::npos);
        loop.advance(std::chrono::seconds(15));
        QVERIFY(!cache.find(later));
        QCOMPARE(cache.size(), std::size_t(0));
    }

    void theCacheIsBounded()
    {
        SimulatedLoop loop;
        ResponseCache cache(loop);
        for (std::size_t index = 0; index < kCachedResponsesMax + 100; ++index) {
            const auto query = parseQuery(dnsQuestion("n" + std::to_string(index) + ".org", A, 1)).query;
            const auto response = writeResponse(query, {NoError, false, {{query.name, 20, Ipv4(1)}}, {}, {}}, kPlainUdpSizeMax);
            cache.add(query, response, *parseResponse(response, 1, query.question));
        }
        QCOMPARE(cache.size(), kCachedResponsesMax);
        QVERIFY(!cache.find(parseQuery(dnsQuestion("n0.org", A)).query));
        QVERIFY(cache.find(parseQuery(dnsQuestion("n4000.org", A)).query));
    }

    // Over real sockets, from a thread that keeps 32 questions on their way.
    void questionsPerSecond()
    {
        constexpr int kQuestions = 20'000, kWindow = 32;
        const auto clientDone = std::make_shared<std::atomic<bool>>(false);
        std::thread client([this, clientDone] {
            OwnedFd socket(::socket(AF_INET, SOCK_DGRAM, 0));
            const timeval limit{2, 0};
            ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
            sockaddr_in peer = {};
            peer.sin_family = AF_INET;
            peer.sin_port = htons(static_cast<std::uint16_t>(m_port));
            peer.sin_addr.s_addr = htonl(kServerAddress.value());
            bool good = ::connect(socket.get(), reinterpret_cast<sockaddr*>(&peer), sizeof peer) == 0;
            const auto question = dnsQuestion("web.default.svc.cluster.local", A);
            char buffer[512];
            for (int sent = 0, received = 0; good && received < kQuestions;) {
                if (sent < kQuestions && sent - received < kWindow) {
                    good = ::send(socket.get(), question.data(), question.size(), 0) > 0;
                    ++sent;
                } else {
                    good = ::recv(socket.get(), buffer, sizeof buffer, 0) > 0;
                    ++received;
                }
            }
            *clientDone = good;
            m_loop->stop();
        });
        timespec before = {}, after = {};
        QElapsedTimer timer;
        timer.start();
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
        m_loop->run();
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
        client.join();
        QVERIFY(*clientDone);
        const double cpu = static_cast<double>(after.tv_sec - before.tv_sec) * 1e6 + static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e3;
        qInfo("%.0f questions per second, %.1f us CPU each", kQuestions * 1000.0 / static_cast<double>(timer.elapsed()), cpu / kQuestions);
    }
};

QTEST_GUILESS_MAIN(TestDnsServer)
#include "tst_dns_server.moc"
