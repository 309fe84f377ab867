// Services on two nodes, with the kernel's nftables: every sort of address, policy and protocol, as its clients see it.
#include <QtTest>

#include "engine/network/proxy/service_proxy.h"
#include "tests/support/fake_informer.h"
#include "tests/support/in_holder.h"
#include "tests/support/service_objects.h"
#include "tests/support/test_node.h"

using namespace kates;
using namespace kates::network;
using kates::test::ask;
using kates::test::endpointSlice;
using kates::test::NameServer;
using kates::test::onThread;
using kates::test::service;
using kates::test::TestNode;

namespace {

std::filesystem::path s_run;
const std::string kPort = R"({"port": 8080, "protocol": "TCP"})";
const std::string kWeb = R"("clusterIP": "10.96.0.20", "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}])";

// A node's proxy, and a way to wait until it has applied everything.
struct Proxy {
    std::unique_ptr<ServiceProxy> proxy;
    int applied = 0;

    Proxy(Loop& loop, ServiceCache& cache, ProcessLauncher& launcher, const TestNode& node, const std::string& name)
    {
        ServiceProxyOptions options;
        options.nodeName = name;
        options.nodeNamespace = node.paths.node;
        options.config = {node.address, node.pods, *Ipv4Prefix::parse("10.96.0.0/12"), test::kFabricSubnet.at(1)};
        options.servedLocally = {*Ipv4::parse("10.96.0.10")};
        options.runNft = makeNftRunner(launcher, node.paths.node);
        proxy = std::make_unique<ServiceProxy>(loop, cache, options);
        proxy->setAppliedHandler([this](const ServicePorts&) { ++applied; });
        proxy->start();
    }
};

} // namespace

class TestServices : public QObject {
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<ProcessLauncher> m_launcher;
    std::unique_ptr<TestNode> m_one, m_two;
    std::unique_ptr<test::FakeInformer> m_services, m_slices;
    std::unique_ptr<ServiceCache> m_cache;
    std::unique_ptr<Proxy> m_proxyOne, m_proxyTwo;
    std::unique_ptr<NameServer> m_b, m_c;

    // Lets both proxies apply what the test has changed.
    void settle()
    {
        const int one = m_proxyOne->applied, two = m_proxyTwo->applied;
        waitFor([&] { return m_proxyOne->applied > one && m_proxyTwo->applied > two; });
    }
    void waitFor(const std::function<bool()>& condition)
    {
        auto limit = m_loop->after(std::chrono::seconds(10), [this] { m_loop->stop(); });
        std::function<void()> look = [&] {
            if (condition())
                m_loop->stop();
        };
        m_proxyOne->proxy->setAppliedHandler([&](const ServicePorts&) { ++m_proxyOne->applied, look(); });
        m_proxyTwo->proxy->setAppliedHandler([&](const ServicePorts&) { ++m_proxyTwo->applied, look(); });
        m_loop->run();
        m_proxyOne->proxy->setAppliedHandler({});
        m_proxyTwo->proxy->setAppliedHandler({});
        QVERIFY(condition());
    }
    // The different answers, sorted.
    std::string answers(const std::string& from, const std::string& address, int port, int times = 30)
    {
        std::set<std::string> all;
        for (int time = 0; time < times; ++time)
            all.insert(ask(from, address, port));
        std::string text;
        for (const auto& one : all)
            text += (text.empty() ? "" : ", ") + one;
        return text;
    }
    std::string a() const { return m_one->pod("a"); }
    std::string b() const { return m_one->pod("b"); }

private slots:
    void init()
    {
        m_loop = makeLoop();
        m_launcher = makeProcessLauncher(*m_loop);
        m_one = std::make_unique<TestNode>(s_run, 0, "10.244.0.0/24");
        m_two = std::make_unique<TestNode>(s_run, 1, "10.244.1.0/24");
        QCOMPARE(m_one->bringUp(*m_two), std::string());
        QCOMPARE(m_two->bringUp(*m_one), std::string());
        for (auto [node, uid, offset] : {std::tuple(m_one.get(), "a", 2), {m_one.get(), "b", 3}, {m_two.get(), "c", 2}})
            QCOMPARE(node->attach(uid, static_cast<std::uint32_t>(offset)), std::string());
        m_b = std::make_unique<NameServer>(b(), "10.244.0.3", 8080, "b");
        m_c = std::make_unique<NameServer>(m_two->pod("c"), "10.244.1.2", 8080, "c");
        m_services = std::make_unique<test::FakeInformer>();
        m_slices = std::make_unique<test::FakeInformer>();
        m_cache = std::make_unique<ServiceCache>(*m_services, *m_slices);
        m_proxyOne = std::make_unique<Proxy>(*m_loop, *m_cache, *m_launcher, *m_one, "node-0");
        m_proxyTwo = std::make_unique<Proxy>(*m_loop, *m_cache, *m_launcher, *m_two, "node-1");
        m_services->set(service("web", kWeb));
        m_slices->set(endpointSlice("web", kPort, {{"10.244.0.3", "node-0"}, {"10.244.1.2", "node-1"}}));
        m_services->setSynced();
        m_slices->setSynced();
        settle();
    }

