#include <QtTest>

#include "tests/unit/api/apply_fixture.h"

using namespace kates::api;

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
    void listsMergeInTheAppliersOrder_data();
    void listsMergeInTheAppliersOrder();
    void setsMerge();
    void atomicFieldsAreOwnedWhole();
    void statusBelongsToItsSubresource();
    void untrackedObjectsAreProtected();
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
