#include "engine/api/quantity.h"

#include <QtTest>
#include <limits>

using namespace kates::api;

class TestQuantity : public QObject {
    Q_OBJECT

private slots:
    void canonicalForm_data();
    void canonicalForm();
    void malformedTextIsRefused();
    void valuesAreRoundedUp();
    void hugeValuesSaturate();
    void arithmetic();
    void fromValues();
};

void TestQuantity::canonicalForm_data()
{
    QTest::addColumn<QString>("canonical");
    const std::pair<const char*, const char*> rows[] = { { "0", "0" }, { "-0", "0" }, { "00.00Gi", "0" }, { "100m", "100m" }, { "0.1", "100m" },
        { "1000m", "1" }, { "1500m", "1500m" }, { "1.5", "1500m" }, { "1000", "1k" }, { "1024", "1024" }, { "1e3", "1e3" }, { "1E3", "1e3" },
        { "12e6", "12e6" }, { "1E", "1E" }, { "10000k", "10M" }, { "1Ki", "1Ki" }, { "1024Ki", "1Mi" }, { "1.5Gi", "1536Mi" }, { "0.5Ki", "512" },
        { "0.5Mi", "512Ki" }, { "1.1Ki", "1126400m" }, { "0.0001Ki", "102400u" }, { "1n", "1n" }, { "0.1n", "1n" }, { "1u", "1u" },
        { "3.0001n", "4n" }, { "-1.5Gi", "-1536Mi" }, { "-0.1n", "-1n" }, { "1Ei", "1Ei" }, { "7Ei", "7Ei" }, { "1.", "1" }, { ".5", "500m" },
        { "+5", "5" }, { "5e-3", "5e-3" }, { "1e-9", "1e-9" }, { "1e-10", "1e-9" }, { "0.000000000000000000000000001", "1n" },
        { "123456789012m", "123456789012m" }, { "100e1", "1e3" }, { "1e0", "1" }, { "1Gi", "1Gi" }, { "1000Mi", "1000Mi" }, { "1e+3", "1e3" },
        { "0.3Gi", "322122547200m" } };
    for (const auto& [text, canonical] : rows)
        QTest::newRow(text) << canonical;
}

void TestQuantity::canonicalForm()
{
    QFETCH(QString, canonical);
    const auto quantity = Quantity::parse(QTest::currentDataTag());
    QVERIFY(quantity);
    QCOMPARE(QString::fromStdString(quantity->toString()), canonical);
    QCOMPARE(QString::fromStdString(Quantity::parse(canonical.toStdString())->toString()), canonical);
}

void TestQuantity::malformedTextIsRefused()
{
    for (const char* bad : { "", " ", "1 ", " 1", "abc", "1.2.3", "1KiB", "1K", "1ki", "1mi", "0x10", "1e", "1e1.5", "--1", "+-1", "1+1", "Mi", "m",
             "+", ".", "1ee3", "1e3Mi", "1e99999999999999", "1.1.M", "1,5", "NaN", "1e+-3" })
        QVERIFY2(!Quantity::parse(bad), bad);
    QVERIFY(!Quantity::parse(std::string(1000, '1')));
}

void TestQuantity::valuesAreRoundedUp()
{
    QCOMPARE(Quantity::parse("1.1")->units(), 2);
    QCOMPARE(Quantity::parse("-1.1")->units(), -2);
    QCOMPARE(Quantity::parse("1n")->units(), 1);
    QCOMPARE(Quantity::parse("1n")->milli(), 1);
    QCOMPARE(Quantity::parse("250m")->milli(), 250);
    QCOMPARE(Quantity::parse("2")->milli(), 2000);
    QCOMPARE(Quantity::parse("64Mi")->units(), 67108864);
    QCOMPARE(Quantity::ofMilli(1500).toString(), std::string("1500m"));
    QCOMPARE(Quantity::ofUnits(3 << 20, Quantity::Format::BinarySI).toString(), std::string("3Mi"));
}

void TestQuantity::hugeValuesSaturate()
{
    constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
    for (const char* huge :
        { "9223372036854775807", "9223372036854775808", "1e100", "99999999999999999999999999999999999999999E", "8Ei", "100000Ei", "1e2147483647" })
        QCOMPARE(Quantity::parse(huge)->units(), kMax);
    QCOMPARE(Quantity::parse("-1e100")->units(), -kMax);
    QCOMPARE(Quantity::parse("1e100")->milli(), kMax);
    QCOMPARE((*Quantity::parse("1e100") + *Quantity::parse("1e100")).units(), kMax);
    QCOMPARE(Quantity::parse("0e2147483647")->units(), 0);
    QCOMPARE(Quantity::parse("1e-2147483647")->toString(), std::string("1e-9"));
}

void TestQuantity::arithmetic()
{
    const Quantity a = *Quantity::parse("100m"), b = *Quantity::parse("1Gi");
    QCOMPARE((a + a).toString(), std::string("200m"));
    QCOMPARE((b - *Quantity::parse("1Mi")).toString(), std::string("1023Mi"));
    QCOMPARE((Quantity() + b).toString(), std::string("1Gi"));
    QVERIFY(a < b && !(b < a) && *Quantity::parse("1") == *Quantity::parse("1000m"));
    QVERIFY((a - a).isZero());
}

void TestQuantity::fromValues()
{
    QCOMPARE(Quantity::fromValue(" 1Gi ").toString(), std::string("1Gi"));
    QCOMPARE(Quantity::fromValue(5).toString(), std::string("5"));
    QCOMPARE(Quantity::fromValue(0.5).toString(), std::string("500m"));
    QVERIFY(Quantity::fromValue(Value()).isZero() && Quantity::fromValue("x").isZero() && Quantity::fromValue(Value::array()).isZero());
}

QTEST_GUILESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
