#include "engine/api/apply.h"

#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/yaml.h"

using namespace kates::api;

namespace {

Value yaml(std::string_view text) { return parseYaml(text).value().at(0).value; }

const KindDescription& deploymentKind()
{
    static const auto kind = Scheme::kubernetes()->findKind("apps/v1", "Deployment");
    return *kind;
}

ApplyRequest request(const char* manager, const char* now = "t1", bool force = false) { return { manager, force, "apps/v1", "", now }; }

// A deployment with these lines in its spec.
Value deployment(const std::string& spec, const std::string& metadata = "")
{
    return yaml("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n" + metadata + (spec.empty() ? "" : "spec:\n" + spec));
}

// A deployment of one container with these lines.
std::string container(const std::string& lines) { return "  template:\n    spec:\n      containers:\n" + lines; }

Value entry(const Value& object, std::string_view manager, std::string_view operation)
{
    for (const Value& each : object.get("metadata", "managedFields")) {
        if (each.str("manager") == manager && each.str("operation") == operation)
            return each;
    }
    return {};
}

Value sorted(const Value& object)
{
    std::map<std::string, Value> members;
    for (const Member& member : object.members())
        members[std::string(member.key)] = sorted(member.value);
    Value result = Value::object();
    for (const auto& [key, value] : members)
        result.set(key, value);
    return result;
}

// The fields that a manager owns, members sorted.
std::string fields(const Value& object, std::string_view manager, std::string_view operation = "Apply")
{
    return toJson(sorted(entry(object, manager, operation).get("fieldsV1")));
}

Value withoutManaged(Value object)
{
    object.edit("metadata").erase("managedFields");
    return object;
}

}

class TestApply : public QObject {
    Q_OBJECT

private slots:
    void creatingOwnsWhatIsNamed();
    void listItemsAreOwnedByTheirKeys();
    void applyingAgainChangesNothing();
    void theSameAmountIsNoChange();
    void fieldsNoLongerAppliedGo();
    void aFieldThatOthersOwnStays();
    void removingAContainerRemovesItsDefaults();
    void conflictsNameManagersAndFields();
    void forceTakesOwnership();
    void theSameValueIsShared();
    void updatesTakeWhatTheyChange();
    void updatesKeepTheTimeWhenNothingChanges();
    void listsMergeInTheAppliersOrder_data();
    void listsMergeInTheAppliersOrder();
    void setsMerge();
    void atomicFieldsAreOwnedWhole();
    void statusBelongsToItsSubresource();
    void untrackedObjectsAreProtected();
    void manyUpdatersAreMerged();
    void clientsMayResetManagedFields();
    void refusesWhatCannotBeMerged_data();
    void refusesWhatCannotBeMerged();
};

void TestApply::creatingOwnsWhatIsNamed()
{
    const auto created
        = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n  paused: null\n", "  labels: {app: web}\n"), request("me"));
    QVERIFY(created);
    const std::string expected = R"({"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:replicas":{}}})";
    QCOMPARE(fields(*created, "me"), expected);
    QCOMPARE(created->get("spec", "replicas").asInt(), 2);
    QVERIFY(!created->get("spec").has("paused"));
    const Value mine = entry(*created, "me", "Apply");
    QCOMPARE(mine.str("time"), std::string_view("t1"));
    QCOMPARE(mine.str("apiVersion"), std::string_view("apps/v1"));
    QCOMPARE(mine.str("fieldsType"), std::string_view("FieldsV1"));
    QVERIFY(!mine.has("subresource"));
}

void TestApply::listItemsAreOwnedByTheirKeys()
{
    const auto created = applyServerSide(deploymentKind(), Value(),
        deployment(container(
            "      - name: a\n        image: x\n        ports:\n        - containerPort: 80\n        - {containerPort: 80, protocol: UDP}\n")),
        request("me"));
    QVERIFY(created);
    const std::string expected
        = R"({"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:image":{},"f:name":{},"f:ports":{)"
          R"("k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}},)"
          R"("k:{\"containerPort\":80,\"protocol\":\"UDP\"}":{".":{},"f:containerPort":{},"f:protocol":{}}}}}}}}})";
    QCOMPARE(fields(*created, "me"), expected);
}

