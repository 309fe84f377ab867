#include "engine/api/selector.h"

#include <QtTest>

using namespace kates::api;

namespace {

const Value kLabels = Value::object({ { "app", "web" }, { "tier", "front" }, { "size", "12" }, { "empty", "" } });

}

class TestSelector : public QObject {
    Q_OBJECT

private slots:
    void queriesMatch_data();
    void queriesMatch();
    void malformedQueriesSayWhat_data();
    void malformedQueriesSayWhat();
    void printsWhatItParsed();
    void selectorObjects();
    void plainMaps();
    void fieldSelectors_data();
    void fieldSelectors();
    void malformedFieldSelectors();
    void requiredFields();
};

void TestSelector::queriesMatch_data()
{
    QTest::addColumn<bool>("matches");
    const std::pair<const char*, bool> rows[] = { { "", true }, { "app=web", true }, { "app==web", true }, { " app = web , tier != back", true },
        { "app!=web", false }, { "missing!=x", true }, { "app", true }, { "!app", false }, { "!missing", true }, { "! missing", true },
        { "app in (web,db)", true }, { "app in(db)", false }, { "app notin (db)", true }, { "app notin (web)", false }, { "missing notin (a)", true },
        { "missing in (a)", false }, { "size>11", true }, { "size>12", false }, { "size<13", true }, { "app>1", false }, { "empty=", true },
        { "empty in (,a)", true }, { "empty in (a,)", true }, { "app=,tier=front", false }, { "in in (in)", false } };
    for (const auto& [text, matches] : rows)
        QTest::newRow(text) << matches;
}

void TestSelector::queriesMatch()
{
    QFETCH(bool, matches);
    const auto selector = LabelSelector::parse(QTest::currentDataTag());
    QVERIFY2(selector, selector ? "" : selector.error().message.c_str());
    QCOMPARE(selector->matches(kLabels), matches);
}

void TestSelector::malformedQueriesSayWhat_data()
{
    QTest::addColumn<QString>("message");
    const std::pair<const char*, const char*> rows[] = { { "app=web,", "found '', expected: identifier after ','" },
        { "app web", "unable to parse requirement: found 'web', expected: in, notin, =, ==, !=, gt, lt" },
        { ",app", "found ',', expected: !, identifier, or 'end of string'" }, { "!app=web", "found '=', expected: ',' or 'end of string'" },
        { "app in web", "unable to parse requirement: found 'web', expected: '('" },
        { "app in (web", "unable to parse requirement: found '', expected: ',' or ')'" },
        { "app in (a b)", "unable to parse requirement: found 'b', expected: ',' or ')'" },
        { "app=(a)", "unable to parse requirement: found '(', expected: identifier" },
        { "app in ()", "unable to parse requirement: values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty" },
        { "app>x", "unable to parse requirement: values[0]: Invalid value: for 'Gt', 'Lt' operators, the value must be an integer" },
        { "!", "unable to parse requirement: found '', expected: identifier" } };
    for (const auto& [text, message] : rows)
        QTest::newRow(text) << message;
}

void TestSelector::malformedQueriesSayWhat()
{
    QFETCH(QString, message);
    const auto selector = LabelSelector::parse(QTest::currentDataTag());
    QVERIFY(!selector);
    QCOMPARE(QString::fromStdString(selector.error().message), message);
    QVERIFY(!LabelSelector::parse("a/b/c=d"));
    QVERIFY(!LabelSelector::parse("app=-x"));
    QVERIFY(!LabelSelector::parse(std::string(kSelectorTextMax + 1, 'a')));
}

void TestSelector::printsWhatItParsed()
{
    const std::string text = LabelSelector::parse("z,!y,x=1,w!=2,v in (b,a),u notin (d,c),t>5,s<6")->toString();
    QCOMPARE(text, std::string("s<6,t>5,u notin (c,d),v in (a,b),w!=2,x=1,!y,z"));
    QCOMPARE(LabelSelector::parse(text)->toString(), text);
}

