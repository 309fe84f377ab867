#include <QtTest>

#include "tests/unit/api/apply_fixture.h"

using namespace kates::api;

class TestTrackUpdate : public QObject {
    Q_OBJECT
private slots:
    void updatesTakeWhatTheyChange();
    void updatesKeepTheTimeWhenNothingChanges();
    void manyUpdatersAreMerged();
    void clientsMayResetManagedFields();
};

void TestTrackUpdate::updatesTakeWhatTheyChange()
{
    const auto created = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n  minReadySeconds: 5\n"), request("applier"));
    Value updated = *created;
    updated.edit("spec").set("replicas", 7);
    updated.edit("metadata", "labels").set("app", "web");
    trackUpdate(deploymentKind(), *created, updated, request("scaler", "t2"));
    const std::string applier = R"({"f:spec":{"f:minReadySeconds":{}}})",
                      scaler = R"({"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:replicas":{}}})";
    QCOMPARE(fields(updated, "applier"), applier);
    QCOMPARE(fields(updated, "scaler", "Update"), scaler);
    QCOMPARE(entry(updated, "scaler", "Update").str("time"), std::string_view("t2"));
    // What is removed is nobody's.
    Value removed = updated;
    removed.edit("spec").erase("minReadySeconds");
    trackUpdate(deploymentKind(), updated, removed, request("scaler", "t3"));
    QVERIFY(entry(removed, "applier", "Apply").isNull());
    QCOMPARE(entry(removed, "scaler", "Update").str("time"), std::string_view("t2"));
}

void TestTrackUpdate::updatesKeepTheTimeWhenNothingChanges()
{
    Value live = deployment("  replicas: 2\n");
    trackUpdate(deploymentKind(), Value(), live, request("me", "t1"));
    Value same = live;
    same.edit("metadata").set("resourceVersion", "77");
    trackUpdate(deploymentKind(), live, same, request("me", "t2"));
    QVERIFY(same.get("metadata", "managedFields") == live.get("metadata", "managedFields"));
    const std::string expected = R"({"f:spec":{"f:replicas":{}}})";
    QCOMPARE(fields(live, "me", "Update"), expected);
}

void TestTrackUpdate::manyUpdatersAreMerged()
{
    Value live = deployment("  replicas: 0\n");
    for (int i = 0; i < 30; ++i) {
        Value updated = live;
        updated.edit("metadata", "labels").set("label" + std::to_string(i), "x");
        trackUpdate(deploymentKind(), live, updated,
            request(("manager" + std::to_string(i)).c_str(), ("2026-01-01T00:00:" + std::to_string(10 + i)).c_str()));
        live = updated;
    }
    const Value& managed = live.get("metadata", "managedFields");
    QCOMPARE(managed.size(), std::size_t(10));
    QCOMPARE(managed.at(0).str("manager"), std::string_view("ancient-changes"));
    QVERIFY(managed.at(0).get("fieldsV1", "f:metadata", "f:labels").has("f:label0"));
    QCOMPARE(managed.at(9).str("manager"), std::string_view("manager29"));
}

void TestTrackUpdate::clientsMayResetManagedFields()
{
    Value live = deployment("  replicas: 2\n");
    trackUpdate(deploymentKind(), Value(), live, request("me"));
    Value reset = live;
    reset.edit("metadata").set("managedFields", Value::array({ Value::object() }));
    trackUpdate(deploymentKind(), live, reset, request("me"));
    QVERIFY(!reset.get("metadata").has("managedFields"));
    Value broken = live;
    broken.edit("metadata").set("managedFields", yaml("[{manager: x, operation: Update, fieldsV1: {bad: {}}}]"));
    trackUpdate(deploymentKind(), live, broken, request("me"));
    QVERIFY(broken == live);
    Value absent = withoutManaged(live);
    trackUpdate(deploymentKind(), live, absent, request("me"));
    QVERIFY(absent == live);
}

QTEST_GUILESS_MAIN(TestTrackUpdate)
#include "tst_track_update.moc"
