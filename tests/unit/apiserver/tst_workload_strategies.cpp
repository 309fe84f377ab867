#include <QtTest>

#include "engine/apiserver/registry/cronjob/cron_schedule.h"
#include "tests/support/strategy_fixture.h"

using namespace kates;
using kates::api::Value;
using kates::test::create;
using kates::test::json;
using kates::test::update;

namespace {

const QString kTemplate = R"("template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i:1"}]%1}})";
const QString kSelector = R"("selector":{"matchLabels":{"a":"b"}})";

QString workload(const QString& apiVersion, const QString& kind, const QString& spec)
{
    return QString(R"({"apiVersion":"%1","kind":"%2","metadata":{"name":"w","namespace":"n","uid":"u-1"},"spec":{%3}})").arg(apiVersion, kind, spec);
}

QString deployment(const QString& more = {}, const QString& podSpec = {})
{
    return workload("apps/v1", "Deployment", kSelector + "," + kTemplate.arg(podSpec) + more);
}

} // namespace

class TestWorkloadStrategies : public QObject {
    Q_OBJECT

private slots:
    void whatADeploymentGetsByItself()
    {
        const auto made = create(deployment());
        QCOMPARE(made.problems, QString());
        const Value& spec = made.object.get("spec");
        QCOMPARE(spec.get("replicas"), Value(1));
        QCOMPARE(spec.get("strategy"), json(R"({"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}})"));
        QCOMPARE(spec.get("revisionHistoryLimit"), Value(10));
        QCOMPARE(spec.get("progressDeadlineSeconds"), Value(600));
        QCOMPARE(spec.str("template", "spec", "restartPolicy"), std::string_view("Always"));
        QCOMPARE(spec.get("template", "spec", "containers").at(0).str("imagePullPolicy"), std::string_view("IfNotPresent"));
        QVERIFY(!spec.get("template", "spec").has("tolerations")); // pods get them, templates do not
        QVERIFY(update(made.object, made.object).object.sameStorage(made.object));
    }

    void problems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* name, const QString& text, const char* problems) { QTest::newRow(name) << text << problems; };
        row("no selector", workload("apps/v1", "Deployment", kTemplate.arg("")), "spec.selector: Required value");
        row("other labels", workload("apps/v1", "Deployment", R"("selector":{"matchLabels":{"a":"x"}},)" + kTemplate.arg("")),
            "spec.template.metadata.labels: Invalid value: {\"a\":\"b\"}: `selector` does not match template `labels`");
        row("empty selector", workload("apps/v1", "Deployment", R"("selector":{},)" + kTemplate.arg("")),
            "spec.selector: Invalid value: {}: empty selector is invalid for deployment");
        row("negative", deployment(",\"replicas\":-1"), "spec.replicas: Invalid value: -1: must be greater than or equal to 0");
        row("restart policy", deployment({}, ",\"restartPolicy\":\"Never\""),
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"");
        row("nothing may move", deployment(R"(,"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}})"),
            "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0");
        row("recreate", deployment(R"(,"strategy":{"type":"Recreate","rollingUpdate":{}})"),
            "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'");
        row("percent", deployment(R"(,"strategy":{"rollingUpdate":{"maxSurge":"x"}})"),
            "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' "
            "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        row("deadline", deployment(R"(,"minReadySeconds":600)"),
            "spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds");
        row("container", workload("apps/v1", "Deployment", kSelector + R"(,"template":{"metadata":{"labels":{"a":"b"}},
            "spec":{"containers":[{"name":"c"}]}})"),
            "spec.template.spec.containers[0].image: Required value");
        row("replica set", workload("apps/v1", "ReplicaSet", kSelector + ",\"replicas\":-2," + kTemplate.arg("")),
            "spec.replicas: Invalid value: -2: must be greater than or equal to 0");
        row("daemon set", workload("apps/v1", "DaemonSet", kSelector + R"(,
            "updateStrategy":{"rollingUpdate":{"maxUnavailable":0}},)" + kTemplate.arg("")),
            "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0");
        row("job", workload("batch/v1", "Job", kTemplate.arg("")),
            "spec.template.spec.restartPolicy: Unsupported value: \"Always\": supported values: \"Never\", \"OnFailure\"");
        row("cron job", workload("batch/v1", "CronJob", R"("schedule":"61 * * * *",
            "jobTemplate":{"spec":{)" + kTemplate.arg(",\"restartPolicy\":\"Never\"") + "}}"),
            "spec.schedule: Invalid value: \"61 * * * *\": minute must be between 0 and 59: 61");
    }
    void problems()
    {
        QFETCH(QString, text);
        QFETCH(QString, problems);
        QCOMPARE(create(text).problems, problems);
    }

    void selectorsStay()
    {
        const Value old = create(deployment()).object;
        Value changed = old;
        changed.edit("spec").set("selector", json(R"({"matchLabels":{"a":"c"}})"));
        changed.edit("spec", "template", "metadata", "labels").set("a", "c");
        QCOMPARE(update(old, changed).problems, QString("spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"c\"}}: field is immutable"));
        Value scaled = old;
        scaled.edit("spec").set("replicas", 5);
        QCOMPARE(update(old, scaled).problems, QString());
    }

    void statefulSetsMountTheirClaims()
    {
        const QString text = workload("apps/v1", "StatefulSet",
            kSelector + R"(,"serviceName":"s","volumeClaimTemplates":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],
                "resources":{"requests":{"storage":"1Gi"}}}}],"template":{"metadata":{"labels":{"a":"b"}},
                "spec":{"containers":[{"name":"c","image":"i:1","volumeMounts":[{"name":"data","mountPath":"/d"}]}]}})");
        const auto made = create(text);
        QCOMPARE(made.problems, QString());
        QVERIFY(!made.object.get("spec", "template", "spec").has("volumes"));
        Value changed = made.object;
        changed.edit("spec").set("serviceName", "t");
        QVERIFY(update(made.object, changed).problems.startsWith("spec: Forbidden: updates to statefulset spec for fields other than"));
        changed = made.object;
        changed.edit("spec").set("replicas", 3);
        QCOMPARE(update(made.object, changed).problems, QString());
    }

    void jobsSelectTheirPodsByUid()
    {
        const auto made = create(workload("batch/v1", "Job", kTemplate.arg(",\"restartPolicy\":\"Never\"")));
        QCOMPARE(made.problems, QString());
        const Value& spec = made.object.get("spec");
        QCOMPARE(spec.get("selector"), json(R"({"matchLabels":{"batch.kubernetes.io/controller-uid":"u-1"}})"));
        QCOMPARE(spec.get("template", "metadata", "labels"), json(R"({"a":"b","batch.kubernetes.io/job-name":"w","job-name":"w",
            "batch.kubernetes.io/controller-uid":"u-1","controller-uid":"u-1"})"));
        QCOMPARE(spec.get("completions"), Value(1));
        QCOMPARE(spec.get("parallelism"), Value(1));
        QCOMPARE(spec.get("backoffLimit"), Value(6));
        Value changed = made.object;
        changed.edit("spec").set("completions", 2);
        QCOMPARE(update(made.object, changed).problems, QString("spec.completions: Invalid value: 2: field is immutable"));
        changed = made.object;
        changed.edit("spec").set("parallelism", 2);
        QCOMPARE(update(made.object, changed).problems, QString());
    }

    void replicationControllersSelectTheirTemplate()
    {
        const auto made = create(workload("v1", "ReplicationController", kTemplate.arg("")));
        QCOMPARE(made.problems, QString());
        QCOMPARE(made.object.get("spec", "selector"), json(R"({"a":"b"})"));
        QCOMPARE(made.object.get("metadata", "labels"), json(R"({"a":"b"})"));
    }

    void cronSchedules_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<bool>("valid");
        for (const char* good : {"* * * * *", "*/5 0-6 1,15 * mon-FRI", "0 0 1 jan ?", "@hourly", "@every 1h30m", "5-59/10 * * * *"})
            QTest::newRow(good) << good << true;
        for (const char* bad : {"", "* * * *", "* * * * * *", "60 * * * *", "* * 0 * *", "5-1 * * * *", "*/0 * * * *", "@never", "@every x", "a "
            "* * * *",
                 "TZ=UTC * * * * *", "1-2-3 * * * *", "1/2/3 * * * *"})
            QTest::newRow(bad) << bad << false;
    }
    void cronSchedules()
    {
        QFETCH(QString, schedule);
        QFETCH(bool, valid);
        QCOMPARE(!apiserver::cronScheduleProblem(schedule.toStdString()).has_value(), valid);
    }
};

QTEST_GUILESS_MAIN(TestWorkloadStrategies)
#include "tst_workload_strategies.moc"
