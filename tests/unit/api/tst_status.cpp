#include "engine/api/status.h"

#include <QtTest>

#include "engine/api/json.h"

using namespace kates::api;

class TestStatus : public QObject {
    Q_OBJECT

private slots:
    void messagesAreWordedAsUpstream();
    void invalidListsItsCauses();
    void aStatusObjectCarriesEverything();
    void anAnswerWithoutStatusStillBecomesAnError();
};

void TestStatus::messagesAreWordedAsUpstream()
{
    const GroupResource pods { "", "pods" }, deployments { "apps", "deployments" };
    QCOMPARE(notFound(pods, "x").message, std::string("pods \"x\" not found"));
    QCOMPARE(notFound(deployments, "x").message, std::string("deployments.apps \"x\" not found"));
    QVERIFY(notFound(pods, "x").isNotFound() && notFound(pods, "x").code == 404);
    QCOMPARE(alreadyExists(pods, "x").message, std::string("pods \"x\" already exists"));
    QVERIFY(alreadyExists(pods, "x").isAlreadyExists() && alreadyExists(pods, "x").code == 409);
    const StatusError stale = conflict(deployments, "x", kObjectModified);
    QCOMPARE(stale.message,
        std::string("Operation cannot be fulfilled on deployments.apps \"x\": the object has been modified; please apply your changes to the latest "
                    "version and try again"));
    QVERIFY(stale.isConflict() && stale.code == 409);
    QCOMPARE(forbidden(pods, "x", "no").message, std::string("pods \"x\" is forbidden: no"));
    QCOMPARE(forbidden(pods, "", "no").message, std::string("pods is forbidden: no"));
    QCOMPARE(forbidden({}, "", "no").message, std::string("forbidden: no"));
    QCOMPARE(methodNotSupported(deployments, "patch").message, std::string("patch is not supported on resources of kind \"deployments.apps\""));
    QVERIFY(expired("old").isExpired() && expired("old").code == 410);
    QCOMPARE(requestEntityTooLarge("limit is 3").message, std::string("Request entity too large: limit is 3"));
    QCOMPARE(serverTimeout("later").code, 504);
    QCOMPARE(internalError("boom").message, std::string("Internal error occurred: boom"));
}

void TestStatus::invalidListsItsCauses()
{
    const StatusCause replicas { "FieldValueInvalid", "Invalid value: -1: must be greater than or equal to 0", "spec.replicas" };
    const StatusCause name { "FieldValueRequired", "Required value", "metadata.name" };
    QCOMPARE(invalid("apps", "Deployment", "x", { replicas }).message,
        std::string("Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"));
    QCOMPARE(invalid("apps", "Deployment.apps", "x", { replicas, name, name }).message,
        std::string(
            "Deployment.apps \"x\" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, metadata.name: Required "
            "value]"));
    QCOMPARE(invalid("", "Pod", "x", {}).message, std::string("Pod \"x\" is invalid"));
    QCOMPARE(invalid("apps", "Deployment.apps", "x", {}).kind, std::string("Deployment"));
}

void TestStatus::aStatusObjectCarriesEverything()
{
    StatusError error = invalid("apps", "Deployment", "x", { { "FieldValueInvalid", "Invalid value: -1", "spec.replicas" } });
    const std::string expected = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",)"
                                 R"("message":"Deployment.apps \"x\" is invalid: spec.replicas: Invalid value: -1","reason":"Invalid",)"
                                 R"("details":{"name":"x","group":"apps","kind":"Deployment","causes":[{"reason":"FieldValueInvalid",)"
                                 R"("message":"Invalid value: -1","field":"spec.replicas"}]},"code":422})";
    QCOMPARE(toJson(error.toValue()), expected);
    error = tooManyRequests("slow down", 3);
    const StatusError back = StatusError::fromValue(error.toValue(), 429);
    QCOMPARE(back.retryAfterSeconds, 3);
    QCOMPARE(back.reason, std::string("TooManyRequests"));
    QVERIFY(!badRequest("x").toValue().has("details"));
    for (const StatusError& each : { notFound({ "apps", "deployments" }, "x"), internalError("boom"), expired("old") })
        QVERIFY(StatusError::fromValue(each.toValue(), 0).toValue() == each.toValue());
}

void TestStatus::anAnswerWithoutStatusStillBecomesAnError()
{
    const StatusError error = StatusError::fromValue("<html>", 404);
    QVERIFY(error.isNotFound() && error.code == 404 && !error.message.empty());
    QCOMPARE(StatusError::fromValue({}, 502).reason, std::string("InternalError"));
}

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
