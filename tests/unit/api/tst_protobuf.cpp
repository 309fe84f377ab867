#include <QtTest>

#include "engine/api/protobuf.h"
#include "engine/api/schema.h"

using namespace kates;
using namespace kates::api;

namespace {

// What a Go client writes, built by hand: fields as tag and payload.
std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>(value | 0x80);
    return out += static_cast<char>(value);
}

std::string number(int tag, std::uint64_t value)
{
    return varint(static_cast<std::uint64_t>(tag) << 3) + varint(value);
}

std::string bytes(int tag, const std::string& payload)
{
    return varint(static_cast<std::uint64_t>(tag) << 3 | 2) + varint(payload.size()) + payload;
}

std::string envelope(const std::string& apiVersion, const std::string& kind, const std::string& raw)
{
    return std::string("k8s\0", 4) + bytes(1, bytes(1, apiVersion) + bytes(2, kind)) + bytes(2, raw) + bytes(3, "") + bytes(4, "");
}

Result<Value> parse(const std::string& text, const ParseLimits& limits = {})
{
    auto scheme = Scheme::kubernetes();
    return parseProtobuf(text, [&](std::string_view apiVersion, std::string_view kind) { return scheme->type(apiVersion, kind); }, limits);
}

// ObjectMeta as Go writes it: every plain field, the empty ones too.
std::string metadata(const std::string& name)
{
    return bytes(1, name) + bytes(2, "") + bytes(3, "") + bytes(4, "") + bytes(5, "") + bytes(6, "") + number(7, 0) + bytes(8, "");
}

} // namespace

class ProtobufTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsEmptyIsAbsent()
    {
        auto parsed = parse(envelope("v1", "ConfigMap", bytes(1, metadata("a")) + bytes(2, bytes(1, "k") + bytes(2, "v"))));
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        auto expected = parseJson(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"}})");
        QCOMPARE(QByteArray::fromStdString(toJson(*parsed)), QByteArray::fromStdString(toJson(*expected)));
    }

    void everySortOfFieldIsRead()
    {
        auto quantity = bytes(1, "cpu") + bytes(2, bytes(1, "100m"));
        auto probe = bytes(1, bytes(2, bytes(2, number(1, 1) + bytes(3, "http")))) + number(3, 5);
        auto container = bytes(1, "c") + bytes(2, "image") + bytes(3, "run") + bytes(3, "it") + bytes(8, bytes(2, quantity)) + bytes(10, probe);
        auto secret = bytes(1, "v") + bytes(2, bytes(6, bytes(1, "s")));
        auto spec = bytes(2, container) + bytes(1, secret) + number(4, 0);
        auto time = number(1, 1199149261);
        auto parsed = parse(envelope("v1", "Pod", bytes(1, bytes(1, "p") + bytes(8, time)) + bytes(2, spec)));
        QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
        QCOMPARE(std::string(parsed->str("metadata", "creationTimestamp")), std::string("2008-01-01T01:01:01Z"));
        QCOMPARE(parsed->get("spec", "terminationGracePeriodSeconds").asInt(-1), 0); // a pointer: zero is a value
        const auto& first = parsed->get("spec", "containers").at(0);
        QCOMPARE(first.get("command").size(), std::size_t(2));
        QCOMPARE(std::string(first.str("resources", "requests", "cpu")), std::string("100m"));
        QCOMPARE(std::string(first.str("livenessProbe", "httpGet", "port")), std::string("http")); // Go's inlined struct
        QCOMPARE(first.get("livenessProbe", "timeoutSeconds").asInt(), 5);
        QCOMPARE(std::string(parsed->get("spec", "volumes").at(0).str("secret", "secretName")), std::string("s"));
    }

    void bytesBecomeBase64()
    {
        auto parsed = parse(envelope("v1", "Secret", bytes(1, metadata("s")) + bytes(2, bytes(1, "k") + bytes(2, std::string("\0\xff", 2)))));
        QCOMPARE(std::string(parsed->str("data", "k")), std::string("AP8="));
    }

    void badInputIsAnError_data()
    {
        QTest::addColumn<QByteArray>("text");
        auto row = [](const char* name, const std::string& text) { QTest::newRow(name) << QByteArray::fromStdString(text); };
        row("empty", "");
        row("no magic", "{}");
        row("unknown kind", envelope("v1", "Nothing", ""));
        row("cut off", envelope("v1", "ConfigMap", bytes(1, metadata("a")).substr(0, 5)));
        row("field zero", envelope("v1", "ConfigMap", std::string("\0\0", 2)));
        row("group wire type", envelope("v1", "ConfigMap", std::string("\x0b", 1)));
        row("varint without end", envelope("v1", "ConfigMap", std::string(12, '\xff')));
        row("not UTF-8", envelope("v1", "ConfigMap", bytes(1, bytes(1, "\xff"))));
        row("length past the end", envelope("v1", "ConfigMap", std::string("\x0a\xff\xff\xff\xff\x0f", 6)));
    }

    void badInputIsAnError()
    {
        QFETCH(QByteArray, text);
        auto parsed = parse(text.toStdString());
        QVERIFY(!parsed);
        QVERIFY(!parsed.error().message.empty());
    }

    void limitsHold()
    {
        ParseLimits limits;
        limits.nodesMax = 10;
        std::string many;
        for (int i = 0; i < 100; ++i)
            many += bytes(2, bytes(1, "k" + std::to_string(i)) + bytes(2, "v"));
        QVERIFY(!parse(envelope("v1", "ConfigMap", many), limits));
        limits = {};
        limits.bytesMax = 10;
        QVERIFY(!parse(envelope("v1", "ConfigMap", many), limits));
    }
};

QTEST_GUILESS_MAIN(ProtobufTest)
#include "tst_protobuf.moc"
