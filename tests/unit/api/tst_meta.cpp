#include "engine/api/meta.h"

#include <QtTest>

using namespace kates::api;

class TestMeta : public QObject {
    Q_OBJECT

private slots:
    void readsTheUsualFields();
    void keysAreParsedAndPrinted();
    void conditionsMoveTheirTimeOnlyWithTheirStatus();
    void ownersAreRecognised();
};

void TestMeta::readsTheUsualFields()
{
    const Value pod = Value::object({ { "metadata",
        Value::object({ { "name", "a" }, { "namespace", "b" }, { "generation", 3 }, { "labels", Value::object({ { "app", "web" } }) },
            { "deletionTimestamp", "2026-11-24T19:42:22Z" } }) } });
    const ObjectMeta meta(pod);
    QCOMPARE(meta.name(), std::string_view("a"));
    QCOMPARE(meta.generation(), 3);
    QCOMPARE(meta.label("app"), std::string_view("web"));
    QVERIFY(meta.beingDeleted());
    QVERIFY((meta.key() == ObjectKey { "b", "a" }));
    QVERIFY(ObjectMeta(Value("text")).name().empty());
}

void TestMeta::keysAreParsedAndPrinted()
{
    QVERIFY((ObjectKey::parse("ns/name") == ObjectKey { "ns", "name" }));
    QVERIFY((ObjectKey::parse("name") == ObjectKey { "", "name" }));
    QCOMPARE((ObjectKey { "ns", "name" }.toString()), std::string("ns/name"));
    QCOMPARE((ObjectKey { "", "name" }.toString()), std::string("name"));
}

void TestMeta::conditionsMoveTheirTimeOnlyWithTheirStatus()
{
    Value pod;
    QVERIFY(setCondition(pod, "Ready", true, "Up", "all well", "t1"));
    QVERIFY(conditionIsTrue(pod, "Ready"));
    QVERIFY(!setCondition(pod, "Ready", true, "Up", "all well", "t2"));
    QVERIFY(setCondition(pod, "Ready", true, "Up", "still well", "t2"));
    QCOMPARE(condition(pod, "Ready").str("lastTransitionTime"), std::string_view("t1"));
    QVERIFY(setCondition(pod, "Ready", "Unknown", "Lost", "", "t3"));
    QCOMPARE(condition(pod, "Ready").str("lastTransitionTime"), std::string_view("t3"));
    QCOMPARE(condition(pod, "Ready").str("message"), std::string_view(""));
    QVERIFY(setCondition(pod, "Other", false, "", "", "t3"));
    QCOMPARE(pod.get("status", "conditions").size(), std::size_t(2));
    QVERIFY(condition(pod, "Missing").isNull() && !conditionIsTrue(pod, "Missing"));
}

void TestMeta::ownersAreRecognised()
{
    const Value owner = Value::object(
        { { "apiVersion", "apps/v1" }, { "kind", "ReplicaSet" }, { "metadata", Value::object({ { "name", "rs" }, { "uid", "u-1" } }) } });
    const Value other = Value::object({ { "name", "x" }, { "uid", "u-2" } });
    const Value pod
        = Value::object({ { "metadata", Value::object({ { "ownerReferences", Value::array({ other, controllerReference(owner) }) } }) } });
    QVERIFY(controlledBy(pod, "u-1"));
    QVERIFY(!controlledBy(pod, "u-2"));
    QVERIFY(!controlledBy(Value(), ""));
    QCOMPARE(ObjectMeta(pod).controllerRef().str("kind"), std::string_view("ReplicaSet"));
}

QTEST_GUILESS_MAIN(TestMeta)
#include "tst_meta.moc"
