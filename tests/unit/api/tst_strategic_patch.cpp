#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/patch.h"

using namespace kates::api;

namespace {

Value json(std::string_view text) { return parseJson(text).value(); }

const TypeDescription& podType() { return *Scheme::kubernetes()->findKind("v1", "Pod")->type; }

// A pod with this member in its spec.
std::string pod(const std::string& spec) { return R"({"spec":)" + spec + "}"; }

}

class TestStrategicPatch : public QObject {
    Q_OBJECT

private slots:
    void merges_data();
    void merges();
    void failures_data();
    void failures();
    void deploymentsKeepOneStrategy();
};

void TestStrategicPatch::merges_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result");
    const auto row
        = [](const char* name, const char* target, const char* patch, const char* result) { QTest::newRow(name) << target << patch << result; };
    row("scalars and null", R"({"nodeName":"a","hostname":"x"})", R"({"nodeName":"b","hostname":null})", R"({"nodeName":"b"})");
    row("a list item by its merge key", R"({"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]})",
        R"({"containers":[{"name":"b","image":"2"}]})", R"({"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]})");
    row("a new item comes first without an order", R"({"containers":[{"name":"a"}]})", R"({"containers":[{"name":"b"}]})",
        R"({"containers":[{"name":"b"},{"name":"a"}]})");
    row("lists within lists", R"({"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"1"}]}]})",
        R"({"containers":[{"name":"a","env":[{"name":"Y","value":"2"}]}]})",
        R"({"containers":[{"name":"a","env":[{"name":"X","value":"1"},{"name":"Y","value":"2"}]}]})");
    row("atomic lists are replaced", R"({"containers":[{"name":"a","command":["x","y"]}]})", R"({"containers":[{"name":"a","command":["z"]}]})",
        R"({"containers":[{"name":"a","command":["z"]}]})");
    row("$patch: delete of an item", R"({"containers":[{"name":"a"},{"name":"b"}]})", R"({"containers":[{"name":"a","$patch":"delete"}]})",
        R"({"containers":[{"name":"b"}]})");
    row("$patch: replace of a list", R"({"containers":[{"name":"a","image":"1"},{"name":"b"}]})",
        R"({"containers":[{"name":"a"},{"$patch":"replace"}]})", R"({"containers":[{"name":"a"}]})");
    row("$patch: replace of a map", R"({"securityContext":{"runAsUser":1,"fsGroup":2}})", R"({"securityContext":{"fsGroup":3,"$patch":"replace"}})",
        R"({"securityContext":{"fsGroup":3}})");
    row("$patch: delete of a map", R"({"securityContext":{"runAsUser":1},"nodeName":"a"})", R"({"securityContext":{"$patch":"delete"}})",
        R"({"securityContext":{},"nodeName":"a"})");
    row("$patch: merge changes nothing", R"({"securityContext":{"runAsUser":1}})", R"({"securityContext":{"fsGroup":2,"$patch":"merge"}})",
        R"({"securityContext":{"runAsUser":1,"fsGroup":2}})");
    row("$setElementOrder with a new item", R"({"containers":[{"name":"a"},{"name":"b"}]})",
        R"({"$setElementOrder/containers":[{"name":"a"},{"name":"c"},{"name":"b"}],"containers":[{"name":"c","image":"1"}]})",
        R"({"containers":[{"name":"a"},{"name":"c","image":"1"},{"name":"b"}]})");
    row("$setElementOrder alone", R"({"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]})",
        R"({"$setElementOrder/containers":[{"name":"c"},{"name":"a"}]})", R"({"containers":[{"name":"b"},{"name":"c"},{"name":"a"}]})");
    row("$setElementOrder, server items interleaved", R"({"containers":[{"name":"s1"},{"name":"a"},{"name":"s2"},{"name":"b"}]})",
        R"({"$setElementOrder/containers":[{"name":"a"},{"name":"b"}]})",
        R"({"containers":[{"name":"s1"},{"name":"a"},{"name":"s2"},{"name":"b"}]})");
    row("$setElementOrder on a new list", "{}",
        R"({"$setElementOrder/containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"a"},{"name":"b"}]})",
        R"({"containers":[{"name":"a"},{"name":"b"}]})");
    row("$setElementOrder without a list", "{}", R"({"$setElementOrder/containers":[{"name":"a"}]})", "{}");
    row("$retainKeys", R"({"volumes":[{"name":"v","emptyDir":{}}]})",
        R"({"volumes":[{"name":"v","$retainKeys":["name","hostPath"],"hostPath":{"path":"/x"}}]})",
        R"({"volumes":[{"name":"v","hostPath":{"path":"/x"}}]})");
    row("directives do not reach new values", "{}",
        R"({"containers":[{"name":"a","$setElementOrder/ports":[{"containerPort":1}],"ports":[{"containerPort":1,"name":null}]},
            {"name":"b","$patch":"delete"}],"securityContext":{"$retainKeys":["fsGroup"],"fsGroup":1}})",
        R"({"containers":[{"name":"a","ports":[{"containerPort":1}]}],"securityContext":{"fsGroup":1}})");
    row("maps of strings", R"({"nodeSelector":{"a":"1","b":"1"}})", R"({"nodeSelector":{"b":null,"c":"3"}})",
        R"({"nodeSelector":{"a":"1","c":"3"}})");
    row("what is not described merges as JSON", R"({"unknown":{"a":{"b":1},"l":[1]}})", R"({"unknown":{"a":{"c":2},"l":[2]}})",
        R"({"unknown":{"a":{"b":1,"c":2},"l":[2]}})");
    row("another type is replaced", R"({"securityContext":"broken"})", R"({"securityContext":{"fsGroup":1}})",
        R"({"securityContext":{"fsGroup":1}})");
    row("ports that share a number survive",
        R"({"containers":[{"name":"a","ports":[{"containerPort":53,"protocol":"TCP"},{"containerPort":53,"protocol":"UDP"}]}]})",
        R"({"containers":[{"name":"a","image":"x"}]})",
        R"({"containers":[{"name":"a","ports":[{"containerPort":53,"protocol":"TCP"},{"containerPort":53,"protocol":"UDP"}],"image":"x"}]})");
}

