// Two nodes with pods, in real namespaces: everybody reaches everybody, restarts change nothing, removal leaves nothing.
#include <QtTest>
#include <fstream>
#include <sys/stat.h>

#include "engine/network/link/network_namespace.h"
#include "tests/support/in_holder.h"
#include "tests/support/test_node.h"

using namespace kates;
using namespace kates::network;
using kates::test::ask;
using kates::test::inNamespace;
using kates::test::NameServer;
using kates::test::onThread;
using kates::test::ping;
using kates::test::TestNode;

namespace {

std::filesystem::path s_run;

std::vector<std::string> linksIn(const std::string& path)
{
    return inNamespace(path, [] {
        std::vector<std::string> names;
        const auto found = RouteSocket::open()->links();
        for (const auto& link : found ? *found : std::vector<Link>())
            names.push_back(link.name);
        return names;
    });
}

int routesVia(const std::string& path, Ipv4 gateway)
{
    return inNamespace(path, [&] {
        const auto routes = RouteSocket::open()->routes();
        return routes ? static_cast<int>(std::count_if(routes->begin(), routes->end(), [&](const Route& route) { return route.gateway == gateway; }))
                      : -1;
    });
}

int mountsUnder(const std::string& directory)
{
    std::ifstream mounts("/proc/thread-self/mounts");
    int count = 0;
    for (std::string line; std::getline(mounts, line);)
        count += line.find(" " + directory) != line.npos;
    return count;
}

} // namespace

class TestLinks : public QObject {
    Q_OBJECT

    std::unique_ptr<TestNode> m_one, m_two;

private slots:
    void init()
    {
        m_one = std::make_unique<TestNode>(s_run, 0, "10.244.0.0/24");
        m_two = std::make_unique<TestNode>(s_run, 1, "10.244.1.0/24");
        QCOMPARE(m_one->bringUp(*m_two), std::string());
        QCOMPARE(m_two->bringUp(*m_one), std::string());
        QCOMPARE(m_one->attach("a", 2), std::string());
        QCOMPARE(m_one->attach("b", 3), std::string());
        QCOMPARE(m_two->attach("c", 2), std::string());
    }

    void cleanup()
    {
        QCOMPARE(onThread([&] { return removeFabric(m_one->fabric); }), std::string());
        QCOMPARE(mountsUnder(s_run.string()), 0);
        QVERIFY(!std::filesystem::exists(m_one->fabric.root));
    }

    void podsAndNodesReachEachOtherWithTheirOwnAddresses()
    {
        NameServer b(m_one->pod("b"), "10.244.0.3", 80, "b"), c(m_two->pod("c"), "10.244.1.2", 80, "c");
        QVERIFY(b.ok() && c.ok());
        QCOMPARE(ask(m_one->pod("a"), "10.244.0.3", 80), std::string("b 10.244.0.2"));
        QCOMPARE(ask(m_one->pod("a"), "10.244.1.2", 80), std::string("c 10.244.0.2"));
        QCOMPARE(ask(m_two->pod("c"), "10.244.0.3", 80), std::string("b 10.244.1.2"));
        QCOMPARE(ask(m_one->paths.node, "10.244.0.3", 80), std::string("b 10.244.0.1"));
        QCOMPARE(ask(m_one->paths.node, "10.244.1.2", 80), std::string("c 172.30.7.2"));
        QVERIFY(ping(m_one->pod("a"), "10.244.1.2"));
        QVERIFY(ping(m_one->pod("a"), "10.244.0.1"));
        QVERIFY(ping(m_one->pod("a"), "172.30.7.3"));
        QVERIFY(ping(m_one->pod("a"), "127.0.0.1"));
    }

    void aNodeAnswersToItsLocalAddresses()
    {
        NameServer dns(m_two->paths.node, "10.96.0.10", 53, "dns", SOCK_DGRAM);
        QVERIFY(dns.ok());
        QCOMPARE(ask(m_two->pod("c"), "10.96.0.10", 53, SOCK_DGRAM), std::string("dns 10.244.1.2"));
    }

    void simulatedPodsAreUnreachableAtOnce()
    {
        QCOMPARE(ask(m_one->pod("a"), "100.64.0.7", 80), std::string("error: No route to host"));
        QCOMPARE(ask(m_one->paths.node, "100.127.255.255", 80), std::string("error: No route to host"));
    }

    void bringingUpAgainKeepsConnectionsAndNamespaces()
    {
        struct stat before = {}, after = {};
        QCOMPARE(::stat(m_one->pod("a").c_str(), &before), 0);
        QCOMPARE(m_one->bringUp(*m_two), std::string());
        QCOMPARE(m_one->attach("a", 2), std::string());
        QCOMPARE(::stat(m_one->pod("a").c_str(), &after), 0);
        QCOMPARE(before.st_ino, after.st_ino);
        QVERIFY(ping(m_one->pod("a"), "10.244.1.2"));
    }

    void aHalfMadePodIsMadeAnew()
    {
        QCOMPARE(onThread([&] { return removeNetworkNamespace(m_one->pod("a")); }), std::string());
        QCOMPARE(m_one->attach("a", 2), std::string());
        QVERIFY(ping(m_one->pod("a"), "10.244.1.2"));
    }

    void detachingRemovesTheLinkAndTheAddressCanBeUsedAgain()
    {
        QCOMPARE(onThread([&] { return removePodLink(m_one->paths, "a"); }), std::string());
        QCOMPARE(onThread([&] { return removePodLink(m_one->paths, "a"); }), std::string());
        QCOMPARE(linksIn(m_one->paths.node), (std::vector<std::string>{"lo", "eth0", podLinkName("b")}));
        QVERIFY(!std::filesystem::exists(m_one->pod("a")));
        QCOMPARE(m_one->attach("d", 2), std::string());
        QVERIFY(ping(m_one->pod("d"), "10.244.0.3"));
    }

    void routesFollowTheNodes()
    {
        QCOMPARE(onThread([&] { return syncPodSubnetRoutes(m_one->paths, {}); }), std::string());
        QCOMPARE(routesVia(m_one->paths.node, m_two->address), 0);
        QCOMPARE(onThread([&] { return syncPodSubnetRoutes(m_one->paths, {{m_two->pods, m_two->address}}); }), std::string());
        QCOMPARE(routesVia(m_one->paths.node, m_two->address), 1);
        QVERIFY(ping(m_one->pod("a"), "10.244.1.2"));
    }

    void aNodeThatIsMadeAnewTakesItsPortAgain()
    {
        QCOMPARE(onThread([&] { return removeNode(m_two->paths); }), std::string());
        QCOMPARE(m_two->bringUp(*m_one), std::string());
        QCOMPARE(m_two->attach("e", 2), std::string());
        QVERIFY(ping(m_one->pod("a"), "10.244.1.2"));
    }

    void attachingAPodIsQuick()
    {
        QBENCHMARK_ONCE {
            for (std::uint32_t pod = 10; pod < 60; ++pod)
                QCOMPARE(m_one->attach("pod-" + std::to_string(pod), pod), std::string());
        }
    }
};

int main(int argc, char** argv)
{
    return kates::test::runInHolder([&](const std::filesystem::path& run) {
        s_run = run;
        QCoreApplication application(argc, argv);
        TestLinks test;
        return QTest::qExec(&test, argc, argv);
    });
}
#include "tst_links.moc"
