#include "engine/api/yaml.h"

#include <QtTest>
#include <random>

using namespace kates::api;

namespace {

Value one(std::string_view text)
{
    const auto documents = parseYaml(text);
    if (!documents || documents->size() != 1)
        return documents ? Value("documents: " + std::to_string(documents->size())) : Value(documents.error().message);
    return documents->front().value;
}

}

class TestYaml : public QObject {
    Q_OBJECT

private slots:
    void scalarsMeanWhatTheyMeanToKubectl_data();
    void scalarsMeanWhatTheyMeanToKubectl();
    void structures_data();
    void structures();
    void documentsAndTheirLines();
    void problemsNameLineAndColumn_data();
    void problemsNameLineAndColumn();
    void everyInputEnds_data();
    void everyInputEnds();
    void mutatedTextsEnd();
    void aliasesAreBounded();
    void limits();
    void duplicateKeysAreReported();
    void writes_data();
    void writes();
    void whatIsWrittenReadsBackEqual();
    void deepValuesAreWritten();
};

void TestYaml::scalarsMeanWhatTheyMeanToKubectl_data()
{
    QTest::addColumn<QString>("json");
    const std::pair<const char*, const char*> rows[] = { { "yes", "true" }, { "No", "false" }, { "ON", "true" }, { "off", "false" }, { "y", "true" },
        { "true", "true" }, { "False", "false" }, { "yEs", "\"yEs\"" }, { "null", "null" }, { "~", "null" }, { "", "null" }, { "12", "12" },
        { "+12", "12" }, { "-5", "-5" }, { "0x1F", "31" }, { "0o17", "15" }, { "017", "15" }, { "08", "8" }, { "0b101", "5" }, { "1_000", "1000" },
        { "1.5", "1.5" }, { ".5", "0.5" }, { "1e3", "1000" }, { "1.", "1" }, { "-0x10", "-16" }, { "9223372036854775807", "9223372036854775807" },
        { "9223372036854775808", "9223372036854775808" }, { "-9223372036854775808", "-9223372036854775808" }, { "1e999", "\"1e999\"" },
        { ".", "\".\"" }, { "1.2.3", "\"1.2.3\"" }, { "10.0.0.1", "\"10.0.0.1\"" }, { "2001-01-01", "\"2001-01-01\"" }, { "100m", "\"100m\"" },
        { "0x", "\"0x\"" }, { "12:30:45", "\"12:30:45\"" }, { "\"yes\"", "\"yes\"" }, { "'12'", "\"12\"" }, { "!!str 12", "\"12\"" },
        { "!!int \"12\"", "12" }, { "!!float 1", "1" }, { "!!binary aGk=", "\"hi\"" }, { "!own x", "\"x\"" }, { "nan", "\"nan\"" },
        { "inf", "\"inf\"" },
        { "\"a\\u00e9\\x41\\n\"",
            "\"a\xc3\xa9"
            "A\\n\"" },
        { "a#b", "\"a#b\"" }, { "a # b", "\"a\"" }, { "http://x:1/y", "\"http://x:1/y\"" }, { "-", "null" } };
    for (const auto& [text, json] : rows)
        QTest::newRow(text) << json;
}

void TestYaml::scalarsMeanWhatTheyMeanToKubectl()
{
    QFETCH(QString, json);
    const Value value = one("v: " + std::string(QTest::currentDataTag()));
    QCOMPARE(QString::fromStdString(toJson(value.get("v"))), json);
}