void TestStrategicPatch::merges()
{
    QFETCH(QString, target);
    QFETCH(QString, patch);
    QFETCH(QString, result);
    const Value before = json(pod(target.toStdString())), unchanged = json(pod(target.toStdString()));
    const auto patched = applyStrategicMergePatch(podType(), before, json(pod(patch.toStdString())));
    QVERIFY2(patched, patched ? "" : patched.error().message.c_str());
    QVERIFY2(*patched == json(pod(result.toStdString())), toJson(*patched).c_str());
    QVERIFY(before == unchanged);
}

void TestStrategicPatch::failures_data()
{
    QTest::addColumn<QString>("message");
    const auto row = [](const char* patch, const char* message) { QTest::newRow(patch) << message; };
    row(R"({"containers":[{"image":"x"}]})", "an item of containers does not contain declared merge key: name");
    row(R"({"containers":[1]})", "the items of containers must be objects");
    row(R"({"securityContext":{"$patch":"spam"}})", "unknown patch type: spam");
    row(R"({"containers":[{"name":"a","$patch":"spam"}]})", "unknown patch type: spam");
    row(R"({"containers":[{"$patch":"delete"}]})", "an item of containers does not contain declared merge key: name");
    row(R"({"securityContext":{"$retainKeys":"x"}})", "invalid patch format of retainKeys: it must be a list of keys");
    row(R"({"securityContext":{"$retainKeys":["a"],"b":1}})", "invalid patch format of retainKeys: \"b\" is set but not in the list");
    row(R"({"$setElementOrder/containers":{},"containers":[]})", "invalid patch: the directive on \"containers\" must be a list");
    row(R"({"$setElementOrder/containers":[{"name":"a"}],"containers":[{"name":"b"}]})",
        "the order in the patch's list containers doesn't match its $setElementOrder list");
}

void TestStrategicPatch::failures()
{
    QFETCH(QString, message);
    const auto patched = applyStrategicMergePatch(podType(), json(R"({"spec":{"containers":[{"name":"a"}]}})"), json(pod(QTest::currentDataTag())));
    QVERIFY(!patched);
    QCOMPARE(QString::fromStdString(patched.error().message), message);
    QCOMPARE(patched.error().code, 400);
    QVERIFY(!applyStrategicMergePatch(podType(), Value::object(), Value::array()));
}

void TestStrategicPatch::deploymentsKeepOneStrategy()
{
    const Value target = json(R"({"metadata":{"finalizers":["a","b"]},"spec":{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}})");
    const Value patch = json(R"({"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"finalizers":["c","b"]},
        "spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}})");
    const auto patched = applyStrategicMergePatch(*Scheme::kubernetes()->findKind("apps/v1", "Deployment")->type, target, patch);
    QVERIFY(patched);
    QCOMPARE(toJson(*patched), std::string(R"({"metadata":{"finalizers":["c","b"]},"spec":{"strategy":{"type":"Recreate"}}})"));
}

QTEST_GUILESS_MAIN(TestStrategicPatch)
#include "tst_strategic_patch.moc"
