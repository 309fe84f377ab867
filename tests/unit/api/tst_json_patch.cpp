#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/patch.h"

using namespace kates::api;

namespace {

Value json(std::string_view text) { return parseJson(text).value(); }

}

class TestJsonPatch : public QObject {
    Q_OBJECT

private slots:
    void operations_data();
    void operations();
    void failures_data();
    void failures();
    void theTargetIsUntouched();
    void copiesCannotGrowWithoutBound();
    void nestingIsBounded();
    void mergePatch_data();
    void mergePatch();
    void mergePatchOfLargeObjectsIsLinear();
};

void TestJsonPatch::operations_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result");
    // RFC 6902, appendix A, and its corners.
    QTest::newRow("add member") << R"({"foo":"bar"})"
                                << R"([{"op":"add","path":"/baz","value":"qux"}])"
                                << R"({"foo":"bar","baz":"qux"})";
    QTest::newRow("add item") << R"({"foo":["bar","baz"]})"
                              << R"([{"op":"add","path":"/foo/1","value":"qux"}])"
                              << R"({"foo":["bar","qux","baz"]})";
    QTest::newRow("add at the end") << R"({"foo":[1]})"
                                    << R"([{"op":"add","path":"/foo/-","value":[2]},{"op":"add","path":"/foo/2","value":3}])"
                                    << R"({"foo":[1,[2],3]})";
    QTest::newRow("add replaces a member") << R"({"a":1})"
                                           << R"([{"op":"add","path":"/a","value":null}])"
                                           << R"({"a":null})";
    QTest::newRow("add the root") << R"({"a":1})"
                                  << R"([{"op":"add","path":"","value":{"b":2}}])"
                                  << R"({"b":2})";
    QTest::newRow("remove member") << R"({"baz":"qux","foo":"bar"})"
                                   << R"([{"op":"remove","path":"/baz"}])"
                                   << R"({"foo":"bar"})";
    QTest::newRow("remove item") << R"({"foo":[1,2,3]})"
                                 << R"([{"op":"remove","path":"/foo/1"}])"
                                 << R"({"foo":[1,3]})";
    QTest::newRow("replace") << R"({"a":{"b":1}})"
                             << R"([{"op":"replace","path":"/a/b","value":[]},{"op":"replace","path":"","value":{"c":1}}])"
                             << R"({"c":1})";
    QTest::newRow("move member") << R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})"
                                 << R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])"
                                 << R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})";
    QTest::newRow("move item") << R"({"foo":["all","grass","cows","eat"]})"
                               << R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])"
                               << R"({"foo":["all","cows","eat","grass"]})";
    QTest::newRow("move onto itself") << R"({"a":1})"
                                      << R"([{"op":"move","from":"/a","path":"/a"}])"
                                      << R"({"a":1})";
    QTest::newRow("copy") << R"({"a":{"b":[1]}})"
                          << R"([{"op":"copy","from":"/a","path":"/a/c"},{"op":"add","path":"/a/c/b/0","value":0}])"
                          << R"({"a":{"b":[1],"c":{"b":[0,1]}}})";
    QTest::newRow("test") << R"({"a":{"x":1,"y":[1.0]}})"
                          << R"([{"op":"test","path":"/a","value":{"y":[1],"x":1}}])"
                          << R"({"a":{"x":1,"y":[1.0]}})";
    QTest::newRow("escapes") << R"({"a/b":1,"m~n":2,"":3})"
                             << R"([{"op":"remove","path":"/a~1b"},{"op":"test","path":"/m~0n","value":2},{"op":"remove","path":"/"}])"
                             << R"({"m~n":2})";
    QTest::newRow("numbers as member names") << R"({"a":{"0":1}})"
                                             << R"([{"op":"replace","path":"/a/0","value":2}])"
                                             << R"({"a":{"0":2}})";
    QTest::newRow("unknown members are ignored") << R"({})"
                                                 << R"([{"op":"add","path":"/a","value":1,"xyz":123}])"
                                                 << R"({"a":1})";
    QTest::newRow("nothing") << R"({"a":1})"
                             << "[]"
                             << R"({"a":1})";
}

void TestJsonPatch::operations()
{
    QFETCH(QString, target);
    QFETCH(QString, patch);
    QFETCH(QString, result);
    const auto patched = applyJsonPatch(json(target.toStdString()), json(patch.toStdString()));
    QVERIFY2(patched, patched ? "" : patched.error().message.c_str());
    QVERIFY2(*patched == json(result.toStdString()), toJson(*patched).c_str());
}