void TestApply::applyingAgainChangesNothing()
{
    const Value config = deployment("  replicas: 2\n" + container("      - {name: a, image: x}\n"), "  finalizers: [a/b]\n");
    const auto created = applyServerSide(deploymentKind(), Value(), config, request("me", "t1"));
    const auto again = applyServerSide(deploymentKind(), *created, config, request("me", "t2"));
    QVERIFY(again);
    QVERIFY(*again == *created);
    // Another manager that says the same owns it too, and that is a change.
    const auto other = applyServerSide(deploymentKind(), *again, config, request("you", "t3"));
    QCOMPARE(entry(*other, "me", "Apply").str("time"), std::string_view("t1"));
    QCOMPARE(entry(*other, "you", "Apply").str("time"), std::string_view("t3"));
}

void TestApply::theSameAmountIsNoChange()
{
    const auto limits = [](const char* cpu) {
        return deployment(container("      - name: a\n        resources: {limits: {cpu: " + std::string(cpu) + "}}\n"));
    };
    const auto created = applyServerSide(deploymentKind(), Value(), limits("1000m"), request("me", "t1"));
    QCOMPARE(created->get("spec", "template", "spec", "containers").at(0).get("resources", "limits").str("cpu"), std::string_view("1"));
    QVERIFY(*applyServerSide(deploymentKind(), *created, limits("1000m"), request("me", "t2")) == *created);
    QVERIFY(applyServerSide(deploymentKind(), *created, limits("'1'"), request("you", "t2")));
    QVERIFY(!applyServerSide(deploymentKind(), *created, limits("1001m"), request("you", "t2")));
}

void TestApply::fieldsNoLongerAppliedGo()
{
    const auto created = applyServerSide(deploymentKind(), Value(),
        deployment("  replicas: 2\n" + container("      - {name: a, image: x}\n      - {name: b, image: y}\n"), "  labels: {a: x, b: y}\n"),
        request("me"));
    const auto changed = applyServerSide(
        deploymentKind(), *created, deployment(container("      - {name: b, image: y}\n"), "  labels: {b: y}\n"), request("me", "t2"));
    QVERIFY(changed);
    QVERIFY2(withoutManaged(*changed) == deployment(container("      - {name: b, image: y}\n"), "  labels: {b: y}\n"), toYaml(*changed).c_str());
    QCOMPARE(entry(*changed, "me", "Apply").str("time"), std::string_view("t2"));
    const auto emptied = applyServerSide(deploymentKind(), *changed, deployment(""), request("me", "t3"));
    QVERIFY2(withoutManaged(*emptied) == deployment(""), toYaml(*emptied).c_str());
    QCOMPARE(emptied->get("metadata", "managedFields").size(), std::size_t(0));
}

void TestApply::aFieldThatOthersOwnStays()
{
    const auto created = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n  minReadySeconds: 5\n"), request("me"));
    const auto shared = applyServerSide(deploymentKind(), *created, deployment("  replicas: 2\n"), request("you"));
    const auto released = applyServerSide(deploymentKind(), *shared, deployment(""), request("me", "t2"));
    QVERIFY2(withoutManaged(*released) == deployment("  replicas: 2\n"), toYaml(*released).c_str());
    QVERIFY(entry(*released, "me", "Apply").isNull());
    const std::string expected = R"({"f:spec":{"f:replicas":{}}})";
    QCOMPARE(fields(*released, "you"), expected);
}

void TestApply::removingAContainerRemovesItsDefaults()
{
    const auto created = applyServerSide(deploymentKind(), Value(),
        deployment(container("      - name: a\n        livenessProbe:\n          tcpSocket: {port: 80}\n      - name: b\n")), request("me"));
    // What defaulting adds belongs to nobody.
    Value defaulted = *created;
    Value& containers = defaulted.edit("spec", "template").edit("spec", "containers");
    containers.editAt(0).edit("livenessProbe").set("timeoutSeconds", 1);
    containers.editAt(0).set("imagePullPolicy", "Always");
    containers.editAt(1).set("imagePullPolicy", "Always");
    const auto changed = applyServerSide(deploymentKind(), defaulted, deployment(container("      - name: a\n")), request("me", "t2"));
    const std::string expected = R"([{"name":"a","imagePullPolicy":"Always"}])";
    QCOMPARE(toJson(changed->get("spec", "template", "spec", "containers")), expected);
}

