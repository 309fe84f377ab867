// What the server does for particular kinds: Services' addresses, pods' service accounts, scale, binding, eviction.
#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kServices = "/api/v1/namespaces/default/services";
const std::string kPods = "/api/v1/namespaces/default/pods";

std::string service(const std::string& name, const std::string& more = "")
{
    return q("{'metadata':{'name':'") + name + q("'},'spec':{'selector':{'a':'b'},'ports':[{'port':80}]") + more + "}}";
}

std::string pod(const std::string& name, const std::string& more = "")
{
    return q("{'metadata':{'name':'") + name + q("','labels':{'app':'x'}},'spec':{'containers':[{'name':'c','image':'i'}]") + more + "}}";
}
} // namespace

class KindsTest : public QObject {
    Q_OBJECT

private slots:
    void everyServiceHasAnAddressOfItsOwn()
    {
        ApiFixture api;
        std::set<std::string> addresses{std::string(api.get(kServices + "/kubernetes").json().str("spec", "clusterIP"))};
        COMPARE_STRING(*addresses.begin(), "10.96.0.1");
        for (int i = 0; i < 50; ++i) {
            auto created = api.post(kServices, service("s" + std::to_string(i)));
            QVERIFY2(created.status == 201, created.body.c_str());
            auto spec = created.json().get("spec");
            QVERIFY(addresses.insert(std::string(spec.str("clusterIP"))).second);
            QVERIFY(spec.get("clusterIPs").at(0) == spec.get("clusterIP"));
            QVERIFY(spec.str("clusterIP").starts_with("10.96."));
        }
        auto taken = api.post(kServices, service("t", q(",'clusterIP':'10.96.0.1'")));
        QCOMPARE(taken.status, 422);
        QVERIFY2(taken.body.find("provided IP is already allocated") != std::string::npos, taken.body.c_str());
        QCOMPARE(api.post(kServices, service("u", q(",'clusterIP':'192.168.0.1'"))).status, 422);
        COMPARE_STRING(api.post(kServices, service("v", q(",'clusterIP':'10.96.0.10'"))).json().str("spec", "clusterIP"), "10.96.0.10");
        COMPARE_STRING(api.post(kServices, service("w", q(",'clusterIP':'None'"))).json().str("spec", "clusterIP"), "None");
        api.restart();
        QCOMPARE(api.post(kServices, service("x", q(",'clusterIP':'10.96.0.10'"))).status, 422);
        api.remove(kServices + "/v");
        QCOMPARE(api.post(kServices, service("x", q(",'clusterIP':'10.96.0.10'"))).status, 201);
    }

    void addressesStayOverUpdates()
    {
        ApiFixture api;
        auto created = api.post(kServices, service("s", q(",'type':'NodePort'"))).json();
        auto nodePort = created.get("spec", "ports").at(0).get("nodePort").asInt();
        QVERIFY(nodePort >= 30000 && nodePort <= 32767);
        auto bare = *api::parseJson(service("s", q(",'type':'NodePort'")));
        auto updated = api.put(kServices + "/s", bare);
        QVERIFY2(updated.status == 200, updated.body.c_str());
        QVERIFY(updated.json().get("spec", "clusterIP") == created.get("spec", "clusterIP"));
        QCOMPARE(updated.json().get("spec", "ports").at(0).get("nodePort").asInt(), nodePort);
        auto same = api.post(
            kServices, q("{'metadata':{'name':'t'},'spec':{'type':'NodePort','ports':[{'port':80,'nodePort':") + std::to_string(nodePort) + "}]}}");
        QCOMPARE(same.status, 422);
        QVERIFY(same.body.find("provided port is already allocated") != std::string::npos);
        auto plain = api.patch(kServices + "/s", "application/merge-patch+json", q("{'spec':{'type':'ClusterIP'}}"));
        QVERIFY2(plain.status == 200, plain.body.c_str());
        QVERIFY(!plain.json().get("spec", "ports").at(0).has("nodePort"));
    }

    void theKubernetesServiceLeadsToTheServer()
    {
        ApiFixture api;
        auto slice = api.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes").json();
        COMPARE_STRING(slice.get("endpoints").at(0).get("addresses").at(0).asString(), "192.0.2.1");
        QCOMPARE(slice.get("ports").at(0).get("port").asInt(), 6443);
        api.options.serverAddress = "192.0.2.2:7443";
        api.restart();
        slice = api.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes").json();
        COMPARE_STRING(slice.get("endpoints").at(0).get("addresses").at(0).asString(), "192.0.2.2");
        auto endpoints = api.get("/api/v1/namespaces/default/endpoints/kubernetes").json();
        COMPARE_STRING(endpoints.get("subsets").at(0).get("addresses").at(0).str("ip"), "192.0.2.2");
    }