void TestSelector::selectorObjects()
{
    QVERIFY(LabelSelector::fromValue(Value())->selectsNothing());
    QVERIFY(!LabelSelector::fromValue(Value())->matches(kLabels));
    QVERIFY(LabelSelector::fromValue(Value::object())->selectsEverything());
    const auto expression = [](const char* key, const char* op, Value values) {
        return Value::object({ { "key", key }, { "operator", op }, { "values", std::move(values) } });
    };
    const auto with = [](Value expression) { return Value::object({ { "matchExpressions", Value::array({ std::move(expression) }) } }); };
    const Value both = Value::object({ { "matchLabels", Value::object({ { "app", "web" } }) },
        { "matchExpressions", Value::array({ expression("tier", "In", Value::array({ "front", "back" })), expression("x", "DoesNotExist", {}) }) } });
    QVERIFY(LabelSelector::fromValue(both)->matches(kLabels));
    QVERIFY(!LabelSelector::fromValue(both)->matches(Value::object({ { "app", "web" } })));
    QVERIFY(LabelSelector::fromValue(with(expression("tier", "NotIn", Value::array({ "x" }))))->matches(kLabels));
    QCOMPARE(LabelSelector::fromValue(with(expression("a", "Gt", Value::array({ "1" })))).error().message,
        std::string("\"Gt\" is not a valid label selector operator"));
    QVERIFY(!LabelSelector::fromValue(with(expression("a", "In", Value::array()))));
    QVERIFY(!LabelSelector::fromValue(with(expression("a", "Exists", Value::array({ "1" })))));
    QVERIFY(!LabelSelector::fromValue(Value::object({ { "matchLabels", Value::object({ { "a", 1 } }) } })));
}

void TestSelector::plainMaps()
{
    QVERIFY(LabelSelector::fromMap(Value::object({ { "app", "web" }, { "tier", "front" } })).matches(kLabels));
    QVERIFY(!LabelSelector::fromMap(Value::object({ { "app", "db" } })).matches(kLabels));
    QVERIFY(!LabelSelector::fromMap(Value::object()).matches(kLabels));
    QVERIFY(!LabelSelector::fromMap(Value()).matches(kLabels));
}

void TestSelector::fieldSelectors_data()
{
    QTest::addColumn<bool>("matches");
    const std::pair<const char*, bool> rows[] = { { "", true }, { "metadata.name=x", true }, { "metadata.name==x", true },
        { "metadata.name!=x", false }, { "metadata.name=x,spec.nodeName!=n2", true }, { "spec.nodeName=", false }, { "status.phase=", true },
        { "spec.unschedulable=false", true }, { "spec.unschedulable=true", false }, { "spec.hostNetwork=true", true },
        { "spec.note=a\\,b\\=c\\\\", true }, { ",", true } };
    for (const auto& [text, matches] : rows)
        QTest::newRow(text) << matches;
}

void TestSelector::fieldSelectors()
{
    QFETCH(bool, matches);
    const Value object = Value::object({ { "metadata", Value::object({ { "name", "x" } }) },
        { "spec", Value::object({ { "nodeName", "n1" }, { "hostNetwork", true }, { "note", "a,b=c\\" } }) } });
    const auto selector = FieldSelector::parse(QTest::currentDataTag());
    QVERIFY(selector);
    QCOMPARE(selector->matches(object), matches);
}

void TestSelector::malformedFieldSelectors()
{
    QCOMPARE(FieldSelector::parse("a=b,c").error().message, std::string("invalid selector: 'a=b,c'; can't understand 'c'"));
    for (const char* bad : { "a", "a=b=c", "a=\\", "a=\\x", "!" })
        QVERIFY2(!FieldSelector::parse(bad), bad);
}

void TestSelector::requiredFields()
{
    const auto selector = FieldSelector::parse("metadata.name=x,spec.nodeName!=n1");
    QCOMPARE(*selector->required("metadata.name"), std::string("x"));
    QVERIFY(!selector->required("spec.nodeName"));
}

QTEST_GUILESS_MAIN(TestSelector)
#include "tst_selector.moc"
