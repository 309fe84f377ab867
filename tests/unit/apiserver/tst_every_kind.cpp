// Objects of every kind with every field set, to the type's strangest values: nothing may crash, every refusal must be orderly, and what is accepted
// must be accepted unchanged again.
#include <QtTest>

#include "engine/api/fields.h"
#include "tests/support/strategy_fixture.h"

using namespace kates;
using namespace kates::api;

namespace {

enum class Flavour { Empty, Odd, Plain };

Value valueOf(const Field& field, Flavour flavour, int depth);

Value objectOf(const TypeDescription& type, Flavour flavour, int depth)
{
    constexpr int kDepthMax = 7;
    Value object = Value::object();
    for (const Field& field : type.fields) {
        // A schema holds schemas: one level of it is enough.
        const bool deep = depth >= kDepthMax || type.name == "JSONSchemaProps";
        if (deep && field.kind == Field::Kind::Struct)
            continue;
        const Value one = valueOf(field, flavour, depth);
        switch (field.shape) {
        case Field::Shape::Single: object.set(field.name, one); break;
        case Field::Shape::List: object.set(field.name, Value::array({one, one})); break;
        case Field::Shape::Map: object.set(field.name, Value::object({{flavour == Flavour::Plain ? "key" : "", one}})); break;
        }
    }
    return object;
}

Value textOf(const Field& field, Flavour flavour)
{
    if (flavour == Flavour::Plain && !field.enumValues.empty())
        return field.enumValues.back();
    constexpr const char* kTexts[] {"", "/..//%:\xC3\xA9=-", "plain"};
    return kTexts[static_cast<int>(flavour)];
}

Value valueOf(const Field& field, Flavour flavour, int depth)
{
    const bool odd = flavour == Flavour::Odd;
    switch (field.kind) {
    case Field::Kind::String:
    case Field::Kind::Duration: return textOf(field, flavour);
    case Field::Kind::Bool: return flavour != Flavour::Empty;
    case Field::Kind::Int32: return odd ? -2147483647 - 1 : flavour == Flavour::Plain ? 7 : 0;
    case Field::Kind::Int64: return odd ? std::numeric_limits<std::int64_t>::min() : std::int64_t(0);
    case Field::Kind::Double: return odd ? -1e300 : 0.5;
    case Field::Kind::Bytes: return odd ? "AA==" : "";
    case Field::Kind::Time:
    case Field::Kind::MicroTime: return odd ? "0001-01-01T00:00:00Z" : "2026-01-02T12:00:00Z";
    case Field::Kind::Quantity: return odd ? Value("-9223372036854775807Ei") : Value(1);
    case Field::Kind::IntOrString: return odd ? Value("99999999999%") : Value(80);
    case Field::Kind::Struct: return objectOf(*field.type, flavour, depth + 1);
    case Field::Kind::Anything: return odd ? Value::array({Value(), Value(1)}) : Value::object();
    }
    return {};
}

} // namespace

class TestEveryKind : public QObject {
    Q_OBJECT

private slots:
    void strangeObjectsAreRefusedInOrder()
    {
        for (const auto& scheme : {Scheme::kubernetes(), Scheme::engine()}) {
            for (const auto& kind : scheme->kinds()) {
                for (const Flavour flavour : {Flavour::Empty, Flavour::Odd, Flavour::Plain})
                    tryObject(*kind, objectOf(*kind->type, flavour, 0));
                tryObject(*kind, Value::object());
            }
        }
    }

private:
    static void tryObject(const KindDescription& kind, Value object)
    {
        const WallTime now = *parseTime("2026-01-02T12:00:00Z");
        object.set("apiVersion", kind.apiVersion());
        object.set("kind", kind.kind);
        Value made = object;
        check(kind, apiserver::prepareAndValidateCreate({kind, "tester", "", now}, made));
        for (const char* subresource : {"", "status", "scale", "finalize"}) {
            Value changed = object;
            check(kind, apiserver::prepareAndValidateUpdate({kind, "tester", subresource, now}, changed, made));
            Value emptied = Value::object({{"apiVersion", kind.apiVersion()}, {"kind", kind.kind}});
            check(kind, apiserver::prepareAndValidateUpdate({kind, "tester", subresource, now}, emptied, made));
        }
        // Defaults and strategies settle at once.
        Value again = made;
        (void)apiserver::prepareAndValidateUpdate({kind, "tester", "", now}, again, made);
        Value third = again;
        (void)apiserver::prepareAndValidateUpdate({kind, "tester", "", now}, third, again);
        QVERIFY2(third == again, kind.kind.c_str());
    }

    static void check(const KindDescription& kind, const ApiResult<void>& result)
    {
        if (result)
            return;
        QVERIFY2(result.error().code == 422 || result.error().code == 400, kind.kind.c_str());
        QVERIFY2(!result.error().message.empty(), kind.kind.c_str());
        for (const StatusCause& cause : result.error().causes)
            QVERIFY2(!cause.message.empty() && !cause.reason.empty(), kind.kind.c_str());
    }
};

QTEST_GUILESS_MAIN(TestEveryKind)
#include "tst_every_kind.moc"
