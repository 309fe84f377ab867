#include <QtTest>

#include "app/objects/object_state.h"
#include "engine/api/yaml.h"

using namespace kates::app;

class TestPodStatus : public QObject {
    Q_OBJECT
private slots:
    void isKubectls_data();
    void isKubectls();
    void workloadsCompareDesiredWithReady();
};

void TestPodStatus::isKubectls_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("state");
    const auto row = [](const char* name, const char* yaml, const char* text, State state) {
        QTest::newRow(name) << QByteArray(yaml) << QString::fromLatin1(text) << int(state);
    };
    row("unscheduled", "{spec: {containers: [{name: a}]}, status: {phase: Pending}}", "Pending", ObjectState::Waiting);
    row("running",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Running, containerStatuses: [{name: a, ready: true, state: {running: "
        "{}}}]}}",
        "Running", ObjectState::Ok);
    row("running, not ready",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Running, containerStatuses: [{name: a, ready: false, state: {running: "
        "{}}}]}}",
        "Running", ObjectState::Progressing);
    row("crash loop",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Running, containerStatuses: [{name: a, state: {waiting: {reason: "
        "CrashLoopBackOff}}}]}}",
        "CrashLoopBackOff", ObjectState::Failing);
    row("creating",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Pending, containerStatuses: [{name: a, state: {waiting: {reason: "
        "ContainerCreating}}}]}}",
        "ContainerCreating", ObjectState::Progressing);
    row("init counting",
        "{spec: {nodeName: n1, initContainers: [{name: i}, {name: j}], containers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: "
        "[{name: i, state: {terminated: {exitCode: 0}}}, {name: j, state: {running: {}}}]}}",
        "Init:1/2", ObjectState::Progressing);
    row("init failed",
        "{spec: {nodeName: n1, initContainers: [{name: i}], containers: [{name: a}]}, status: {phase: Pending, initContainerStatuses: "
        "[{name: i, state: {terminated: {exitCode: 2}}}]}}",
        "Init:ExitCode:2", ObjectState::Failing);
    row("completed",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Succeeded, containerStatuses: [{name: a, state: {terminated: {exitCode: 0, "
        "reason: Completed}}}]}}",
        "Completed", ObjectState::Done);
    row("killed",
        "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Failed, containerStatuses: [{name: a, state: {terminated: {exitCode: 137, "
        "signal: 9}}}]}}",
        "Signal:9", ObjectState::Failing);
    row("evicted", "{spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Failed, reason: Evicted}}", "Evicted", ObjectState::Failing);
    row("terminating",
        "{metadata: {deletionTimestamp: x}, spec: {nodeName: n1, containers: [{name: a}]}, status: {phase: Running, containerStatuses: [{name: a, "
        "ready: true, state: {running: {}}}]}}",
        "Terminating", ObjectState::Terminating);
    row("gated",
        "{spec: {containers: [{name: a}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: SchedulingGated}]}}",
        "SchedulingGated", ObjectState::Waiting);
}

void TestPodStatus::isKubectls()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, text);
    QFETCH(int, state);
    const auto parsed = kates::api::parseYaml(yaml.toStdString());
    QVERIFY(parsed);
    const PodSummary summary = podSummary(parsed->front().value);
    QCOMPARE(summary.status.text, text);
    QCOMPARE(int(summary.status.state), state);
}

void TestPodStatus::workloadsCompareDesiredWithReady()
{
    const auto status = [](const char* yaml) { return objectStatus(kates::api::parseYaml(yaml)->front().value); };
    QCOMPARE(status("{kind: Deployment, metadata: {generation: 2}, spec: {replicas: 3}, status: {observedGeneration: 2, updatedReplicas: 3, "
                    "readyReplicas: 3}}")
                 .state,
        ObjectState::Ok);
    QCOMPARE(status("{kind: Deployment, metadata: {generation: 3}, spec: {replicas: 3}, status: {observedGeneration: 2, updatedReplicas: 3, "
                    "readyReplicas: 3}}")
                 .state,
        ObjectState::Progressing);
    QCOMPARE(status("{kind: ReplicaSet, spec: {replicas: 3}, status: {readyReplicas: 1}}").text, QStringLiteral("1/3"));
    QCOMPARE(status("{kind: Widget, status: {conditions: [{type: Ready, status: 'False', message: broken}]}}").reason, QStringLiteral("broken"));
    QCOMPARE(status("{kind: ConfigMap}").state, ObjectState::Neutral);
}

QTEST_GUILESS_MAIN(TestPodStatus)
#include "tst_app_pod_status.moc"