void TestApply::conflictsNameManagersAndFields()
{
    Value live = deployment("  replicas: 2\n" + container("      - {name: a, image: x}\n"));
    trackUpdate(deploymentKind(), Value(), live, request("kubectl-client-side-apply"));
    const auto one = applyServerSide(deploymentKind(), live, deployment("  replicas: 3\n"), request("me"));
    QVERIFY(!one);
    QCOMPARE(one.error().code, 409);
    QCOMPARE(one.error().reason, std::string("Conflict"));
    QCOMPARE(
        one.error().message, std::string("Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.replicas"));
    QCOMPARE(one.error().causes.size(), std::size_t(1));
    QCOMPARE(one.error().causes[0].reason, std::string("FieldManagerConflict"));
    QCOMPARE(one.error().causes[0].message, std::string("conflict with \"kubectl-client-side-apply\" using apps/v1"));
    QCOMPARE(one.error().causes[0].field, std::string(".spec.replicas"));
    const auto two
        = applyServerSide(deploymentKind(), live, deployment("  replicas: 3\n" + container("      - {name: a, image: z}\n")), request("me"));
    QCOMPARE(two.error().message,
        std::string("Apply failed with 2 conflicts: conflicts with \"kubectl-client-side-apply\" using apps/v1:\n- .spec.replicas\n- "
                    ".spec.template.spec.containers[name=\"a\"].image"));
    const auto mine = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n"), request("you"));
    QCOMPARE(applyServerSide(deploymentKind(), *mine, deployment("  replicas: 3\n"), request("me")).error().message,
        std::string("Apply failed with 1 conflict: conflict with \"you\": .spec.replicas"));
}

void TestApply::forceTakesOwnership()
{
    const auto created = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n  minReadySeconds: 5\n"), request("you"));
    const auto taken = applyServerSide(deploymentKind(), *created, deployment("  replicas: 3\n"), request("me", "t2", true));
    QVERIFY(taken);
    QCOMPARE(taken->get("spec", "replicas").asInt(), 3);
    const std::string mine = R"({"f:spec":{"f:replicas":{}}})", theirs = R"({"f:spec":{"f:minReadySeconds":{}}})";
    QCOMPARE(fields(*taken, "me"), mine);
    QCOMPARE(fields(*taken, "you"), theirs);
}

void TestApply::theSameValueIsShared()
{
    const auto created = applyServerSide(deploymentKind(), Value(), deployment("  replicas: 2\n"), request("you"));
    const auto shared = applyServerSide(deploymentKind(), *created, deployment("  replicas: 2\n"), request("me"));
    QVERIFY(shared);
    QCOMPARE(fields(*shared, "me"), fields(*shared, "you"));
    // Then neither can change it without the other.
    QVERIFY(!applyServerSide(deploymentKind(), *shared, deployment("  replicas: 4\n"), request("me")));
}

void TestApply::updatesTakeWhatTheyChange()
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

void TestApply::updatesKeepTheTimeWhenNothingChanges()
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

void TestApply::listsMergeInTheAppliersOrder_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("result");
    QTest::newRow("new items at the end") << "x"
                                          << "a b c x";
    QTest::newRow("order of the configuration") << "c a"
                                                << "b c a";
    QTest::newRow("a new one between") << "a x c"
                                       << "a b x c";
    QTest::newRow("all, reversed") << "c b a"
                                   << "c b a";
}

void TestApply::listsMergeInTheAppliersOrder()
{
    QFETCH(QString, config);
    QFETCH(QString, result);
    const auto list = [](const QString& names) {
        std::string lines;
        for (const QString& name : names.split(' '))
            lines += "      - name: " + name.toStdString() + "\n";
        return deployment(container(lines));
    };
    Value live = list("a b c");
    trackUpdate(deploymentKind(), Value(), live, request("other"));
    const auto merged = applyServerSide(deploymentKind(), live, list(config), request("me"));
    QVERIFY(merged);
    QVERIFY2(withoutManaged(*merged) == list(result), toYaml(*merged).c_str());
}