    void cleanup()
    {
        runToCompletion(*m_loop, m_proxyOne->proxy->stop());
        runToCompletion(*m_loop, m_proxyTwo->proxy->stop());
        m_proxyOne.reset();
        m_proxyTwo.reset();
        m_b.reset();
        m_c.reset();
        QCOMPARE(onThread([&] { return removeFabric(m_one->fabric); }), std::string());
    }

    void aClusterIpIsBalancedAndKeepsTheClientsAddress()
    {
        const std::string both = "b 10.244.0.2, c 10.244.0.2";
        QCOMPARE(answers(a(), "10.96.0.20", 80), both);
        QCOMPARE(answers(m_one->paths.node, "10.96.0.20", 80), std::string("b 172.30.7.2, c 172.30.7.2"));
    }

    void aPodReachesItselfThroughItsService()
    {
        m_slices->set(endpointSlice("web", kPort, {{"10.244.0.3", "node-0"}}));
        settle();
        QCOMPARE(answers(b(), "10.96.0.20", 80, 3), std::string("b 172.30.7.2"));
    }

    void endpointsFollowTheSlices()
    {
        m_slices->set(endpointSlice("web", kPort, {{"10.244.1.2", "node-1"}}));
        settle();
        QCOMPARE(answers(a(), "10.96.0.20", 80), std::string("c 10.244.0.2"));
        m_slices->erase("default", "web-1");
        settle();
        QCOMPARE(ask(a(), "10.96.0.20", 80), std::string("error: Connection refused"));
        QCOMPARE(ask(m_one->paths.node, "10.96.0.20", 80), std::string("error: Connection refused"));
        QCOMPARE(ask(m_one->paths.node, "172.30.7.2", 30080), std::string("error: Connection refused"));
    }

    void portsAndAddressesOfNobodyAreRefusedAtOnce()
    {
        QCOMPARE(ask(a(), "10.96.0.20", 81), std::string("error: Connection refused"));
        QCOMPARE(ask(a(), "10.96.7.7", 80), std::string("error: Connection refused"));
        QCOMPARE(ask(m_one->paths.node, "10.96.0.20", 81), std::string("error: Connection refused"));
    }

    void nodePortsAnswerOnEveryNode()
    {
        // From the other node through this one: the source is changed so that the answer finds back.
        QCOMPARE(answers(m_two->paths.node, "172.30.7.2", 30080), std::string("b 172.30.7.2, c 172.30.7.2"));
        QCOMPARE(answers(m_one->paths.node, "172.30.7.2", 30080), std::string("b 172.30.7.2, c 172.30.7.2"));
        QCOMPARE(answers(a(), "172.30.7.3", 30080), std::string("b 172.30.7.3, c 172.30.7.3"));
    }

    void externalTrafficPolicyLocalKeepsTheSourceAndTheNode()
    {
        m_services->set(service("web", kWeb + R"(, "externalTrafficPolicy": "Local", "type": "NodePort")"));
        settle();
        QCOMPARE(answers(m_one->fabric.fabric, "172.30.7.2", 30080, 10), std::string("b 172.30.7.1"));
        QCOMPARE(answers(m_one->fabric.fabric, "172.30.7.3", 30080, 10), std::string("c 172.30.7.1"));
        QCOMPARE(answers(m_one->paths.node, "172.30.7.2", 30080), std::string("b 172.30.7.2, c 172.30.7.2")); // the node itself may use all
    }

    void internalTrafficPolicyLocalUsesThisNodeOnly()
    {
        m_services->set(service("web", kWeb + R"(, "internalTrafficPolicy": "Local")"));
        settle();
        QCOMPARE(answers(a(), "10.96.0.20", 80, 10), std::string("b 10.244.0.2"));
        QCOMPARE(answers(m_two->pod("c"), "10.96.0.20", 80, 3), std::string("c 172.30.7.3"));
    }

    void aStickyClientStaysUntilItsEndpointGoes()
    {
        m_services->set(service("web", kWeb + R"(, "sessionAffinity": "ClientIP")"));
        settle();
        const auto first = answers(a(), "10.96.0.20", 80);
        const bool wasB = first == "b 10.244.0.2";
        QVERIFY2(wasB || first == "c 10.244.0.2", first.c_str());
        m_slices->set(endpointSlice("web", kPort, {wasB ? test::TestEndpoint{"10.244.1.2", "node-1"} : test::TestEndpoint{"10.244.0.3", "node-0"}}));
        settle();
        const auto second = answers(a(), "10.96.0.20", 80);
        QCOMPARE(second, std::string(wasB ? "c 10.244.0.2" : "b 10.244.0.2"));
    }

