#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kMaps = "/api/v1/namespaces/default/configmaps";
}

class DeleteTest : public QObject {
    Q_OBJECT

private slots:
    void deletingGivesAStatusAndTheObjectIsGone()
    {
        ApiFixture api;
        auto object = api.configMap("a").json();
        auto deleted = api.remove(kMaps + "/a");
        QCOMPARE(deleted.status, 200);
        COMPARE_STRING(deleted.json().str("status"), "Success");
        COMPARE_STRING(deleted.json().str("details", "name"), "a");
        COMPARE_STRING(deleted.json().str("details", "kind"), "configmaps");
        QVERIFY(deleted.json().get("details", "uid") == object.get("metadata", "uid"));
        QCOMPARE(api.get(kMaps + "/a").status, 404);
        QCOMPARE(api.remove(kMaps + "/a").status, 404);
    }

    void preconditionsAreChecked()
    {
        ApiFixture api;
        auto object = api.configMap("a").json();
        QCOMPARE(api.remove(kMaps + "/a", q("{'preconditions':{'uid':'other'}}")).status, 409);
        QCOMPARE(api.remove(kMaps + "/a", q("{'preconditions':{'resourceVersion':'1'}}")).status, 409);
        auto uid = std::string(object.str("metadata", "uid"));
        QCOMPARE(api.remove(kMaps + "/a", q("{'kind':'DeleteOptions','apiVersion':'v1','preconditions':{'uid':'") + uid + "\"}}").status, 200);
    }

    void finalizersHoldTheObjectUntilTheyAreGone()
    {
        ApiFixture api;
        api.post(kMaps, q("{'metadata':{'name':'a','finalizers':['example.com/hold']}}"));
        auto deleted = api.remove(kMaps + "/a");
        QCOMPARE(deleted.status, 200);
        COMPARE_STRING(deleted.json().str("kind"), "ConfigMap");
        auto marked = api.get(kMaps + "/a").json();
        QVERIFY(!marked.str("metadata", "deletionTimestamp").empty());
        QCOMPARE(marked.get("metadata", "deletionGracePeriodSeconds").asInt(-1), 0);
        auto more = api.patch(kMaps + "/a", "application/merge-patch+json", q("{'metadata':{'finalizers':['example.com/hold','example.com/more']}}"));
        QCOMPARE(more.status, 422);
        QCOMPARE(api.patch(kMaps + "/a", "application/merge-patch+json", q("{'data':{'x':'1'}}")).status, 200);
        QCOMPARE(api.patch(kMaps + "/a", "application/merge-patch+json", q("{'metadata':{'finalizers':null}}")).status, 200);
        QCOMPARE(api.get(kMaps + "/a").status, 404);
    }

    void thePropagationPolicyBecomesAFinalizer()
    {
        ApiFixture api;
        api.configMap("a");
        QCOMPARE(api.remove(kMaps + "/a", q("{'propagationPolicy':'Foreground'}")).status, 200);
        QVERIFY(api.get(kMaps + "/a").json().get("metadata", "finalizers") == api::Value::array({"foregroundDeletion"}));
        api.configMap("b");
        QCOMPARE(api.remove(kMaps + "/b?propagationPolicy=Orphan").status, 200);
        QVERIFY(api.get(kMaps + "/b").json().get("metadata", "finalizers") == api::Value::array({"orphan"}));
        QCOMPARE(api.remove(kMaps + "/b?propagationPolicy=Sometimes").status, 422);
    }

    void collectionsAreDeletedBySelector()
    {
        ApiFixture api;
        api.configMap("a", "{}", "default", q("{'app':'x'}"));
        api.configMap("b", "{}", "default", q("{'app':'y'}"));
        api.configMap("c", "{}", "default", q("{'app':'x'}"));
        auto removed = api.remove(kMaps + "?labelSelector=app%3Dx");
        QCOMPARE(removed.status, 200);
        QCOMPARE(removed.json().get("items").size(), std::size_t(2));
        auto left = api.get(kMaps).json();
        QCOMPARE(left.get("items").size(), std::size_t(1));
        COMPARE_STRING(left.get("items").at(0).str("metadata", "name"), "b");
    }

    void aNamespaceGoesWhenItIsFinalized()
    {
        ApiFixture api;
        QCOMPARE(api.post("/api/v1/namespaces", q("{'metadata':{'name':'team'}}")).status, 201);
        QCOMPARE(api.remove("/api/v1/namespaces/team").status, 200);
        auto marked = api.get("/api/v1/namespaces/team").json();
        COMPARE_STRING(marked.str("status", "phase"), "Terminating");
        auto refused = api.configMap("a", "{}", "team");
        QCOMPARE(refused.status, 403);
        COMPARE_STRING(refused.json().str("message"),
            "configmaps \"a\" is forbidden: unable to create new content in namespace team because it is being terminated");
        COMPARE_STRING(refused.json().get("details", "causes").at(0).str("reason"), "NamespaceTerminating");
        marked.edit("spec").set("finalizers", api::Value::array());
        QCOMPARE(api.put("/api/v1/namespaces/team/finalize", marked).status, 200);
        QCOMPARE(api.get("/api/v1/namespaces/team").status, 404);
        auto immortal = api.remove("/api/v1/namespaces/default");
        QCOMPARE(immortal.status, 403);
        COMPARE_STRING(immortal.json().str("message"), "namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    void aRunningPodGetsItsGracePeriod()
    {
        ApiFixture api;
        const std::string pods = "/api/v1/namespaces/default/pods";
        auto created = api.post(pods, q("{'metadata':{'name':'p'},'spec':{'nodeName':'n1','containers':[{'name':'c','image':'i'}]}}"));
        QVERIFY2(created.status == 201, created.body.c_str());
        auto deleted = api.remove(pods + "/p");
        QCOMPARE(deleted.status, 200);
        QCOMPARE(deleted.json().get("metadata", "deletionGracePeriodSeconds").asInt(), 30);
        QCOMPARE(api.remove(pods + "/p", q("{'gracePeriodSeconds':5}")).json().get("metadata", "deletionGracePeriodSeconds").asInt(), 5);
        QCOMPARE(api.remove(pods + "/p", q("{'gracePeriodSeconds':60}")).json().get("metadata", "deletionGracePeriodSeconds").asInt(), 5);
        QCOMPARE(api.remove(pods + "/p", q("{'gracePeriodSeconds':0}")).status, 200);
        QCOMPARE(api.get(pods + "/p").status, 404);
    }
};

QTEST_GUILESS_MAIN(DeleteTest)
#include "tst_delete.moc"
