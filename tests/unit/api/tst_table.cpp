#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/schema_parser.h"
#include "engine/api/table.h"
#include "engine/api/table_cells.h"
#include "engine/base/time.h"

using namespace kates;
using namespace kates::api;

namespace {

const WallTime kNow = *parseTime("2026-01-02T12:00:00Z");

Value json(const QString& text)
{
    auto value = parseJson(text.toStdString());
    if (!value)
        qFatal("bad JSON in a test: %s", value.error().message.c_str());
    return *value;
}

const Scheme& scheme()
{
    static const auto kubernetes = Scheme::kubernetes();
    return *kubernetes;
}

// The cells of one object as a line of text, like kubectl's.
QString cellsOf(const KindDescription& kind, const Value& object)
{
    QStringList cells;
    const Value row = tableRow(kind, object, IncludeObject::None, kNow);
    for (const Value& cell : row.get("cells"))
        cells << (cell.isString() ? QString::fromStdString(std::string(cell.asString())) : QString::fromStdString(toJson(cell)));
    return cells.join(" | ");
}

QString podCells(const QString& spec, const QString& status, const QString& metadata = "\"name\":\"p\"")
{
    const auto pod = json(QString(R"({"metadata":{%1,"creationTimestamp":"2026-01-02T11:55:00Z"},"spec":%2,"status":%3})").arg(metadata, spec,
        status));
    QStringList cells = cellsOf(*scheme().findKind("v1", "Pod"), pod).split(" | ");
    return QStringList(cells.mid(1, 3)).join(" | ");
}

} // namespace

class TestTable : public QObject {
    Q_OBJECT

private slots:
    void everyComputedCellExists()
    {
        for (const auto& each : {Scheme::kubernetes(), Scheme::engine()}) {
            for (const auto& kind : each->kinds()) {
                for (const PrinterColumn& column : kind->columns) {
                    if (column.jsonPath.starts_with('@'))
                        QVERIFY2(table::findCell(column.jsonPath.substr(1)), column.jsonPath.c_str());
                }
            }
        }
    }

    void everyKindPrintsAnEmptyObject()
    {
        for (const auto& kind : scheme().kinds()) {
            const Value row = tableRow(*kind, Value::object(), IncludeObject::Metadata, kNow);
            QCOMPARE(row.get("cells").size(), tableColumns(*kind).size());
        }
    }

