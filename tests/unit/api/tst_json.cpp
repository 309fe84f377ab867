#include "engine/api/json.h"

#include <QtTest>

using namespace kates::api;

class TestJson : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKindOfValue();
    void numbersKeepTheirKind();
    void malformedTextIsRefused_data();
    void malformedTextIsRefused();
    void problemsNameLineAndColumn_data();
    void problemsNameLineAndColumn();
    void limitsAreEnforced();
    void duplicateKeysAreReportedWithTheirPath();
    void writesWhatItRead_data();
    void writesWhatItRead();
    void escapesControlCharactersAndBrokenUtf8();
    void prettyPrinting();
    void objectsOfManyKeysAreNotQuadratic();
};

void TestJson::readsEveryKindOfValue()
{
    const auto value
        = parseJson(R"( {"a":[1,-2.5,true,false,null,"x\u00e9\n"],"o":{"":{}},"longer than fourteen":"a string longer than fourteen"} )");
    QVERIFY(value);
    QVERIFY(*value
        == Value::object({ { "a", Value::array({ 1, -2.5, true, false, nullptr, "x\xc3\xa9\n" }) },
            { "o", Value::object({ { "", Value::object() } }) }, { "longer than fourteen", "a string longer than fourteen" } }));
    QCOMPARE(parseJson("7")->asInt(), 7);
    QVERIFY(parseJson("null")->isNull());
}

void TestJson::numbersKeepTheirKind()
{
    QVERIFY(parseJson("9223372036854775807")->isInt());
    QVERIFY(parseJson("-9223372036854775808")->asInt() == std::numeric_limits<std::int64_t>::min());
    QVERIFY(parseJson("9223372036854775808")->type() == Value::Type::Double);
    QVERIFY(parseJson("1.0")->type() == Value::Type::Double);
    QVERIFY(parseJson("1e3")->asInt() == 1000);
}

void TestJson::malformedTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const char* texts[]
        = { "", " ", "{", "}", "[1,]", "{\"a\":}", "{\"a\" 1}", "{a:1}", "'a'", "01", "+1", ".5", "1.", "1e", "nul", "truex", "[1] [2]", "{} x",
              "\"\n\"", "\"\\x\"", "\"\\ud800\"", "\"\xff\"", "\"\xc0\x80\"", "\xef\xbb\xbf{}", "1e999", "[1 2]", "NaN", "\"abc", "{\"a\":1,}" };
    for (const char* text : texts)
        QTest::newRow(text) << QByteArray(text);
    QTest::newRow("zero byte") << QByteArray("{}\0", 3);
}

void TestJson::malformedTextIsRefused()
{
    QFETCH(QByteArray, text);
    const auto value = parseJson(std::string_view(text.data(), text.size()));
    QVERIFY(!value);
    QVERIFY2(value.error().message.starts_with("JSON: line 1, column ") || text == "1e999", value.error().message.c_str());
}

void TestJson::problemsNameLineAndColumn_data()
{
    QTest::addColumn<QString>("message");
    const std::pair<const char*, const char*> rows[]
        = { { "{\n  \"a\": 1\n  \"b\": 2\n}", "JSON: line 3, column 3: '\"' stands where ',' or '}' should" },
              { "[1,]", "JSON: line 1, column 4: ']' stands where a value should" },
              { "", "JSON: line 1, column 1: the text ends where a value should stand" },
              { "{\"a\":1,}", "JSON: line 1, column 8: '}' stands where a key in quotes should" },
              { "{a:1}", "JSON: line 1, column 2: 'a' stands where a key in quotes should" },
              { "[1] [2]", "JSON: line 1, column 5: '[' stands where the end should" },
              { "[1}", "JSON: line 1, column 3: '}' stands where ',' or ']' should" },
              { "{\"a\" 1}", "JSON: line 1, column 6: '1' stands where ':' should" },
              { "nul", "JSON: line 1, column 4: the text ends where the rest of null should stand" },
              { "\"a\xff\"", "JSON: line 1, column 3: this is not UTF-8" },
              { "\"\\x\"", "JSON: line 1, column 3: 'x' stands where an escape character should" },
              { "\"a\nb\"", "JSON: line 1, column 3: character 0x0a stands where the rest of a string should" },
              { "\"\\ud800\"", "JSON: line 1, column 8: half a surrogate pair" },
              { "1e", "JSON: line 1, column 3: the text ends where a digit should stand" },
              { "01", "JSON: line 1, column 2: '1' stands where the end should" },
              { "[\xc3\xa9]", "JSON: line 1, column 2: '\xc3\xa9' stands where a value should" },
              { "1e999", "JSON: a number is too large: integers have 64 bits, others fit a double" } };
    for (const auto& [text, message] : rows)
        QTest::newRow(text) << message;
}

