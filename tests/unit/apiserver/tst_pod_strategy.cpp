#include <QtTest>

#include "engine/apiserver/registry/pod/pod_defaults.h"
#include "tests/support/strategy_fixture.h"

using namespace kates;
using kates::api::Value;
using kates::test::create;
using kates::test::json;
using kates::test::update;

namespace {

QString pod(const QString& spec)
{
    return QString(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p","namespace":"n"},"spec":%1})").arg(spec);
}

QString container(const QString& rest)
{
    return pod(QString(R"({"containers":[{"name":"a","image":"i:1"%1}]})").arg(rest));
}

} // namespace

class TestPodStrategy : public QObject {
    Q_OBJECT

private slots:
    void whatAPodGetsByItself()
    {
        const auto made = create(pod(R"({"containers":[{"name":"a","image":"nginx"}],"volumes":[{"name":"v"}]})"));
        QCOMPARE(made.problems, QString());
        const Value& spec = made.object.get("spec");
        QCOMPARE(spec.get("containers").at(0), json(R"({"name":"a","image":"nginx","imagePullPolicy":"Always","resources":{},
            "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"})"));
        QCOMPARE(spec.get("volumes"), json(R"([{"name":"v","emptyDir":{}}])"));
        QCOMPARE(spec.get("terminationGracePeriodSeconds"), Value(30));
        QCOMPARE(made.object.get("status"), json(R"({"phase":"Pending","qosClass":"BestEffort"})"));
    }

    void theOldNameOfTheServiceAccountFollowsTheNewOne()
    {
        for (const char* field : {"serviceAccountName", "serviceAccount"}) {
            const auto made = create(pod(QString(R"({"containers":[{"name":"a","image":"i:1"}],"%1":"robot"})").arg(field)));
            QCOMPARE(made.object.str("spec", "serviceAccountName"), std::string_view("robot"));
            QCOMPARE(made.object.str("spec", "serviceAccount"), std::string_view("robot"));
        }
    }