    void podStatus_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("cells"); // ready, status, restarts
        const QString one = R"({"containers":[{"name":"a"}]})";
        const QString two = R"({"containers":[{"name":"a"},{"name":"b"}]})";
        const QString init = R"({"initContainers":[{"name":"i"},{"name":"j"}],"containers":[{"name":"a"}]})";
        const QString sidecar = R"({"initContainers":[{"name":"s","restartPolicy":"Always"}],"containers":[{"name":"a"}]})";
        QTest::newRow("pending") << one << R"({"phase":"Pending"})" << "0/1 | Pending | 0";
        QTest::newRow("creating") << one << R"({"phase":"Pending","containerStatuses":[{"name":"a",
            "state":{"waiting":{"reason":"ContainerCreating"}}}]})"
                                  << "0/1 | ContainerCreating | 0";
        QTest::newRow("running") << one << R"({"phase":"Running","containerStatuses":[{"name":"a","ready":true,"state":{"running":{}}}]})"
            << "1/1 | Running | 0";
        QTest::newRow("crash loop") << one
                                    << R"({"phase":"Running","containerStatuses":[{"name":"a","restartCount":3,
                                        "state":{"waiting":{"reason":"CrashLoopBackOff"}},
                "lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-01-02T11:58:00Z"}}}]})"
                                    << "0/1 | CrashLoopBackOff | 3 (2m ago)";
        QTest::newRow("completed") << one << R"({"phase":"Succeeded","containerStatuses":[{"name":"a",
            "state":{"terminated":{"reason":"Completed"}}}]})"
                                   << "0/1 | Completed | 0";
        QTest::newRow("exit code") << one << R"({"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":7}}}]})"
                                   << "0/1 | ExitCode:7 | 0";
        QTest::newRow("signal") << one << R"({"phase":"Failed","containerStatuses":[{"name":"a","state":{"terminated":{"exitCode":137,
            "signal":9}}}]})"
                                << "0/1 | Signal:9 | 0";
        QTest::newRow("one completed, one running")
            << two
            << R"({"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"a",
                "state":{"terminated":{"reason":"Completed"}}},
                {"name":"b","ready":true,"state":{"running":{}}}]})"
            << "1/2 | Running | 0";
        QTest::newRow("one completed, not ready")
            << two
            << R"({"phase":"Running","containerStatuses":[{"name":"a","state":{"terminated":{"reason":"Completed"}}},{"name":"b","ready":true,
                "state":{"running":{}}}]})"
            << "1/2 | NotReady | 0";
        QTest::newRow("second init container") << init
                                               << R"({"phase":"Pending","initContainerStatuses":[{"name":"i","restartCount":1,
                                                   "state":{"terminated":{"exitCode":0}}},
                {"name":"j","state":{"running":{}}}]})"
                                               << "0/1 | Init:1/2 | 1";
        QTest::newRow("init failed") << init << R"({"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":2}}}]})"
                                     << "0/1 | Init:ExitCode:2 | 0";
        QTest::newRow("init cannot pull") << init
                                          << R"({"phase":"Pending","initContainerStatuses":[{"name":"i",
                                              "state":{"waiting":{"reason":"ImagePullBackOff"}}}]})"
                                          << "0/1 | Init:ImagePullBackOff | 0";
        QTest::newRow("init initializing") << init
                                           << R"({"phase":"Pending","initContainerStatuses":[{"name":"i",
                                               "state":{"waiting":{"reason":"PodInitializing"}}}]})"
                                           << "0/1 | Init:0/2 | 0";
        QTest::newRow("sidecar") << sidecar
                                 << R"({"phase":"Running","initContainerStatuses":[{"name":"s","ready":true,"started":true,"restartCount":2,
                                     "state":{"running":{}}}],
                "containerStatuses":[{"name":"a","ready":true,"restartCount":1,"state":{"running":{}}}]})"
                                 << "2/2 | Running | 3";
        QTest::newRow("reason of the pod") << one << R"({"phase":"Failed","reason":"Evicted"})" << "0/1 | Evicted | 0";
        QTest::newRow("gated") << one << R"({"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]})"
                               << "0/1 | SchedulingGated | 0";
    }
    void podStatus()
    {
        QFETCH(QString, spec);
        QFETCH(QString, status);
        QFETCH(QString, cells);
        QCOMPARE(podCells(spec, status), cells);
    }

    void deletedPods()
    {
        const QString deleted = R"("name":"p","deletionTimestamp":"2026-01-02T11:59:00Z")";
        const QString spec = R"({"containers":[{"name":"a"}]})";
        QCOMPARE(podCells(spec, R"({"phase":"Running"})", deleted), QString("0/1 | Terminating | 0"));
        QCOMPARE(podCells(spec, R"({"phase":"Running","reason":"NodeLost"})", deleted), QString("0/1 | Unknown | 0"));
        QCOMPARE(podCells(spec, R"({"phase":"Succeeded"})", deleted), QString("0/1 | Succeeded | 0"));
    }

    void cells_data()
    {
        QTest::addColumn<QString>("apiVersion");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("cells");
        const QString meta = R"("metadata":{"name":"x","namespace":"n","creationTimestamp":"2026-01-01T11:00:00Z"})";
        const auto row = [&](const char* apiVersion, const char* kind, const char* rest, const char* cells) {
            QTest::newRow(kind) << apiVersion << kind << "{" + meta + "," + rest + "}" << cells;
        };
        const char* podTemplate = R"("template":{"spec":{"containers":[{"name":"a","image":"i:1"},{"name":"b","image":"j:2"}]}},
            "selector":{"matchLabels":{"b":"2","a":"1"}})";
        row("apps/v1", "Deployment", qPrintable(QString(R"("spec":{"replicas":3,%1},"status":{"readyReplicas":2,
            "updatedReplicas":3})").arg(podTemplate)),
            "x | 2/3 | 3 | 0 | 25h | a,b | i:1,j:2 | a=1,b=2");
        row("apps/v1", "ReplicaSet", qPrintable(QString(R"("spec":{"replicas":3,%1},"status":{"replicas":3,"readyReplicas":2})").arg(podTemplate)),
            "x | 3 | 3 | 2 | 25h | a,b | i:1,j:2 | a=1,b=2");
        row("apps/v1", "StatefulSet", qPrintable(QString(R"("spec":{"replicas":3,%1},"status":{"readyReplicas":2})").arg(podTemplate)),
            "x | 2/3 | 25h | a,b | i:1,j:2");
        row("apps/v1", "DaemonSet", qPrintable(QString(R"("spec":{%1},"status":{"desiredNumberScheduled":2})").arg(podTemplate)),
            "x | 2 | 0 | 0 | 0 | 0 | <none> | 25h | a,b | i:1,j:2 | a=1,b=2");
        row("batch/v1", "Job", R"("spec":{"completions":3},"status":{"succeeded":1,"startTime":"2026-01-02T11:59:30Z"})",
            "x | Running | 1/3 | 30s | 25h | null | null | <none>");
        row("batch/v1", "CronJob", R"("spec":{"schedule":"* * * * *","suspend":false},"status":{"lastScheduleTime":"2026-01-02T11:59:00Z"})",
            "x | * * * * * | <none> | False | 0 | 60s | 25h | null | null | <none>");
        row("v1", "Service", R"("spec":{"type":"NodePort","clusterIP":"10.96.0.7","ports":[{"port":80,"nodePort":30080,"protocol":"TCP"},
            {"port":53,"protocol":"UDP"}],
            "selector":{"app":"w"}})",
            "x | NodePort | 10.96.0.7 | <none> | 80:30080/TCP,53/UDP | 25h | app=w");
        row("v1", "Endpoints", R"("subsets":[{"addresses":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"ports":[{"port":80},{"port":81}]}])",
            "x | 10.0.0.1:80,10.0.0.1:81,10.0.0.2:80 + 1 more... | 25h");
        row("discovery.k8s.io/v1", "EndpointSlice", R"("addressType":"IPv4","ports":[{"port":80}],"endpoints":[{"addresses":["10.0.0.1"]},
            {"addresses":["10.0.0.2"]}])",
            "x | IPv4 | 80 | 10.0.0.1,10.0.0.2 | 25h");
        row("v1", "ConfigMap", R"("data":{"a":"1","b":"2"},"binaryData":{"c":"AA=="})", "x | 3 | 25h");
        row("v1", "Secret", R"("type":"Opaque","data":{"a":"MQ=="})", "x | Opaque | 1 | 25h");
        row("v1", "Node", R"("spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"True"}],
            "addresses":[{"type":"InternalIP","address":"10.1.0.1"}],
            "nodeInfo":{"kubeletVersion":"v1.35.0","osImage":"Debian"}})",
            "x | Ready,SchedulingDisabled | <none> | 25h | v1.35.0 | 10.1.0.1 | <none> | Debian | <unknown> | <unknown>");
        row("v1", "Namespace", R"("status":{"phase":"Active"})", "x | Active | 25h");
        row("v1", "ServiceAccount", R"("secrets":[])", "x | 0 | 25h");
        row("v1", "PersistentVolume", R"("spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteMany","ReadWriteOnce"],
            "persistentVolumeReclaimPolicy":"Retain",
            "claimRef":{"namespace":"n","name":"c"},"volumeMode":"Filesystem"},"status":{"phase":"Bound"})",
            "x | 1Gi | RWO,RWX | Retain | Bound | n/c |  | <unset> | null | 25h | Filesystem");
        row("networking.k8s.io/v1", "Ingress", R"("spec":{"rules":[{"host":"a.example"}],"tls":[{}]},
            "status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}})",
            "x | <none> | a.example | 1.2.3.4 | 80, 443 | 25h");
        row("rbac.authorization.k8s.io/v1", "RoleBinding", R"("roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"u"},
            {"kind":"ServiceAccount","namespace":"n","name":"s"}])",
            "x | Role/r | 25h | u |  | n/s");
        row("rbac.authorization.k8s.io/v1", "ClusterRole", R"("rules":[])", "x | 2026-01-01T11:00:00Z");
        row("policy/v1", "PodDisruptionBudget", R"("spec":{"minAvailable":1})", "x | 1 | N/A | 0 | 25h");
        row("autoscaling/v2", "HorizontalPodAutoscaler", R"("spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"minReplicas":1,"maxReplicas":5,
            "metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}]},
            "status":{"currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageUtilization":10}}}],"currentReplicas":2})",
            "x | Deployment/d | cpu: 10%/80% | 1 | 5 | 2 | 25h");
        row("v1", "Event", R"("type":"Normal","reason":"Pulled","message":" done\n","involvedObject":{"kind":"Pod","name":"p",
            "fieldPath":"spec.containers{a}"},
            "source":{"component":"kubelet","host":"h"},"firstTimestamp":"2026-01-02T11:58:00Z","lastTimestamp":"2026-01-02T11:59:50Z","count":4)",
            "10s | Normal | Pulled | pod/p | spec.containers{a} | kubelet, h | done | 2m | 4 | x");
        row("events.k8s.io/v1", "Event", R"("type":"Normal","reason":"Pulled","note":"done","regarding":{"kind":"Pod","name":"p"},
            "reportingController":"k",
            "eventTime":"2026-01-02T11:59:00.000000Z")",
            "60s | Normal | Pulled | pod/p | null | k | done | 60s | 1 | x");
        row("storage.k8s.io/v1", "StorageClass", R"("provisioner":"p","reclaimPolicy":"Delete","volumeBindingMode":"Immediate")", "x | p | "
            "Delete | Immediate | false | 25h");
        row("coordination.k8s.io/v1", "Lease", R"("spec":{"holderIdentity":"h"})", "x | h | 25h");
        row("apiextensions.k8s.io/v1", "CustomResourceDefinition", R"("spec":{})", "x | 2026-01-01T11:00:00Z");
    }
    void cells()
    {
        QFETCH(QString, apiVersion);
        QFETCH(QString, kind);
        QFETCH(QString, object);
        QFETCH(QString, cells);
        QCOMPARE(cellsOf(*scheme().findKind(apiVersion.toStdString(), kind.toStdString()), json(object)), cells);
    }

    void theEnginesClusters()
    {
        const auto kind = Scheme::engine()->findKind("engine.kates.dev/v1alpha1", "Cluster");
        const Value cluster = json(R"({"metadata":{"name":"c","creationTimestamp":"2026-01-02T11:00:00Z"},"spec":{"masters":1,"nodes":2},
            "status":{"phase":"Running","mastersReady":1,"nodesReady":2,"endpoint":"127.0.0.1:1"}})");
        QCOMPARE(cellsOf(*kind, cluster), QString("c | Running | 1/1 | 2/2 | 0 | 127.0.0.1:1 | 60m"));
    }

    void aTableHoldsColumnsRowsAndObjects()
    {
        const auto kind = scheme().findKind("v1", "Pod");
        const Value pod = json(R"({"kind":"Pod","metadata":{"name":"p"},"spec":{},"status":{"phase":"Succeeded"}})");
        const Value list = json(R"({"resourceVersion":"7"})");
        const Value table = makeTable(*kind, {&pod, 1}, IncludeObject::Metadata, list, kNow);
        QCOMPARE(table.str("apiVersion"), std::string_view("meta.k8s.io/v1"));
        QCOMPARE(table.get("metadata"), list);
        QCOMPARE(table.get("columnDefinitions").at(0),
            json(R"({"name":"Name","type":"string","format":"name","description":"","priority":0})"));
        const Value& row = table.get("rows").at(0);
        QCOMPARE(row.get("object"), json(R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"p"}})"));
        QCOMPARE(row.get("conditions").at(0).str("reason"), std::string_view("Succeeded"));
        QCOMPARE(makeTable(*kind, {&pod, 1}, IncludeObject::Object, {}, kNow, false).get("columnDefinitions").size(), std::size_t(0));
        QCOMPARE(tableRow(*kind, pod, IncludeObject::Object, kNow).get("object"), pod);
    }

    void columnsOfCustomResources()
    {
        KindDescription kind;
        kind.columns = {{.name = "Size", .type = "integer", .jsonPath = ".spec.size"}, {.name = "Ready", .type = "string",
            .jsonPath = ".status.conditions[?(@.type==\"Ready\")].status"}, {.name = "Since", .type = "date", .jsonPath = ".status.at"}};
        QCOMPARE(cellsOf(kind, json(R"({"spec":{"size":3},"status":{"at":"2026-01-02T11:00:00Z","conditions":[{"type":"Ready","status":"True"}]}})")),
            QString("3 | True | 60m"));
        QCOMPARE(cellsOf(kind, json("{}")), QString("null | null | null"));
    }

    void tenThousandPodsArePrintedQuickly()
    {
        const auto kind = scheme().findKind("v1", "Pod");
        const Value pod = json(R"({"metadata":{"name":"p","creationTimestamp":"2026-01-02T11:00:00Z"},"spec":{"containers":[{"name":"a"}],
            "nodeName":"n"},
            "status":{"phase":"Running","containerStatuses":[{"name":"a","ready":true,"state":{"running":{}}}]}})");
        const std::vector<Value> pods(10'000, pod);
        QBENCHMARK_ONCE
        {
            QCOMPARE(makeTable(*kind, pods, IncludeObject::Metadata, {}, kNow).get("rows").size(), pods.size());
        }
    }
};

QTEST_GUILESS_MAIN(TestTable)
#include "tst_table.moc"
