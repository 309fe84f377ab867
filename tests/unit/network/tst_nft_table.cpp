#include <QtTest>

#include "engine/network/proxy/nft_table.h"

using namespace kates::network;

namespace {

NftObjects chain(const std::string& name, const std::vector<std::string>& rules, const std::string& key = {})
{
    NftObjects objects;
    objects.chains[name] = rules;
    if (!key.empty())
        objects.elements["ips"][key] = "goto " + name;
    return objects;
}

NftObjects element(const std::string& key)
{
    NftObjects objects;
    objects.elements["hairpin"][key] = "";
    return objects;
}

std::string update(NftTable& table)
{
    const auto scripts = table.take();
    return scripts.empty() ? std::string() : scripts[0];
}

} // namespace

class TestNftTable : public QObject {
    Q_OBJECT

private slots:
    void theFirstScriptReplacesWhateverTheKernelHas()
    {
        NftTable table("ip t", "set ips { type ipv4_addr; }\n");
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        QCOMPARE(update(table),
            std::string("add table ip t\ndelete table ip t\nadd table ip t\ntable ip t {\nset ips { type ipv4_addr; }\n}\n"
                        "add chain ip t c\nadd rule ip t c drop\nadd element ip t ips { 10.0.0.1 : goto c }\n"));
        QVERIFY(!table.changed());
        QVERIFY(table.take().empty());
    }

    void laterScriptsHoldOnlyTheDifference()
    {
        NftTable table("ip t", "");
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        table.set("b", chain("d", {"drop"}, "10.0.0.2"));
        table.take();
        table.set("a", chain("c", {"accept", "drop"}, "10.0.0.1"));
        QCOMPARE(update(table), std::string("flush chain ip t c\nadd rule ip t c accept\nadd rule ip t c drop\n"));
        table.set("b", chain("e", {"drop"}, "10.0.0.2"));
        const auto scripts = table.take();
        QCOMPARE(scripts.at(0),
            std::string("add chain ip t e\nadd rule ip t e drop\ndelete element ip t ips { 10.0.0.2 }\n"
                        "add element ip t ips { 10.0.0.2 : goto e }\n"));
        QCOMPARE(scripts.at(1), std::string("flush chain ip t d\ndelete chain ip t d\n"));
    }

    void whatIsSetAndUndoneBetweenTwoScriptsLeavesNoTrace()
    {
        NftTable table("ip t", "");
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        table.take();
        table.set("a", {});
        table.set("b", chain("d", {"drop"}, "10.0.0.2"));
        table.set("b", {});
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        QVERIFY(table.take().empty());
    }

    void anElementStaysUntilItsLastOwnerHasGone()
    {
        NftTable table("ip t", "");
        table.take();
        table.set("a", element("1 . 1"));
        table.set("b", element("1 . 1"));
        QCOMPARE(update(table), std::string("add element ip t hairpin { 1 . 1 }\n"));
        table.set("a", {});
        QCOMPARE(update(table), std::string());
        table.set("b", {});
        QCOMPARE(update(table), std::string("delete element ip t hairpin { 1 . 1 }\n"));
    }

    void twoOwnersOfOneElementNeverLeaveItPointingNowhere()
    {
        NftTable table("ip t", "");
        table.take();
        table.set("b", chain("d", {"drop"}, "10.0.0.1"));
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        QVERIFY(update(table).ends_with("add element ip t ips { 10.0.0.1 : goto c }\n"));
        table.set("a", {});
        QCOMPARE(update(table), std::string("delete element ip t ips { 10.0.0.1 }\nadd element ip t ips { 10.0.0.1 : goto d }\n"));
    }

    void setsOutliveTheChainsThatUseThem()
    {
        NftTable table("ip t", "");
        table.take();
        auto objects = chain("c", {"update @s { ip saddr }"});
        objects.sets["s"] = "{ type ipv4_addr; }";
        table.set("a", objects);
        QCOMPARE(update(table), std::string("add set ip t s { type ipv4_addr; }\nadd chain ip t c\nadd rule ip t c update @s { ip saddr }\n"));
        table.set("a", {});
        QCOMPARE(update(table), std::string("flush chain ip t c\ndelete chain ip t c\ndelete set ip t s\n"));
    }

    void aLargeChangeIsCutIntoTransactionsInAnOrderThatTheKernelAccepts()
    {
        NftTable table("ip t", "map ips { type ipv4_addr : verdict; }\n");
        for (int index = 0; index < 2000; ++index)
            table.set("owner" + std::to_string(index), chain("c" + std::to_string(index), {"drop"}, std::to_string(index)));
        const auto scripts = table.take();
        QVERIFY(scripts.size() > 1);
        std::string all;
        for (const auto& script : scripts) {
            QVERIFY(script.size() <= kTransactionBytesMax);
            all += script;
        }
        QCOMPARE(scripts.front().find("add table"), std::size_t(0));
        QVERIFY(all.rfind("add chain") < all.find("add rule"));
        QVERIFY(all.rfind("add rule") < all.find("add element"));
        QCOMPARE(QByteArray::fromStdString(all).count(" : goto c"), 2000);
    }

    void afterAFailureTheWholeTableIsWrittenAgain()
    {
        NftTable table("ip t", "");
        table.set("a", chain("c", {"drop"}, "10.0.0.1"));
        const auto first = update(table);
        table.set("a", {});
        table.set("b", chain("c", {"drop"}, "10.0.0.1"));
        table.take();
        table.forget();
        QVERIFY(table.changed());
        QCOMPARE(update(table), first);
    }
};

QTEST_GUILESS_MAIN(TestNftTable)
#include "tst_nft_table.moc"
