// What the YAML editor stands on: outlines, field paths, schemas, completion, merging.
#include <QtTest>

#include "app/details/field_conflicts.h"
#include "app/details/text_merge.h"
#include "app/details/yaml_check.h"
#include "app/details/yaml_completion.h"
#include "app/details/yaml_outline.h"
#include "engine/api/json.h"
#include "engine/api/yaml.h"

using namespace kates::app;
using kates::api::Value;

namespace {

const QString kText = QStringLiteral(R"(apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    example.com/a.b: "x: y"
  name: web
spec:
  replicas: 3
  template:
    spec:
      containers:
      - args:
        - |
          deep: text
          more: text
        - second
        image: web:1
        name: web
      - image: side:1
        name: side
status: {a: 1}
)");

Value parsed(const QString& text)
{
    const auto documents = kates::api::parseYaml(text.toStdString());
    return documents && !documents->empty() ? documents->front().value : Value();
}

constexpr const char* kDocument = R"({"components": {"schemas": {
  "web": {"type": "object", "x-kubernetes-group-version-kind": [{"group": "apps", "version": "v1", "kind": "Deployment"}],
    "properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
      "spec": {"allOf": [{"$ref": "#/components/schemas/spec"}], "description": "What is wanted. More words."}}},
  "spec": {"type": "object", "required": ["template"], "properties": {
    "replicas": {"type": "integer", "description": "How many."}, "paused": {"type": "boolean"},
    "strategy": {"type": "string", "enum": ["Recreate", "RollingUpdate"]},
    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    "port": {"$ref": "#/components/schemas/either"}, "self": {"$ref": "#/components/schemas/spec"},
    "loop": {"$ref": "#/components/schemas/loop"},
    "template": {"type": "object", "properties": {"spec": {"type": "object", "properties": {
      "containers": {"type": "array", "items": {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "image": {"type": "string"}, "args": {"type": "array", "items": {"type": "string"}}}}}}}}}}},
  "either": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
  "loop": {"$ref": "#/components/schemas/loop"}
}}})";

ObjectSchema schema() { return ObjectSchema(*kates::api::parseJson(kDocument), "apps", "v1", "Deployment"); }

QStringList names(const std::vector<Completion>& completions)
{
    QStringList list;
    for (const Completion& completion : completions)
        list.append(completion.text);
    return list;
}

} // namespace

class TestYaml : public QObject {
    Q_OBJECT
private slots:
    void everyFieldOfABlockTextIsFoundAtItsLine()
    {
        const YamlOutline outline(kText);
        const Value object = parsed(kText);
        const auto line = [&](const char* field) { return outline.node(outline.find(resolveField(object, field))).line; };
        QCOMPARE(line("spec.replicas"), 7);
        QCOMPARE(line("metadata.annotations.example.com/a.b"), 4);
        QCOMPARE(line(".spec.template.spec.containers[name=\"side\"].image"), 18);
        QCOMPARE(line("spec.template.spec.containers[0].name"), 17);
        QCOMPARE(line("spec.template.spec.containers[0].args[1]"), 15);
        QCOMPARE(line("status.a"), 20); // in flow style: where its parent stands
        QCOMPARE(toText(resolveField(object, ".spec.template.spec.containers[name=\"side\"].image")),
            QStringLiteral("spec.template.spec.containers[1].image"));
        QVERIFY(resolveField(object, "spec.nothing.here").size() == 1);
        QVERIFY(resolveField(object, "[[[").empty());
    }

    void oneFieldIsReplacedAndTheRestStays()
    {
        const Value object = parsed(kText);
        const QString next = withField(kText, resolveField(object, "spec.template.spec.containers[0].image"), "web:2");
        QCOMPARE(next, QString(kText).replace(QLatin1String("web:1"), QLatin1String("web:2")));
        const Value args = Value::array({ "one", Value::object({ { "k", 1 } }) });
        const Value changed = parsed(withField(kText, resolveField(object, "spec.template.spec.containers[0].args"), args));
        QVERIFY(valueAt(changed, resolveField(changed, "spec.template.spec.containers[0].args")) == args);
        QCOMPARE(QString::fromUtf8(valueAt(changed, resolveField(changed, "spec.template.spec.containers[1].name")).asString().data()),
            QStringLiteral("side"));
        QCOMPARE(withField(kText, resolveField(object, "status.a"), 2), kText); // flow style is left alone
    }

    void brokenTextsHaveOutlinesToo()
    {
        for (const char* text : { "", "\n\n", "- - - a", "a:\n   b\n  c: [", "\"", "? x\n: y", "a: |\n", "-\n-", "\t\ta: b", ": : :" }) {
            const YamlOutline outline(QString::fromUtf8(text));
            QVERIFY(outline.size() >= 0);
            QVERIFY(completionsAt(QString::fromUtf8(text), 0, schema()).from == 0);
        }
    }

    void aSchemaOffersWhatFits()
    {
        QCOMPARE(names(schema().members({ std::string("spec") }))[0], QStringLiteral("template")); // required
        QCOMPARE(names(schema().values({ std::string("spec"), std::string("strategy") })),
            (QStringList { QStringLiteral("Recreate"), QStringLiteral("RollingUpdate") }));
        QVERIFY(schema().members({ std::string("spec"), std::string("loop") }).empty());
        QCOMPARE(schema().members({})[3].about, QStringLiteral("What is wanted."));
        QVERIFY(ObjectSchema(*kates::api::parseJson(kDocument), "apps", "v1", "Other").isNull());
    }

