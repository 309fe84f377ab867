#include <QtTest>

#include "engine/api/discovery.h"
#include "engine/api/json.h"

using namespace kates::api;

namespace {

Value json(std::string_view text)
{
    auto value = parseJson(text);
    if (!value)
        qFatal("bad JSON in a test: %s", value.error().message.c_str());
    return *value;
}

const Value& named(const Value& list, std::string_view key, std::string_view name)
{
    static const Value none;
    for (const Value& item : list) {
        if (item.str(key) == name)
            return item;
    }
    return none;
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT

private slots:
    void theCoreGroup()
    {
        QCOMPARE(apiVersions("127.0.0.1:6443"), json(R"({"kind":"APIVersions","versions":["v1"],
            "serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"127.0.0.1:6443"}]})"));
        const Value list = apiResourceList(*m_scheme, "", "v1");
        QCOMPARE(list.str("groupVersion"), std::string_view("v1"));
        QCOMPARE(named(list.get("resources"), "name", "pods"), json(R"({"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod",
            "verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"shortNames":["po"],"categories":["all"]})"));
        QCOMPARE(named(list.get("resources"), "name", "pods/eviction"), json(R"({"name":"pods/eviction","singularName":"","namespaced":true,
            "group":"policy","version":"v1","kind":"Eviction","verbs":["create"]})"));
        QCOMPARE(named(list.get("resources"), "name", "pods/status").get("verbs"), json(R"(["get","patch","update"])"));
    }

    void otherGroups()
    {
        const Value groups = apiGroupList(*m_scheme);
        const Value& autoscaling = named(groups.get("groups"), "name", "autoscaling");
        QCOMPARE(autoscaling, json(R"({"name":"autoscaling","versions":[{"groupVersion":"autoscaling/v2","version":"v2"},
            {"groupVersion":"autoscaling/v1","version":"v1"}],"preferredVersion":{"groupVersion":"autoscaling/v2","version":"v2"}})"));
        QVERIFY(named(groups.get("groups"), "name", "").isNull());
        QCOMPARE(apiGroup(*m_scheme, "apps").str("kind"), std::string_view("APIGroup"));
        QVERIFY(apiGroup(*m_scheme, "nothing").isNull());
        QVERIFY(apiGroup(*m_scheme, "").isNull());
        QVERIFY(apiResourceList(*m_scheme, "apps", "v2").isNull());
    }

    void aggregated()
    {
        const Value core = aggregatedDiscovery(*m_scheme, DiscoveryRoot::Api);
        QCOMPARE(core.str("apiVersion"), std::string_view("apidiscovery.k8s.io/v2"));
        QCOMPARE(core.get("items").size(), std::size_t(1));
        QCOMPARE(core.get("items").at(0).get("metadata"), Value::object());
        const Value all = aggregatedDiscovery(*m_scheme, DiscoveryRoot::Apis);
        const Value* apps = nullptr;
        for (const Value& item : all.get("items")) {
            if (item.str("metadata", "name") == "apps")
                apps = &item;
        }
        QVERIFY(apps);
        const Value& version = apps->get("versions").at(0);
        QCOMPARE(version.str("freshness"), std::string_view("Current"));
        QCOMPARE(named(version.get("resources"), "resource", "deployments"), json(R"({"resource":"deployments",
            "responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment",
            "verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"shortNames":["deploy"],"categories":["all"],
            "subresources":[{"subresource":"scale","responseKind":{"group":"autoscaling","version":"v1","kind":"Scale"},"verbs":["get","patch",
                "update"]},
            {"subresource":"status","responseKind":{"group":"apps","version":"v1","kind":"Deployment"},"verbs":["get","patch","update"]}]})"));
    }

    void everySubresourceHasADescribedType()
    {
        for (const auto& kind : m_scheme->kinds()) {
            for (const Subresource& subresource : kind->subresources) {
                const std::string groupVersion = subresource.group.empty() ? subresource.version : subresource.group + "/" + subresource.version;
                QVERIFY2(m_scheme->type(groupVersion, subresource.kind), subresource.kind.c_str());
            }
        }
    }

private:
    std::shared_ptr<Scheme> m_scheme = Scheme::kubernetes();
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