    void pullPolicies_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("policy");
        QTest::newRow("no tag") << "nginx" << "Always";
        QTest::newRow("latest") << "nginx:latest" << "Always";
        QTest::newRow("tag") << "nginx:1.27" << "IfNotPresent";
        QTest::newRow("port") << "localhost:5000/nginx" << "Always";
        QTest::newRow("port and tag") << "localhost:5000/nginx:1" << "IfNotPresent";
        QTest::newRow("digest") << "nginx@sha256:0123" << "IfNotPresent";
    }
    void pullPolicies()
    {
        QFETCH(QString, image);
        QFETCH(QString, policy);
        const auto made = create(pod(QString(R"({"containers":[{"name":"a","image":"%1"}]})").arg(image)));
        QCOMPARE(QString::fromStdString(std::string(made.object.get("spec", "containers").at(0).str("imagePullPolicy"))), policy);
    }

    void requestsFollowLimitsAndDecideTheQosClass_data()
    {
        QTest::addColumn<QString>("resources");
        QTest::addColumn<QString>("qos");
        QTest::newRow("none") << "{}" << "BestEffort";
        QTest::newRow("limits") << R"({"limits":{"cpu":"1","memory":"1Gi"}})" << "Guaranteed";
        QTest::newRow("equal") << R"({"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"1000m","memory":"1024Mi"}})" << "Guaranteed";
        QTest::newRow("less") << R"({"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"500m"}})" << "Burstable";
        QTest::newRow("one") << R"({"requests":{"cpu":"500m"}})" << "Burstable";
    }
    void requestsFollowLimitsAndDecideTheQosClass()
    {
        QFETCH(QString, resources);
        QFETCH(QString, qos);
        const auto made = create(container(",\"resources\":" + resources));
        QCOMPARE(made.problems, QString());
        QCOMPARE(QString::fromStdString(std::string(made.object.str("status", "qosClass"))), qos);
        const Value& both = made.object.get("spec", "containers").at(0).get("resources");
        for (const api::Member& limit : both.get("limits").members())
            QVERIFY(both.get("requests").has(limit.key));
    }

    void hostNetworkUsesHostPorts()
    {
        const auto made = create(pod(R"({"hostNetwork":true,"containers":[{"name":"a","image":"i:1","ports":[{"containerPort":80}]}]})"));
        QCOMPARE(made.problems, QString());
        QCOMPARE(made.object.get("spec", "containers").at(0).get("ports").at(0).get("hostPort"), Value(80));
    }

    void problems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* name, const QString& text, const char* problems) { QTest::newRow(name) << text << problems; };
        row("no containers", pod("{}"), "spec.containers: Required value");
        row("no image", pod(R"({"containers":[{"name":"a"}]})"), "spec.containers[0].image: Required value");
        row("container name", pod(R"({"containers":[{"name":"A","image":"i"}]})"),
            "spec.containers[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or "
                "'-', and must "
            "start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        row("twice", pod(R"({"containers":[{"name":"a","image":"i"},{"name":"a","image":"i"}]})"), "spec.containers[1].name: Duplicate value: \"a\"");
        row("init twice", pod(R"({"containers":[{"name":"a","image":"i"}],"initContainers":[{"name":"a","image":"i"}]})"),
            "spec.initContainers[0].name: Duplicate value: \"a\"");
        row("port", container(R"(,"ports":[{"containerPort":70000}])"),
            "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive");
        row("port name", container(R"(,"ports":[{"containerPort":1,"name":"UPPER"}])"),
            "spec.containers[0].ports[0].name: Invalid value: \"UPPER\": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        row("mount", container(R"(,"volumeMounts":[{"name":"v","mountPath":"/x"}])"), "spec.containers[0].volumeMounts[0].name: Not found: \"v\"");
        row("probe", container(R"(,"livenessProbe":{})"), "spec.containers[0].livenessProbe: Required value: must specify a handler type");
        row("two handlers", container(R"(,"livenessProbe":{"exec":{"command":["x"]},"tcpSocket":{"port":1}})"),
            "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type");
        row("liveness successes", container(R"(,"livenessProbe":{"successThreshold":2,"tcpSocket":{"port":1}})"),
            "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1");
        row("request over limit", container(R"(,"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}})"),
            "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1");
        row("negative", container(R"(,"resources":{"limits":{"cpu":"-1"}})"),
            "spec.containers[0].resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0\n"
            "spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0");
        row("resource", container(R"(,"resources":{"requests":{"pods":"1"}})"),
            "spec.containers[0].resources.requests[pods]: Invalid value: \"pods\": must be a standard resource type or fully qualified");
        row("environment", container(R"(,"env":[{"name":"A","value":"1","valueFrom":{"fieldRef":{"fieldPath":"metadata.nam"}}}])"),
            "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty\n"
            "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"metadata.nam\": error converting fieldPath: field label "
                "not supported: "
            "metadata.nam");
        row("two sources", pod(R"({"containers":[{"name":"a","image":"i"}],"volumes":[{"name":"v","emptyDir":{},"hostPath":{"path":"/"}}]})"),
            "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type");
        row("restart policy", pod(R"({"containers":[{"name":"a","image":"i"}],"restartPolicy":"Once"})"),
            "spec.restartPolicy: Unsupported value: \"Once\": supported values: \"Always\", \"Never\", \"OnFailure\"");
        row("init probe", pod(R"({"containers":[{"name":"a","image":"i"}],"initContainers":[{"name":"b","image":"i",
            "livenessProbe":{"tcpSocket":{"port":1}}}]})"),
            "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always");
        row("toleration", pod(R"({"containers":[{"name":"a","image":"i"}],"tolerations":[{"key":"k","operator":"Exists","value":"v"}]})"),
            "spec.tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists'");
        row("affinity", pod(R"({"containers":[{"name":"a","image":"i"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":
            {"nodeSelectorTerms":[{"matchExpressions":[{"key":"k","operator":"In"}]}]}}}})"),
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required "
                "value: must "
            "be specified when `operator` is 'In' or 'NotIn'");
        row("dns", pod(R"({"containers":[{"name":"a","image":"i"}],"dnsPolicy":"None"})"),
            "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None");
        row("ephemeral", pod(R"({"containers":[{"name":"a","image":"i"}],"ephemeralContainers":[{"name":"e","image":"i"}]})"),
            "spec.ephemeralContainers: Forbidden: cannot be set on create");
    }
    void problems()
    {
        QFETCH(QString, text);
        QFETCH(QString, problems);
        QCOMPARE(create(text).problems, problems);
    }

    void updates()
    {
        const Value old = create(pod(R"({"containers":[{"name":"a","image":"i:1"}],"tolerations":[{"key":"t","operator":"Exists"}]})")).object;
        QCOMPARE(update(old, old).problems, QString());
        QVERIFY(update(old, old).object.sameStorage(old));

        Value image = old;
        image.edit("spec", "containers").editAt(0).set("image", "i:2");
        QCOMPARE(update(old, image).problems, QString());

        Value toleration = old;
        toleration.edit("spec", "tolerations").push(json(R"({"key":"k","operator":"Exists"})"));
        QCOMPARE(update(old, toleration).problems, QString());

        Value command = old;
        command.edit("spec", "containers").editAt(0).set("command", json(R"(["x"])"));
        QVERIFY(update(old, command).problems.startsWith("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`"));

        Value fewer = old;
        fewer.edit("spec", "tolerations").eraseAt(0);
        QCOMPARE(update(old, fewer).problems,
            QString("spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"));

        Value bound = old;
        bound.edit("spec").set("nodeName", "node");
        QVERIFY(!update(old, bound).problems.isEmpty());
        QCOMPARE(update(old, bound, "binding").problems, QString());
    }

    void graceOfADeletion()
    {
        const auto kind = api::Scheme::kubernetes()->findKind("v1", "Pod");
        const auto& strategy = apiserver::strategyFor(*kind);
        const Value unbound = json(R"({"spec":{"terminationGracePeriodSeconds":30}})");
        const Value running = json(R"({"spec":{"terminationGracePeriodSeconds":7,"nodeName":"n"},"status":{"phase":"Running"}})");
        const Value ended = json(R"({"spec":{"nodeName":"n"},"status":{"phase":"Succeeded"}})");
        QCOMPARE(strategy.gracePeriodSeconds(unbound, {}), std::int64_t(0));
        QCOMPARE(strategy.gracePeriodSeconds(running, {}), std::int64_t(7));
        QCOMPARE(strategy.gracePeriodSeconds(running, 0), std::int64_t(0));
        QCOMPARE(strategy.gracePeriodSeconds(running, -1), std::int64_t(1));
        QCOMPARE(strategy.gracePeriodSeconds(ended, 9), std::int64_t(0));
    }

    void creatingIsQuick()
    {
        const Value object = json(container(R"(,"ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1","memory":"1Gi"}},
            "env":[{"name":"A","value":"1"}],
            "readinessProbe":{"httpGet":{"port":80}})"));
        QBENCHMARK
        {
            QVERIFY(create(object).problems.isEmpty());
        }
    }
};

QTEST_GUILESS_MAIN(TestPodStrategy)
#include "tst_pod_strategy.moc"
