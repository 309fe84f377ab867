#include <QtTest>

#include "engine/api/duration.h"

using namespace std::chrono_literals;

class TestDuration : public QObject {
    Q_OBJECT

private slots:
    void twoUnitsWhileBothMatter_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        const qint64 minute = 60;
        const qint64 hour = 60 * minute;
        const qint64 day = 24 * hour;
        QTest::newRow("future") << qint64(-2) << "<invalid>";
        QTest::newRow("clock skew") << qint64(-1) << "0s";
        QTest::newRow("now") << qint64(0) << "0s";
        QTest::newRow("119s") << qint64(119) << "119s";
        QTest::newRow("2m") << 2 * minute << "2m";
        QTest::newRow("2m1s") << 2 * minute + 1 << "2m1s";
        QTest::newRow("10m") << 10 * minute + 59 << "10m";
        QTest::newRow("179m") << 179 * minute << "179m";
        QTest::newRow("3h") << 3 * hour << "3h";
        QTest::newRow("3h5m") << 3 * hour + 5 * minute << "3h5m";
        QTest::newRow("8h") << 8 * hour + 5 * minute << "8h";
        QTest::newRow("47h") << 47 * hour << "47h";
        QTest::newRow("2d") << 2 * day << "2d";
        QTest::newRow("2d3h") << 2 * day + 3 * hour << "2d3h";
        QTest::newRow("8d") << 8 * day + 3 * hour << "8d";
        QTest::newRow("729d") << 729 * day << "729d";
        QTest::newRow("2y") << 730 * day << "2y";
        QTest::newRow("2y5d") << 735 * day << "2y5d";
        QTest::newRow("8y") << (8 * 365 + 4) * day << "8y";
    }
    void twoUnitsWhileBothMatter()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(kates::api::humanDuration(std::chrono::seconds(seconds))), text);
    }
};

QTEST_GUILESS_MAIN(TestDuration)
#include "tst_duration.moc"
