#include "engine/api/value.h"

#include <QtTest>
#include <thread>

#include "engine/api/value/intern.h"

using namespace kates::api;

class TestValue : public QObject {
    Q_OBJECT

private slots:
    void scalarsKeepTheirTypeAndValue();
    void stringsOfEveryLengthSurvive();
    void readingWhatIsNotThereGivesNull();
    void aCopyIsUnaffectedByChanges();
    void changesBelowAnObjectDetachOnlyThePath();
    void membersKeepTheirOrderAndKeysAppearOnce();
    void arraysInsertAndErase();
    void aValueMayBeReplacedByItsOwnPart();
    void equalityIgnoresOrderAndNumberType();
    void largeObjectsFindInsertAndErase();
    void largeObjectsStayLinear();
    void deepNestingNeedsNoStack();
    void theInternTableIsBounded();
    void threadsMayShareAValue();
    void settingOnAnotherTypeReplacesIt();
};

void TestValue::scalarsKeepTheirTypeAndValue()
{
    QVERIFY(Value().isNull());
    QCOMPARE(Value(true).asBool(), true);
    QCOMPARE(Value(std::int64_t(9223372036854775807)).asInt(), 9223372036854775807);
    QCOMPARE(Value(1.5).asDouble(), 1.5);
    QCOMPARE(Value(3.0).asInt(), 3);
    QCOMPARE(Value(3.5).asInt(7), 7);
    QCOMPARE(Value(1e300).asInt(7), 7);
    QCOMPARE(Value(9223372036854775808.0).asInt(7), 7);
    QVERIFY(Value("").isEmpty() && Value(0).isEmpty() && Value(false).isEmpty() && Value::array().isEmpty() && Value::object().isEmpty());
    QVERIFY(!Value("x").isEmpty() && !Value(0.5).isEmpty());
}

void TestValue::stringsOfEveryLengthSurvive()
{
    for (std::size_t length = 0; length < 200; ++length) {
        std::string text(length, 'a');
        if (length)
            text[length / 2] = '\0';
        const Value value(text), copy = value;
        QVERIFY(copy.asString() == text);
        const Value object = Value::object({ { text, value } });
        QVERIFY(object.str(text) == text);
    }
}

void TestValue::readingWhatIsNotThereGivesNull()
{
    const Value object = Value::object({ { "a", Value::array({ 1, 2 }) }, { "n", nullptr } });
    QVERIFY(object.get("x", "y", "z").isNull());
    QVERIFY(object.get("a").get("b").isNull());
    QVERIFY(object.get("a").at(2).isNull());
    QVERIFY(object.has("n") && !object.has("x"));
    QCOMPARE(object.get("n").size(), std::size_t(0));
    QVERIFY(Value(1).begin() == Value(1).end());
}

void TestValue::aCopyIsUnaffectedByChanges()
{
    Value original = Value::object({ { "metadata", Value::object({ { "name", "a-name-that-is-longer-than-a-cell" } }) } });
    Value copy = original;
    QVERIFY(copy.sameStorage(original));
    copy.edit("metadata", "name") = "b";
    QCOMPARE(original.str("metadata", "name"), std::string_view("a-name-that-is-longer-than-a-cell"));
    QCOMPARE(copy.str("metadata", "name"), std::string_view("b"));
    copy.edit("metadata").erase("name");
    QVERIFY(copy.get("metadata").isObject() && copy.get("metadata").size() == 0);
}

void TestValue::changesBelowAnObjectDetachOnlyThePath()
{
    Value original = Value::object({ { "spec", Value::object({ { "x", 1 } }) }, { "status", Value::object({ { "y", 2 } }) } });
    Value copy = original;
    copy.edit("spec", "x") = 5;
    QVERIFY(copy.get("status").sameStorage(original.get("status")));
    QVERIFY(!copy.get("spec").sameStorage(original.get("spec")));
}

void TestValue::membersKeepTheirOrderAndKeysAppearOnce()
{
    Value object;
    object.set("z", 1);
    object.set("a", 2);
    object.set("z", 3);
    std::string keys;
    for (const Member& member : object.members())
        keys += member.key.view();
    QCOMPARE(keys, std::string("za"));
    QCOMPARE(object.get("z").asInt(), 3);
    QVERIFY(object.erase("z"));
    QVERIFY(!object.erase("z"));
    QCOMPARE(object.size(), std::size_t(1));
}

void TestValue::arraysInsertAndErase()
{
    Value array;
    array.push(1);
    array.push(3);
    array.insert(1, 2);
    array.insert(3, "a string that is long enough to be on the heap");
    QVERIFY(array == Value::array({ 1, 2, 3, "a string that is long enough to be on the heap" }));
    Value copy = array;
    copy.eraseAt(3);
    copy.eraseAt(0);
    copy.editAt(0) = "x";
    QVERIFY(copy == Value::array({ "x", 3 }));
    QCOMPARE(array.size(), std::size_t(4));
    copy.clear();
    QVERIFY(copy.isArray() && copy.size() == 0);
}