    void theKubernetesServiceComesBack()
    {
        ApiFixture api;
        auto first = api.get(kServices + "/kubernetes").json();
        QCOMPARE(api.remove(kServices + "/kubernetes").status, 200);
        auto again = api.get(kServices + "/kubernetes").json();
        COMPARE_STRING(again.str("spec", "clusterIP"), "10.96.0.1");
        QVERIFY(again.get("metadata", "uid") != first.get("metadata", "uid"));
    }

    void eventsAreForgottenAfterAnHour()
    {
        ApiFixture api;
        const std::string events = "/api/v1/namespaces/default/events";
        auto post = [&](const std::string& name) {
            auto created
                = api.post(events, q("{'metadata':{'name':'") + name + q("'},'involvedObject':{'kind':'Pod','name':'p','namespace':'default'}}"));
            QVERIFY2(created.status == 201, created.body.c_str());
        };
        post("old");
        api.loop.advance(std::chrono::minutes(40));
        post("new");
        api.loop.advance(std::chrono::minutes(19));
        QCOMPARE(api.get(events).json().get("items").size(), std::size_t(2));
        api.loop.advance(std::chrono::minutes(3));
        QCOMPARE(api.get(events + "/old").status, 404);
        QCOMPARE(api.get(events + "/new").status, 200);
        api.loop.advance(std::chrono::minutes(60));
        QCOMPARE(api.get(events + "/new").status, 404);
    }

    void aPodGetsItsServiceAccountsToken()
    {
        ApiFixture api(true);
        auto waiting = api.begin("POST", kPods, pod("p"));
        QVERIFY(!waiting->response.ended);
        api.post("/api/v1/namespaces/default/serviceaccounts", q("{'metadata':{'name':'default'}}"));
        QVERIFY2(waiting->response.status == 201, waiting->response.body.c_str());
        auto created = waiting->response.json();
        COMPARE_STRING(created.str("spec", "serviceAccountName"), "default");
        auto mount = created.get("spec", "containers").at(0).get("volumeMounts").at(0);
        COMPARE_STRING(mount.str("mountPath"), "/var/run/secrets/kubernetes.io/serviceaccount");
        auto volume = created.get("spec", "volumes").at(0);
        QVERIFY(volume.get("name") == mount.get("name"));
        QCOMPARE(volume.get("projected", "sources").size(), std::size_t(3));
        auto without = api.post(kPods, pod("q", q(",'automountServiceAccountToken':false"))).json();
        QVERIFY(without.get("spec", "volumes").isEmpty());
        auto missing = api.begin("POST", kPods, pod("r", q(",'serviceAccountName':'none'")));
        api.loop.advance(std::chrono::seconds(2));
        QCOMPARE(missing->response.status, 403);
        QVERIFY(missing->response.body.find("serviceaccount \\\"none\\\" not found") != std::string::npos);
    }

    void aPodGetsPriorityAndTolerations()
    {
        ApiFixture api;
        auto created = api.post(kPods, pod("p", q(",'priorityClassName':'system-node-critical'"))).json();
        QCOMPARE(created.get("spec", "priority").asInt(), 2000001000);
        QCOMPARE(created.get("spec", "tolerations").size(), std::size_t(2));
        QCOMPARE(api.post(kPods, pod("q", q(",'priorityClassName':'none'"))).status, 403);
        QCOMPARE(api.post(kPods, pod("q")).json().get("spec", "priority").asInt(-1), 0);
    }

    // An apply of the same manifest may not take away what admission added: nobody owns it.
    void whatAdmissionAddsIsNobodys()
    {
        ApiFixture api;
        auto created = api.post(kPods + "?fieldManager=kubectl", pod("p")).json();
        QVERIFY(created.get("spec", "tolerations").size() == 2);
        const auto& fields = created.get("metadata", "managedFields").at(0).get("fieldsV1", "f:spec");
        QVERIFY(fields.has("f:containers") && fields.has("f:restartPolicy"));
        QVERIFY(!fields.has("f:tolerations") && !fields.has("f:priority"));
    }

    void applyTakesEqualQuantitiesAsEqual()
    {
        ApiFixture api;
        QCOMPARE(api.post(kPods + "?fieldManager=one", pod("p", q(",'resources':{'limits':{'cpu':0.5}}"))).status, 201);
        auto applied = api.patch(kPods + "/p?fieldManager=two", "application/apply-patch+yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {resources: {limits: {cpu: 0.50}}}\n");
        QVERIFY2(applied.status == 200, applied.body.c_str());
    }

