// The drawer against Kates' real API server.
#include <QtTest>

#include "app/details/object_details.h"
#include "app/shell/cluster_resources.h"
#include "tests/unit/app/support/real_api_server.h"

using namespace kates::app;
using namespace kates::app::test;
using kates::api::Value;

namespace {

const QString kDeployments = QStringLiteral("/apis/apps/v1/namespaces/default/deployments");
const QString kPods = QStringLiteral("/api/v1/namespaces/default/pods");
const QString kAccounts = QStringLiteral("/api/v1/namespaces/default/serviceaccounts");
const QString kWeb = QStringLiteral("web");
const QString kDefault = QStringLiteral("default");

constexpr const char* kWebYaml = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n"
                                 "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n"
                                 "    spec: {containers: [{name: c, image: \"registry.example/web:1\"}]}\n";

} // namespace

class TestDetailsServer : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        server = std::make_unique<RealApiServer>(QStringLiteral(KATES_TEST_APISERVER));
        server->post(kAccounts, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}");
        catalog = std::make_unique<Catalog>(server->client(), QString());
        resources = std::make_unique<ClusterResources>(server->thread(), server->client(), QString());
        catalog->load();
        QTRY_VERIFY(catalog->loaded());
        details = drawerOf(server->client());
    }
    void cleanup()
    {
        details.reset();
        resources.reset();
        catalog.reset();
        server.reset();
    }

    void anObjectIsShownAsSoonAsItExists()
    {
        show("apps/v1", "Deployment", kWeb);
        QTRY_VERIFY(details->absent());
        QVERIFY(details->problem().isEmpty());
        makeWeb();
        QTRY_VERIFY(details->found());
        QVERIFY(!details->absent());
        QCOMPARE(details->gauges().size(), 3);
        QCOMPARE(details->replicas(), 2);
        QTRY_VERIFY(details->yaml()->liveText().contains(QLatin1String("replicas: 2")));
        QVERIFY(details->yaml()->exact());
    }

    void theServersSchemaChecksAndCompletes()
    {
        openWeb();
        YamlEdit& edit = *details->yaml();
        QTRY_VERIFY(edit.schemaKnown());
        edit.begin();
        QVERIFY(edit.editing());
        QString text = edit.text();
        edit.setText(text.replace(QLatin1String("  replicas: 2"), QLatin1String("  replica: 2")));
        QTRY_COMPARE(edit.problems().size(), 1);
        const QVariantMap problem = edit.problems().first().toMap();
        QCOMPARE(problem.value(QStringLiteral("text")).toString(), QStringLiteral("spec.replica is not a field here; did you mean replicas?"));
        const int line = problem.value(QStringLiteral("line")).toInt();
        QCOMPARE(edit.text().split(u'\n')[line - 1], QStringLiteral("  replica: 2"));
        edit.complete(int(edit.text().indexOf(QLatin1String("  replica: 2")) + 9));
        QTRY_COMPARE(edit.completions().size(), 1);
        QCOMPARE(edit.completions().first().toMap().value(QStringLiteral("insert")).toString(), QStringLiteral("replicas: "));
    }

    void fieldsOfOthersAreNamedAndTakenOverOnlyWhenAsked()
    {
        server->apply(kDeployments + QStringLiteral("/web"), "team-a", kWebYaml);
        show("apps/v1", "Deployment", kWeb);
        YamlEdit& edit = *details->yaml();
        QTRY_VERIFY(edit.liveText().contains(QLatin1String("replicas: 2")));
        edit.begin();
        edit.setText(edit.text().replace(QLatin1String("replicas: 2"), QLatin1String("replicas: 5")));
        edit.review();
        QTRY_VERIFY(edit.reviewed());
        QCOMPARE(edit.conflicts().size(), 1);
        const QVariantMap conflict = edit.conflicts().first().toMap();
        QCOMPARE(conflict.value(QStringLiteral("field")).toString(), QStringLiteral("spec.replicas"));
        QCOMPARE(conflict.value(QStringLiteral("manager")).toString(), QStringLiteral("team-a"));
        QCOMPARE(conflict.value(QStringLiteral("operation")).toString(), QStringLiteral("Apply"));
        QCOMPARE(conflict.value(QStringLiteral("theirs")).toString(), QStringLiteral("2"));
        QCOMPARE(conflict.value(QStringLiteral("mine")).toString(), QStringLiteral("5"));
        QVERIFY(conflict.value(QStringLiteral("since")).toDateTime().isValid());
        QVERIFY(!edit.maySave());
        edit.takeTheirs();
        QVERIFY(edit.text().contains(QLatin1String("replicas: 2")));
        QVERIFY(!edit.dirty());
        edit.setText(edit.text().replace(QLatin1String("replicas: 2"), QLatin1String("replicas: 5")));
        edit.review();
        QTRY_VERIFY(edit.reviewed() && !edit.maySave());
        edit.keepMine();
        QVERIFY(edit.maySave());
        edit.save();
        QTRY_COMPARE(details->replicas(), 5);
        QVERIFY(!edit.editing() && !edit.canRestore());
    }

    void anEditSurvivesChangesClosingAndDeletion()
    {
        openWeb();
        YamlEdit& edit = *details->yaml();
        edit.begin();
        edit.setText(edit.text().replace(QLatin1String("registry.example/web:1"), QLatin1String("registry.example/web:2")));
        const QString mine = edit.text();
        server->send(patchRequest(kDeployments + QStringLiteral("/web"), kMergePatch, replicasPatch(7)));
        QTRY_VERIFY(edit.outdated());
        QCOMPARE(edit.text(), mine);
        details->close();
        show("apps/v1", "Deployment", kWeb);
        QVERIFY(edit.editing());
        QCOMPARE(edit.text(), mine);
        QTRY_VERIFY(edit.outdated());
        edit.showTheirs();
        QTRY_VERIFY(edit.differenceIsTheirs());
        edit.merge();
        QTRY_VERIFY(!edit.outdated());
        QVERIFY(edit.text().contains(QLatin1String("replicas: 7")) && edit.text().contains(QLatin1String("web:2")));
        edit.cancel();
        QVERIFY(edit.canRestore());
        edit.restore();
        edit.review();
        QTRY_VERIFY(edit.maySave());
        server->send(deleteRequest(kDeployments + QStringLiteral("/web")));
        QTRY_VERIFY(details->gone());
        QVERIFY(edit.text().contains(QLatin1String("web:2")));
        edit.save();
        QTRY_VERIFY(edit.problem().contains(QLatin1String("not found")));
        QVERIFY(edit.text().contains(QLatin1String("web:2")));
    }

    void aNewStatusIsNoConflict()
    {
        openWeb();
        YamlEdit& edit = *details->yaml();
        edit.begin();
        edit.setText(edit.text().replace(QLatin1String("replicas: 2"), QLatin1String("replicas: 3")));
        Value status = Value::object();
        status.edit("status").set("observedGeneration", 1);
        server->send(patchRequest(kDeployments + QStringLiteral("/web/status"), kMergePatch, status));
        edit.review(); // maybe before the news has come
        QTRY_VERIFY(edit.maySave());
        QVERIFY(!edit.outdated());
    }

    void whatGoesWithAnObjectIsCounted()
    {
        const Value web = makeWeb();
        const Value set = makeOwned("/apis/apps/v1/namespaces/default/replicasets", "apps/v1", "ReplicaSet", "web-1", "apps/v1", "Deployment", web);
        makePod("web-1-a", &set);
        makePod("web-1-b", &set);
        makePod("other", nullptr);
        show("apps/v1", "Deployment", kWeb);
        QTRY_VERIFY(details->found());
        details->loadPreview();
        DeletePreview& preview = *details->preview();
        QVERIFY(preview.busy());
        QTRY_VERIFY(!preview.busy());
        QCOMPARE(preview.total(), 3);
        QVERIFY(!preview.atLeast());
        QCOMPARE(preview.counts().size(), 2);
        QCOMPARE(preview.counts()[0].toMap().value(QStringLiteral("kind")).toString(), QStringLiteral("Pod"));
        QCOMPARE(preview.counts()[0].toMap().value(QStringLiteral("names")).toString(), QStringLiteral("web-1-a, web-1-b"));
    }

    void drainingRespectsBudgetsAndShowsWhatStays()
    {
        server->post(QStringLiteral("/api/v1/nodes"), "{apiVersion: v1, kind: Node, metadata: {name: n1}}");
        const Value set
            = makeOwned("/apis/apps/v1/namespaces/default/replicasets", "apps/v1", "ReplicaSet", "rs", "apps/v1", "Deployment", makeWeb());
        const Value daemons = makeOwned("/apis/apps/v1/namespaces/default/daemonsets", "apps/v1", "DaemonSet", "ds", "", "", {});
        makePod("guarded", &set);
        makePod("daemon", &daemons, "DaemonSet");
        makePod("alone", nullptr);
        server->post(QStringLiteral("/apis/policy/v1/namespaces/default/poddisruptionbudgets"),
            "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}");
        show("v1", "Node", QStringLiteral("n1"));
        Drain& drain = *details->drain();
        drain.plan(QStringLiteral("n1"));
        QTRY_COMPARE(drain.stage(), Drain::Planned);
        QTRY_COMPARE(drain.pods().size(), 3);
        QCOMPARE(drain.toEvict(), 1);
        QVERIFY(drain.wantsForce() && !drain.wantsEmptyDir());
        drain.setForce(true);
        QCOMPARE(drain.toEvict(), 2);
        drain.start();
        QTRY_VERIFY(textOf(drain, "default/guarded").contains(QLatin1String("disruption")));
        QTRY_COMPARE(details->actions()->target().object.get("spec", "unschedulable").asBool(), true);
        QTRY_COMPARE(textOf(drain, "default/alone"), QStringLiteral("Leaving"));
        QCOMPARE(drain.stage(), Drain::Running);
        // The kubelet's part: ending what is being deleted.
        for (const char* name : { "alone", "guarded" })
            server->send(deleteRequest(kPods + u'/' + QLatin1String(name), Value::object({ { "gracePeriodSeconds", 0 } })));
        QTRY_COMPARE(drain.stage(), Drain::Finished);
        QCOMPARE(drain.gone(), 2);
        QCOMPARE(drain.pods().size(), 1);
    }

    void revisionsAreListedAndGoneBackTo()
    {
        const Value web = makeWeb();
        for (const int revision : { 1, 2 }) {
            Value set = owned("apps/v1", "ReplicaSet", "web-" + std::to_string(revision), "apps/v1", "Deployment", web);
            set.edit("metadata", "annotations").set("deployment.kubernetes.io/revision", std::to_string(revision));
            set.edit("metadata", "annotations").set("kubernetes.io/change-cause", "change " + std::to_string(revision));
            set.set("spec", web.get("spec"));
            set.edit("spec", "template", "spec", "containers").editAt(0).set("image", "registry.example/web:" + std::to_string(revision + 7));
            server->send(postRequest(QStringLiteral("/apis/apps/v1/namespaces/default/replicasets"), set));
        }
        show("apps/v1", "Deployment", kWeb);
        QTRY_VERIFY(details->found());
        details->loadRevisions();
        QTRY_COMPARE(details->revisions()->list().size(), 2);
        const QVariantMap older = details->revisions()->list()[1].toMap();
        QCOMPARE(older.value(QStringLiteral("cause")).toString(), QStringLiteral("change 1"));
        QCOMPARE(older.value(QStringLiteral("images")).toString(), QStringLiteral("c: registry.example/web:8"));
        QVERIFY(!older.value(QStringLiteral("lines")).toList().isEmpty());
        details->revisions()->undoTo(1);
        QTRY_VERIFY(details->yaml()->liveText().contains(QLatin1String("registry.example/web:8")));
    }

    void whatAUserMayNotDoIsSaid()
    {
        makeWeb();
        server->post(kAccounts, "{apiVersion: v1, kind: ServiceAccount, metadata: {name: reader}}");
        server->post(QStringLiteral("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles"),
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: [{apiGroups: [apps], resources: [deployments], "
            "verbs: [get, list, watch, patch]}]}");
        server->post(QStringLiteral("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings"),
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r}, roleRef: {apiGroup: rbac.authorization.k8s.io, "
            "kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: reader, namespace: default}]}");
        const DataPtr<ApiClient> reader = server->clientOf(kDefault, QStringLiteral("reader"));
        details = drawerOf(*reader);
        show("apps/v1", "Deployment", kWeb);
        QTRY_VERIFY(details->found());
        QTRY_VERIFY(details->refusals().contains(QStringLiteral("delete")));
        QVERIFY(details->refusals().value(QStringLiteral("delete")).toString().startsWith(
            QLatin1String("You may not delete deployments in the namespace default.")));
        QTRY_VERIFY(details->refusals().contains(QStringLiteral("edit")));
        QTRY_VERIFY(details->refusals().contains(QStringLiteral("scale")));
        QVERIFY(!details->refusals().contains(QStringLiteral("restart")));
        QTRY_VERIFY(details->eventsProblem().contains(QLatin1String("forbidden")));
        details->setReadOnly(QStringLiteral("It is open for reading only."));
        QCOMPARE(details->refusals().value(QStringLiteral("restart")).toString(), QStringLiteral("It is open for reading only."));
        show("v1", "Pod", QStringLiteral("any"));
        QTRY_VERIFY(details->problem().contains(QLatin1String("forbidden")));
        QVERIFY(!details->absent());
        details.reset();
    }

private:
    std::unique_ptr<ObjectDetails> drawerOf(ApiClient& client)
    {
        return std::make_unique<ObjectDetails>(server->thread(), client, notices,
            ClusterView { {}, [this] { return resources->running(); },
                [this]() -> const std::vector<ResourceInfo>& { return catalog->resources(); } });
    }
    void show(const char* apiVersion, const char* kind, const QString& name)
    {
        const ResourceInfo* info = catalog->byKind(QLatin1String(apiVersion), QLatin1String(kind));
        QVERIFY(info);
        details->show(*info, info->ref.namespaced ? kDefault : QString(), name);
    }
    Value makeWeb() { return server->post(kDeployments, kWebYaml); }
    void openWeb()
    {
        makeWeb();
        show("apps/v1", "Deployment", kWeb);
        QTRY_VERIFY(details->yaml()->liveText().contains(QLatin1String("replicas: 2")));
    }
    static Value replicasPatch(int replicas)
    {
        Value patch = Value::object();
        patch.edit("spec").set("replicas", replicas);
        return patch;
    }
    // An object without a spec; `owner` null: of nobody.
    static Value owned(const char* apiVersion, const char* kind, const std::string& name, const char* ownerVersion, const char* ownerKind,
        const Value& owner)
    {
        Value object = Value::object({ { "apiVersion", apiVersion }, { "kind", kind } });
        object.edit("metadata").set("name", name);
        if (owner.isNull())
            return object;
        Value reference = Value::object({ { "apiVersion", ownerVersion }, { "kind", ownerKind }, { "controller", true } });
        reference.set("name", owner.get("metadata", "name"));
        reference.set("uid", owner.get("metadata", "uid"));
        object.edit("metadata").set("ownerReferences", Value::array({ reference }));
        return object;
    }
    Value makeOwned(const char* path, const char* apiVersion, const char* kind, const std::string& name, const char* ownerVersion,
        const char* ownerKind, const Value& owner)
    {
        Value object = owned(apiVersion, kind, name, ownerVersion, ownerKind, owner);
        Value spec = Value::object();
        spec.edit("selector", "matchLabels").set("app", "web");
        spec.edit("template", "metadata", "labels").set("app", "web");
        spec.edit("template", "spec").set("containers", Value::array({ Value::object({ { "name", "c" }, { "image", "registry.example/web:1" } }) }));
        object.set("spec", spec);
        return server->send(postRequest(QLatin1String(path), object));
    }
    void makePod(const char* name, const Value* owner, const char* ownerKind = "ReplicaSet")
    {
        Value pod = owned("v1", "Pod", name, "apps/v1", ownerKind, owner ? *owner : Value());
        pod.edit("metadata", "labels").set("app", owner && std::string_view(ownerKind) == "ReplicaSet" ? "web" : "none");
        pod.edit("spec").set("nodeName", "n1");
        pod.edit("spec").set("containers", Value::array({ Value::object({ { "name", "c" }, { "image", "registry.example/web:1" } }) }));
        server->send(postRequest(kPods, pod));
        Value status = Value::object();
        status.edit("status").set("phase", "Running");
        status.edit("status").set("conditions", Value::array({ Value::object({ { "type", "Ready" }, { "status", "True" } }) }));
        server->send(patchRequest(kPods + u'/' + QLatin1String(name) + QStringLiteral("/status"), kMergePatch, status));
    }
    static QString textOf(const Drain& drain, const char* key)
    {
        for (const QVariant& pod : drain.pods()) {
            if (pod.toMap().value(QStringLiteral("key")) == QLatin1String(key))
                return pod.toMap().value(QStringLiteral("text")).toString();
        }
        return {};
    }

    Notices notices;
    std::unique_ptr<RealApiServer> server;
    std::unique_ptr<Catalog> catalog;
    std::unique_ptr<ClusterResources> resources;
    std::unique_ptr<ObjectDetails> details;
};

QTEST_GUILESS_MAIN(TestDetailsServer)
#include "tst_app_details_server.moc"
