#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {

const std::string kDefinitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const std::string kWidgets = "/apis/example.com/v1/namespaces/default/widgets";

// Two versions with the same schema; v1 is stored.
std::string definition(const std::string& served = "true")
{
    auto schema
        = q("{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','required':['size'],'properties':{"
            "'size':{'type':'integer','minimum':1},'color':{'type':'string','enum':['red','blue'],'default':'red'},"
            "'labels':{'type':'object','additionalProperties':{'type':'string'}},'any':{'type':'object','x-kubernetes-preserve-unknown-fields':true},"
            "'parts':{'type':'array','items':{'type':'object','properties':{'name':{'type':'string'},'count':{'type':'integer'}}},"
            "'x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name']},'replicas':{'type':'integer'}}},"
            "'status':{'type':'object','properties':{'ready':{'type':'boolean'},'replicas':{'type':'integer'}}}}}}");
    auto version = [&](std::string name, std::string storage, std::string isServed) {
        return q("{'name':'") + name + q("','served':") + isServed + q(",'storage':") + storage + q(",'schema':") + schema
            + q(",'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas','statusReplicasPath':'.status.replicas'}},"
                "'additionalPrinterColumns':[{'name':'Size','type':'integer','jsonPath':'.spec.size'}]}");
    };
    return q("{'metadata':{'name':'widgets.example.com'},'spec':{'group':'example.com','scope':'Namespaced',"
             "'names':{'plural':'widgets','kind':'Widget','shortNames':['wd']},'versions':[")
        + version("v1", "true", "true") + "," + version("v2", "false", served) + "]}}";
}

std::string widget(const std::string& name, const std::string& spec, const std::string& version = "v1")
{
    return q("{'apiVersion':'example.com/") + version + q("','kind':'Widget','metadata':{'name':'") + name + q("'},'spec':") + q(spec) + "}";
}

} // namespace

class CustomResourcesTest : public QObject {
    Q_OBJECT

private slots:
    void aDefinitionMakesAKind()
    {
        ApiFixture api;
        QCOMPARE(api.get(kWidgets).status, 404);
        auto created = api.post(kDefinitions, definition());
        QVERIFY2(created.status == 201, created.body.c_str());
        auto crd = api.get(kDefinitions + "/widgets.example.com").json();
        QVERIFY(crd.get("status", "conditions").size() == 2);
        COMPARE_STRING(crd.get("status", "conditions").at(1).str("type"), "Established");
        COMPARE_STRING(crd.get("status", "conditions").at(1).str("status"), "True");
        COMPARE_STRING(crd.get("status", "storedVersions").at(0).asString(), "v1");
        auto resources = api.get("/apis/example.com/v1").json();
        COMPARE_STRING(resources.get("resources").at(0).str("name"), "widgets");
        QVERIFY(api.get("/openapi/v3/apis/example.com/v1").body.find("\"color\"") != std::string::npos);
        QCOMPARE(api.get(kWidgets).json().get("items").size(), std::size_t(0));
    }

    void objectsAreDefaultedPrunedAndValidated()
    {
        ApiFixture api;
        api.post(kDefinitions, definition());
        auto created = api.post(kWidgets, widget("a", "{'size':3,'unknown':1,'any':{'kept':[1]},'labels':{'x':'y'}}"));
        QVERIFY2(created.status == 201, created.body.c_str());
        COMPARE_STRING(created.json().str("spec", "color"), "red");
        QVERIFY(!created.json().get("spec").has("unknown"));
        QVERIFY(created.json().get("spec", "any", "kept").at(0) == api::Value(1));
        QVERIFY(created.headers.get("Warning").find("unknown field") != std::string_view::npos);
        auto invalid = api.post(kWidgets, widget("b", "{'color':'green','size':0}"));
        QCOMPARE(invalid.status, 422);
        QCOMPARE(invalid.json().get("details", "causes").size(), std::size_t(2));
        QCOMPARE(api.post(kWidgets, widget("b", "{}")).status, 422);
        QCOMPARE(api.post(kWidgets, widget("b", "{'size':'three'}")).status, 400);
        auto table = api.send("GET", kWidgets, "", {{"Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"}}).json();
        COMPARE_STRING(table.get("columnDefinitions").at(1).str("name"), "Size");
        QVERIFY(table.get("rows").at(0).get("cells").at(1) == api::Value(3));
    }

