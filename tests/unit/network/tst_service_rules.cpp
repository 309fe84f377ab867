#include <QtTest>
#include <fmt/format.h>

#include "engine/base/simulated_loop.h"
#include "engine/network/proxy/service_proxy.h"
#include "tests/support/fake_informer.h"
#include "tests/support/service_objects.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::network;

namespace {

const ProxyConfig kConfig {
    *Ipv4::parse("172.30.0.2"), Ipv4Prefix::parse("10.244.0.0/24"), *Ipv4Prefix::parse("10.96.0.0/12"), *Ipv4::parse("172.30.0.1")};
const Endpoint kLocal{*Ipv4::parse("10.244.0.3"), 8080, true}, kRemote{*Ipv4::parse("10.244.1.2"), 8080, false};

ServicePort web()
{
    ServicePort port;
    port.id = "default/web/tcp/80";
    port.protocol = "tcp";
    port.clusterIp = *Ipv4::parse("10.96.0.20");
    port.port = 80;
    port.endpoints = {kLocal, kRemote};
    port.localEndpoints = {kLocal};
    return port;
}

std::string chain(const NftObjects& objects, const std::string& name)
{
    auto found = objects.chains.find(name);
    std::string text;
    for (const auto& rule : found == objects.chains.end() ? std::vector<std::string>{"none"} : found->second)
        text += (text.empty() ? "" : "; ") + rule;
    return text;
}

std::string element(const NftObjects& objects, const std::string& set, const std::string& key)
{
    auto found = objects.elements.find(set);
    return found == objects.elements.end() || !found->second.count(key) ? "none" : found->second.at(key);
}

} // namespace

class TestServiceRules : public QObject {
    Q_OBJECT

private slots:
    void trafficIsSpreadOverAllEndpoints()
    {
        const auto rules = serviceRules(kConfig, web());
        QCOMPARE(element(rules, "service-ips", "10.96.0.20 . tcp . 80"), std::string("goto service/default/web/tcp/80"));
        QCOMPARE(chain(rules, "service/default/web/tcp/80"),
            std::string("meta l4proto tcp dnat to numgen random mod 2 map { 0 : 10.244.0.3 . 8080, 1 : 10.244.1.2 . 8080 }"));
        QCOMPARE(element(rules, "hairpin", "10.244.0.3 . 10.244.0.3"), std::string());
        QCOMPARE(element(rules, "hairpin", "10.244.1.2 . 10.244.1.2"), std::string("none"));
        QVERIFY(!rules.elements.count("service-nodeports"));
    }

    void withoutEndpointsItIsRefused()
    {
        auto port = web();
        port.endpoints = port.localEndpoints = {};
        port.nodePort = 30080;
        const auto rules = serviceRules(kConfig, port);
        QCOMPARE(element(rules, "no-endpoint-services", "10.96.0.20 . tcp . 80"), std::string("goto refuse"));
        QCOMPARE(element(rules, "no-endpoint-nodeports", "tcp . 30080"), std::string("goto refuse"));
        QVERIFY(rules.chains.empty());
    }

    void localPoliciesDropWhereOnlyOtherNodesHaveEndpoints()
    {
        auto port = web();
        port.localEndpoints = {};
        port.internalLocal = port.externalLocal = true;
        port.nodePort = 30080;
        const auto rules = serviceRules(kConfig, port);
        QCOMPARE(element(rules, "no-endpoint-services", "10.96.0.20 . tcp . 80"), std::string("drop"));
        QCOMPARE(element(rules, "service-nodeports", "tcp . 30080"), std::string("goto external/default/web/tcp/80"));
        const auto external = chain(rules, "external/default/web/tcp/80");
        QVERIFY2(external.starts_with("ip saddr 10.244.0.0/24 goto service/") && external.ends_with("; drop"), external.c_str());
    }

    void stickyEndpointsHaveASetAndAChainEach()
    {
        auto port = web();
        port.affinitySeconds = 60;
        const auto rules = serviceRules(kConfig, port);
        QCOMPARE(rules.sets.size(), std::size_t(2));
        QCOMPARE(chain(rules, "endpoint/default/web/tcp/80/10.244.0.3/8080"),
            std::string("update @affinity/default/web/tcp/80/10.244.0.3/8080/60 { ip saddr }; meta l4proto tcp dnat to 10.244.0.3:8080"));
    }

    void aFailureIsTriedAgainWithTheWholeTable()
    {
        SimulatedLoop loop;
        test::FakeInformer services, slices;
        ServiceCache cache(services, slices);
        std::vector<std::string> scripts;
        int failures = 2, applied = 0;
        ServiceProxyOptions options;
        options.nodeName = "node-0";
        options.config = kConfig;
        options.runNft = [&](std::string script) -> Task<Result<void>> { return recordScript(scripts, failures, std::move(script)); };
        ServiceProxy proxy(loop, cache, options);
        proxy.setAppliedHandler([&](const ServicePorts& ports) { applied += ports.size() == 1; });
        proxy.start();
        services.set(test::service("web", R"("clusterIP": "10.96.0.20", "ports": [{"port": 80}])"));
        loop.settle();
        QVERIFY(scripts.empty()); // nothing before everything is known
        services.setSynced();
        slices.setSynced();
        loop.settle();
        QCOMPARE(scripts.size(), std::size_t(1));
        QVERIFY(loop.runUntil([&] { return applied == 1; }, std::chrono::seconds(10)));
        QCOMPARE(scripts.size(), std::size_t(3));
        QCOMPARE(scripts[0], scripts[2]);
        QVERIFY(scripts[2].starts_with("add table ip kube-proxy\ndelete table ip kube-proxy\n"));
        slices.set(test::endpointSlice("web", R"({"port": 8080})", {{"10.244.0.3"}}));
        loop.settle();
        QCOMPARE(applied, 2);
        QVERIFY2(scripts[3].starts_with("add chain ip kube-proxy service/default/web/tcp/80\n"), scripts[3].c_str());
        spawn(proxy.stop());
        loop.settle();
    }

    void aBurstOfChangesBecomesOneScript()
    {
        SimulatedLoop loop;
        test::FakeInformer services, slices;
        ServiceCache cache(services, slices);
        std::vector<std::string> scripts;
        int failures = 0;
        ServiceProxyOptions options;
        options.config = kConfig;
        options.servedLocally = {*Ipv4::parse("10.96.0.10")};
        options.runNft = [&](std::string script) -> Task<Result<void>> { return recordScript(scripts, failures, std::move(script)); };
        ServiceProxy proxy(loop, cache, options);
        services.setSynced();
        slices.setSynced();
        proxy.start();
        for (int index = 0; index < 50; ++index)
            services.set(test::service("s" + std::to_string(index), fmt::format(R"("clusterIP": "10.96.1.{}", "ports": [{{"port": 80}}])", index)));
        services.set(test::service("kube-dns", R"("clusterIP": "10.96.0.10", "ports": [{"port": 53}])"));
        loop.settle();
        QCOMPARE(scripts.size(), std::size_t(1));
        QCOMPARE(proxy.ports().size(), std::size_t(50)); // the node answers DNS itself
        spawn(proxy.stop());
        loop.settle();
    }

private:
    static Task<Result<void>> recordScript(std::vector<std::string>& scripts, int& failures, std::string script)
    {
        scripts.push_back(std::move(script));
        if (failures-- > 0)
            co_return failure("no");
        co_return Result<void>();
    }
};

QTEST_GUILESS_MAIN(TestServiceRules)
#include "tst_service_rules.moc"