void TestJsonPatch::failures_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<int>("code");
    const std::pair<const char*, int> rows[] = { { R"({"op":"add"})", 400 }, { R"([1])", 400 }, { R"([{"op":"spam","path":"/a"}])", 400 },
        { R"([{"op":"add","path":"a","value":1}])", 400 }, { R"([{"op":"add","path":"/a~2","value":1}])", 400 },
        { R"([{"op":"add","path":"/a"}])", 400 }, { R"([{"op":"copy","path":"/a"}])", 400 }, { R"([{"op":"remove","path":"/x"}])", 422 },
        { R"([{"op":"replace","path":"/x","value":1}])", 422 }, { R"([{"op":"add","path":"/x/y","value":1}])", 422 },
        { R"([{"op":"add","path":"/list/4","value":1}])", 422 }, { R"([{"op":"add","path":"/list/01","value":1}])", 422 },
        { R"([{"op":"add","path":"/list/-1","value":1}])", 422 }, { R"([{"op":"add","path":"/a/b","value":1}])", 422 },
        { R"([{"op":"remove","path":"/list/3"}])", 422 }, { R"([{"op":"remove","path":"/list/-"}])", 422 }, { R"([{"op":"remove","path":""}])", 422 },
        { R"([{"op":"test","path":"/a","value":2}])", 422 }, { R"([{"op":"test","path":"/x","value":null}])", 422 },
        { R"([{"op":"move","from":"/x","path":"/y"}])", 422 }, { R"([{"op":"move","from":"/o","path":"/o/p"}])", 422 },
        { R"([{"op":"remove","path":"/list/99999999999999999999999"}])", 422 } };
    for (const auto& [patch, code] : rows)
        QTest::newRow(patch) << patch << code;
}

void TestJsonPatch::failures()
{
    QFETCH(QString, patch);
    QFETCH(int, code);
    const auto patched = applyJsonPatch(json(R"({"a":1,"list":[1,2,3],"o":{}})"), json(patch.toStdString()));
    QVERIFY(!patched);
    QVERIFY2(patched.error().code == code, patched.error().message.c_str());
}

void TestJsonPatch::theTargetIsUntouched()
{
    const Value target = json(R"({"a":{"b":[1,2]}})");
    const auto patched = applyJsonPatch(target, json(R"([{"op":"add","path":"/a/b/0","value":0},{"op":"test","path":"/a","value":1}])"));
    QCOMPARE(patched.error().message, std::string("JSON patch, operation 1 (test /a): the test failed: another value stands there"));
    QVERIFY(target == json(R"({"a":{"b":[1,2]}})"));
    std::string many = "[";
    for (std::size_t i = 0; i <= kJsonPatchOperationsMax; ++i)
        many += R"({"op":"test","path":"/a/b/0","value":1},)";
    many.back() = ']';
    QCOMPARE(applyJsonPatch(target, json(many)).error().code, 413);
}

void TestJsonPatch::copiesCannotGrowWithoutBound()
{
    Value operations;
    for (int i = 0; i < 60; ++i) // each doubles the list
        operations.push(json(R"({"op":"copy","from":"/list","path":"/list/-"})"));
    const auto patched = applyJsonPatch(json(R"({"list":[1,2,3]})"), operations);
    QCOMPARE(patched.error().code, 413);
}

void TestJsonPatch::nestingIsBounded()
{
    Value operations;
    std::string path;
    for (int i = 0; i < 99; ++i)
        operations.push(Value::object({ { "op", "add" }, { "path", path += "/a" }, { "value", Value::object({ { "x", 1 } }) } }));
    QVERIFY(applyJsonPatch(Value::object({ { "x", 1 } }), operations));
    for (int i = 0; i < 2000; ++i)
        operations.push(Value::object({ { "op", "add" }, { "path", path += "/a" }, { "value", Value::object({ { "x", 1 } }) } }));
    QCOMPARE(applyJsonPatch(Value::object({ { "x", 1 } }), operations).error().code, 422);
}

void TestJsonPatch::mergePatch_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("result");
    // RFC 7386, appendix A.
    const char* rows[][3] = { { R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})" }, { R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})" },
        { R"({"a":"b"})", R"({"a":null})", "{}" }, { R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})" },
        { R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})" }, { R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})" },
        { R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})" }, { R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})" },
        { R"(["a","b"])", R"(["c","d"])", R"(["c","d"])" }, { R"({"a":"b"})", R"(["c"])", R"(["c"])" }, { R"({"a":"foo"})", "null", "null" },
        { R"({"a":"foo"})", R"("bar")", R"("bar")" }, { R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})" },
        { "[1,2]", R"({"a":"b","c":null})", R"({"a":"b"})" }, { "{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})" } };
    for (const auto& row : rows)
        QTest::newRow(row[0]) << row[1] << row[2];
}

void TestJsonPatch::mergePatch()
{
    QFETCH(QString, patch);
    QFETCH(QString, result);
    const Value patched = applyMergePatch(json(QTest::currentDataTag()), json(patch.toStdString()));
    QVERIFY2(patched == json(result.toStdString()), toJson(patched).c_str());
}

void TestJsonPatch::mergePatchOfLargeObjectsIsLinear()
{
    Value target, patch;
    for (int i = 0; i < 100'000; ++i) {
        target.set("key" + std::to_string(i), i);
        patch.set("key" + std::to_string(i), nullptr);
    }
    QElapsedTimer timer;
    timer.start();
    QVERIFY(applyMergePatch(target, patch) == Value::object());
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestJsonPatch)
#include "tst_json_patch.moc"