    void statusScaleAndApplyWork()
    {
        ApiFixture api;
        api.post(kDefinitions, definition());
        auto object = api.post(kWidgets, widget("a", "{'size':3,'replicas':2}")).json();
        object.edit("status").set("ready", true);
        object.edit("spec").set("size", 9);
        auto status = api.put(kWidgets + "/a/status", object);
        QVERIFY(status.json().get("status", "ready").asBool());
        QCOMPARE(status.json().get("spec", "size").asInt(), 3);
        QCOMPARE(api.get(kWidgets + "/a/scale").json().get("spec", "replicas").asInt(), 2);
        auto merged = api.patch(kWidgets + "/a?fieldManager=m", "application/apply-patch+yaml",
            "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {parts: [{name: p, count: 1}]}\n");
        QVERIFY2(merged.status == 200, merged.body.c_str());
        merged = api.patch(kWidgets + "/a?fieldManager=n", "application/apply-patch+yaml",
            "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {parts: [{name: o, count: 2}]}\n");
        QCOMPARE(merged.json().get("spec", "parts").size(), std::size_t(2));
        QCOMPARE(api.patch(kWidgets + "/a", "application/strategic-merge-patch+json", "{}").status, 415);
        QCOMPARE(api.patch(kWidgets + "/a", "application/merge-patch+json", q("{'spec':{'size':4}}")).status, 200);
    }

    void everyServedVersionShowsTheSameObjects()
    {
        ApiFixture api;
        api.post(kDefinitions, definition());
        const std::string second = "/apis/example.com/v2/namespaces/default/widgets";
        auto created = api.post(second, widget("a", "{'size':3}", "v2"));
        QVERIFY2(created.status == 201, created.body.c_str());
        COMPARE_STRING(created.json().str("apiVersion"), "example.com/v2");
        COMPARE_STRING(api.get(kWidgets + "/a").json().str("apiVersion"), "example.com/v1");
        auto watch = api.begin("GET", second + "?watch=true");
        api.post(kWidgets, widget("b", "{'size':3}"));
        auto events = watch->response.events();
        QCOMPARE(events.size(), std::size_t(2));
        COMPARE_STRING(events[1].str("object", "apiVersion"), "example.com/v2");
        watch->disconnect();
        auto crd = api.get(kDefinitions + "/widgets.example.com").json();
        crd.edit("spec", "versions").editAt(1).set("served", false);
        QCOMPARE(api.put(kDefinitions + "/widgets.example.com", crd).status, 200);
        QCOMPARE(api.get(second).status, 404);
        QCOMPARE(api.get(kWidgets).json().get("items").size(), std::size_t(2));
    }

    void everythingIsThereAfterARestart()
    {
        ApiFixture api;
        api.post(kDefinitions, definition());
        auto object = api.post(kWidgets, widget("a", "{'size':3}")).json();
        api.options.scheme = api::Scheme::kubernetes();
        api.restart();
        QVERIFY(api.get(kWidgets + "/a").json() == object);
    }

    void deletingADefinitionDeletesItsObjects()
    {
        ApiFixture api;
        api.post(kDefinitions, definition());
        api.post(kWidgets, widget("a", "{'size':3}"));
        api.post(kWidgets, q("{'metadata':{'name':'held','finalizers':['example.com/x']},'spec':{'size':1}}"));
        auto watch = api.begin("GET", kWidgets + "?watch=true");
        QCOMPARE(api.remove(kDefinitions + "/widgets.example.com").status, 200);
        QCOMPARE(api.get(kWidgets + "/a").status, 404);
        QCOMPARE(api.get(kWidgets + "/held").status, 200);
        QCOMPARE(api.get(kDefinitions + "/widgets.example.com").status, 200);
        QCOMPARE(api.patch(kWidgets + "/held", "application/merge-patch+json", q("{'metadata':{'finalizers':null}}")).status, 200);
        QCOMPARE(api.get(kDefinitions + "/widgets.example.com").status, 404);
        QCOMPARE(api.get(kWidgets).status, 404);
        QVERIFY(watch->response.ended);
        QCOMPARE(api.get("/apis/example.com/v1").status, 404);
    }

    void aBuiltInKindCannotBeReplaced()
    {
        ApiFixture api;
        auto body = q("{'metadata':{'name':'ingresses.networking.k8s.io'},'spec':{'group':'networking.k8s.io','scope':'Namespaced',"
                      "'names':{'plural':'ingresses','kind':'Ingress'},'versions':[{'name':'v1','served':true,'storage':true,"
                      "'schema':{'openAPIV3Schema':{'type':'object'}}}]}}");
        QCOMPARE(api.post(kDefinitions, body).status, 201);
        auto crd = api.get(kDefinitions + "/ingresses.networking.k8s.io").json();
        COMPARE_STRING(crd.get("status", "conditions").at(0).str("status"), "False");
        QCOMPARE(api.remove(kDefinitions + "/ingresses.networking.k8s.io").status, 200);
        QCOMPARE(api.get("/apis/networking.k8s.io/v1/ingresses").status, 200);
    }
};

QTEST_GUILESS_MAIN(CustomResourcesTest)
#include "tst_custom_resources.moc"
