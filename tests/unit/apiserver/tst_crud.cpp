#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kMaps = "/api/v1/namespaces/default/configmaps";
}

class CrudTest : public QObject {
    Q_OBJECT

private slots:
    void createAnswersWithTheStoredObject()
    {
        ApiFixture api;
        auto created = api.configMap("a");
        QCOMPARE(created.status, 201);
        auto object = created.json();
        COMPARE_STRING(object.str("apiVersion"), "v1");
        COMPARE_STRING(object.str("kind"), "ConfigMap");
        COMPARE_STRING(object.str("metadata", "namespace"), "default");
        QVERIFY(!object.str("metadata", "uid").empty());
        QVERIFY(!object.str("metadata", "creationTimestamp").empty());
        QVERIFY(!object.str("metadata", "resourceVersion").empty());
        auto read = api.get(kMaps + "/a");
        QCOMPARE(read.status, 200);
        COMPARE_STRING(read.headers.get("Content-Type"), "application/json");
        QVERIFY(read.json() == object);
    }

    void creatingTwiceIsAConflict()
    {
        ApiFixture api;
        api.configMap("a");
        auto again = api.configMap("a");
        QCOMPARE(again.status, 409);
        COMPARE_STRING(again.json().str("reason"), "AlreadyExists");
        COMPARE_STRING(again.json().str("message"), "configmaps \"a\" already exists");
    }

    void generatedNamesDiffer()
    {
        ApiFixture api;
        std::set<std::string> names;
        for (int i = 0; i < 20; ++i) {
            auto created = api.post(kMaps, q("{'metadata':{'generateName':'job-'}}"));
            QCOMPARE(created.status, 201);
            names.insert(std::string(created.json().str("metadata", "name")));
        }
        QCOMPARE(names.size(), std::size_t(20));
        QVERIFY(names.begin()->starts_with("job-") && names.begin()->size() == 9);
    }

    void whatDoesNotFitTheUrlIsRefused()
    {
        ApiFixture api;
        auto other = api.post(kMaps, q("{'metadata':{'name':'a','namespace':'kube-system'}}"));
        QCOMPARE(other.status, 400);
        COMPARE_STRING(other.json().str("message"), "the namespace of the provided object does not match the namespace sent on the request");
        QCOMPARE(api.post(kMaps, q("{'kind':'Secret','apiVersion':'v1','metadata':{'name':'a'}}")).status, 400);
        QCOMPARE(api.post(kMaps, q("{'kind':'ConfigMap','apiVersion':'v2','metadata':{'name':'a'}}")).status, 400);
        QCOMPARE(api.post(kMaps, q("{'metadata':{'name':'a','resourceVersion':'7'}}")).status, 400);
        QCOMPARE(api.post("/api/v1/configmaps", q("{'metadata':{'name':'a'}}")).status, 400);
        api.configMap("a");
        auto renamed = api.put(kMaps + "/a", api::Value::object({{"metadata", api::Value::object({{"name", "b"}})}}));
        COMPARE_STRING(renamed.json().str("message"), "the name of the object (b) does not match the name on the URL (a)");
    }

    void aNamespaceMustExist()
    {
        ApiFixture api;
        auto created = api.configMap("a", "{}", "none");
        QCOMPARE(created.status, 404);
        COMPARE_STRING(created.json().str("message"), "namespaces \"none\" not found");
    }

    void updatesAreOptimistic()
    {
        ApiFixture api;
        auto first = api.configMap("a").json();
        auto changed = first;
        changed.edit("data").set("k", "2");
        auto second = api.put(kMaps + "/a", changed);
        QCOMPARE(second.status, 200);
        QVERIFY(second.json().str("metadata", "resourceVersion") != first.str("metadata", "resourceVersion"));
        changed.edit("data").set("k", "3");
        auto stale = api.put(kMaps + "/a", changed);
        QCOMPARE(stale.status, 409);
        COMPARE_STRING(stale.json().str("message"),
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and "
            "try again");
        changed.edit("metadata").erase("resourceVersion");
        QCOMPARE(api.put(kMaps + "/a", changed).status, 200);
        COMPARE_STRING(api.get(kMaps + "/a").json().str("data", "k"), "3");
    }

