#include <QtTest>

#include <numeric>

#include "engine/cluster/remote/passed_headers.h"
#include "engine/cluster/remote/read_only.h"

using namespace kates;
using namespace kates::cluster;

namespace {

using Pass = ReadOnlyVerdict::Pass;

Pass judge(const std::string& method, const std::string& target, http::Headers headers = {})
{
    http::Request request;
    request.method = method;
    request.headers = std::move(headers);
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    request.query = question == std::string::npos ? "" : target.substr(question + 1);
    return judgeReadOnly(request, request.path).pass;
}

const std::string kPods = "/api/v1/namespaces/ns/pods";

} // namespace

class ReadOnlyTest : public QObject {
    Q_OBJECT
private slots:
    void readsPass_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char* target : {"/", "/version", "/apis", "/openapi/v3", "/api/v1/namespaces/ns/pods", "/api/v1/pods?watch=true", "/api/v1/namespaces/ns/pods/p",
                 "/api/v1/namespaces/ns/pods/p/log?follow=true", "/apis/apps/v1/namespaces/ns/deployments/d/scale", "/api/v1/watch/pods",
                 "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode", "/api/v1/nodes/"})
            QTest::newRow(target) << QByteArray(target);
    }
    void readsPass()
    {
        QFETCH(QByteArray, target);
        QVERIFY(judge("GET", target.toStdString()) == Pass::Yes);
    }

    void tunnelsAndTrickedPathsDoNot_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char* target : {"/p/exec?command=sh", "/p/attach", "/p/portforward", "/p/proxy/x", "/p/proxy", "/p/%65xec", "/p%2Fexec", "/p/log/../exec", "/p/./exec",
                 "//p/exec", "/p%252Fexec", "/p;x/log", "/p/log/%2e%2e/exec", "/p\\exec"})
            QTest::newRow(target) << QByteArray(target);
    }
    void tunnelsAndTrickedPathsDoNot()
    {
        QFETCH(QByteArray, target);
        QVERIFY(judge("GET", kPods + target.toStdString()) == Pass::No);
    }
    void noOtherTunnels()
    {
        QVERIFY(judge("GET", "/api/v1/nodes/n/proxy/run/x") == Pass::No);
        QVERIFY(judge("GET", "/api/v1/namespaces/ns/services/s/proxy/x") == Pass::No);
        QVERIFY(judge("GET", "/api/v1/proxy/nodes/n/run") == Pass::No);
        QVERIFY(judge("GET", "/apis/subresources.kubevirt.io/v1/namespaces/ns/virtualmachineinstances/v/console", {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}})
            == Pass::No);
        QVERIFY(judge("GET", "/api/v1/pods?watch=true", {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}}) == Pass::Yes);
        QVERIFY(judge("GET", kPods + "/p/log?follow=true", {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}}) == Pass::Yes);
        QVERIFY(judge("CONNECT", kPods + "/p") == Pass::No);
        QVERIFY(judge("OPTIONS", "/") == Pass::No);
    }

    void writesPassOnlyAsDryRuns()
    {
        for (const char* method : {"POST", "PUT", "PATCH"}) {
            QVERIFY(judge(method, kPods + "/p") == Pass::No);
            QVERIFY(judge(method, kPods + "/p?dryRun=All") == Pass::Yes);
            QVERIFY(judge(method, kPods + "/p?dryRun=All&dryRun=") == Pass::No);
            QVERIFY(judge(method, kPods + "/p?dryRun=") == Pass::No);
            QVERIFY(judge(method, kPods + "/p?DryRun=All") == Pass::No);
            QVERIFY(judge(method, "/version?dryRun=All") == Pass::No);
        }
        QVERIFY(judge("POST", kPods + "/p/exec?dryRun=All") == Pass::No);
        QVERIFY(judge("POST", kPods + "/p/eviction?dryRun=All") == Pass::Yes);
        QVERIFY(judge("POST", "/api/v1/namespaces/ns/serviceaccounts/s/token?dryRun=All") == Pass::No);
        QVERIFY(judge("PUT", "/apis/x.io/v1/namespaces/ns/machines/m/restart?dryRun=All") == Pass::No);
        QVERIFY(judge("POST", kPods + "/p?dryRun=All", {{"Upgrade", "SPDY/3.1"}, {"Connection", "Upgrade"}}) == Pass::No);
    }

    void deletesAreJudgedByTheirBody()
    {
        QVERIFY(judge("DELETE", kPods + "/p") == Pass::ByBody);
        QVERIFY(judge("DELETE", kPods + "/p/exec") == Pass::No);
        QVERIFY(isDryRunBody("", true));
        QVERIFY(!isDryRunBody("", false));
        QVERIFY(isDryRunBody(R"({"kind":"DeleteOptions","dryRun":["All"]})", false));
        QVERIFY(!isDryRunBody(R"({"kind":"DeleteOptions"})", true)); // a body wins over the query
        QVERIFY(!isDryRunBody(R"({"dryRun":["All"],"dryRun":[]})", true));
        QVERIFY(!isDryRunBody("dryRun: [All]", true));
        QVERIFY(!isDryRunBody(std::string("k8s\0", 4), true));
    }

    void questionsAboutOneselfPass()
    {
        QVERIFY(judge("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews") == Pass::Yes);
        QVERIFY(judge("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews") == Pass::Yes);
        QVERIFY(judge("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews") == Pass::Yes);
        QVERIFY(judge("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews") == Pass::No);
        QVERIFY(judge("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x/y") == Pass::No);
    }

    void whoTheClientIsStaysHere()
    {
        const http::Headers headers{{"Authorization", "Bearer x"}, {"cookie", "a"}, {"X-Remote-Extra-Scopes", "b"}, {"X-Forwarded-For", "c"}, {"Accept", "d"},
            {"X-HTTP-Method-Override", "DELETE"}, {"X-Stream-Protocol-Version", "v4"}};
        const auto kept = keptHeaders(headers);
        QCOMPARE(QString::fromStdString(std::accumulate(kept.begin(), kept.end(), std::string(), [](auto all, auto name) { return all + name + " "; })),
            QString("Authorization cookie X-Remote-Extra-Scopes X-Forwarded-For X-HTTP-Method-Override "));
        QVERIFY(!impersonates(headers));
        QVERIFY(impersonates({{"impersonate-Group", "system:masters"}}));
        QCOMPARE(QString::fromStdString(protocolsWithoutToken("v5.channel.k8s.io, base64url.bearer.authorization.k8s.io.c2Vj,  v4.channel.k8s.io")),
            QString("v5.channel.k8s.io, v4.channel.k8s.io"));
    }
};

QTEST_GUILESS_MAIN(ReadOnlyTest)
#include "tst_read_only.moc"
