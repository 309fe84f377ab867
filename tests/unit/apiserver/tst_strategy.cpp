#include <QtTest>

#include "tests/support/strategy_fixture.h"

using namespace kates;
using kates::api::Value;
using kates::test::create;
using kates::test::json;
using kates::test::update;

namespace {

QString configMap(const QString& metadata, const QString& rest = {})
{
    return QString(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{%1}%2})").arg(metadata, rest);
}

QString object(const QString& apiVersion, const QString& kind, const QString& rest)
{
    return QString(R"({"apiVersion":"%1","kind":"%2","metadata":{"name":"a","namespace":"n"},%3})").arg(apiVersion, kind, rest);
}

QString clusterScoped(const QString& apiVersion, const QString& kind, const QString& rest)
{
    return QString(R"({"apiVersion":"%1","kind":"%2","metadata":{"name":"a"},%3})").arg(apiVersion, kind, rest);
}

} // namespace

class TestStrategy : public QObject {
    Q_OBJECT

private slots:
    void metadata_data()
    {
        QTest::addColumn<QString>("metadata");
        QTest::addColumn<QString>("problems");
        const QString subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
            "and end "
                                  "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                                  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
        QTest::newRow("fine") << R"("name":"a.b-c","namespace":"n","labels":{"x.y/z":"1"},"finalizers":["a.b/c"])" << "";
        QTest::newRow("no name") << R"("namespace":"n")" << "metadata.name: Required value: name or generateName is required";
        QTest::newRow("bad name") << R"("name":"A_b","namespace":"n")" << "metadata.name: Invalid value: \"A_b\": " + subdomain;
        QTest::newRow("no namespace") << R"("name":"a")" << "metadata.namespace: Required value";
        QTest::newRow("bad prefix") << R"("name":"a","generateName":"A-","namespace":"n")" << "metadata.generateName: Invalid value: "
            "\"A-\": " + subdomain;
        QTest::newRow("good prefix") << R"("name":"a","generateName":"a-","namespace":"n")" << "";
        QTest::newRow("label key") << R"("name":"a","namespace":"n","labels":{"/x":"1"})" << "metadata.labels: Invalid value: \"/x\": prefix "
            "part must be non-empty";
        QTest::newRow("finalizer") << R"("name":"a","namespace":"n","finalizers":["x"])"
                                   << "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name nor is it fully "
                                       "qualified";
        QTest::newRow("two controllers")
            << R"("name":"a","namespace":"n","ownerReferences":[{"apiVersion":"v1","kind":"K","name":"x","uid":"1","controller":true},
                {"apiVersion":"v1","kind":"K","name":"y","uid":"2","controller":true}])"
            << "metadata.ownerReferences: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"x\",\"uid\":\"1\",\"controller\":true},"
               "{\"apiVersion\":\"v1\",\"kind\":\"K\",\"name\":\"y\",\"uid\":\"2\",\"controller\":true}]: Only one reference can have Controller "
                   "set to true. "
               "Found \"true\" in references for x and y";
    }
    void metadata()
    {
        QFETCH(QString, metadata);
        QFETCH(QString, problems);
        QCOMPARE(create(configMap(metadata)).problems, problems);
    }

    void annotationsAreLimited()
    {
        const QString large(256 * 1024, 'x');
        QCOMPARE(create(configMap(QString(R"("name":"a","namespace":"n","annotations":{"k":"%1"})").arg(large))).problems,
            QString("metadata.annotations: Too long: may not be more than 262144 bytes"));
    }

    void identityDoesNotChange()
    {
        const Value old = create(configMap(R"("name":"a","namespace":"n","uid":"1","creationTimestamp":"2026-01-02T12:00:00Z")")).object;
        QCOMPARE(update(old, old).problems, QString());
        Value changed = old;
        changed.edit("metadata").set("uid", "2");
        QCOMPARE(update(old, changed).problems, QString("metadata.uid: Invalid value: \"2\": field is immutable"));
    }

    void wrongTypesAreBadRequests()
    {
        const auto outcome = create(configMap(R"("name":"a","namespace":"n")", R"(,"data":{"a":1})"));
        QCOMPARE(outcome.problems, QString("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go "
            "struct field "
                                           "ConfigMap.data.a of type string"));
    }

    void aNewObjectHasNoStatusButANodeHas()
    {
        const auto claim = create(object("v1", "PersistentVolumeClaim",
            R"("spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Bound"})"));
        QCOMPARE(claim.problems, QString());
        QCOMPARE(claim.object.str("status", "phase"), std::string_view("Pending"));
        const auto node = create(clusterScoped("v1", "Node", R"("status":{"capacity":{"cpu":"4"}})"));
        QCOMPARE(node.object.str("status", "capacity", "cpu"), std::string_view("4"));
    }

    void clusterScopedKindsHaveNoNamespace()
    {
        QCOMPARE(create(object("v1", "Node", R"("spec":{})")).problems, QString("metadata.namespace: Forbidden: not allowed on this type"));
    }

    void kinds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problems");
        const auto row = [](const char* name, const QString& text, const char* problems) { QTest::newRow(name) << text << problems; };
        row("config map key", object("v1", "ConfigMap", R"("data":{"a b":"1"})"),
            "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
            "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
        row("config map twice", object("v1", "ConfigMap", R"("data":{"a":"1"},"binaryData":{"a":"AA=="})"),
            "data[a]: Invalid value: \"a\": duplicate of key present in binaryData");
        row("tls secret", object("v1", "Secret", R"("type":"kubernetes.io/tls","data":{"tls.crt":""})"), "data[tls.key]: Required value");
        row("docker secret", object("v1", "Secret", R"("type":"kubernetes.io/dockerconfigjson","stringData":{".dockerconfigjson":"{}"})"), "");
        row("namespace name", clusterScoped("v1", "Namespace", R"("spec":{"finalizers":["bare"]})"),
            "spec.finalizers[0]: Invalid value: \"bare\": name is neither a standard finalizer name nor is it fully qualified");
        row("taints", clusterScoped("v1", "Node", R"("spec":{"taints":[{"key":"a","effect":"Sometimes"}]})"),
            "spec.taints[0].effect: Unsupported value: \"Sometimes\": supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\"");
        row("lease", object("coordination.k8s.io/v1", "Lease", R"("spec":{"leaseDurationSeconds":0})"),
            "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0");
        row("event elsewhere", object("v1", "Event", R"("involvedObject":{"namespace":"m"})"),
            "involvedObject.namespace: Invalid value: \"m\": does not match event.namespace");
        row("endpoints", object("v1", "Endpoints", R"("subsets":[{"addresses":[{"ip":"x"}],"ports":[{"port":0}]}])"),
            "subsets[0].addresses[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)\n"
            "subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive");
        row("slice", object("discovery.k8s.io/v1", "EndpointSlice", R"("addressType":"IPv4","endpoints":[{"addresses":["::1"]}])"),
            "endpoints[0].addresses[0]: Invalid value: \"::1\": must be an IPv4 address");
        row("ingress", object("networking.k8s.io/v1", "Ingress", R"("spec":{})"),
            "spec: Invalid value: []: either `defaultBackend` or `rules` must be specified");
        row("ingress path", object("networking.k8s.io/v1", "Ingress", R"("spec":{"rules":[{"http":{"paths":[{"path":"x","pathType":"Prefix",
            "backend":{"service":{"name":"s","port":{}}}}]}}]})"),
            "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path\n"
            "spec.rules[0].http.paths[0].backend.service.port: Required value: port name or number is required");
        row("policy", object("networking.k8s.io/v1", "NetworkPolicy", R"("spec":{"podSelector":{},"ingress":[{"from":[{}]}]})"),
            "spec.ingress[0].from[0]: Required value: must specify a peer");
        row("budget", object("policy/v1", "PodDisruptionBudget", R"("spec":{"minAvailable":-1})"),
            "spec.minAvailable: Invalid value: -1: must be greater than or equal to 0");
        row("role", object("rbac.authorization.k8s.io/v1", "Role", R"("rules":[{"verbs":["get"],"resources":["pods"]}])"),
            "rules[0].apiGroups: Required value: resource rules must supply at least one api group");
        row("binding", object("rbac.authorization.k8s.io/v1", "RoleBinding", R"("roleRef":{"kind":"Rule","name":"r"},"subjects":[{"kind":"User",
            "name":"u"}])"),
            "roleRef.kind: Unsupported value: \"Rule\": supported values: \"ClusterRole\", \"Role\"");
        row("autoscaler", object("autoscaling/v2", "HorizontalPodAutoscaler",
            R"("spec":{"scaleTargetRef":{"kind":"Deployment","name":"d"},"minReplicas":3,"maxReplicas":2})"),
            "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`");
        row("claim", object("v1", "PersistentVolumeClaim", R"("spec":{})"),
            "spec.accessModes: Required value: at least 1 access mode is required\nspec.resources[storage]: Required value");
        row("volume", clusterScoped("v1", "PersistentVolume", R"("spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"]})"),
            "spec: Required value: must specify a volume type");
        row("priority", clusterScoped("scheduling.k8s.io/v1", "PriorityClass", R"("value":2000000000)"),
            "value: Forbidden: maximum allowed value of a user defined priority is 1000000000");
        row("crd", clusterScoped("apiextensions.k8s.io/v1", "CustomResourceDefinition",
            R"("spec":{"group":"x.io","scope":"Cluster","names":{"plural":"foos","kind":"Foo"},"versions":[{"name":"v1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object"}}}]})"),
            "metadata.name: Invalid value: \"a\": must be spec.names.plural+\".\"+spec.group");
    }
    void kinds()
    {
        QFETCH(QString, text);
        QFETCH(QString, problems);
        QCOMPARE(create(text).problems, problems);
    }

    void secretsTakeTextAndKeepTheirType()
    {
        const auto made = create(object("v1", "Secret", R"("stringData":{"a":"hello"},"data":{"b":"Yg=="})"));
        QCOMPARE(made.problems, QString());
        QCOMPARE(made.object.get("data"), json(R"({"a":"aGVsbG8=","b":"Yg=="})"));
        QVERIFY(!made.object.has("stringData"));
        QCOMPARE(made.object.str("type"), std::string_view("Opaque"));
        Value changed = made.object;
        changed.set("type", "other");
        QCOMPARE(update(made.object, changed).problems, QString("type: Invalid value: \"other\": field is immutable"));
    }

    void immutableDataStays()
    {
        const Value old = create(object("v1", "ConfigMap", R"("immutable":true,"data":{"a":"1"})")).object;
        Value changed = old;
        changed.edit("data").set("a", "2");
        QCOMPARE(update(old, changed).problems, QString("data: Forbidden: field is immutable when `immutable` is set"));
        changed = old;
        changed.erase("immutable");
        QCOMPARE(update(old, changed).problems, QString("immutable: Forbidden: field is immutable when `immutable` is set"));
    }

    void namespacesAreLabelledActiveAndFinalized()
    {
        const auto made = create(clusterScoped("v1", "Namespace", R"("spec":{})"));
        QCOMPARE(made.object.str("metadata", "labels", "kubernetes.io/metadata.name"), std::string_view("a"));
        QCOMPARE(made.object.get("spec", "finalizers"), json(R"(["kubernetes"])"));
        QCOMPARE(made.object.str("status", "phase"), std::string_view("Active"));
        Value emptied = made.object;
        emptied.edit("spec").erase("finalizers");
        QCOMPARE(update(made.object, emptied).object.get("spec", "finalizers").size(), std::size_t(1));
        QCOMPARE(update(made.object, emptied, "finalize").object.get("spec", "finalizers").size(), std::size_t(0));
    }

    void roleReferencesStay()
    {
        const Value old = create(object("rbac.authorization.k8s.io/v1", "RoleBinding", R"("roleRef":{"kind":"Role","name":"r"})")).object;
        QCOMPARE(old.str("roleRef", "apiGroup"), std::string_view("rbac.authorization.k8s.io"));
        Value changed = old;
        changed.edit("roleRef").set("name", "s");
        QCOMPARE(update(old, changed).problems, QString("roleRef: Invalid value: "
            "{\"kind\":\"Role\",\"name\":\"s\",\"apiGroup\":\"rbac.authorization.k8s.io\"}: "
                                                        "cannot change roleRef"));
    }

    void aWrittenObjectIsAFixedPoint()
    {
        const Value made = create(object("networking.k8s.io/v1", "NetworkPolicy", R"("spec":{"podSelector":{},"egress":[{}]})")).object;
        QCOMPARE(made.get("spec", "policyTypes"), json(R"(["Ingress","Egress"])"));
        const auto again = update(made, made);
        QCOMPARE(again.object, made);
        QVERIFY(again.object.sameStorage(made));
    }

    void clusters_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("problems");
        QTest::newRow("defaults") << "dev" << "{}" << "";
        QTest::newRow("masters") << "dev" << R"({"masters":3})"
                                 << "spec.masters: Unsupported value: 3: several masters need the etcd store, which this version does not have yet: "
                                    "supported values: \"1\"";
        QTest::newRow("nodes") << "dev" << R"({"nodes":65})" << "spec.nodes: Invalid value: 65: must be between 0 and 64, inclusive";
        QTest::newRow("long name") << QString(41, 'a') << "{}"
                                   << QString("metadata.name: Invalid value: \"%1\": must be no more than 40 characters").arg(QString(41, 'a'));
        QTest::newRow("network") << "dev" << R"({"networking":{"podCIDR":"10.244.0.1/16"}})"
                                 << "spec.networking.podCIDR: Invalid value: \"10.244.0.1/16\": must be the first address of the network";
        QTest::newRow("overlap") << "dev" << R"({"networking":{"podCIDR":"10.0.0.0/8"}})"
                                 << "spec.networking.serviceCIDR: Invalid value: \"10.96.0.0/16\": must not overlap podCIDR";
        QTest::newRow("runtime") << "dev" << R"({"runtime":"docker"})"
                                 << "spec.runtime: Unsupported value: \"docker\": supported values: \"Auto\", \"crun\", \"runc\"";
    }
    void clusters()
    {
        QFETCH(QString, name);
        QFETCH(QString, spec);
        QFETCH(QString, problems);
        const auto made = create(QString(R"({"apiVersion":"engine.kates.dev/v1alpha1","kind":"Cluster","metadata":{"name":"%1"},
            "spec":%2})").arg(name, spec));
        QCOMPARE(made.problems, problems);
        QCOMPARE(made.object.str("status", "phase"), std::string_view("Pending"));
    }

    void machinesOfSimulatedNodesHostSome()
    {
        const QString text = R"({"apiVersion":"engine.kates.dev/v1alpha1","kind":"Machine","metadata":{"name":"m"},"spec":{"clusterName":"c",
            "role":"%1"%2}})";
        QCOMPARE(create(text.arg("Master", "")).problems, QString());
        QCOMPARE(create(text.arg("SimulatedNodes", "")).problems,
            QString("spec.simulatedCount: Required value: a machine of simulated nodes hosts at least one"));
        QCOMPARE(create(text.arg("Node", ",\"simulatedCount\":1")).problems,
            QString("spec.simulatedCount: Forbidden: only a machine of simulated nodes hosts them"));
    }

    void everyKindHasAStrategy()
    {
        const auto scheme = api::Scheme::kubernetes();
        for (const auto& kind : scheme->kinds())
            QVERIFY(!apiserver::strategyFor(*kind).nameProblem("a"));
    }
};

QTEST_GUILESS_MAIN(TestStrategy)
#include "tst_strategy.moc"