    void anUpdateThatChangesNothingWritesNothing()
    {
        ApiFixture api;
        auto first = api.configMap("a").json();
        auto again = api.put(kMaps + "/a", first);
        QVERIFY(again.json() == first);
        auto patched = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'data':{'k':'v'}}"));
        QVERIFY(patched.json() == first);
    }

    void whatTheServerSetsCannotBeChanged()
    {
        ApiFixture api;
        auto object = api.configMap("a").json();
        auto changed = object;
        changed.edit("metadata").set("creationTimestamp", "2001-01-01T00:00:00Z");
        changed.edit("metadata").set("generation", 77);
        changed.edit("data").set("k", "2");
        auto answer = api.put(kMaps + "/a", changed).json();
        QVERIFY(answer.get("metadata", "creationTimestamp") == object.get("metadata", "creationTimestamp"));
        QVERIFY(answer.get("metadata", "generation") == object.get("metadata", "generation"));
        changed.edit("metadata").set("uid", "other");
        changed.edit("metadata").erase("resourceVersion");
        QCOMPARE(api.put(kMaps + "/a", changed).status, 409);
    }

    void patchesAreApplied()
    {
        ApiFixture api;
        api.configMap("a");
        auto merged = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'data':{'x':'1'},'metadata':{'labels':{'l':'1'}}}"));
        QCOMPARE(merged.status, 200);
        auto json = api.patch(
            kMaps + "/a", "application/json-patch+json", q("[{'op':'remove','path':'/data/k'},{'op':'add','path':'/data/y','value':'2'}]"));
        QCOMPARE(json.status, 200);
        auto strategic = api.patch(kMaps + "/a", "application/strategic-merge-patch+json", q("{'metadata':{'labels':{'l':null,'m':'1'}}}"));
        QVERIFY(strategic.json().get("data") == api::Value::object({{"x", "1"}, {"y", "2"}}));
        QVERIFY(strategic.json().get("metadata", "labels") == api::Value::object({{"m", "1"}}));
        auto unknown = api.patch(kMaps + "/a", "application/strange+json", "{}");
        QCOMPARE(unknown.status, 415);
        QCOMPARE(api.patch(kMaps + "/none", "application/merge-patch+json", "{}").status, 404);
        auto stale = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'metadata':{'resourceVersion':'1'},'data':{'z':'1'}}"));
        QCOMPARE(stale.status, 409);
    }

    void applyCreatesAndThenMerges()
    {
        ApiFixture api;
        auto apply = [&](std::string query, std::string body) {
            return api.patch(kMaps + "/a?" + query, "application/apply-patch+yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n" + body);
        };
        QCOMPARE(apply("fieldManager=one", "data: {x: '1'}\n").status, 201);
        QCOMPARE(apply("fieldManager=two", "data: {z: '2'}\n").status, 200);
        auto conflict = apply("fieldManager=two", "data: {x: '9', z: '2'}\n");
        QCOMPARE(conflict.status, 409);
        QVERIFY(conflict.json().get("details", "causes").size() == 1);
        QCOMPARE(apply("fieldManager=two&force=true", "data: {x: '9', z: '2'}\n").status, 200);
        auto data = api::toJson(api.get(kMaps + "/a").json().get("data"));
        QVERIFY2(data == q("{'x':'9','z':'2'}"), data.c_str());
        QCOMPARE(apply("", "data: {x: '1'}\n").status, 422);
    }

    void dryRunsStoreNothing()
    {
        ApiFixture api;
        auto created = api.post(kMaps + "?dryRun=All", q("{'metadata':{'name':'a'},'data':{'k':'v'}}"));
        QCOMPARE(created.status, 201);
        QVERIFY(!created.json().str("metadata", "uid").empty());
        QCOMPARE(api.get(kMaps + "/a").status, 404);
        auto object = api.configMap("a").json();
        auto changed = object;
        changed.edit("data").set("k", "2");
        COMPARE_STRING(api.put(kMaps + "/a?dryRun=All", changed).json().str("data", "k"), "2");
        QCOMPARE(api.remove(kMaps + "/a?dryRun=All").status, 200);
        QVERIFY(api.get(kMaps + "/a").json() == object);
        QCOMPARE(api.post(kMaps + "?dryRun=Some", q("{'metadata':{'name':'b'}}")).status, 422);
    }

    void unknownFieldsAreWarnedAboutOrRefused()
    {
        ApiFixture api;
        std::string body = q("{'metadata':{'name':'a'},'data':{'k':'v'},'datum':1}");
        auto warned = api.post(kMaps, body);
        QCOMPARE(warned.status, 201);
        COMPARE_STRING(warned.headers.get("Warning"), "299 - \"unknown field \\\"datum\\\"\"");
        QVERIFY(!warned.json().has("datum"));
        auto strict = api.post(kMaps + "?fieldValidation=Strict", body);
        QCOMPARE(strict.status, 400);
        COMPARE_STRING(strict.json().str("message"),
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"datum\"");
        auto ignored = api.put(kMaps + "/a?fieldValidation=Ignore", *api::parseJson(q("{'data':{'k':'w'},'datum':1}")));
        QCOMPARE(ignored.status, 200);
        QVERIFY(!ignored.headers.has("Warning"));
        auto twice = api.post(kMaps + "?fieldValidation=Strict", q("{'metadata':{'name':'b'},'data':{'k':'v','k':'w'}}"));
        QCOMPARE(twice.status, 400);
        QVERIFY(twice.body.find("duplicate field") != std::string::npos);
    }

    void bodiesThatCannotBeReadAreNamed()
    {
        ApiFixture api;
        QCOMPARE(api.post(kMaps, "{").status, 400);
        QCOMPARE(api.post(kMaps, "[]").status, 400);
        QCOMPARE(api.post(kMaps, "").status, 400);
        QCOMPARE(api.post(kMaps, q("{'metadata':{'name':'a'},'data':7}")).status, 400);
        QCOMPARE(api.post(kMaps, std::string(4u << 20, ' ')).status, 413);
        QCOMPARE(api.send("POST", kMaps, "x", {{"Content-Type", "application/vnd.kubernetes.protobuf"}}).status, 400);
        QCOMPARE(api.send("POST", kMaps, "x", {{"Content-Type", "text/plain"}}).status, 415);
        std::string deep(200, '[');
        QCOMPARE(api.post(kMaps, q("{'metadata':{'name':'a'},'data':") + deep).status, 400);
        auto yaml = api.send("POST", kMaps, "metadata: {name: yam}\ndata: {k: v}\n", {{"Content-Type", "application/yaml"}});
        QCOMPARE(yaml.status, 201);
        auto tooLarge = api.post(kMaps, q("{'metadata':{'name':'big'},'data':{'k':'") + std::string(1'600'000, 'x') + "\"}}");
        QVERIFY(tooLarge.status == 413 || tooLarge.status == 422);
    }

    void unknownResourcesAndMethodsAreRefused()
    {
        ApiFixture api;
        QCOMPARE(api.get("/api/v1/namespaces/default/nothings").status, 404);
        QCOMPARE(api.get("/apis/none/v1/nothings").status, 404);
        QCOMPARE(api.get("/nothing").status, 404);
        QCOMPARE(api.get(kMaps + "/a/nothing").status, 404);
        QCOMPARE(api.send("TRACE", kMaps, "").status, 405);
        QCOMPARE(api.send("GET", kMaps, "", {{"Accept", "text/html"}}).status, 406);
    }

    void statusAndSpecAreWrittenApart()
    {
        ApiFixture api;
        const std::string nodes = "/api/v1/nodes";
        auto created = api.post(nodes, q("{'metadata':{'name':'n1'},'spec':{'podCIDR':'10.0.0.0/24'}}")).json();
        auto object = created;
        object.edit("status", "nodeInfo").set("kubeletVersion", "v1");
        object.edit("spec").set("unschedulable", true);
        auto status = api.put(nodes + "/n1/status", object);
        QCOMPARE(status.status, 200);
        COMPARE_STRING(status.json().str("status", "nodeInfo", "kubeletVersion"), "v1");
        QVERIFY(!status.json().get("spec", "unschedulable").asBool());
        object = status.json();
        object.edit("status", "nodeInfo").set("kubeletVersion", "v2");
        object.edit("spec").set("unschedulable", true);
        auto spec = api.put(nodes + "/n1", object);
        QCOMPARE(spec.status, 200);
        COMPARE_STRING(spec.json().str("status", "nodeInfo", "kubeletVersion"), "v1");
        QVERIFY(spec.json().get("spec", "unschedulable").asBool());
        COMPARE_STRING(api.get(nodes + "/n1/status").json().str("metadata", "name"), "n1");
    }

    void everythingIsThereAfterARestart()
    {
        ApiFixture api;
        auto object = api.configMap("a").json();
        api.restart();
        QVERIFY(api.get(kMaps + "/a").json() == object);
        QCOMPARE(api.get("/api/v1/namespaces").json().get("items").size(), std::size_t(4));
    }
};

QTEST_GUILESS_MAIN(CrudTest)
#include "tst_crud.moc"
