#include <QtTest>

#include "engine/controllers/nodeipam/node_ipam_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::controllers;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::client::resources;

namespace {

struct Fixture : ControllerFixture {
    explicit Fixture(const std::string& cidr = "10.244.0.0/16") { add<NodeIpamController>(*CidrSet::create(cidr, 24)); }
    void addNode(const std::string& name, const std::string& cidr = {})
    {
        api::Value node = fromJson("{'metadata': {}, 'spec': {}}");
        node.edit("metadata").set("name", name);
        if (!cidr.empty())
            node.edit("spec").set("podCIDR", cidr);
        client->put(resources::nodes, node);
    }
    std::string cidrOf(std::string_view name)
    {
        loop.settle();
        return std::string(client->at(resources::nodes, "", name).str("spec", "podCIDR"));
    }
};

} // namespace

class NodeIpamTest : public QObject {
    Q_OBJECT
private slots:
    void aNetworkIsCutIntoParts()
    {
        CidrSet set = *CidrSet::create("10.244.0.0/16", 24);
        QCOMPARE(set.size(), 256u);
        QCOMPARE(set.allocate(), std::string("10.244.0.0/24"));
        QCOMPARE(set.allocate(), std::string("10.244.1.0/24"));
        QVERIFY(set.occupy("10.244.2.0/24"));
        QVERIFY(!set.occupy("10.244.2.0/24"));
        QCOMPARE(set.allocate(), std::string("10.244.3.0/24"));
        set.release("10.244.1.0/24");
        QCOMPARE(set.allocate(), std::string("10.244.1.0/24"));
        QVERIFY(!set.occupy("10.245.0.0/24"));
        QVERIFY(!set.occupy("10.244.0.0/25"));
        QVERIFY(!set.occupy("nonsense"));
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("cidr");
        QTest::addColumn<int>("bits");
        QTest::newRow("no network") << QByteArray("10.244.0.0") << 24;
        QTest::newRow("no address") << QByteArray("x/16") << 24;
        QTest::newRow("parts larger than the whole") << QByteArray("10.244.0.0/16") << 8;
        QTest::newRow("too many parts") << QByteArray("10.0.0.0/8") << 30;
        QTest::newRow("bits out of range") << QByteArray("10.0.0.0/33") << 24;
        QTest::newRow("rest") << QByteArray("10.0.0.0/16x") << 24;
    }
    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, cidr);
        QFETCH(int, bits);
        QVERIFY(!CidrSet::create(cidr.toStdString(), bits));
    }

    void everyNodeGetsItsOwn()
    {
        Fixture f;
        f.addNode("old", "10.244.0.0/24");
        f.start();
        f.addNode("a");
        f.addNode("b");
        QCOMPARE(f.cidrOf("old"), std::string("10.244.0.0/24"));
        QCOMPARE(f.cidrOf("a"), std::string("10.244.1.0/24"));
        QCOMPARE(f.cidrOf("b"), std::string("10.244.2.0/24"));
        QCOMPARE(f.client->at(resources::nodes, "", "a").get("spec", "podCIDRs").at(0).asString(), std::string_view("10.244.1.0/24"));
    }

    void aNodeThatWaitsGetsWhatAnotherLeaves()
    {
        Fixture f("10.244.0.0/23");
        f.start();
        for (const char* name : {"a", "b", "c"})
            f.addNode(name);
        QCOMPARE(f.cidrOf("c"), std::string());
        QVERIFY(f.recorded("CIDRNotAvailable"));
        f.client->erase(resources::nodes, "", "a");
        QCOMPARE(f.cidrOf("c"), std::string("10.244.0.0/24"));
    }

    void aConflictLosesNothing()
    {
        Fixture f;
        f.start();
        int conflicts = 3;
        f.client->refuse = [&](const FakeRequest& request) -> std::optional<api::StatusError> {
            if (request.verb == "update" && conflicts-- > 0)
                return api::conflict({"", "nodes"}, "a", "changed");
            return std::nullopt;
        };
        f.addNode("a");
        f.loop.advance(1s);
        QCOMPARE(f.cidrOf("a"), std::string("10.244.0.0/24"));
    }
};

QTEST_GUILESS_MAIN(NodeIpamTest)
#include "tst_node_ipam.moc"
