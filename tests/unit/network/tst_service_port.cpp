#include <QtTest>

#include "engine/network/proxy/service_port.h"
#include "tests/support/service_objects.h"

using namespace kates;
using namespace kates::network;
using kates::test::endpointSlice;
using kates::test::service;

namespace {

const std::string kWeb = R"("clusterIP": "10.96.0.20", "ports": [{"name": "http", "port": 80, "protocol": "TCP"}])";
const std::string kPort = R"({"name": "http", "port": 8080, "protocol": "TCP"})";

std::string text(const std::vector<Endpoint>& endpoints)
{
    std::string all;
    for (const auto& endpoint : endpoints)
        all += endpoint.address.toString() + ":" + std::to_string(endpoint.port) + " ";
    return all;
}

std::string conditions(const std::string& inside)
{
    return R"("conditions": {)" + inside + "}";
}

} // namespace

class TestServicePort : public QObject {
    Q_OBJECT

private slots:
    void endpointsOfAllSlicesAreJoinedSortedAndOnce()
    {
        const auto ports = servicePorts(service("web", kWeb),
            {endpointSlice("web", kPort, {{"10.244.1.9"}, {"10.244.0.3", "node-1"}}), endpointSlice("web", kPort, {{"10.244.1.9"}}, "2")}, "node-1");
        QCOMPARE(ports.size(), std::size_t(1));
        QCOMPARE(ports[0].id, std::string("default/web/tcp/80"));
        QCOMPARE(text(ports[0].endpoints), std::string("10.244.0.3:8080 10.244.1.9:8080 "));
        QCOMPARE(text(ports[0].localEndpoints), std::string("10.244.0.3:8080 "));
    }

    void portsAreMatchedByNameAndProtocol()
    {
        const auto ports
            = servicePorts(service("web",
                               R"("clusterIP": "10.96.0.20", "ports": [{"name": "a", "port": 1}, {"name": "b", "port": 2, "nodePort": 30002},
                                                {"name": "a", "port": 1, "protocol": "UDP"}])"),
                {endpointSlice(
                    "web", R"({"name": "a", "port": 11}, {"name": "a", "port": 13, "protocol": "UDP"}, {"name": "b", "port": 12})", {{"10.0.0.1"}})},
                "");
        QCOMPARE(ports.size(), std::size_t(3));
        QCOMPARE(text(ports[0].endpoints), std::string("10.0.0.1:11 "));
        QCOMPARE(text(ports[1].endpoints), std::string("10.0.0.1:12 "));
        QCOMPARE(int(ports[1].nodePort), 30002);
        QCOMPARE(text(ports[2].endpoints), std::string("10.0.0.1:13 "));
        QCOMPARE(ports[2].protocol, std::string("udp"));
    }

    void readyOnesAreUsedElseThoseThatStillServe_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("unset means ready") << "" << "" << "10.0.0.1:8080 10.0.0.2:8080 ";
        QTest::newRow("not ready") << R"("ready": false)" << "" << "10.0.0.2:8080 ";
        QTest::newRow("ending and serving, another ready") << R"("ready": false, "serving": true, "terminating": true)" << "" << "10.0.0.2:8080 ";
        QTest::newRow("only ending ones") << R"("ready": false, "serving": true, "terminating": true)"
                                          << R"("ready": false, "serving": false, "terminating": true)" << "10.0.0.1:8080 ";
        QTest::newRow("not ready and not ending") << R"("ready": false, "serving": true)" << R"("ready": false)" << "";
    }
    void readyOnesAreUsedElseThoseThatStillServe()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, chosen);
        const auto ports = servicePorts(service("web", kWeb),
            {endpointSlice("web", kPort, {{"10.0.0.1", "n", conditions(first.toStdString())}, {"10.0.0.2", "n", conditions(second.toStdString())}})},
            "n");
        QCOMPARE(text(ports[0].endpoints), chosen.toStdString());
    }

    void headlessExternalNameAndForeignServicesAreNotServed()
    {
        QVERIFY(servicePorts(service("web", R"("clusterIP": "None", "ports": [{"port": 80}])"), {}, "").empty());
        QVERIFY(servicePorts(service("web", R"("type": "ExternalName", "externalName": "example.org")"), {}, "").empty());
        auto foreign = service("web", kWeb);
        foreign.edit("metadata", "labels").set("service.kubernetes.io/service-proxy-name", "mine");
        QVERIFY(servicePorts(foreign, {}, "").empty());
    }

    void hostileValuesNeverReachAScript()
    {
        for (const char* name : {"x; flush ruleset", "A", "a.b", "a/b", "", "a\\nb"})
            QVERIFY2(servicePorts(service(name, kWeb), {}, "").empty(), name);
        QVERIFY(servicePorts(service("web", kWeb, "ns }"), {}, "").empty());
        QVERIFY(servicePorts(service("web", R"("clusterIP": "10.96.0.20; x", "ports": [{"port": 80}])"), {}, "").empty());
        QVERIFY(servicePorts(
            service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 0}, {"port": 70000}, {"port": 1, "protocol": "x"}])"), {}, "")
                    .empty());
        const auto ports = servicePorts(service("web", kWeb), {endpointSlice("web", kPort, {{"10.0.0.1 }"}, {"::1"}, {""}})}, "");
        QVERIFY(ports[0].endpoints.empty());
    }

    void policiesAffinityAndExternalAddressesAreRead()
    {
        auto object = service("web", kWeb + R"(, "internalTrafficPolicy": "Local", "externalTrafficPolicy": "Local", "sessionAffinity": "ClientIP",
            "externalIPs": ["192.0.2.9", "x"])");
        object.set("status",
            test::json(R"({"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}, {"ip": "192.0.2.2", "ipMode": "Proxy"}, {"hostname": "x"}]}})"));
        const auto port = servicePorts(object, {}, "").at(0);
        QVERIFY(port.internalLocal && port.externalLocal);
        QCOMPARE(port.affinitySeconds, 10'800);
        QCOMPARE(port.externalIps, (std::vector<Ipv4>{*Ipv4::parse("192.0.2.1"), *Ipv4::parse("192.0.2.9")}));
    }
};

QTEST_GUILESS_MAIN(TestServicePort)
#include "tst_service_port.moc"
