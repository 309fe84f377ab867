#include <QtTest>

#include "engine/base/random.h"
#include "engine/base/time.h"

using namespace kates;

class TimeTest : public QObject {
    Q_OBJECT
private slots:
    void timesRoundTrip()
    {
        for (std::string text : {"2026-11-24T19:42:22Z", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z"})
            QCOMPARE(formatTime(*parseTime(text)), text);
        QCOMPARE(formatMicroTime(*parseTime("2026-11-24T19:42:22.000123Z")), std::string("2026-11-24T19:42:22.000123Z"));
        QCOMPARE(formatTime(*parseTime("2026-11-24T21:42:22+02:00")), std::string("2026-11-24T19:42:22Z"));
        QVERIFY(*parseTime("9999-12-31T23:59:59Z") == WallTime::max());
        QVERIFY(*parseTime("0001-01-01T00:00:00Z") == WallTime::min());
    }
    void nonsenseIsRefused()
    {
        for (std::string text : {"", "2026", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z",
                 "2026-01-01T00:00:00", "2026-01-01T00:00:00Zx", "2026-01-01T00:00:00+0200"})
            QVERIFY2(!parseTime(text), text.c_str());
    }
    void randomNamesKeepToKubernetesLetters()
    {
        auto random = makeSeededRandom(1);
        QCOMPARE(random->nameSuffix().size(), std::size_t(5));
        auto id = makeSystemRandom()->uuid();
        QVERIFY(QRegularExpression("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$").match(QString::fromStdString(id)).hasMatch());
        QVERIFY(makeSeededRandom(5)->next() == makeSeededRandom(5)->next());
    }
};

QTEST_GUILESS_MAIN(TimeTest)
#include "tst_time.moc"
