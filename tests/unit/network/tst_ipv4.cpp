#include <QtTest>

#include "engine/network/link/ipv4.h"

using namespace kates::network;

class TestIpv4 : public QObject {
    Q_OBJECT

private slots:
    void dottedQuadsAreReadAndWritten()
    {
        for (const std::string text : {"0.0.0.0", "10.244.0.1", "255.255.255.255"})
            QCOMPARE(Ipv4::parse(text)->toString(), text);
    }

    void everythingElseIsRefused()
    {
        for (const char* text : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "01.2.3.4", "1..2.3", "a.b.c.d", "-1.2.3.4", "::1", "1.2.3.4/24"})
            QVERIFY2(!Ipv4::parse(text), text);
        for (const char* text : {"", "1.2.3.4", "1.2.3.4/", "1.2.3.4/33", "1.2.3/8", "1.2.3.4/-1", "1.2.3.4/8x"})
            QVERIFY2(!Ipv4Prefix::parse(text), text);
    }

    void aSubnetKnowsItsAddresses()
    {
        const auto subnet = *Ipv4Prefix::parse("10.244.3.7/24");
        QCOMPARE(subnet.subnet().toString(), std::string("10.244.3.0/24"));
        QCOMPARE(subnet.at(1).toString(), std::string("10.244.3.1"));
        QCOMPARE(subnet.size(), std::uint64_t(256));
        QVERIFY(subnet.contains(*Ipv4::parse("10.244.3.255")));
        QVERIFY(!subnet.contains(*Ipv4::parse("10.244.4.0")));
        QVERIFY(Ipv4Prefix::parse("0.0.0.0/0")->contains(*Ipv4::parse("8.8.8.8")));
    }
};

QTEST_GUILESS_MAIN(TestIpv4)
#include "tst_ipv4.moc"