void TestJson::problemsNameLineAndColumn()
{
    QFETCH(QString, message);
    QCOMPARE(QString::fromStdString(parseJson(QTest::currentDataTag()).error().message), message);
}

void TestJson::limitsAreEnforced()
{
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    QVERIFY(parseJson(nested(100)));
    QVERIFY(!parseJson(nested(101)));
    QVERIFY(!parseJson(nested(100'000)));
    ParseLimits limits;
    limits.nodesMax = 4;
    QVERIFY(parseJson("[1,2,3]", limits));
    QVERIFY(!parseJson("[1,2,3,4]", limits));
    limits.bytesMax = 6;
    QVERIFY(!parseJson("[1,2,3]", limits));
    QVERIFY(parseJson(R"({"spec":{"a":[[1]]}})", { .depthMax = 4 }));
    QCOMPARE(parseJson(R"({"spec":{"a":[[1]]}})", { .depthMax = 3 }).error().message, std::string("JSON: nested deeper than 3 levels at spec.a[0]"));
}

void TestJson::duplicateKeysAreReportedWithTheirPath()
{
    ParseReport report;
    const auto value = parseJson(
        R"({"spec":{"replicas":1,"replicas":2,"containers":[{"name":"a"},{"name":"b","name":"c","name":"d"}]},"spec2":1,"spec2":1})", {}, &report);
    QVERIFY(value);
    QCOMPARE(report.duplicateFields, (std::vector<std::string> { "spec.replicas", "spec.containers[1].name", "spec2" }));
    QCOMPARE(value->get("spec", "replicas").asInt(), 2);
    QCOMPARE(value->get("spec", "containers").at(1).str("name"), std::string_view("d"));
    std::string many = "[";
    for (int i = 0; i < 1000; ++i)
        many += R"({"a":1,"a":2},)";
    QVERIFY(parseJson(many + "1]", {}, &report));
    QCOMPARE(report.duplicateFields.size(), std::size_t(100));
}

void TestJson::writesWhatItRead_data()
{
    QTest::addColumn<QByteArray>("text");
    const char* texts[] = { "{}", "[]", "[[],{},[[]]]", R"({"z":1,"a":[true,false,null],"m":{"x":"y"}})", R"("\"\\\b\f\n\r\t\u0001\u001f/<>&")",
        "\"\xe2\x82\xac \xf0\x9f\x90\xb3\"", "-9223372036854775808", "1.5", "0.000001", "1e-7", "1e+19", "1e+20", "-0.25", "5e-324" };
    for (const char* text : texts)
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::writesWhatItRead()
{
    QFETCH(QByteArray, text);
    const auto value = parseJson(text.toStdString());
    QVERIFY(value);
    QCOMPARE(toJson(*value), text.toStdString());
}

void TestJson::escapesControlCharactersAndBrokenUtf8()
{
    QCOMPARE(toJson(Value(std::string_view("\0\x7f", 2))), std::string("\"\\u0000\x7f\""));
    QCOMPARE(toJson("a\xff\xc3(\xe2\x82"), std::string("\"a\\ufffd\\ufffd(\\ufffd\\ufffd\""));
    QCOMPARE(toJson("\xed\xa0\x80"), std::string("\"\\ufffd\\ufffd\\ufffd\"")); // a surrogate
    QCOMPARE(toJson(std::numeric_limits<double>::quiet_NaN()), std::string("null"));
    for (int c = 0; c < 256; ++c) {
        const std::string text = toJson(std::string(1, static_cast<char>(c)));
        QVERIFY2(parseJson(text), text.c_str());
    }
}

void TestJson::prettyPrinting()
{
    const Value value = Value::object({ { "a", Value::array({ 1, Value::object() }) }, { "b", Value::array() } });
    QCOMPARE(toPrettyJson(value, 2), std::string("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}"));
}

void TestJson::objectsOfManyKeysAreNotQuadratic()
{
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i)
        text += "\"key" + std::to_string(i) + "\":\"value\",";
    text += "\"last\":1}";
    QElapsedTimer timer;
    timer.start();
    const auto value = parseJson(text);
    QVERIFY(value);
    QCOMPARE(value->size(), std::size_t(100'001));
    QCOMPARE(toJson(*value), text);
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
