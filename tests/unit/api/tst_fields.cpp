#include <QtTest>

#include "engine/api/fields.h"
#include "engine/api/json.h"
#include "engine/api/schema_parser.h"

using namespace kates::api;

namespace {

Value json(std::string_view text)
{
    auto value = parseJson(text);
    if (!value)
        qFatal("bad JSON in a test: %s", value.error().message.c_str());
    return *value;
}

const TypeDescription& type(std::string_view groupVersion, std::string_view name)
{
    static const auto scheme = Scheme::engine(); // has every type
    return *scheme->type(groupVersion, name);
}

QString causesOf(const TypeDescription& description, std::string_view object)
{
    std::vector<StatusCause> causes;
    validateFields(description, json(object), "", causes);
    QStringList lines;
    for (const StatusCause& cause : causes)
        lines << QString::fromStdString(cause.field + ": " + cause.message);
    return lines.join('\n');
}

} // namespace

class TestFields : public QObject {
    Q_OBJECT

private slots:
    void unknownFieldsAreRemovedAndNamed()
    {
        Value pod = json(R"({"kind":"Pod","metadata":{"name":"a","labels":{"any":"thing"},"colour":"red"},
            "spec":{"containers":[{"name":"c","imagee":"x"},{"name":"d"}],"nodeSelector":{"free":"text"}},"speck":1})");
        std::vector<std::string> unknown;
        pruneUnknownFields(type("v1", "Pod"), pod, unknown);
        QCOMPARE(unknown,
            (std::vector<std::string> {"unknown field \"speck\"", "unknown field \"metadata.colour\"", "unknown field "
                "\"spec.containers[0].imagee\""}));
        QCOMPARE(pod, json(R"({"kind":"Pod","metadata":{"name":"a","labels":{"any":"thing"}},
            "spec":{"containers":[{"name":"c"},{"name":"d"}],"nodeSelector":{"free":"text"}}})"));
    }

    void nullsMeanAbsent()
    {
        Value pod = json(R"({"metadata":{"creationTimestamp":null,"labels":{"a":null}},"spec":{"containers":[{"name":"c","ports":null}]}})");
        std::vector<std::string> unknown;
        pruneUnknownFields(type("v1", "Pod"), pod, unknown);
        QVERIFY(unknown.empty());
        QCOMPARE(pod, json(R"({"metadata":{"labels":{"a":""}},"spec":{"containers":[{"name":"c"}]}})"));
    }

    void whatNeedsNoPruningKeepsItsStorage()
    {
        Value map = json(R"({"metadata":{"name":"a"},"data":{"k":"v"}})");
        const Value before = map;
        std::vector<std::string> unknown;
        pruneUnknownFields(type("v1", "ConfigMap"), map, unknown);
        canonicalize(type("v1", "ConfigMap"), map);
        QVERIFY(map.sameStorage(before));
    }

    void freeFormFieldsAreKept()
    {
        Value object = json(R"({"metadata":{"managedFields":[{"manager":"m","fieldsV1":{"f:x":{}}}]},"data":{"free":[null,1]},"revision":1})");
        const Value before = object;
        std::vector<std::string> unknown;
        pruneUnknownFields(type("apps/v1", "ControllerRevision"), object, unknown);
        QCOMPARE(object, before);
        QVERIFY(unknown.empty());
    }

    void wrongTypesAreNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("why");
        const auto go = [](const char* what, const char* field, const char* expected) {
            return QString("json: cannot unmarshal %1 into Go struct field %2 of type %3").arg(what, field, expected);
        };
        QTest::newRow("string for a number") << R"({"spec":{"replicas":"3"}})" << go("string", "DeploymentSpec.spec.replicas", "int32");
        QTest::newRow("too large") << R"({"spec":{"replicas":2147483648}})" << go("number 2147483648", "DeploymentSpec.spec.replicas", "int32");
        QTest::newRow("fraction") << R"({"spec":{"replicas":1.5}})" << go("number 1.5", "DeploymentSpec.spec.replicas", "int32");
        QTest::newRow("object for a string") << R"({"metadata":{"name":{}}})" << go("object", "ObjectMeta.metadata.name", "string");
        QTest::newRow("string for an object") << R"({"spec":"x"})" << go("string", "Deployment.spec", "apps/v1.DeploymentSpec");
        QTest::newRow("object for a list") << R"({"spec":{"template":{"spec":{"containers":{}}}}})"
                                           << go("object", "PodSpec.spec.template.spec.containers", "[]Container");
        QTest::newRow("inside a list") << R"({"spec":{"template":{"spec":{"containers":[{"name":1}]}}}})"
                                       << go("number", "Container.spec.template.spec.containers[0].name", "string");
        QTest::newRow("label value") << R"({"metadata":{"labels":{"a":1}}})" << go("number", "ObjectMeta.metadata.labels.a", "string");
        QTest::newRow("list of null") << R"({"spec":{"template":{"spec":{"containers":[null]}}}})"
                                      << go("null", "PodSpec.spec.template.spec.containers[0]", "v1.Container");
        QTest::newRow("bool") << R"({"spec":{"paused":"yes"}})" << go("string", "DeploymentSpec.spec.paused", "bool");
        QTest::newRow("int or string") << R"({"spec":{"strategy":{"rollingUpdate":{"maxSurge":true}}}})"
                                       << go("bool", "RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge", "intstr.IntOrString");
        QTest::newRow("time") << R"({"metadata":{"creationTimestamp":"yesterday"}})"
                              << "metadata.creationTimestamp: cannot parse \"yesterday\" as an RFC 3339 time (2006-01-02T15:04:05Z07:00)";
        QTest::newRow("quantity") << R"({"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"1x"}}}]}}}})"
                                  << "spec.template.spec.containers[0].resources.limits.cpu: \"1x\": quantities must match the regular expression "
                                     "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    }
    void wrongTypesAreNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, why);
        const auto checked = checkTypes(type("apps/v1", "Deployment"), json(text.toStdString()));
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, 400);
        QCOMPARE(checked.error().reason, std::string("BadRequest"));
        QCOMPARE(QString::fromStdString(checked.error().message), "Deployment in version \"v1\" cannot be handled as a Deployment: " + why);
    }

    void rightTypesPass()
    {
        QVERIFY(checkTypes(type("apps/v1", "Deployment"), json(R"({"metadata":{"creationTimestamp":null},"spec":{"replicas":3.0,
            "strategy":{"rollingUpdate":{"maxSurge":1,"maxUnavailable":"25%"}},
            "template":{"spec":{"containers":[{"resources":{"limits":{"cpu":0.5,"memory":"1Gi"}}}]}}}})")));
        QVERIFY(checkTypes(type("v1", "Secret"), json(R"({"data":{"a":"aGVsbG8="}})")));
        QVERIFY(!checkTypes(type("v1", "Secret"), json(R"({"data":{"a":"*"}})")));
        QVERIFY(!checkTypes(type("v1", "Pod"), json("[]")));
    }

    void quantitiesAndTimesBecomeCanonical()
    {
        Value pod = json(R"({"metadata":{"creationTimestamp":"2026-01-02T05:04:05.5+02:00"},
            "spec":{"containers":[{"resources":{"limits":{"cpu":0.5,"memory":"1024Mi","x":2}}}]}})");
        canonicalize(type("v1", "Pod"), pod);
        QCOMPARE(pod, json(R"({"metadata":{"creationTimestamp":"2026-01-02T03:04:05Z"},
            "spec":{"containers":[{"resources":{"limits":{"cpu":"500m","memory":"1Gi","x":"2"}}}]}})"));
    }

    void staticDefaults()
    {
        Value probe = json(R"({"httpGet":{"port":80},"periodSeconds":0,"failureThreshold":5})");
        applyDefaults(type("v1", "Probe"), probe);
        QCOMPARE(probe, json(R"({"httpGet":{"port":80,"path":"/","scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,
            "failureThreshold":5})"));
        Value spec = json(R"({"replicas":0,"selector":{}})");
        applyDefaults(type("apps/v1", "DeploymentSpec"), spec);
        QCOMPARE(spec.get("replicas"), Value(0)); // a pointer: zero is a value
        QCOMPARE(spec.get("strategy"), json(R"({"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}})"));
        QCOMPARE(spec.get("template", "spec", "restartPolicy"), Value("Always")); // a struct that Go always has
    }

    void conditionalDefaults()
    {
        Value recreate = json(R"({"type":"Recreate"})");
        applyDefaults(type("apps/v1", "DeploymentStrategy"), recreate);
        QCOMPARE(recreate, json(R"({"type":"Recreate"})"));
        Value service = json(R"({})");
        applyDefaults(type("v1", "ServiceSpec"), service);
        QVERIFY(!service.has("externalTrafficPolicy"));
        QCOMPARE(service.str("internalTrafficPolicy"), std::string_view("Cluster"));
        Value nodePort = json(R"({"type":"NodePort","sessionAffinity":"ClientIP"})");
        applyDefaults(type("v1", "ServiceSpec"), nodePort);
        QCOMPARE(nodePort.str("externalTrafficPolicy"), std::string_view("Cluster"));
        QCOMPARE(nodePort.get("sessionAffinityConfig", "clientIP", "timeoutSeconds"), Value(10800));
    }

    void defaultsOfTheEngine()
    {
        Value cluster = json(R"({"metadata":{"name":"a"}})");
        applyDefaults(type("engine.kates.dev/v1alpha1", "Cluster"), cluster);
        QCOMPARE(cluster.get("spec"), json(R"({"masters":1,"nodes":2,"simulatedNodes":0,"running":true,"runtime":"Auto","apiServerPort":0,
            "networking":{"podCIDR":"10.244.0.0/16","serviceCIDR":"10.96.0.0/16","clusterDomain":"cluster.local"}})"));
    }

    void validation_data()
    {
        QTest::addColumn<QString>("groupVersion");
        QTest::addColumn<QString>("typeName");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("causes");
        QTest::newRow("fine") << "v1" << "PodSpec" << R"({"containers":[{"name":"a"}],"restartPolicy":"Never"})" << "";
        QTest::newRow("required") << "v1" << "PodSpec" << R"({"containers":[{"name":""}]})" << "containers[0].name: Required value";
        QTest::newRow("empty list") << "v1" << "PodSpec" << R"({"containers":[]})" << "containers: Required value";
        QTest::newRow("enum") << "v1" << "PodSpec" << R"({"containers":[{"name":"a"}],"restartPolicy":"Sometimes"})"
                              << "restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"";
        QTest::newRow("duplicate") << "v1" << "PodSpec" << R"({"containers":[{"name":"a"},{"name":"a"}]})" << "containers[1].name: Duplicate "
            "value: \"a\"";
        QTest::newRow("duplicates allowed") << "v1" << "PodSpec"
                                            << R"({"containers":[{"name":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}]})" << "";
        QTest::newRow("two keys") << "v1" << "ServiceSpec" << R"({"ports":[{"port":1,"protocol":"TCP"},{"port":1,"protocol":"UDP"},{"port":1,
            "protocol":"TCP"}]})"
                                  << "ports[2]: Duplicate value: {\"port\":1,\"protocol\":\"TCP\"}";
        QTest::newRow("range") << "engine.kates.dev/v1alpha1" << "ClusterSpec" << R"({"nodes":65,"masters":0})"
                               << "nodes: Invalid value: 65: must be between 0 and 64, inclusive\nmasters: Invalid value: 0: must be greater "
                                   "than or equal to 1";
    }
    void validation()
    {
        QFETCH(QString, groupVersion);
        QFETCH(QString, typeName);
        QFETCH(QString, text);
        QFETCH(QString, causes);
        QCOMPARE(causesOf(type(groupVersion.toStdString(), typeName.toStdString()), text.toStdString()), causes);
    }

    void patternsAreRe2()
    {
        constexpr std::string_view kSchema = "version v1\ntype A\n  name 1 string pattern=^[a-z]+$\n";
        const SchemaFile file {"x", kSchema};
        const auto set = parseSchemas({&file, 1});
        QVERIFY(set);
        QCOMPARE(causesOf(*set->types.front(), R"({"name":"abc"})"), QString());
        QCOMPARE(causesOf(*set->types.front(), R"({"name":"a1"})"), QString("name: Invalid value: \"a1\": should match '^[a-z]+$'"));
    }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