    void externalIpsAreServed()
    {
        m_services->set(service("web", kWeb + R"(, "externalIPs": ["192.0.2.9"])"));
        settle();
        QCOMPARE(answers(a(), "192.0.2.9", 80), std::string("b 172.30.7.2, c 172.30.7.2"));
    }

    void aUdpClientMovesToTheNewEndpoint()
    {
        NameServer b(this->b(), "10.244.0.3", 53, "b", SOCK_DGRAM), c(m_two->pod("c"), "10.244.1.2", 53, "c", SOCK_DGRAM);
        const std::string port = R"({"port": 53, "protocol": "UDP"})";
        m_services->set(service("names", R"("clusterIP": "10.96.0.30", "ports": [{"port": 53, "protocol": "UDP"}])"));
        m_slices->set(endpointSlice("names", port, {{"10.244.0.3", "node-0"}}));
        settle();
        auto client = test::makeSocket(a(), SOCK_DGRAM); // one socket, so one flow
        const auto peer = test::socketAddress("10.96.0.30", 53);
        QCOMPARE(::connect(client.get(), reinterpret_cast<const sockaddr*>(&peer), sizeof peer), 0);
        auto asked = [&] {
            char buffer[64];
            if (::send(client.get(), "?", 1, 0) != 1)
                return std::string("error");
            const auto got = ::recv(client.get(), buffer, sizeof buffer, 0);
            return got > 0 ? std::string(buffer, static_cast<std::size_t>(got)) : std::string("error");
        };
        QCOMPARE(asked(), std::string("b 10.244.0.2"));
        m_slices->set(endpointSlice("names", port, {{"10.244.1.2", "node-1"}}));
        settle();
        QCOMPARE(asked(), std::string("c 10.244.0.2"));
    }

    void aNewProxyTakesOverWhatAnOldOneLeft()
    {
        m_services->set(service("old", R"("clusterIP": "10.96.0.40", "ports": [{"port": 80}])"));
        m_slices->set(endpointSlice("old", R"({"port": 8080})", {{"10.244.0.3", "node-0"}}));
        settle();
        QCOMPARE(ask(a(), "10.96.0.40", 80), std::string("b 10.244.0.2"));
        runToCompletion(*m_loop, m_proxyOne->proxy->stop());
        runToCompletion(*m_loop, m_proxyTwo->proxy->stop());
        m_proxyOne.reset();
        m_proxyTwo.reset();
        m_services = std::make_unique<test::FakeInformer>();
        m_slices = std::make_unique<test::FakeInformer>();
        m_cache = std::make_unique<ServiceCache>(*m_services, *m_slices);
        m_services->set(service("web", kWeb));
        m_slices->set(endpointSlice("web", kPort, {{"10.244.0.3", "node-0"}}));
        m_services->setSynced();
        m_slices->setSynced();
        m_proxyOne = std::make_unique<Proxy>(*m_loop, *m_cache, *m_launcher, *m_one, "node-0");
        m_proxyTwo = std::make_unique<Proxy>(*m_loop, *m_cache, *m_launcher, *m_two, "node-1");
        settle();
        QCOMPARE(answers(a(), "10.96.0.20", 80), std::string("b 10.244.0.2"));
        QCOMPARE(ask(a(), "10.96.0.40", 80), std::string("error: Connection refused"));
    }

    void aThousandServicesAndOneMore()
    {
        for (int index = 0; index < 1000; ++index) {
            const auto name = "s" + std::to_string(index);
            m_services->set(service(name, "\"clusterIP\": \"10.97." + std::to_string(index / 250) + "." + std::to_string(index % 250 + 1)
                + "\", \"ports\": [{\"port\": 80}]"));
            m_slices->set(endpointSlice(name, R"({"port": 8080})", {{"10.244.0.3", "node-0"}, {"10.244.1.2", "node-1"}}));
        }
        QElapsedTimer timer;
        timer.start();
        settle();
        qInfo("1,000 services on two nodes at once: %lld ms", timer.restart());
        m_services->set(service("more", R"("clusterIP": "10.98.0.1", "ports": [{"port": 80}])"));
        m_slices->set(endpointSlice("more", R"({"port": 8080})", {{"10.244.0.3", "node-0"}}));
        settle();
        qInfo("one more: %lld ms", timer.elapsed());
        QCOMPARE(ask(a(), "10.98.0.1", 80), std::string("b 10.244.0.2"));
        QCOMPARE(ask(a(), "10.97.3.250", 80).size(), std::string("b 10.244.0.2").size());
    }
};

int main(int argc, char** argv)
{
    return kates::test::runInHolder([&](const std::filesystem::path& run) {
        s_run = run;
        QCoreApplication application(argc, argv);
        TestServices test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_services.moc"
