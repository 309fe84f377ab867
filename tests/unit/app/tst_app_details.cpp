// The drawer's pure parts: actions and their commands, what draining does, conditions, relations; and what is shown of hostile objects.
#include <QtTest>

#include "app/details/action_table.h"
#include "app/details/conditions_of.h"
#include "app/details/delete_preview.h"
#include "app/details/drain_plan.h"
#include "app/details/facts_of.h"
#include "app/details/related.h"
#include "app/details/revisions.h"
#include "engine/api/yaml.h"

using namespace kates::app;
using kates::api::Value;

namespace {

Value parsed(const char* yaml)
{
    const auto documents = kates::api::parseYaml(yaml);
    if (!documents)
        qFatal("the test's YAML is wrong: %s", documents.error().message.c_str());
    return documents->front().value;
}

ActionTarget target(const char* group, const char* resource, const char* kind, const char* ns, const char* name, const char* yaml = "{}")
{
    return { { {}, QLatin1String(group), QStringLiteral("v1"), QLatin1String(resource), *ns != '\0' }, QLatin1String(kind), QLatin1String(ns),
        QLatin1String(name), parsed(yaml) };
}

QString command(const char* action, const ActionTarget& what, const QVariantMap& options = {})
{
    return kubectlCommand(QLatin1String(action), what, options);
}

} // namespace

class TestDetails : public QObject {
    Q_OBJECT
private slots:
    void actionsFollowKindAndState()
    {
        const auto actions = [](const char* kind, const char* yaml) { return actionsFor(target("apps", "x", kind, "a", "b", yaml)).join(u' '); };
        QCOMPARE(actions("Deployment", "{}"), QStringLiteral("scale restart revisions pause delete"));
        QCOMPARE(actions("Deployment", "{spec: {paused: true}}"), QStringLiteral("scale restart revisions resume delete"));
        QCOMPARE(actions("CronJob", "{spec: {suspend: true}}"), QStringLiteral("resume delete"));
        QCOMPARE(actions("Node", "{spec: {unschedulable: true}}"), QStringLiteral("uncordon drain delete"));
        QCOMPARE(actions("Pod", "{}"), QStringLiteral("evict delete"));
        QCOMPARE(actions("Widget", "{}"), QStringLiteral("delete"));
        QVERIFY(actionsFor({}).isEmpty());
        QVERIFY(!hindranceOf(QStringLiteral("restart"), target("apps", "deployments", "Deployment", "a", "b", "{spec: {paused: true}}")).isEmpty());
        QVERIFY(!hindranceOf(QStringLiteral("delete"), target("", "pods", "Pod", "a", "b", "{metadata: {deletionTimestamp: x}}")).isEmpty());
        QVERIFY(hindranceOf(QStringLiteral("delete"), target("", "pods", "Pod", "a", "b")).isEmpty());
    }

