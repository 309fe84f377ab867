// Two whole nodes against an API: what a pod, a node and the host see, over restarts, and that nothing is left behind.
#include <QtTest>
#include <netinet/in.h>
#include <unistd.h>

#include "engine/client/informer.h"
#include "engine/network/link/run_on_thread.h"
#include "engine/network/node_network.h"
#include "tests/support/dns_client.h"
#include "tests/support/fake_client.h"
#include "tests/support/in_holder.h"
#include "tests/support/service_objects.h"
#include "tests/support/test_node.h"

using namespace kates;
using namespace kates::network;
using kates::test::NameServer;

namespace {

std::filesystem::path s_run;

int freePort()
{
    auto socket = test::makeSocket("", SOCK_STREAM);
    sockaddr_in bound = test::socketAddress("127.0.0.1", 0);
    socklen_t size = sizeof bound;
    ::bind(socket.get(), reinterpret_cast<sockaddr*>(&bound), size);
    ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&bound), &size);
    return ntohs(bound.sin_port);
}

// One node's process.
struct Node {
    std::unique_ptr<client::InformerFactory> informers;
    std::unique_ptr<NodeNetwork> network;
};

} // namespace

class TestNodeNetwork : public QObject {
    Q_OBJECT

    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Random> m_random = makeSystemRandom();
    std::unique_ptr<ProcessLauncher> m_launcher;
    std::shared_ptr<test::FakeClient> m_client;
    std::unique_ptr<NameServer> m_apiServer;
    std::unique_ptr<client::EventBroadcaster> m_broadcaster;
    std::unique_ptr<client::EventRecorder> m_events;
    int m_apiPort = 0;
    Node m_one, m_two;

