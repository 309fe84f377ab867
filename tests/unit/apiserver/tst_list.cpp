#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kMaps = "/api/v1/namespaces/default/configmaps";

std::string names(const api::Value& list)
{
    std::string text;
    for (const auto& item : list.get("items"))
        text.append(text.empty() ? "" : ",").append(item.str("metadata", "name"));
    return text;
}
} // namespace

class ListTest : public QObject {
    Q_OBJECT

private slots:
    void aListHoldsTheObjectsInOrder()
    {
        ApiFixture api;
        for (auto name : {"c", "a", "b"})
            api.configMap(name);
        api.configMap("z", "{}", "kube-system");
        auto list = api.get(kMaps).json();
        COMPARE_STRING(list.str("kind"), "ConfigMapList");
        COMPARE_STRING(list.str("apiVersion"), "v1");
        COMPARE_STRING(names(list), "a,b,c");
        QVERIFY(std::stoll(std::string(list.str("metadata", "resourceVersion"))) > 0);
        COMPARE_STRING(names(api.get("/api/v1/configmaps").json()), "a,b,c,z");
        COMPARE_STRING(names(api.get("/api/v1/namespaces/none/configmaps").json()), "");
    }

    void selectorsAreApplied()
    {
        ApiFixture api;
        api.configMap("a", "{}", "default", q("{'app':'x','tier':'1'}"));
        api.configMap("b", "{}", "default", q("{'app':'y'}"));
        api.configMap("c", "{}", "default", q("{'app':'x'}"));
        COMPARE_STRING(names(api.get(kMaps + "?labelSelector=app%3Dx").json()), "a,c");
        COMPARE_STRING(names(api.get(kMaps + "?labelSelector=app%20in%20(x,y),tier!%3D1").json()), "b,c");
        COMPARE_STRING(names(api.get(kMaps + "?fieldSelector=metadata.name%3Db").json()), "b");
        COMPARE_STRING(names(api.get("/api/v1/configmaps?fieldSelector=metadata.namespace%3Dkube-system").json()), "");
        QCOMPARE(api.get(kMaps + "?labelSelector=%3D%3D").status, 400);
        auto unsupported = api.get(kMaps + "?fieldSelector=data.k%3D1");
        QCOMPARE(unsupported.status, 400);
        QVERIFY(unsupported.body.find("field label not supported: data.k") != std::string::npos);
    }

    void pagesAreConsistentAtTheFirstOnesRevision()
    {
        ApiFixture api;
        for (char c = 'a'; c <= 'g'; ++c)
            api.configMap(std::string(1, c));
        auto first = api.get(kMaps + "?limit=3").json();
        COMPARE_STRING(names(first), "a,b,c");
        QCOMPARE(first.get("metadata", "remainingItemCount").asInt(), 4);
        auto token = std::string(first.str("metadata", "continue"));
        auto second = api.get(kMaps + "?limit=3&continue=" + http::percentEncode(token)).json();
        COMPARE_STRING(names(second), "d,e,f");
        api.remove(kMaps + "/e");
        api.configMap("dd");
        auto secondAgain = api.get(kMaps + "?limit=3&continue=" + http::percentEncode(token)).json();
        COMPARE_STRING(names(secondAgain), "d,e,f");
        QVERIFY(secondAgain.get("metadata", "resourceVersion") == first.get("metadata", "resourceVersion"));
        auto last = api.get(kMaps + "?limit=3&continue=" + http::percentEncode(secondAgain.str("metadata", "continue"))).json();
        COMPARE_STRING(names(last), "g");
        QVERIFY(last.str("metadata", "continue").empty());
        QCOMPARE(api.get(kMaps + "?limit=3&continue=nonsense").status, 400);
        QCOMPARE(api.get(kMaps + "?limit=x").status, 400);
    }

    void pagesCountWhatIsSelected()
    {
        ApiFixture api;
        for (char c = 'a'; c <= 'h'; ++c)
            api.configMap(std::string(1, c), "{}", "default", (c - 'a') % 2 ? q("{'odd':'1'}") : "{}");
        auto first = api.get(kMaps + "?limit=2&labelSelector=odd").json();
        COMPARE_STRING(names(first), "b,d");
        QVERIFY(!first.get("metadata").has("remainingItemCount"));
        auto token = http::percentEncode(first.str("metadata", "continue"));
        COMPARE_STRING(names(api.get(kMaps + "?limit=9&labelSelector=odd&continue=" + token).json()), "f,h");
    }

