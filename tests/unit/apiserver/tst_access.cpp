#include "api_fixture.h"

using namespace kates;
using namespace kates::apiserver;

namespace {
const std::string kRoles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
const std::string kBindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings";

void letAliceReadMaps(ApiFixture& api)
{
    auto role = api.post(kRoles,
        q("{'metadata':{'name':'reader'},'rules':[{'apiGroups':[''],'resources':['configmaps'],'verbs':['get','list']},{'apiGroups':[''],'resources':"
          "['pods/log'],'resourceNames':['p'],'verbs':['get']}]}"));
    QVERIFY2(role.status == 201, role.body.c_str());
    auto binding = api.post(kBindings,
        q("{'metadata':{'name':'alice'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'reader'},'subjects':[{'kind':'User','"
          "apiGroup':'rbac.authorization.k8s.io','name':'alice'}]}"));
    QVERIFY2(binding.status == 201, binding.body.c_str());
}
} // namespace

class AccessTest : public QObject {
    Q_OBJECT

private slots:
    void wrongCredentialsAreRefused()
    {
        ApiFixture api;
        auto wrong = api.get("/api/v1/pods", "wrong");
        QCOMPARE(wrong.status, 401);
        COMPARE_STRING(wrong.json().str("reason"), "Unauthorized");
        auto anonymous = api.get("/api/v1/pods", "");
        QCOMPARE(anonymous.status, 403);
        COMPARE_STRING(anonymous.json().str("message"),
            "pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" at the cluster scope");
        QCOMPARE(api.get("/version", "").status, 200);
        QCOMPARE(api.get("/healthz", "").status, 200);
        QCOMPARE(api.get("/readyz", "").status, 200);
        QCOMPARE(api.get("/metrics", "").status, 403);
    }

    void rolesGiveWhatTheySayAndNoMore()
    {
        ApiFixture api;
        const std::string maps = "/api/v1/namespaces/default/configmaps";
        QCOMPARE(api.get(maps, "alice").status, 403);
        letAliceReadMaps(api);
        QCOMPARE(api.get(maps, "alice").status, 200);
        QCOMPARE(api.get(maps + "?watch=true", "alice").status, 403);
        QCOMPARE(api.get("/api/v1/configmaps", "alice").status, 403);
        QCOMPARE(api.get("/api/v1/namespaces/kube-system/configmaps", "alice").status, 403);
        QCOMPARE(api.get("/api/v1/namespaces/default/secrets", "alice").status, 403);
        auto created = api.send("POST", maps, q("{'metadata':{'name':'a'}}"), {}, "alice");
        QCOMPARE(created.status, 403);
        COMPARE_STRING(created.json().str("message"),
            "configmaps is forbidden: User \"alice\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"");
        api.remove(kBindings + "/alice");
        QCOMPARE(api.get(maps, "alice").status, 403);
    }

    void nodesMayDoTheirWork()
    {
        ApiFixture api;
        QCOMPARE(api.send("POST", "/api/v1/nodes", q("{'metadata':{'name':'n1'}}"), {}, "node").status, 201);
        QCOMPARE(api.get("/api/v1/pods", "node").status, 200);
        QCOMPARE(api.send("POST", "/apis/apps/v1/namespaces/default/deployments", "{}", {}, "node").status, 403);
    }

    void accessReviewsAnswerFromTheSameRules()
    {
        ApiFixture api;
        letAliceReadMaps(api);
        auto may = [&](std::string attributes) {
            auto review = api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                q("{'spec':{'resourceAttributes':") + attributes + "}}", {}, "alice");
            return review.status == 201 && review.json().get("status", "allowed").asBool();
        };
        QVERIFY(may(q("{'namespace':'default','verb':'get','resource':'configmaps'}")));
        QVERIFY(!may(q("{'namespace':'default','verb':'delete','resource':'configmaps'}")));
        QVERIFY(may(q("{'namespace':'default','verb':'get','resource':'pods','subresource':'log','name':'p'}")));
        QVERIFY(!may(q("{'namespace':'default','verb':'get','resource':'pods','subresource':'log','name':'q'}")));
        auto other = api.post("/apis/authorization.k8s.io/v1/subjectaccessreviews",
            q("{'spec':{'user':'alice','resourceAttributes':{'namespace':'default','verb':'list','resource':'configmaps'}}}"));
        QVERIFY2(other.json().get("status", "allowed").asBool(), other.body.c_str());
        auto rules = api.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", q("{'spec':{'namespace':'default'}}"), {}, "alice");
        QVERIFY2(rules.json().get("status", "resourceRules").size() >= 2, rules.body.c_str());
        auto whoami = api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", {}, "alice");
        COMPARE_STRING(whoami.json().str("status", "userInfo", "username"), "alice");
    }

    void impersonationNeedsItsOwnRight()
    {
        ApiFixture api;
        letAliceReadMaps(api);
        const std::string maps = "/api/v1/namespaces/default/configmaps";
        QCOMPARE(api.send("GET", maps, "", {{"Impersonate-User", "alice"}}).status, 200);
        QCOMPARE(api.send("GET", "/api/v1/configmaps", "", {{"Impersonate-User", "alice"}}).status, 403);
        QCOMPARE(api.send("GET", maps, "", {{"Impersonate-User", "admin"}}, "alice").status, 403);
        QCOMPARE(api.send("GET", maps, "", {{"Impersonate-Group", "g"}}).status, 400);
        QCOMPARE(api.send("GET", "/api/v1/configmaps", "", {{"Impersonate-User", "bob"}, {"Impersonate-Group", "system:masters"}}).status, 200);
    }

    void serviceAccountTokensIdentifyTheirAccount()
    {
        ApiFixture api(true);
        const std::string accounts = "/api/v1/namespaces/default/serviceaccounts";
        QCOMPARE(api.post(accounts, q("{'metadata':{'name':'robot'}}")).status, 201);
        auto requested = api.post(accounts + "/robot/token", q("{'spec':{'expirationSeconds':600}}"));
        QVERIFY2(requested.status == 201, requested.body.c_str());
        auto token = std::string(requested.json().str("status", "token"));
        auto whoami = api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", {}, token);
        COMPARE_STRING(whoami.json().str("status", "userInfo", "username"), "system:serviceaccount:default:robot");
        auto review = api.post("/apis/authentication.k8s.io/v1/tokenreviews", q("{'spec':{'token':'") + token + "\"}}");
        QVERIFY(review.json().get("status", "authenticated").asBool());
        QCOMPARE(
            api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", {}, token.substr(0, token.size() - 3) + "AAA").status, 401);
        QCOMPARE(api.post(accounts + "/robot/token", q("{'spec':{'expirationSeconds':5}}")).status, 422);
        QCOMPARE(api.post(accounts + "/none/token", "{}").status, 404);
        api.loop.advance(std::chrono::seconds(601));
        QCOMPARE(api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", {}, token).status, 401);
        auto fresh = std::string(api.post(accounts + "/robot/token", "{}").json().str("status", "token"));
        api.remove(accounts + "/robot");
        QCOMPARE(api.send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}", {}, fresh).status, 401);
    }

    void aCertificateSaysWhoOneIs()
    {
        ApiFixture api;
        http::Request request;
        request.method = "GET";
        request.path = "/api/v1/pods";
        request.peer = http::PeerCertificate{"system:node:n2", {"system:nodes"}};
        auto exchange = std::make_shared<TestExchange>(api.loop, request, "");
        spawn(api.handler(*exchange));
        api.loop.settle();
        QCOMPARE(exchange->response.status, 200);
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "tst_access.moc"