    void completionKnowsWhereItIs()
    {
        const auto at = [](const QString& text) { return completionsAt(text, int(text.size()), schema()); };
        QCOMPARE(names(at(QStringLiteral("spec:\n  re")).choices), QStringList(QStringLiteral("replicas")));
        QCOMPARE(at(QStringLiteral("spec:\n  re")).inserts.first(), QStringLiteral("replicas: "));
        QCOMPARE(at(QStringLiteral("spec:\n  re")).from, 8);
        QVERIFY(!names(at(QStringLiteral("spec:\n  replicas: 3\n  ")).choices).contains(QStringLiteral("replicas"))); // it is there already
        QCOMPARE(names(at(QStringLiteral("spec:\n  strategy: Ro")).choices), QStringList(QStringLiteral("RollingUpdate")));
        QCOMPARE(at(QStringLiteral("spec:\n  template:\n    spec:\n      co")).inserts.first(), QStringLiteral("containers:\n      - "));
        QCOMPARE(names(at(QStringLiteral("spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        i")).choices),
            QStringList(QStringLiteral("image")));
        QCOMPARE(names(at(QStringLiteral("spec:\n  template:\n    spec:\n      containers:\n      - n")).choices),
            QStringList(QStringLiteral("name")));
        QVERIFY(at(QStringLiteral("spec:\n  replicas: ")).choices.empty());
        QVERIFY(at(QStringLiteral("# re")).choices.empty());
    }

    void problemsNameTheirLine_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("message");
        const QString head = QStringLiteral("spec:\n  template: {}\n");
        QTest::newRow("unknown") << head + QStringLiteral("  replica: 1") << 3
                                 << QStringLiteral("spec.replica is not a field here; did you mean replicas?");
        QTest::newRow("type") << head + QStringLiteral("  replicas: many") << 3 << QStringLiteral("spec.replicas must be of type integer");
        QTest::newRow("enum") << head + QStringLiteral("  strategy: Slow") << 3
                              << QStringLiteral("spec.strategy must be one of Recreate, RollingUpdate");
        QTest::newRow("map") << head + QStringLiteral("  labels: {a: 1}") << 3 << QStringLiteral("spec.labels.a must be of type string");
        QTest::newRow("missing") << QStringLiteral("kind: x\nspec: {}") << 2 << QStringLiteral("spec lacks the field template");
        QTest::newRow("twice") << head + QStringLiteral("  paused: true\n  paused: false") << 3
                               << QStringLiteral("spec.paused stands twice; the last one counts");
    }
    void problemsNameTheirLine()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(QString, message);
        const QVariantList problems = checkYaml(text, schema());
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().toMap().value(QStringLiteral("text")).toString(), message);
        if (text.contains(QLatin1String("paused")))
            return; // either of the two lines is right
        QCOMPARE(problems.first().toMap().value(QStringLiteral("line")).toInt(), line);
    }

    void whatFitsHasNoProblem()
    {
        QCOMPARE(checkYaml(QStringLiteral("spec: {template: {}, replicas: 2, port: x, self: {template: {}, port: 1}}\nstatus: {odd: 1}"), schema()),
            QVariantList());
        const QVariantList broken = checkYaml(QStringLiteral("a: b\nc: ["), schema());
        QCOMPARE(broken.size(), 1);
        QVERIFY(broken.first().toMap().value(QStringLiteral("line")).toInt() >= 2);
        QString many = QStringLiteral("spec:\n  template: {}\n");
        for (int i = 0; i < 1000; ++i)
            many += QStringLiteral("  unknown%1: 1\n").arg(i);
        QCOMPARE(checkYaml(many, schema()).size(), kSchemaProblemsMax);
    }

    void changesOfBothAreMerged()
    {
        const QStringList base { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d"), QStringLiteral("e") };
        const auto changed = [&](int line, const char* text) {
            QStringList lines = base;
            lines[line] = QLatin1String(text);
            return lines;
        };
        TextMerge merge = mergeTexts(base, changed(1, "mine"), changed(3, "theirs"));
        QCOMPARE(merge.lines.join(u' '), QStringLiteral("a mine c theirs e"));
        QCOMPARE(merge.taken, 1);
        merge = mergeTexts(base, changed(1, "mine"), changed(1, "theirs"));
        QCOMPARE(merge.lines.join(u' '), QStringLiteral("a mine c d e"));
        QCOMPARE(merge.kept, 1);
        QStringList inserted = base;
        inserted.insert(1, QStringLiteral("new"));
        merge = mergeTexts(base, changed(1, "mine"), inserted);
        QCOMPARE(merge.lines.join(u' '), QStringLiteral("a new mine c d e"));
        merge = mergeTexts(base, changed(2, "same"), changed(2, "same"));
        QCOMPARE(merge.lines.join(u' '), QStringLiteral("a b same d e"));
        QCOMPARE(merge.kept, 0);
        QCOMPARE(mergeTexts(base, base, {}).lines, QStringList());
        QCOMPARE(mergeTexts({}, {}, base).lines, base);
    }

    void aConflictIsReadFromTheServersWords()
    {
        kates::api::StatusError error;
        error.code = 409;
        error.reason = "Conflict";
        error.causes = { { "FieldManagerConflict", "conflict with \"helm\" with subresource \"scale\" using apps/v1", ".spec.replicas" } };
        const auto conflicts = conflictsOf(error, "kates-desktop", {}, parsed(kText));
        QCOMPARE(conflicts.size(), std::size_t(1));
        QCOMPARE(conflicts[0].manager, QStringLiteral("helm"));
        QVERIFY(!conflicts[0].since.isValid());
        QCOMPARE(describedConflict(conflicts[0], {}, parsed(kText)).value(QStringLiteral("mine")).toString(), QStringLiteral("3"));
        QVERIFY(conflictsOf(error, "helm", {}, {}).empty());
        error.causes.front().reason = "Other";
        QVERIFY(conflictsOf(error, "kates-desktop", {}, {}).empty());
    }
};

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_app_yaml.moc"
