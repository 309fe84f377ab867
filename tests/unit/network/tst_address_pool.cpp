#include <QtTest>
#include <set>

#include "engine/base/files.h"
#include "engine/network/link/address_pool.h"
#include "engine/network/link/fabric.h"
#include "engine/network/link/pod_link.h"

using namespace kates;
using namespace kates::network;

class TestAddressPool : public QObject {
    Q_OBJECT

    std::optional<TemporaryDirectory> m_directory;

    AddressPool open()
    {
        return *AddressPool::open(m_directory->path());
    }
    static std::string allocate(AddressPool& pool, const std::string& owner)
    {
        auto address = pool.allocate(owner);
        return address ? address->toString() : address.error().message;
    }

private slots:
    void init()
    {
        m_directory.reset();
        m_directory.emplace(std::move(*TemporaryDirectory::create()));
    }

    void nothingIsGivenOutBeforeTheSubnetIsKnown()
    {
        auto pool = open();
        QVERIFY(!pool.allocate("a").has_value());
        QVERIFY(!pool.gateway());
    }

    void eachOwnerGetsOneAddressAndKeepsItOverARestart()
    {
        auto pool = open();
        pool.setSubnet(*Ipv4Prefix::parse("10.244.0.0/24"));
        QCOMPARE(pool.gateway()->toString(), std::string("10.244.0.1"));
        QCOMPARE(allocate(pool, "a"), std::string("10.244.0.2"));
        QCOMPARE(allocate(pool, "b"), std::string("10.244.0.3"));
        QCOMPARE(allocate(pool, "a"), std::string("10.244.0.2"));

        auto later = open();
        later.setSubnet(*Ipv4Prefix::parse("10.244.0.0/24"));
        QCOMPARE(later.owners(), (std::vector<std::string>{"a", "b"}));
        QCOMPARE(allocate(later, "b"), std::string("10.244.0.3"));
        QCOMPARE(allocate(later, "c"), std::string("10.244.0.4"));
    }

    void aFreedAddressRestsUntilTheOthersAreUsed()
    {
        auto pool = open();
        pool.setSubnet(*Ipv4Prefix::parse("10.244.0.0/29")); // .2 to .6
        for (const char* owner : {"a", "b"})
            allocate(pool, owner);
        QVERIFY(pool.release("a").has_value());
        QVERIFY(pool.release("a").has_value());
        QCOMPARE(allocate(pool, "c"), std::string("10.244.0.4"));
        QCOMPARE(allocate(pool, "d"), std::string("10.244.0.5"));
        QCOMPARE(allocate(pool, "e"), std::string("10.244.0.6"));
        QCOMPARE(allocate(pool, "f"), std::string("10.244.0.2"));
        QCOMPARE(allocate(pool, "g"), std::string("all addresses of the node's pod network 10.244.0.0/29 are in use"));
    }

    void halfWrittenAndForeignFilesAreDropped()
    {
        QVERIFY(writeFileAtomically(m_directory->path() / "10.244.0.2", "").has_value());
        QVERIFY(writeFileAtomically(m_directory->path() / "nonsense", "a").has_value());
        auto pool = open();
        QVERIFY(pool.owners().empty());
        QVERIFY(std::filesystem::is_empty(m_directory->path()));
    }

    void aTooSmallSubnetIsRefused()
    {
        auto pool = open();
        for (const char* subnet : {"10.0.0.0/32", "10.0.0.0/31"}) {
            pool.setSubnet(*Ipv4Prefix::parse(subnet));
            QVERIFY(!pool.allocate("a").has_value());
        }
    }

    void nodesGetAddressesUntilTheSubnetIsFull()
    {
        const auto subnet = *Ipv4Prefix::parse("172.30.1.0/24");
        QCOMPARE(nodeAddress(subnet, 0)->toString(), std::string("172.30.1.2"));
        QCOMPARE(nodeAddress(subnet, 252)->toString(), std::string("172.30.1.254"));
        QVERIFY(!nodeAddress(subnet, 253).has_value());
        QVERIFY(!nodeAddress(subnet, 0xffffffff).has_value());
    }

    void podLinkNamesFitAndDiffer()
    {
        std::set<std::string> names;
        for (int pod = 0; pod < 10'000; ++pod)
            names.insert(podLinkName("5d0a8f7c-9a3e-4f6e-8d3a-" + std::to_string(pod)));
        QCOMPARE(names.size(), std::size_t(10'000));
        QVERIFY(names.begin()->size() <= 15);
    }

    void uidsThatAreNoFileNamesAreRefused()
    {
        for (const char* uid : {"", ".", "..", "a/b", "../x", "a b", "a\n"})
            QVERIFY2(!isUsablePodUid(uid), uid);
        QVERIFY(!isUsablePodUid(std::string(201, 'a')));
        QVERIFY(isUsablePodUid("5d0a8f7c-9a3e-4f6e-8d3a-0123456789ab"));
    }
};

QTEST_GUILESS_MAIN(TestAddressPool)
#include "tst_address_pool.moc"
