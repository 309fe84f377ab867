#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/openapi.h"

using namespace kates;
using namespace kates::api;

namespace {

Value json(std::string_view text)
{
    auto value = parseJson(text, {.bytesMax = 16u << 20});
    if (!value)
        qFatal("bad JSON in a test: %s", value.error().message.c_str());
    return *value;
}

// Every "$ref" below `value` that leads nowhere.
void collectDangling(const Value& value, const Value& schemas, QStringList& dangling)
{
    constexpr std::string_view kPrefix = "#/components/schemas/";
    if (const std::string_view reference = value.str("$ref"); !reference.empty()) {
        if (!reference.starts_with(kPrefix) || !schemas.has(reference.substr(kPrefix.size())))
            dangling << QString::fromStdString(std::string(reference));
    }
    for (const Value& item : value)
        collectDangling(item, schemas, dangling);
    for (const Member& member : value.members())
        collectDangling(member.value, schemas, dangling);
}

} // namespace

class TestOpenApi : public QObject {
    Q_OBJECT

private slots:
    void theIndexNamesEveryGroupVersion()
    {
        OpenApi openApi(m_scheme, "v1.35.0");
        const Value index = json(openApi.index().view());
        for (const auto& [group, versions] : m_scheme->groups()) {
            for (const std::string& version : versions) {
                const std::string path = group.empty() ? "api/" + version : "apis/" + group + "/" + version;
                const std::string_view url = index.str("paths", path, "serverRelativeURL");
                QCOMPARE(std::string(url), "/openapi/v3/" + path + "?hash=" + openApi.hash(path));
            }
        }
        QCOMPARE(openApi.index().view().data(), openApi.index().view().data()); // kept
    }

    void everyDocumentIsComplete()
    {
        OpenApi openApi(m_scheme, "v1.35.0");
        const Value index = json(openApi.index().view());
        for (const Member& path : index.get("paths").members()) {
            const auto bytes = openApi.document(path.key);
            QVERIFY(bytes);
            const Value document = json(bytes->view());
            QStringList dangling;
            collectDangling(document, document.get("components", "schemas"), dangling);
            QCOMPARE(dangling, QStringList());
        }
        QVERIFY(!openApi.document("apis/nothing/v1"));
    }

    void whatKubectlLooksFor()
    {
        OpenApi openApi(m_scheme, "v1.35.0");
        const Value document = json(openApi.document("apis/apps/v1")->view());
        const Value& item = document.get("paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}");
        const Value& patch = item.get("patch");
        QCOMPARE(patch.get("x-kubernetes-group-version-kind"), json(R"({"group":"apps","version":"v1","kind":"Deployment"})"));
        QVERIFY(patch.get("requestBody", "content").has("application/strategic-merge-patch+json"));
        bool fieldValidation = false;
        for (const Value& parameter : patch.get("parameters"))
            fieldValidation = fieldValidation || parameter.str("name") == "fieldValidation";
        QVERIFY(fieldValidation);
        const Value& schema = document.get("components", "schemas", "io.k8s.api.apps.v1.Deployment");
        QCOMPARE(schema.get("x-kubernetes-group-version-kind"), json(R"([{"group":"apps","version":"v1","kind":"Deployment"}])"));
        const Value& podSpec = document.get("components", "schemas", "io.k8s.api.core.v1.PodSpec");
        QCOMPARE(podSpec.get("required"), json(R"(["containers"])"));
        Value containers = podSpec.get("properties", "containers");
        QVERIFY(containers.erase("description"));
        QCOMPARE(containers, json(R"({"type":"array",
            "items":{"$ref":"#/components/schemas/io.k8s.api.core.v1.Container"},
            "x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"x-kubernetes-patch-strategy":"merge",
                "x-kubernetes-patch-merge-key":"name"})"));
        const Value& restartPolicy = podSpec.get("properties", "restartPolicy");
        QCOMPARE(restartPolicy.get("enum"), json(R"(["Always","OnFailure","Never"])"));
        QCOMPARE(restartPolicy.get("default"), Value("Always"));
        QCOMPARE(podSpec.get("properties", "volumes").str("x-kubernetes-patch-strategy"), std::string_view("merge,retainKeys"));
        QVERIFY(document.get("components", "schemas").has("io.k8s.api.apps.v1.DeploymentList"));
    }

    void documentsFollowTheScheme()
    {
        const auto scheme = Scheme::kubernetes();
        OpenApi openApi(scheme, "v1.35.0");
        const std::string before(openApi.index().view());
        auto type = std::make_shared<TypeDescription>();
        type->name = "Widget";
        type->groupVersion = "example.com/v1";
        type->fields.push_back({.name = "spec", .kind = Field::Kind::String});
        type->buildIndex();
        KindDescription kind;
        kind.group = "example.com";
        kind.version = "v1";
        kind.kind = "Widget";
        kind.listKind = "WidgetList";
        kind.plural = "widgets";
        kind.verbs = {"get", "list"};
        kind.type = type.get();
        kind.typeOwner = type;
        scheme->addKind(std::make_shared<const KindDescription>(kind));
        QVERIFY(std::string(openApi.index().view()) != before);
        const Value document = json(openApi.document("apis/example.com/v1")->view());
        QVERIFY(document.get("components", "schemas").has("com.example.v1.Widget"));
        const std::string hash = openApi.hash("apis/example.com/v1");
        kind.verbs = {"get"};
        scheme->addKind(std::make_shared<const KindDescription>(kind));
        QVERIFY(openApi.hash("apis/example.com/v1") != hash);
        scheme->removeKind("example.com", "widgets");
        QVERIFY(!openApi.document("apis/example.com/v1"));
        QCOMPARE(std::string(openApi.index().view()), before);
    }

    void version2HoldsTheDefinitions()
    {
        OpenApi openApi(m_scheme, "v1.35.0");
        const Value document = json(openApi.version2().view());
        QCOMPARE(document.str("swagger"), std::string_view("2.0"));
        QVERIFY(document.get("definitions").has("io.k8s.api.core.v1.Pod"));
        QCOMPARE(document.get("definitions", "io.k8s.apimachinery.pkg.api.resource.Quantity"), json(R"({"type":"string"})"));
    }

    void theLargestDocumentIsBuiltQuickly()
    {
        QBENCHMARK
        {
            QVERIFY(OpenApi(m_scheme, "v1.35.0").document("api/v1"));
        }
    }

private:
    std::shared_ptr<Scheme> m_scheme = Scheme::kubernetes();
};

QTEST_GUILESS_MAIN(TestOpenApi)
#include "tst_openapi.moc"
