#include <QtTest>

#include "engine/network/dns/cluster_zone.h"
#include "tests/support/dns_client.h"
#include "tests/support/fake_informer.h"
#include "tests/support/service_objects.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::network;
using namespace kates::network::dns;
using kates::test::endpointSlice;
using kates::test::service;

class TestDnsZone : public QObject {
    Q_OBJECT

    std::unique_ptr<test::FakeInformer> m_services, m_slices;
    std::unique_ptr<ServiceCache> m_cache;

    // The response as the C library reads it; "not ours" when the zone does not answer.
    std::string ask(const std::string& name, int type = A)
    {
        const auto parsed = parseQuery(test::dnsQuestion(name, type));
        const auto answer = ClusterZone(*m_cache, "cluster.local").answer(parsed.query.name, parsed.query.type);
        return answer ? test::dnsText(writeResponse(parsed.query, *answer, kPlainUdpSizeMax)) : "not ours";
    }

private slots:
    void init()
    {
        m_services = std::make_unique<test::FakeInformer>();
        m_slices = std::make_unique<test::FakeInformer>();
        m_cache = std::make_unique<ServiceCache>(*m_services, *m_slices);
        m_services->set(
            service("web", R"("clusterIP": "10.96.0.20", "ports": [{"name": "http", "port": 80}, {"name": "dns", "port": 53, "protocol": "UDP"}])"));
        m_services->set(service("db", R"("clusterIP": "None", "ports": [{"name": "sql", "port": 5432}])"));
        m_slices->set(endpointSlice("db", R"({"name": "sql", "port": 5432, "protocol": "TCP"})",
            {{"10.244.0.5", "n", R"("hostname": "db-0")"}, {"10.244.1.6"}, {"10.244.1.7", "n", R"("conditions": {"ready": false})"}}));
        m_services->set(service("away", R"("type": "ExternalName", "externalName": "example.org.")"));
    }

    void names_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("expected");
        const char* const soa = "SOA ns.dns.cluster.local";
        const auto noData = QString("NOERROR aa | ") + soa, noName = QString("NXDOMAIN aa | ") + soa;
        auto row = [](const char* name, int type, const QString& expected) { QTest::addRow("%s %d", name, type) << name << type << expected; };
        row("web.default.svc.cluster.local", A, "NOERROR aa | A 10.96.0.20");
        row("WEB.Default.svc.cluster.LOCAL", A, "NOERROR aa | A 10.96.0.20");
        row("web.default.svc.cluster.local", Aaaa, noData);
        row("web.default.svc.cluster.local", Any, "NOERROR aa | A 10.96.0.20");
        row("x.web.default.svc.cluster.local", A, noName);
        row("nothing.default.svc.cluster.local", A, noName);
        row("web.other.svc.cluster.local", A, noName);
        row("db.default.svc.cluster.local", A, "NOERROR aa | A 10.244.0.5, A 10.244.1.6");
        row("db-0.db.default.svc.cluster.local", A, "NOERROR aa | A 10.244.0.5");
        row("10-244-1-6.db.default.svc.cluster.local", A, "NOERROR aa | A 10.244.1.6");
        row("10-244-0-5.db.default.svc.cluster.local", A, noName);
        row("10-244-1-7.db.default.svc.cluster.local", A, noName);
        row("away.default.svc.cluster.local", A, "NOERROR aa | CNAME example.org");
        row("away.default.svc.cluster.local", Aaaa, "NOERROR aa | CNAME example.org");
        row("_http._tcp.web.default.svc.cluster.local", Srv, "NOERROR aa | SRV 80 web.default.svc.cluster.local | A 10.96.0.20");
        row("_dns._udp.web.default.svc.cluster.local", Srv, "NOERROR aa | SRV 53 web.default.svc.cluster.local | A 10.96.0.20");
        row("_http._udp.web.default.svc.cluster.local", Srv, noName);
        row("_http._tcp.web.default.svc.cluster.local", A, noData);
        row("_sql._tcp.db.default.svc.cluster.local", Srv,
            "NOERROR aa | SRV 5432 db-0.db.default.svc.cluster.local, SRV 5432 10-244-1-6.db.default.svc.cluster.local | A 10.244.0.5, A 10.244.1.6");
        row("10-1-2-3.default.pod.cluster.local", A, "NOERROR aa | A 10.1.2.3");
        row("10-1-2.default.pod.cluster.local", A, noName);
        row("dns-version.cluster.local", Txt, "NOERROR aa | TXT 1.1.0");
        row("cluster.local", Soa, QString("NOERROR aa | ") + soa);
        row("cluster.local", A, noData);
        row("svc.cluster.local", A, noData);
        row("default.svc.cluster.local", A, noData);
        row("other.svc.cluster.local", A, noName);
        row("example.org.default.svc.cluster.local", A, noName);
        row("x.cluster.local", A, noName);
        row("example.org", A, "not ours");
        row("notcluster.local", A, "not ours");
        row("20.0.96.10.in-addr.arpa", Ptr, "NOERROR aa | PTR web.default.svc.cluster.local");
        row("5.0.244.10.in-addr.arpa", Ptr, "NOERROR aa | PTR db-0.db.default.svc.cluster.local");
        row("6.1.244.10.in-addr.arpa", Ptr, "NOERROR aa | PTR 10-244-1-6.db.default.svc.cluster.local");
        row("8.8.8.8.in-addr.arpa", Ptr, "not ours");
        row("8.8.in-addr.arpa", Ptr, "not ours");
    }
    void names()
    {
        QFETCH(QString, name);
        QFETCH(int, type);
        QFETCH(QString, expected);
        QCOMPARE(ask(name.toStdString(), type), expected.toStdString());
    }

    void notReadyEndpointsArePublishedWhenTheServiceSaysSo()
    {
        m_services->set(service("db", R"("clusterIP": "None", "publishNotReadyAddresses": true, "ports": [{"name": "sql", "port": 5432}])"));
        QCOMPARE(ask("10-244-1-7.db.default.svc.cluster.local"), std::string("NOERROR aa | A 10.244.1.7"));
    }

    void theZoneFollowsTheServices()
    {
        m_services->erase("default", "web");
        QCOMPARE(ask("web.default.svc.cluster.local"), std::string("NXDOMAIN aa | SOA ns.dns.cluster.local"));
        QCOMPARE(ask("20.0.96.10.in-addr.arpa", Ptr), std::string("not ours"));
    }
};

QTEST_GUILESS_MAIN(TestDnsZone)
#include "tst_dns_zone.moc"