void TestValue::aValueMayBeReplacedByItsOwnPart()
{
    Value value = Value::object({ { "inner", Value::object({ { "deep", "a string that is long enough to be on the heap" } }) } });
    value = value.get("inner");
    QCOMPARE(value.str("deep"), std::string_view("a string that is long enough to be on the heap"));
    value = std::move(value.edit("deep"));
    QCOMPARE(value.asString(), std::string_view("a string that is long enough to be on the heap"));
    Value self = Value::object({ { "a", 1 } });
    self.set("self", self);
    QVERIFY(self.get("self") == Value::object({ { "a", 1 } }));
    self.set(self.members().begin()->key.view(), 2);
    QCOMPARE(self.get("a").asInt(), 2);
}

void TestValue::equalityIgnoresOrderAndNumberType()
{
    QVERIFY(Value::object({ { "a", 1 }, { "b", 2 } }) == Value::object({ { "b", 2.0 }, { "a", 1.0 } }));
    QVERIFY(!(Value::array({ 1, 2 }) == Value::array({ 2, 1 })));
    QVERIFY(!(Value(std::int64_t(9007199254740993)) == Value(9007199254740992.0)));
    QVERIFY(!(Value::object({ { "a", nullptr } }) == Value::object({ { "b", nullptr } })));
    QVERIFY(!(Value("1") == Value(1)));
    QVERIFY(!(Value::array() == Value::object()));
}

void TestValue::largeObjectsFindInsertAndErase()
{
    Value object;
    for (int i = 0; i < 1000; ++i)
        object.set("key-number-" + std::to_string(i), i);
    const Value before = object;
    for (int i = 0; i < 1000; i += 3)
        QVERIFY(object.erase("key-number-" + std::to_string(i)));
    for (int i = 0; i < 1000; ++i) {
        const Value* found = object.find("key-number-" + std::to_string(i));
        QVERIFY(i % 3 == 0 ? !found : found && found->asInt() == i);
        QCOMPARE(before.get("key-number-" + std::to_string(i)).asInt(), i);
    }
    for (int i = 0; i < 1000; i += 3)
        object.set("key-number-" + std::to_string(i), i);
    QVERIFY(object == before);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(object.erase("key-number-" + std::to_string(i)));
    QVERIFY(object.isEmpty() && before.size() == 1000);
}

void TestValue::largeObjectsStayLinear()
{
    QElapsedTimer timer;
    timer.start();
    Value object;
    for (int i = 0; i < 200'000; ++i)
        object.set("k" + std::to_string(i), i);
    for (int i = 0; i < 200'000; ++i)
        QCOMPARE(object.get("k" + std::to_string(i)).asInt(), i);
    // Quadratic behaviour would need minutes.
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestValue::deepNestingNeedsNoStack()
{
    Value deep, other;
    for (int i = 0; i < 1'000'000; ++i) {
        deep = Value::array({ deep });
        other = Value::object({ { "a", other } });
    }
    Value same = deep;
    QVERIFY(deep == same);
    same = Value::array({ deep.at(0) });
    QVERIFY(deep == same);
    QVERIFY(!(deep == other));
    QVERIFY(deep.memoryBytes() > 1'000'000);
}

void TestValue::theInternTableIsBounded()
{
    const Value first = Value::object({ { "a-key-longer-than-14-bytes", 1 } }), second = Value::object({ { "a-key-longer-than-14-bytes", 2 } });
    QVERIFY(first.members().begin()->key.view().data() == second.members().begin()->key.view().data());
    for (std::size_t i = 0; i < kInternedKeysMax + 1000; ++i) {
        const std::string key = "a-key-made-by-the-outside-" + std::to_string(i);
        QVERIFY(Value::object({ { key, 1 } }).has(key));
    }
    QVERIFY(internedKeys() <= kInternedKeysMax);
    QVERIFY(Value::object({ { "a-key-longer-than-14-bytes", 1 } }).has("a-key-longer-than-14-bytes"));
}

void TestValue::threadsMayShareAValue()
{
    Value shared;
    for (int i = 0; i < 100; ++i)
        shared.set("a-rather-long-key-" + std::to_string(i), Value::array({ "a string that is long enough to be on the heap", i }));
    std::vector<std::thread> threads;
    std::atomic<int> wrong { 0 };
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([shared, t, &wrong] {
            for (int round = 0; round < 300; ++round) {
                Value mine = shared;
                mine.edit("a-rather-long-key-" + std::to_string(round % 100)).push(t);
                mine.set("a-new-key-of-this-round-" + std::to_string(round), t);
                wrong += mine.size() != 101 || mine.get("a-rather-long-key-" + std::to_string(round % 100)).size() != 3;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(shared.get("a-rather-long-key-7").size(), std::size_t(2));
}

void TestValue::settingOnAnotherTypeReplacesIt()
{
    Value value("text");
    value.set("a", 1);
    QVERIFY(value == Value::object({ { "a", 1 } }));
    value.push(1);
    QVERIFY(value == Value::array({ 1 }));
}

QTEST_GUILESS_MAIN(TestValue)
#include "tst_value.moc"