    void everyActionHasARight()
    {
        for (const char* kind : { "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "CronJob", "Node", "Pod", "Widget" }) {
            const ActionTarget what = target("", "x", kind, "a", "b");
            QSet<QString> asked;
            for (const AccessQuestion& question : rightsFor(what))
                asked.insert(question.action);
            for (const QString& action : actionsFor(what))
                QVERIFY2(asked.contains(action), qPrintable(action));
        }
    }

    void commandsAreKubectls()
    {
        const ActionTarget web = target("apps", "deployments", "Deployment", "shop", "web");
        QCOMPARE(command("scale", web, { { QStringLiteral("replicas"), 3 } }), QStringLiteral("kubectl scale deployment/web --replicas=3 -n shop"));
        QCOMPARE(command("restart", web), QStringLiteral("kubectl rollout restart deployment/web -n shop"));
        QCOMPARE(command("revisions", web), QStringLiteral("kubectl rollout history deployment/web -n shop"));
        QCOMPARE(command("revisions", web, { { QStringLiteral("revision"), 4 } }),
            QStringLiteral("kubectl rollout undo deployment/web --to-revision=4 -n shop"));
        QCOMPARE(command("delete", web, { { QStringLiteral("propagation"), QStringLiteral("orphan") } }),
            QStringLiteral("kubectl delete deployment/web --cascade=orphan -n shop"));
        QCOMPARE(command("edit", target("networking.k8s.io", "ingresses", "Ingress", "shop", "in")),
            QStringLiteral("kubectl edit ingresses.networking.k8s.io/in -n shop"));
        QCOMPARE(command("drain", target("", "nodes", "Node", "", "n1"), { { QStringLiteral("force"), true } }),
            QStringLiteral("kubectl drain n1 --ignore-daemonsets --force"));
        QCOMPARE(command("pause", target("batch", "cronjobs", "CronJob", "a", "b")),
            QStringLiteral("kubectl patch cronjob/b -p '{\"spec\":{\"suspend\":true}}' -n a"));
        QCOMPARE(command("delete", target("", "pods", "Pod", "a", "x; rm -rf '$HOME'")),
            QStringLiteral("kubectl delete 'pod/x; rm -rf '\\''$HOME'\\''' -n a"));
    }

    void drainingKnowsWhatStays_data()
    {
        using Kind = DrainVerdict::Kind;
        QTest::addColumn<QByteArray>("pod");
        QTest::addColumn<bool>("force");
        QTest::addColumn<bool>("emptyDir");
        QTest::addColumn<Kind>("kind");
        const auto controlled = [](const char* kind, const char* rest) {
            return QByteArray("{metadata: {ownerReferences: [{controller: true, uid: u, name: n, kind: ") + kind + "}]}" + rest + "}";
        };
        QTest::newRow("replica set") << controlled("ReplicaSet", "") << false << false << Kind::Evict;
        QTest::newRow("daemon") << controlled("DaemonSet", "") << true << true << Kind::Stays;
        QTest::newRow("static") << QByteArray("{metadata: {annotations: {kubernetes.io/config.mirror: h}}}") << true << true << Kind::Stays;
        QTest::newRow("alone") << QByteArray("{metadata: {}}") << false << true << Kind::NeedsConsent;
        QTest::newRow("alone, forced") << QByteArray("{metadata: {}}") << true << false << Kind::Evict;
        QTest::newRow("finished") << QByteArray("{status: {phase: Succeeded}}") << false << false << Kind::Evict;
        QTest::newRow("emptyDir") << controlled("ReplicaSet", ", spec: {volumes: [{name: v, emptyDir: {}}]}") << true << false << Kind::NeedsConsent;
        QTest::newRow("emptyDir, lost") << controlled("ReplicaSet", ", spec: {volumes: [{name: v, emptyDir: {}}]}") << false << true << Kind::Evict;
    }
    void drainingKnowsWhatStays()
    {
        QFETCH(QByteArray, pod);
        QFETCH(bool, force);
        QFETCH(bool, emptyDir);
        QFETCH(DrainVerdict::Kind, kind);
        const DrainVerdict verdict = drainVerdict(parsed(pod.constData()), { emptyDir, force });
        QCOMPARE(int(verdict.kind), int(kind));
        QCOMPARE(verdict.why.isEmpty(), kind == DrainVerdict::Kind::Evict);
    }

    void conditionsSpeakWhereTheirControllersDoNot()
    {
        const QVariantList conditions = conditionsOf(parsed("kind: Pod\nmetadata: {generation: 2}\nstatus:\n  conditions:\n"
                                                            "  - {type: Ready, status: \"False\"}\n  - {type: Odd, status: Maybe}\n"
                                                            "  - {type: MemoryPressure, status: \"True\", message: Said, observedGeneration: 1}\n"));
        QCOMPARE(conditions.size(), 3);
        QCOMPARE(conditions[0].toMap().value(QStringLiteral("message")).toString(), QStringLiteral("Services send it no requests."));
        QCOMPARE(conditions[0].toMap().value(QStringLiteral("state")).toInt(), int(ObjectState::Waiting));
        QCOMPARE(conditions[1].toMap().value(QStringLiteral("state")).toInt(), int(ObjectState::Unknown));
        QCOMPARE(conditions[2].toMap().value(QStringLiteral("state")).toInt(), int(ObjectState::Failing));
        QCOMPARE(conditions[2].toMap().value(QStringLiteral("stale")).toBool(), true);
        QVERIFY(!lagOf(parsed("{metadata: {generation: 3}, status: {observedGeneration: 2}}")).isEmpty());
        QVERIFY(lagOf(parsed("{metadata: {generation: 3}, status: {observedGeneration: 3}}")).isEmpty());
    }

    void relationsAreFoundBothWays()
    {
        std::unordered_map<std::string, Value> pods, budgets;
        pods["a/p"] = parsed("{metadata: {namespace: a, name: p, labels: {app: web}}, spec: {serviceAccountName: sa, nodeName: n, "
                             "volumes: [{name: v, projected: {sources: [{configMap: {name: c}}, {secret: {name: s}}]}}], "
                             "imagePullSecrets: [{name: pull}]}}");
        budgets["a/b"] = parsed("{metadata: {namespace: a, name: b}, spec: {selector: {matchLabels: {app: web}}}}");
        const std::vector<KnownObjects> known { { "v1", "Pod", &pods }, { "policy/v1", "PodDisruptionBudget", &budgets } };
        const auto relations = [&](const char* yaml) {
            QStringList list;
            for (const RelatedObject& related : relatedTo(parsed(yaml), known))
                list.append(relationText(related.relation) + u' ' + related.kind + u' ' + related.name);
            return list;
        };
        const QStringList ofPod = relations("{kind: Pod, metadata: {namespace: a, name: p, labels: {app: web}}, spec: {serviceAccountName: sa, "
                                            "volumes: [{name: v, projected: {sources: [{configMap: {name: c}}]}}], "
                                            "imagePullSecrets: [{name: pull}]}}");
        QCOMPARE(ofPod,
            (QStringList { QStringLiteral("Selected by PodDisruptionBudget b"), QStringLiteral("Uses ConfigMap c"),
                QStringLiteral("Uses Secret pull"), QStringLiteral("Uses ServiceAccount sa") }));
        QCOMPARE(relations("{kind: ConfigMap, metadata: {namespace: a, name: c}}"), QStringList(QStringLiteral("Used by Pod p")));
        QCOMPARE(relations("{kind: Secret, metadata: {namespace: a, name: s}}"), QStringList(QStringLiteral("Used by Pod p")));
        QCOMPARE(relations("{kind: Secret, metadata: {namespace: other, name: s}}"), QStringList());
        QCOMPARE(relations("{kind: PodDisruptionBudget, metadata: {namespace: a, name: b}, spec: {selector: {matchLabels: {app: web}}}}"),
            QStringList(QStringLiteral("Selects Pod p")));
        QCOMPARE(relations("{kind: HorizontalPodAutoscaler, metadata: {namespace: a, name: h}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: "
                           "Deployment, name: web}}}"),
            QStringList(QStringLiteral("Scales Deployment web")));
    }

    void hostileObjectsAreShortAndPlain()
    {
        const std::string huge(1'000'000, 'x');
        Value pod = Value::object({ { "kind", "Pod" } });
        pod.edit("spec").set("nodeName", huge + "\x1b[31m<b>");
        Value labels = Value::object();
        Value conditions = Value::array();
        for (int i = 0; i < 5000; ++i) {
            labels.set("key" + std::to_string(i) + huge.substr(0, 400), "\xe2\x80\xae" + huge.substr(0, 1000));
            conditions.push(Value::object({ { "type", huge.substr(0, 5000) }, { "status", huge.substr(0, 50) }, { "message", "\x1b]0;x\x07" } }));
        }
        pod.edit("status").set("conditions", conditions);
        for (const QVariant& fact : factsOf(pod)) {
            const QString value = fact.toMap().value(QStringLiteral("value")).toString();
            QVERIFY(value.size() <= 301 && !value.contains(QChar(0x1b)));
        }
        const QVariantList pairs = pairsOf(labels);
        QCOMPARE(pairs.size(), kPairsMax);
        QVERIFY(!pairs.first().toMap().value(QStringLiteral("value")).toString().contains(QChar(0x202e)));
        const QVariantList shown = conditionsOf(pod);
        QCOMPARE(shown.size(), kConditionsMax);
        QVERIFY(!shown.first().toMap().value(QStringLiteral("message")).toString().contains(QChar(0x1b)));
    }

    void dependentsAreFoundThroughOthersAndEndInCycles()
    {
        const Value sets = parsed("- {metadata: {name: rs, uid: r, ownerReferences: [{uid: d}]}}\n- {metadata: {name: z, uid: z}}");
        const Value pods = parsed("- {metadata: {name: p, uid: p, ownerReferences: [{uid: r}]}}\n"
                                  "- {metadata: {name: loop, uid: d, ownerReferences: [{uid: p}]}}");
        // Pods first: what owns them comes later.
        const Dependents found = dependentsOf("d", { { QStringLiteral("Pod"), pods }, { QStringLiteral("ReplicaSet"), sets } });
        QCOMPARE(found.total, 2);
        QCOMPARE(found.counts.size(), 2);
        QCOMPARE(dependentsOf("", { { QStringLiteral("Pod"), pods }, { QStringLiteral("ReplicaSet"), sets } }).total, 4);
    }

    void revisionsOfOthersAreLeftOut()
    {
        const Value items = parsed("- {metadata: {name: a, ownerReferences: [{uid: u, controller: true}]}, revision: 1, data: {spec: {template: "
                                   "{$patch: replace, spec: {containers: [{name: c, image: i}]}}}}}\n"
                                   "- {metadata: {name: b, ownerReferences: [{uid: other, controller: true}]}, revision: 2}\n");
        const auto revisions = revisionsOf(parsed("{metadata: {uid: u}}"), items);
        QCOMPARE(revisions.size(), std::size_t(1));
        QCOMPARE(revisions[0].images, QStringLiteral("c: i"));
        QVERIFY(!revisions[0].podTemplate.has("$patch"));
    }
};

QTEST_GUILESS_MAIN(TestDetails)
#include "tst_app_details.moc"
