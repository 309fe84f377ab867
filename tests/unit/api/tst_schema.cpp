#include <QtTest>

#include "engine/api/schema_parser.h"

using namespace kates::api;

namespace {

const Field& fieldOf(const Scheme& scheme, std::string_view groupVersion, std::string_view type, std::string_view name)
{
    static const Field missing {.name = "(missing)"};
    const TypeDescription* description = scheme.type(groupVersion, type);
    const Field* field = description ? description->field(name) : nullptr;
    return field ? *field : missing;
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT

private slots:
    void everyEmbeddedFileIsReadable()
    {
        const auto set = parseSchemas(embeddedKubernetesSchemas());
        QVERIFY2(set.has_value(), set ? "" : set.error().message.c_str());
        QCOMPARE(set->kinds.size(), std::size_t(68));
    }

    void kindsAreFoundByResourceAndByKind()
    {
        const auto scheme = Scheme::kubernetes();
        const auto deployment = scheme->findResource("apps", "v1", "deployments");
        QVERIFY(deployment);
        QCOMPARE(deployment->kind, std::string("Deployment"));
        QCOMPARE(deployment->listKind, std::string("DeploymentList"));
        QCOMPARE(deployment->singular, std::string("deployment"));
        QCOMPARE(deployment->groupKind(), std::string("Deployment.apps"));
        QCOMPARE(scheme->findKind("apps/v1", "Deployment"), deployment);
        QVERIFY(deployment->namespaced && deployment->hasStatus && deployment->bumpsGeneration);
        QVERIFY(deployment->subresource("status") && deployment->subresource("scale"));
        QVERIFY(deployment->allows("watch"));
        QVERIFY(!scheme->findResource("apps", "v1", "pods"));
        QVERIFY(!scheme->findKind("v1", "Deployment"));
        const auto review = scheme->findKind("authorization.k8s.io/v1", "SelfSubjectAccessReview");
        QVERIFY(review->virtualKind && review->allows("create") && !review->allows("list"));
        QVERIFY(!scheme->findKind("v1", "Node")->namespaced);
    }

    void fieldsCarryTheFacts()
    {
        const auto scheme = Scheme::kubernetes();
        const Field& ports = fieldOf(*scheme, "v1", "Container", "ports");
        QCOMPARE(ports.shape, Field::Shape::List);
        QCOMPARE(ports.kind, Field::Kind::Struct);
        QCOMPARE(ports.type->name, std::string("ContainerPort"));
        QCOMPARE(ports.listType, Field::ListType::Map);
        QCOMPARE(ports.listMapKeys, (std::vector<std::string> {"containerPort", "protocol"}));
        QVERIFY(ports.patchMerge);
        QCOMPARE(ports.patchMergeKey, std::string("containerPort"));
        QCOMPARE(ports.protobufTag, 6);

        const Field& volumes = fieldOf(*scheme, "v1", "PodSpec", "volumes");
        QVERIFY(volumes.patchMerge && volumes.patchRetainKeys);
        QVERIFY(fieldOf(*scheme, "v1", "PodSpec", "nodeSelector").atomicStruct);
        QCOMPARE(fieldOf(*scheme, "v1", "PodSpec", "restartPolicy").defaultValue, Value("Always"));
        QCOMPARE(fieldOf(*scheme, "v1", "PodSpec", "restartPolicy").enumValues, (std::vector<std::string> {"Always", "OnFailure", "Never"}));
        QVERIFY(fieldOf(*scheme, "v1", "PodSpec", "containers").required);
        QVERIFY(fieldOf(*scheme, "apps/v1", "DeploymentSpec", "replicas").pointer);
        QVERIFY(!fieldOf(*scheme, "v1", "Probe", "periodSeconds").pointer);
        QCOMPARE(fieldOf(*scheme, "v1", "ResourceRequirements", "limits").kind, Field::Kind::Quantity);
        QCOMPARE(fieldOf(*scheme, "v1", "ResourceRequirements", "limits").shape, Field::Shape::Map);
        QCOMPARE(fieldOf(*scheme, "v1", "Secret", "data").kind, Field::Kind::Bytes);
        QVERIFY(!scheme->type("v1", "PodSpec")->field("container"));
        QVERIFY(scheme->type("meta/v1", "DeleteOptions"));
    }

    void inlinedStructsKeepTheirProtobufPath()
    {
        const auto scheme = Scheme::kubernetes();
        QCOMPARE(fieldOf(*scheme, "v1", "Volume", "emptyDir").protobufPath, std::vector<int> {2});
        const Field& groups = fieldOf(*scheme, "admissionregistration.k8s.io/v1", "NamedRuleWithOperations", "apiGroups");
        QCOMPARE(groups.protobufPath, (std::vector<int> {2, 2}));
        QVERIFY(fieldOf(*scheme, "v1", "Pod", "apiVersion").protobufPath.empty());
    }

    void descriptionsStandBesideOrBelow()
    {
        constexpr std::string_view kText = "version v1\ntype A -- about A\n  b 1 string -- about b\n  c 2 string\n    -- about c\ntype D\n    -- about D\n";
        const SchemaFile file {"x", kText};
        const auto set = parseSchemas({&file, 1});
        QVERIFY(set);
        QCOMPARE(set->types[0]->description, std::string("about A"));
        QCOMPARE(set->types[0]->field("b")->description, std::string("about b"));
        QCOMPARE(set->types[0]->field("c")->description, std::string("about c"));
        QCOMPARE(set->types[1]->description, std::string("about D"));
    }

    void everyKindIsDescribedInWords()
    {
        const auto scheme = Scheme::kubernetes();
        for (const auto& kind : scheme->kinds())
            QVERIFY2(!kind->type->description.empty(), kind->kind.c_str());
    }

    void copiesOfASchemeShareDescriptionsAndChangeAlone()
    {
        const auto first = Scheme::kubernetes();
        const auto second = Scheme::kubernetes();
        QCOMPARE(first->type("v1", "Pod"), second->type("v1", "Pod"));
        const auto generation = first->generation();
        first->removeKind("", "pods");
        QVERIFY(first->generation() > generation);
        QVERIFY(!first->findKind("v1", "Pod"));
        QVERIFY(second->findKind("v1", "Pod"));
        first->addKind(second->findKind("v1", "Pod"));
        QVERIFY(first->findResource("", "v1", "pods"));
    }

    void groupsListThePreferredVersionFirst()
    {
        const auto scheme = Scheme::kubernetes();
        const auto groups = scheme->groups();
        QCOMPARE(groups.front().first, std::string());
        const auto autoscaling = std::ranges::find(groups, "autoscaling", [](const auto& group) { return group.first; });
        QCOMPARE(autoscaling->second, (std::vector<std::string> {"v2", "v1"}));
    }

    void theEngineServesItsOwnKindsAndFewOthers()
    {
        const auto scheme = Scheme::engine();
        const auto cluster = scheme->findResource("engine.kates.dev", "v1alpha1", "clusters");
        QVERIFY(cluster && !cluster->namespaced && cluster->hasStatus);
        QCOMPARE(cluster->shortNames, std::vector<std::string> {"cl"});
        QVERIFY(scheme->findKind("v1", "Namespace"));
        QVERIFY(scheme->findKind("v1", "Event"));
        QVERIFY(!scheme->findKind("v1", "Pod"));
        QVERIFY(!Scheme::kubernetes()->findKind("engine.kates.dev/v1alpha1", "Cluster"));
        const Field& masters = fieldOf(*scheme, "engine.kates.dev/v1alpha1", "ClusterSpec", "masters");
        QCOMPARE(masters.minimum, std::optional<double>(1));
        QCOMPARE(masters.defaultValue, Value(1));
        QVERIFY(!masters.description.empty());
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("no version") << "type A" << "x:1: \"version\" must come first";
        QTest::newRow("unknown declaration") << "version v1\nthing A" << "x:2: unknown declaration \"thing\"";
        QTest::newRow("short field") << "version v1\ntype A\n  name 1" << "x:3: a field is written: name tag type attributes…";
        QTest::newRow("attribute") << "version v1\ntype A\n  name 1 string wrong" << "x:3: unknown or malformed attribute \"wrong\"";
        QTest::newRow("default") << "version v1\ntype A\n  name 1 string default=x" << "x:3: unknown or malformed attribute \"default=x\"";
        QTest::newRow("quote") << "version v1\nenum A \"b" << "x:2: a quote is not closed";
        QTest::newRow("unknown type") << "version v1\ntype A\n  b 1 B" << "A.b of v1: type B is not described";
        QTest::newRow("include cycle") << "version v1\ntype A\n  include A" << "A of v1 includes a type that is not described, or itself";
        QTest::newRow("twice") << "version v1\ntype A\ntype A" << "type A of v1 is described twice";
        QTest::newRow("kind without type") << "version v1\nkind A as" << "kind A of v1 has no type";
    }
    void mistakesAreNamed()
    {
        QFETCH(QString, text);
        QFETCH(QString, message);
        const std::string content = text.toStdString();
        const SchemaFile file {"x", content};
        const auto set = parseSchemas({&file, 1});
        QVERIFY(!set);
        QCOMPARE(QString::fromStdString(set.error().message), message);
    }

    void readingTheSchemasIsQuick()
    {
        QBENCHMARK
        {
            QVERIFY(parseSchemas(embeddedKubernetesSchemas()));
        }
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