    void bindingAssignsANodeOnce()
    {
        ApiFixture api;
        api.post(kPods, pod("p"));
        auto binding = q("{'apiVersion':'v1','kind':'Binding','metadata':{'name':'p'},'target':{'kind':'Node','name':'n1'}}");
        auto bound = api.post(kPods + "/p/binding", binding);
        QVERIFY2(bound.status == 201, bound.body.c_str());
        auto read = api.get(kPods + "/p").json();
        COMPARE_STRING(read.str("spec", "nodeName"), "n1");
        COMPARE_STRING(read.get("status", "conditions").at(0).str("type"), "PodScheduled");
        auto again = api.post(kPods + "/p/binding", binding);
        QCOMPARE(again.status, 409);
        QVERIFY(again.json().str("message").find("pod p is already assigned to node \"n1\"") != std::string_view::npos);
        auto listed = api.get("/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").json();
        QCOMPARE(listed.get("items").size(), std::size_t(1));
        QCOMPARE(api.get("/api/v1/pods?fieldSelector=spec.nodeName%3Dn2").json().get("items").size(), std::size_t(0));
    }

    void scaleReadsAndWritesReplicas()
    {
        ApiFixture api;
        const std::string sets = "/apis/apps/v1/namespaces/default/deployments";
        auto created = api.post(sets,
            q("{'metadata':{'name':'d'},'spec':{'replicas':2,'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':"
              "{'containers':[{'name':'c','image':'i'}]}}}}"));
        QVERIFY2(created.status == 201, created.body.c_str());
        auto scale = api.get(sets + "/d/scale").json();
        COMPARE_STRING(scale.str("kind"), "Scale");
        QCOMPARE(scale.get("spec", "replicas").asInt(), 2);
        COMPARE_STRING(scale.str("status", "selector"), "a=b");
        scale.edit("spec").set("replicas", 5);
        auto scaled = api.put(sets + "/d/scale", scale);
        QVERIFY2(scaled.status == 200, scaled.body.c_str());
        QCOMPARE(api.get(sets + "/d").json().get("spec", "replicas").asInt(), 5);
        QCOMPARE(api.get(sets + "/d").json().get("metadata", "generation").asInt(), 2);
        scale.edit("spec").set("replicas", 6);
        QCOMPARE(api.put(sets + "/d/scale", scale).status, 409);
        auto patched = api.patch(sets + "/d/scale", "application/merge-patch+json", q("{'spec':{'replicas':0}}"));
        QVERIFY2(patched.status == 200, patched.body.c_str());
        QCOMPARE(api.get(sets + "/d").json().get("spec", "replicas").asInt(-1), 0);
        QCOMPARE(api.patch(sets + "/d/scale", "application/merge-patch+json", q("{'spec':{'replicas':-1}}")).status, 422);
    }

    void evictionRespectsTheBudget()
    {
        ApiFixture api;
        api.post(kPods, pod("p", q(",'nodeName':'n1'")));
        auto running = api.get(kPods + "/p").json();
        running.edit("status").set("phase", "Running");
        QCOMPARE(api.put(kPods + "/p/status", running).status, 200);
        const std::string budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
        auto budget = api.post(budgets, q("{'metadata':{'name':'b'},'spec':{'minAvailable':1,'selector':{'matchLabels':{'app':'x'}}}}"));
        QVERIFY2(budget.status == 201, budget.body.c_str());
        auto eviction = q("{'apiVersion':'policy/v1','kind':'Eviction','metadata':{'name':'p'}}");
        auto unknown = api.post(kPods + "/p/eviction", eviction);
        QCOMPARE(unknown.status, 429);
        COMPARE_STRING(unknown.headers.get("Retry-After"), "10");
        auto status = api.get(budgets + "/b").json();
        status.set(
            "status", *api::parseJson(q("{'observedGeneration':1,'disruptionsAllowed':1,'currentHealthy':2,'desiredHealthy':1,'expectedPods':2}")));
        QVERIFY2(api.put(budgets + "/b/status", status).status == 200, "status");
        auto evicted = api.post(kPods + "/p/eviction", eviction);
        QVERIFY2(evicted.status == 201, evicted.body.c_str());
        QCOMPARE(api.get(budgets + "/b").json().get("status", "disruptionsAllowed").asInt(-1), 0);
        QVERIFY(!api.get(kPods + "/p").json().str("metadata", "deletionTimestamp").empty());
    }
};

QTEST_GUILESS_MAIN(KindsTest)
#include "tst_kinds.moc"