    void resourceVersionsHaveTheirMeaning()
    {
        ApiFixture api;
        auto version = std::string(api.configMap("a").json().str("metadata", "resourceVersion"));
        api.configMap("b");
        COMPARE_STRING(names(api.get(kMaps + "?resourceVersion=0").json()), "a,b");
        COMPARE_STRING(names(api.get(kMaps + "?resourceVersion=" + version).json()), "a,b");
        auto exact = api.get(kMaps + "?resourceVersionMatch=Exact&resourceVersion=" + version).json();
        COMPARE_STRING(names(exact), "a");
        COMPARE_STRING(exact.str("metadata", "resourceVersion"), version);
        auto future = api.get(kMaps + "?resourceVersion=99999");
        QCOMPARE(future.status, 504);
        QVERIFY(future.json().str("message").find("Too large resource version: 99999, current: ") != std::string_view::npos);
        QCOMPARE(api.get(kMaps + "?resourceVersionMatch=Exact").status, 422);
        QCOMPARE(api.get(kMaps + "?resourceVersion=x").status, 422);
    }

    void aListOfManyIsWholeAndValid()
    {
        ApiFixture api;
        for (int i = 0; i < 700; ++i)
            api.configMap("m" + std::to_string(1000 + i), q("{'k':'") + std::string(400, 'x') + "\"}");
        auto list = api.get(kMaps);
        QCOMPARE(list.json().get("items").size(), std::size_t(700));
        COMPARE_STRING(list.json().get("items").at(699).str("metadata", "name"), "m1699");
    }

    void otherFormsAreGivenWhenAskedFor()
    {
        ApiFixture api;
        api.configMap("a");
        api.configMap("b");
        auto ask = [&](std::string target, std::string accept) { return api.send("GET", target, "", {{"Accept", accept}}); };
        auto table = ask(kMaps, "application/json;as=Table;v=v1;g=meta.k8s.io").json();
        COMPARE_STRING(table.str("kind"), "Table");
        COMPARE_STRING(table.get("columnDefinitions").at(0).str("name"), "Name");
        QCOMPARE(table.get("rows").size(), std::size_t(2));
        COMPARE_STRING(table.get("rows").at(1).get("cells").at(0).asString(), "b");
        COMPARE_STRING(table.get("rows").at(1).str("object", "kind"), "PartialObjectMetadata");
        auto one = ask(kMaps + "/a?includeObject=Object", "application/json;as=Table;v=v1;g=meta.k8s.io").json();
        COMPARE_STRING(one.get("rows").at(0).str("object", "kind"), "ConfigMap");
        auto metadata = ask(kMaps, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io").json();
        COMPARE_STRING(metadata.str("kind"), "PartialObjectMetadataList");
        QVERIFY(!metadata.get("items").at(0).has("data"));
        auto yaml = ask(kMaps + "/a", "application/yaml");
        COMPARE_STRING(yaml.headers.get("Content-Type"), "application/yaml");
        QVERIFY(yaml.body.find("kind: ConfigMap\n") != std::string::npos);
        QVERIFY(ask(kMaps, "application/yaml").body.find("kind: ConfigMapList\n") != std::string::npos);
    }

    void eventsAreTheSameObjectsInBothGroups()
    {
        ApiFixture api;
        auto created = api.post("/apis/events.k8s.io/v1/namespaces/default/events",
            q("{'metadata':{'name':'e'},'eventTime':'2026-01-01T00:00:00.000000Z','regarding':{'kind':'Pod','name':'p','namespace':'default'},'note':"
              "'hello','reason':'R','action':'A','type':'Normal','reportingController':'example.com/c','reportingInstance':'i'}"));
        QVERIFY2(created.status == 201, created.body.c_str());
        auto core = api.get("/api/v1/namespaces/default/events/e").json();
        COMPARE_STRING(core.str("message"), "hello");
        COMPARE_STRING(core.str("involvedObject", "name"), "p");
        auto list = api.get("/apis/events.k8s.io/v1/namespaces/default/events").json();
        COMPARE_STRING(list.get("items").at(0).str("note"), "hello");
        COMPARE_STRING(list.get("items").at(0).str("apiVersion"), "events.k8s.io/v1");
    }
};

QTEST_GUILESS_MAIN(ListTest)
#include "tst_list.moc"