void TestYaml::structures_data()
{
    QTest::addColumn<QString>("json");
    const std::pair<const char*, const char*> rows[]
        = { { "a: 1\nb:\n- x\n- k: z\n  w: {q: [1, 2]}\n", R"({"a":1,"b":["x",{"k":"z","w":{"q":[1,2]}}]})" },
              { "1: a\ntrue: b\n1.5: c\n\"q\": d\nyes: e", R"({"1":"a","true":"e","1.5":"c","q":"d"})" },
              { "a: |\n  x\n   y\n\nb: >-\n  p\n  q\n", R"({"a":"x\n y\n","b":"p q"})" }, { "a: &x {b: 1}\nc: *x\n", R"({"a":{"b":1},"c":{"b":1}})" },
              { "base: &b {x: 1, k: 2}\nd:\n  <<: *b\n  k: 3\n", R"({"base":{"x":1,"k":2},"d":{"k":3,"x":1}})" },
              { "d:\n  k: 3\n  <<: [{x: 1, k: 1}, {x: 2, z: 2}]\n", R"({"d":{"k":3,"x":1,"z":2}})" }, { "\"<<\": 1", R"({"<<":1})" },
              { R"({"a": [1, {"b": null}]})", R"({"a":[1,{"b":null}]})" }, { "{a: 1, b}", R"({"a":1,"b":null})" },
              { "a:\r\n- 1\r\nb: 2\r\n", R"({"a":[1],"b":2})" }, { "? a\n: 1\n", R"({"a":1})" },
              { "\xef\xbb\xbf"
                "a: \xc3\xa9",
                  "{\"a\":\"\xc3\xa9\"}" },
              { "a: 'it''s'", R"({"a":"it's"})" } };
    for (const auto& [text, json] : rows)
        QTest::newRow(text) << json;
}

void TestYaml::structures()
{
    QFETCH(QString, json);
    QCOMPARE(QString::fromStdString(toJson(one(QTest::currentDataTag()))), json);
}

void TestYaml::documentsAndTheirLines()
{
    const auto documents = parseYaml("# \xc3\xa9 first\na: 1\n---\n\n---\n# \xc3\xa9\n\nb: 2\n...\n# c\nc: 3\n--- d\n---\nnull\n");
    QVERIFY2(documents, documents ? "" : documents.error().message.c_str());
    QCOMPARE(documents->size(), std::size_t(4));
    QCOMPARE(toJson((*documents)[0].value), std::string(R"({"a":1})"));
    QCOMPARE((*documents)[0].line, 2);
    QCOMPARE((*documents)[1].line, 8);
    QCOMPARE((*documents)[2].line, 11);
    QCOMPARE((*documents)[3].value.asString(), std::string_view("d"));
    QVERIFY(parseYaml("")->empty() && parseYaml("# nothing\n")->empty() && parseYaml("---\n---\n")->empty());
    QCOMPARE(parseYaml("\n\n {\"a\":1}")->front().line, 3);
}

void TestYaml::problemsNameLineAndColumn_data()
{
    QTest::addColumn<QString>("start");
    const std::pair<const char*, const char*> rows[] = { { ",aa", "YAML: line 1, column 1: this belongs to no value" },
        { "a: 1\n]", "YAML: line 2, column 1: " }, { "a: [1\nb: 2", "YAML: line 2, column 2: " }, { "a: 1\n b: 2", "YAML: line 2, column 3: " },
        { "a: \"x", "YAML: line 1, column 6: " }, { "a: *x", "YAML: line 1, column 4: " }, { "a: &x [*x]", "YAML: line 1, column 8: an alias" },
        { "[a]: 1", "YAML: line 1, column 1: a list" }, { "~: 1", "YAML: line 1, column 1: null cannot" },
        { "a: 1\nb: .nan", "YAML: line 2, column 4: .nan has no place" }, { "a: !!int x", "YAML: line 1, column 4: \"x\" is not a int" },
        { "a: 1\n\tb: 2", "YAML: line 2, column " }, { "a: @x", "YAML: line 1, column 4: " }, { "a: 1\nb: \x01", "YAML: line 2, column 4: control" },
        { "a: 1\nb: \xff", "YAML: line 2, column 4: this is not UTF-8" }, { "\"a\" \"b\"", "YAML: line 1, column 5: this belongs to no value" },
        { "<<: 1", "YAML: line 1, column 5: << takes" }, { "{a: 1", "YAML: line 1, column 1: " } };
    for (const auto& [text, start] : rows)
        QTest::newRow(text) << start;
}

void TestYaml::problemsNameLineAndColumn()
{
    QFETCH(QString, start);
    const auto documents = parseYaml(QTest::currentDataTag());
    QVERIFY2(!documents, documents && !documents->empty() ? toJson(documents->front().value).c_str() : "no documents");
    QVERIFY2(documents.error().message.starts_with(start.toStdString()), documents.error().message.c_str());
}

void TestYaml::everyInputEnds_data()
{
    QTest::addColumn<QString>("unit");
    for (const char* unit : { ",aa", "]", "}", "- ", "? ", ": ", "[", "{", "[a: ", "{a: ", "&a ", "*a ", "!a ", "! ", "a: ", "- a\n", "a\n", "a: b\n",
             "'", "\"", "|\n", ">\n ", "--- ", "---\n", "...\n", "%a\n", "# a\n", "\n", " ", "\t", "[],", "? - ", "<<: ", "'a' ", "a\n\n", "-\n", "@",
             "`", "\\", "\"\\n", "- - ", "{}", "{? ", "[? ", "a:\n ", "|1\n" })
        QTest::newRow(unit) << unit;
}

void TestYaml::everyInputEnds()
{
    QFETCH(QString, unit);
    const std::string part = unit.toStdString();
    std::string text;
    while (text.size() < 20'000)
        text += part;
    QElapsedTimer timer;
    timer.start();
    (void)parseYaml(text);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestYaml::mutatedTextsEnd()
{
    const std::string_view pieces[] = { "a", ": ", ":", "- ", "-", "\n", "\n  ", " ", "[", "]", "{", "}", ",", "&x", "*x", "!!str ", "!t", "\"", "'",
        "|", ">", "---\n", "...\n", "%YAML 1.1\n", "# c\n", "? ", "<<: ", "1", "~", "\t", "\xc3\xa9", "\\", "@" };
    std::mt19937 random(7);
    int good = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (int length = random() % 12 + 1; length > 0; --length)
            text += pieces[random() % std::size(pieces)];
        const auto documents = parseYaml(text);
        good += documents.has_value();
        if (!documents)
            continue;
        for (const YamlDocument& document : *documents) {
            const auto again = parseYaml(toYaml(document.value));
            QVERIFY2(again && again->size() == 1 && again->front().value == document.value, (text + "\n=>\n" + toYaml(document.value)).c_str());
        }
    }
    QVERIFY(good > 1000);
}

void TestYaml::aliasesAreBounded()
{
    std::string bomb = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n";
    for (int i = 1; i < 30; ++i) {
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j)
            bomb += (j ? ",*a" : "*a") + std::to_string(i - 1);
        bomb += "]\n";
    }
    const auto documents = parseYaml(bomb);
    QVERIFY(!documents);
    QVERIFY2(documents.error().message.find("more than 1000000 values, aliases expanded") != std::string::npos, documents.error().message.c_str());
    std::string deep = "a0: &a0 [1]\n";
    for (int i = 1; i < 200; ++i)
        deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    QVERIFY(!parseYaml(deep));
}

void TestYaml::limits()
{
    const auto nested = [](int depth) { return "a: " + std::string(depth, '[') + "x" + std::string(depth, ']'); };
    QVERIFY(parseYaml(nested(99)));
    QVERIFY(!parseYaml(nested(100)));
    QVERIFY(!parseYaml(nested(100'000)));
    QVERIFY(!parseYaml("a: bcd", { .bytesMax = 5 }));
    QVERIFY(!parseYaml("- 1\n- 2\n- 3\n", { .nodesMax = 3 }));
    QVERIFY(parseYaml("- 1\n- 2\n- 3\n", { .nodesMax = 4 }));
}

void TestYaml::duplicateKeysAreReported()
{
    ParseReport report;
    const auto documents = parseYaml("spec:\n  replicas: 1\n  replicas: 2\n  containers:\n  - name: a\n  - name: b\n    name: c\n", {}, &report);
    QVERIFY(documents);
    QCOMPARE(documents->front().value.get("spec", "replicas").asInt(), 2);
    QCOMPARE(report.duplicateFields, (std::vector<std::string> { "spec.replicas", "spec.containers[1].name" }));
    ParseReport json;
    QVERIFY(parseYaml(R"({"a":1,"a":2})", {}, &json));
    QCOMPARE(json.duplicateFields, std::vector<std::string> { "a" });
}

void TestYaml::writes_data()
{
    QTest::addColumn<QString>("yaml");
    const std::pair<const char*, const char*> rows[] = { { R"({"b":1,"a":{"x":[],"y":{}}})", "a:\n  x: []\n  \"y\": {}\nb: 1\n" },
        { R"({"l":[{"o":1,"m":[[1,2],{"p":null}]},"s"]})", "l:\n- m:\n  - - 1\n    - 2\n  - p: null\n  o: 1\n- s\n" },
        { R"({"a":"true","b":"12","c":"1e3","d":"","e":"~","f":"no","g":"x"})",
            "a: \"true\"\nb: \"12\"\nc: \"1e3\"\nd: \"\"\ne: \"~\"\nf: \"no\"\ng: x\n" },
        { R"({"a":"k: v","b":"#x","c":"x #y","d":"- x","e":"-x","f":"*x","g":" x","h":"x:","i":"it's"})",
            "a: 'k: v'\nb: '#x'\nc: 'x #y'\nd: '- x'\ne: -x\nf: '*x'\ng: ' x'\nh: 'x:'\ni: it's\n" },
        { R"({"a":"x\ny\n","b":"x\n  y","c":"x\n\n","d":" x\ny","e":"a\tb"})",
            "a: |\n  x\n  y\nb: |-\n  x\n    y\nc: |+\n  x\n\nd: \" x\\ny\"\ne: \"a\\tb\"\n" },
        { R"({"ip":"10.0.0.1","t":"2026-11-24T19:42:22Z","p":"12:30"})", "ip: 10.0.0.1\np: \"12:30\"\nt: \"2026-11-24T19:42:22Z\"\n" },
        { R"({"1":"a","true":"b","a b":"c","k: v":"d"})", "\"1\": a\na b: c\n'k: v': d\n\"true\": b\n" }, { R"(["a\nb"])", "- |-\n  a\n  b\n" },
        { "\"a\\nb\"", "|-\n  a\n  b\n" }, { "[]", "[]\n" }, { "1.5", "1.5\n" } };
    for (const auto& [json, yaml] : rows)
        QTest::newRow(json) << yaml;
}

void TestYaml::writes()
{
    QFETCH(QString, yaml);
    const Value value = parseJson(QTest::currentDataTag()).value();
    QCOMPARE(QString::fromStdString(toYaml(value)), yaml);
    QVERIFY(one(toYaml(value)) == value);
}

void TestYaml::whatIsWrittenReadsBackEqual()
{
    const std::string_view pieces[] = { "a", "B", "1", "0", "-", "+", ".", "_", ":", " ", "  ", "\n", "\n\n", "#", "'", "\"", "\\", "{", "}", "[",
        "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?", "=", "~", "<<", "\t", "\r", "\x01", "\x7f", "\xc2\x85", "\xe2\x80\xa8", "\xef\xbb\xbf",
        "\xc3\xa9", "\xf0\x9f\x90\xb3", "---", "...", "yes", "null", "e", "x" };
    std::mt19937 random(11);
    const auto text = [&] {
        std::string result;
        for (int length = random() % 7; length > 0; --length)
            result += pieces[random() % std::size(pieces)];
        return result;
    };
    for (int round = 0; round < 5000; ++round) {
        Value value = Value::object();
        for (int i = 0; i < 4; ++i) {
            value.set(text(), text());
            value.edit("list").push(Value::object({ { text(), text() }, { "n", Value::array({ text(), Value::array({ text() }) }) } }));
        }
        const std::string yaml = toYaml(value);
        const auto back = parseYaml(yaml);
        QVERIFY2(back && back->size() == 1 && back->front().value == value,
            (toJson(value) + "\n=>\n" + yaml + (back ? "" : back.error().message)).c_str());
    }
}

void TestYaml::deepValuesAreWritten()
{
    Value deep;
    for (int i = 0; i < 10'000; ++i)
        deep = i % 2 ? Value::array({ deep }) : Value::object({ { "a", deep } });
    QVERIFY(toYaml(deep).size() > 10'000);
    Value moderate("x");
    for (int i = 0; i < 450; ++i)
        moderate = i % 3 ? Value::array({ moderate }) : Value::object({ { "a", moderate } });
    const auto back = parseYaml(toYaml(moderate), { .depthMax = 490 });
    QVERIFY2(back, back ? "" : back.error().message.c_str());
    QVERIFY(back->front().value == moderate);
}

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"