void TestApply::setsMerge()
{
    Value live = deployment("", "  finalizers: [a/a, b/b]\n");
    trackUpdate(deploymentKind(), Value(), live, request("other"));
    const auto merged = applyServerSide(deploymentKind(), live, deployment("", "  finalizers: [c/c, b/b]\n"), request("me"));
    QVERIFY(merged);
    const std::string expected = R"({"f:metadata":{"f:finalizers":{"v:\"b/b\"":{},"v:\"c/c\"":{}}}})";
    QCOMPARE(fields(*merged, "me"), expected);
    QCOMPARE(merged->get("metadata", "finalizers").size(), std::size_t(3));
    const auto released = applyServerSide(deploymentKind(), *merged, deployment(""), request("me"));
    QVERIFY(released->get("metadata", "finalizers") == Value::array({ "a/a", "b/b" }));
}

void TestApply::atomicFieldsAreOwnedWhole()
{
    const auto created = applyServerSide(deploymentKind(), Value(),
        deployment("  selector: {matchLabels: {a: x}}\n" + container("      - name: a\n        command: [x, y]\n")), request("me"));
    const std::string expected
        = R"({"f:spec":{"f:selector":{},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"a\"}":{".":{},"f:command":{},"f:name":{}}}}}}})";
    QCOMPARE(fields(*created, "me"), expected);
    const auto conflict
        = applyServerSide(deploymentKind(), *created, deployment(container("      - name: a\n        command: [x]\n")), request("you"));
    QCOMPARE(conflict.error().causes.at(0).field, std::string(".spec.template.spec.containers[name=\"a\"].command"));
}

void TestApply::statusBelongsToItsSubresource()
{
    Value config = deployment("  replicas: 2\n");
    config.edit("status").set("readyReplicas", 1);
    const auto created = applyServerSide(deploymentKind(), Value(), config, request("me"));
    QVERIFY(!created->has("status"));
    ApplyRequest status = request("me", "t2");
    status.subresource = "status";
    const auto reported = applyServerSide(deploymentKind(), *created, config, status);
    QVERIFY(reported);
    QCOMPARE(reported->get("status", "readyReplicas").asInt(), 1);
    QCOMPARE(reported->get("metadata", "managedFields").size(), std::size_t(2));
    QCOMPARE(reported->get("metadata", "managedFields").at(1).str("subresource"), std::string_view("status"));
    const std::string expected = R"({"f:status":{"f:readyReplicas":{}}})";
    QCOMPARE(toJson(reported->get("metadata", "managedFields").at(1).get("fieldsV1")), expected);
    QCOMPARE(reported->get("spec", "replicas").asInt(), 2);
}

void TestApply::untrackedObjectsAreProtected()
{
    const auto conflict = applyServerSide(deploymentKind(), deployment("  replicas: 2\n"), deployment("  replicas: 3\n"), request("me"));
    QCOMPARE(
        conflict.error().message, std::string("Apply failed with 1 conflict: conflict with \"before-first-apply\" using apps/v1: .spec.replicas"));
}

void TestApply::manyUpdatersAreMerged()
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

void TestApply::clientsMayResetManagedFields()
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

void TestApply::refusesWhatCannotBeMerged_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("      - image: x\n") << ".spec.template.spec.containers: an item of the list lacks the keys that tell its items apart";
    QTest::newRow("      - name: a\n      - name: a\n") << ".spec.template.spec.containers: duplicate entries for key [name=\"a\"]";
}

void TestApply::refusesWhatCannotBeMerged()
{
    QFETCH(QString, message);
    const auto applied = applyServerSide(deploymentKind(), Value(), deployment(container(QTest::currentDataTag())), request("me"));
    QVERIFY(!applied);
    QCOMPARE(applied.error().code, 400);
    QCOMPARE(QString::fromStdString(applied.error().message), message);
    QCOMPARE(applyServerSide(deploymentKind(), Value(), deployment("", "  managedFields: [{manager: x}]\n"), request("me")).error().message,
        std::string("metadata.managedFields must be nil"));
    QVERIFY(!applyServerSide(deploymentKind(), Value(), Value("x"), request("me")));
}

QTEST_GUILESS_MAIN(TestApply)
#include "tst_apply.moc"