    template <typename Work>
    auto whileRunning(Work work)
    {
        return runToCompletion(*m_loop, runOnThread(*m_loop, std::move(work)));
    }
    std::string ask(const std::string& from, const std::string& address, int port, int type = SOCK_STREAM)
    {
        return whileRunning([=] { return test::ask(from, address, port, type); });
    }
    std::string resolve(const std::string& pod, const std::string& name)
    {
        return whileRunning([=] {
            auto socket = test::makeSocket(pod, SOCK_DGRAM);
            const auto peer = test::socketAddress("10.96.0.10", 53);
            const auto question = test::dnsQuestion(name, ns_t_a);
            ::sendto(socket.get(), question.data(), question.size(), 0, reinterpret_cast<const sockaddr*>(&peer), sizeof peer);
            char buffer[1500];
            const auto got = ::recv(socket.get(), buffer, sizeof buffer, 0);
            return got > 0 ? test::dnsText({buffer, static_cast<std::size_t>(got)}) : std::string("no answer");
        });
    }
    // Until `probe` says what it should (rules are applied in the background).
    void waitFor(const std::function<std::string()>& probe, const std::string& expected)
    {
        std::string last;
        for (QElapsedTimer timer = started(); timer.elapsed() < 10'000 && (last = probe()) != expected;) { }
        QCOMPARE(last, expected);
    }
    static QElapsedTimer started()
    {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }

    Node startNode(std::uint32_t index)
    {
        Node node;
        node.informers = client::makeInformerFactory(*m_loop, m_client);
        NodeNetworkOptions options;
        options.nodeName = "node-" + std::to_string(index);
        options.nodeIndex = index;
        options.runDirectory = s_run;
        options.fabricSubnet = "172.30.8.0/24";
        options.apiServerPort = m_apiPort;
        options.podSubnetWait = std::chrono::milliseconds(100);
        auto created = NodeNetwork::create({*m_loop, *m_random, *m_launcher, *node.informers, m_events.get()}, options);
        if (!created)
            qFatal("%s", created.error().message.c_str());
        node.network = std::move(*created);
        node.informers->start();
        auto ready = runToCompletion(*m_loop, node.network->start());
        if (!ready)
            qFatal("%s", ready.error().message.c_str());
        return node;
    }
    void stopNode(Node& node)
    {
        runToCompletion(*m_loop, node.network->stop());
        runToCompletion(*m_loop, node.informers->stop());
        node.network.reset();
        node.informers.reset();
    }
    void putNode(int index, const std::string& podCidr)
    {
        m_client->put(client::resources::nodes,
            test::json(R"({"metadata": {"name": "node-)" + std::to_string(index) + R"("}, "spec": {"podCIDR": ")" + podCidr + R"("},
                "status": {"addresses": [{"type": "InternalIP", "address": "172.30.8.)" + std::to_string(index + 2) + R"("}]}})"));
    }
    PodNetworkStatus attach(Node& node, const std::string& uid)
    {
        auto status = runToCompletion(*m_loop, node.network->attach(uid));
        if (!status)
            qWarning("%s", status.error().message.c_str());
        return status.value_or(PodNetworkStatus{"", {""}});
    }

private slots:
    void init()
    {
        m_loop = makeLoop();
        m_launcher = makeProcessLauncher(*m_loop);
        m_client = std::make_shared<test::FakeClient>(*m_loop);
        m_broadcaster = std::make_unique<client::EventBroadcaster>(*m_loop, m_client);
        m_broadcaster->start();
        m_events = std::make_unique<client::EventRecorder>(*m_broadcaster, "kube-proxy");
        m_apiPort = freePort();
        m_apiServer = std::make_unique<NameServer>("", "127.0.0.1", m_apiPort, "api");
        QVERIFY(m_apiServer->ok());
        m_client->put(
            client::resources::services, test::service("kubernetes", R"("clusterIP": "10.96.0.1", "ports": [{"name": "https", "port": 443}])"));
        m_client->put(
            client::resources::endpointSlices, test::endpointSlice("kubernetes", R"({"name": "https", "port": 6443})", {{kApiServerAddress, ""}}));
        putNode(0, "10.244.0.0/24");
        putNode(1, "10.244.1.0/24");
        m_one = startNode(0);
        m_two = startNode(1);
    }
    void cleanup()
    {
        stopNode(m_one);
        stopNode(m_two);
        runToCompletion(*m_loop, m_broadcaster->stop());
        m_apiServer.reset();
        QCOMPARE(test::onThread([] { return removeFabric(FabricPaths(s_run)); }), std::string());
        QVERIFY(!std::filesystem::exists(s_run / "network"));
    }

    void podsReachPodsServicesNamesAndTheApiServer()
    {
        const auto a = attach(m_one, "a"), b = attach(m_two, "b");
        QCOMPARE(a.addresses.at(0), std::string("10.244.0.2"));
        QCOMPARE(b.addresses.at(0), std::string("10.244.1.2"));
        NameServer server(b.networkNamespace, "10.244.1.2", 8080, "b");
        QVERIFY(server.ok());
        waitFor([&] { return ask(a.networkNamespace, "10.244.1.2", 8080); }, "b 10.244.0.2");
        m_client->put(client::resources::services, test::service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 80}])"));
        m_client->put(client::resources::endpointSlices, test::endpointSlice("web", R"({"port": 8080})", {{"10.244.1.2", "node-1"}}));
        waitFor([&] { return resolve(a.networkNamespace, "web.default.svc.cluster.local"); }, "NOERROR aa | A 10.96.0.20");
        waitFor([&] { return ask(a.networkNamespace, "10.96.0.20", 80); }, "b 10.244.0.2");
        waitFor([&] { return ask(a.networkNamespace, "10.96.0.1", 443); }, "api 127.0.0.1");
        waitFor([&] { return ask(b.networkNamespace, "10.96.0.1", 443); }, "api 127.0.0.1");
    }

    void podsReachTheWorldOutside()
    {
        const auto host = test::hostAddress();
        if (::access("/dev/net/tun", R_OK | W_OK) != 0 || host.empty())
            QSKIP("needs /dev/net/tun and an address of the host");
        const auto a = attach(m_one, "a"), b = attach(m_two, "b");
        const int port = freePort();
        NameServer server("", host, port, "world");
        QVERIFY(server.ok());
        waitFor([&] { return ask(a.networkNamespace, host, port); }, "world " + host);
        waitFor([&] { return ask(b.networkNamespace, host, port); }, "world " + host);
        stopNode(m_one); // whichever of the two ran it
        waitFor([&] { return ask(b.networkNamespace, host, port); }, "world " + host);
        m_one = startNode(0);
    }

    void nodePortsAnswerOnTheHostsLoopbackWhicheverNodeServes()
    {
        const auto b = attach(m_two, "b");
        NameServer server(b.networkNamespace, "10.244.1.2", 8080, "b");
        const int port = freePort();
        m_client->put(client::resources::services,
            test::service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 80, "nodePort": )" + std::to_string(port) + "}]"));
        m_client->put(client::resources::endpointSlices, test::endpointSlice("web", R"({"port": 8080})", {{"10.244.1.2", "node-1"}}));
        waitFor([&] { return ask("", "127.0.0.1", port); }, "b 172.30.8.2");
        stopNode(m_one);
        waitFor([&] { return ask("", "127.0.0.1", port); }, "b 172.30.8.3");
        m_one = startNode(0);
    }

    void udpNodePortsAnswerToo()
    {
        const auto b = attach(m_two, "b");
        NameServer server(b.networkNamespace, "10.244.1.2", 5353, "b", SOCK_DGRAM);
        const auto port = std::to_string(freePort());
        m_client->put(client::resources::services,
            test::service("names", R"("clusterIP": "10.96.0.30", "ports": [{"port": 53, "protocol": "UDP", "nodePort": )" + port + "}]"));
        m_client->put(
            client::resources::endpointSlices, test::endpointSlice("names", R"({"port": 5353, "protocol": "UDP"})", {{"10.244.1.2", "node-1"}}));
        waitFor([&] { return ask("", "127.0.0.1", std::stoi(port), SOCK_DGRAM).substr(0, 2); }, "b ");
    }

    void aNodePortThatIsTakenIsReportedInAnEvent()
    {
        const int port = freePort();
        NameServer other("", "127.0.0.1", port, "other");
        QVERIFY(other.ok());
        m_client->put(client::resources::services,
            test::service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 80, "nodePort": )" + std::to_string(port) + "}]"));
        const auto reason = [this] {
            const auto events = m_client->all(client::resources::events);
            return whileRunning([events] { return events.empty() ? std::string() : std::string(events[0].str("reason")); });
        };
        waitFor(reason, "NodePortBusy");
        QCOMPARE(ask("", "127.0.0.1", port), std::string("other 127.0.0.1"));
    }

    void aRestartedNodeFindsItsPodsAsTheyWere()
    {
        const auto before = attach(m_one, "a");
        attach(m_one, "b");
        NameServer server(before.networkNamespace, "10.244.0.2", 8080, "a");
        stopNode(m_one);
        m_one = startNode(0);
        QCOMPARE(m_one.network->attached(), (std::vector<std::string>{"a", "b"}));
        const auto after = attach(m_one, "a");
        QCOMPARE(after.networkNamespace, before.networkNamespace);
        QCOMPARE(after.addresses, before.addresses);
        const auto c = attach(m_one, "c");
        QCOMPARE(c.addresses.at(0), std::string("10.244.0.4"));
        QCOMPARE(ask(c.networkNamespace, "10.244.0.2", 8080), std::string("a 10.244.0.4"));
        QVERIFY(runToCompletion(*m_loop, m_one.network->detach("a")).has_value());
        QVERIFY(runToCompletion(*m_loop, m_one.network->detach("a")).has_value());
        QCOMPARE(m_one.network->attached(), (std::vector<std::string>{"b", "c"}));
    }

    void withoutAPodSubnetAttachingFailsWithTheReasonUntilThereIsOne()
    {
        m_client->put(client::resources::nodes, test::json(R"({"metadata": {"name": "node-2"}, "spec": {}})"));
        auto node = startNode(2);
        const auto refused = runToCompletion(*m_loop, node.network->attach("a"));
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().message.find("podCIDR") != std::string::npos, refused.error().message.c_str());
        m_client->change(client::resources::nodes, "", "node-2", [](api::Value& object) { object.edit("spec").set("podCIDR", "10.244.2.0/24"); });
        auto attached = runToCompletion(*m_loop, node.network->attach("a"));
        QVERIFY(attached.has_value());
        QCOMPARE(attached->addresses.at(0), std::string("10.244.2.2"));
        stopNode(node);
    }

    void uidsThatAreNoNamesAreRefused()
    {
        QVERIFY(!runToCompletion(*m_loop, m_one.network->attach("../../etc")).has_value());
        QVERIFY(runToCompletion(*m_loop, m_one.network->detach("../../etc")).has_value());
    }

    void wrongOptionsAreNamed()
    {
        auto informers = client::makeInformerFactory(*m_loop, m_client);
        NodeNetworkOptions options;
        options.runDirectory = s_run;
        options.dnsAddress = "10.0.0.1";
        const auto created = NodeNetwork::create({*m_loop, *m_random, *m_launcher, *informers}, options);
        QVERIFY(!created.has_value());
        QVERIFY2(created.error().message.find("10.0.0.1") != std::string::npos, created.error().message.c_str());
    }

    void attachingIsQuick()
    {
        attach(m_one, "warm");
        std::vector<qint64> times;
        for (int pod = 0; pod < 50; ++pod) {
            const auto timer = started();
            attach(m_one, "pod-" + std::to_string(pod));
            times.push_back(timer.nsecsElapsed() / 1000);
        }
        std::sort(times.begin(), times.end());
        qInfo("attach: median %lld us, slowest of 50 %lld us", times[25], times[49]);
    }
};

int main(int argc, char** argv)
{
    return kates::test::runInHolder([&](const std::filesystem::path& run) {
        s_run = run;
        QCoreApplication application(argc, argv);
        TestNodeNetwork test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_node_network.moc"
