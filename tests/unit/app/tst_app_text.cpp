#include <QtTest>

#include "app/base/age.h"
#include "app/base/text.h"

using namespace kates::app;

class TestText : public QObject {
    Q_OBJECT
private slots:
    void terminalEscapesBecomeVisible() { QCOMPARE(displayText("a\x1b[31mb"), QStringLiteral("a\u241B[31mb")); }
    void directionOverridesAreDropped() { QCOMPARE(displayText("user\u202Egnp.exe"), QStringLiteral("usergnp.exe")); }
    void brokenUtf8IsReplaced()
    {
        QCOMPARE(displayText("a\xff"
                             "b"),
            QStringLiteral("a\uFFFDb"));
    }
    void newlinesAndTabsStay() { QCOMPARE(displayText("a\n\tb"), QStringLiteral("a\n\tb")); }
    void longTextIsCut()
    {
        const QString shown = displayText(std::string(100'000, 'x'), 50);
        QCOMPARE(shown.size(), 51);
        QVERIFY(shown.endsWith(u'…'));
    }
    void agesAreKubectls_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        const std::pair<qint64, const char*> rows[]
            = { { -5, "<invalid>" }, { -1, "0s" }, { 0, "0s" }, { 119, "119s" }, { 120, "2m" }, { 330, "5m30s" }, { 600, "10m" }, { 10'799, "179m" },
                  { 10'800, "3h" }, { 12'000, "3h20m" }, { 28'800, "8h" }, { 172'799, "47h" }, { 172'800, "2d" }, { 273'600, "3d4h" },
                  { 691'200, "8d" }, { 17'280'000, "200d" }, { 63'072'000, "2y" }, { 65'664'000, "2y30d" }, { 283'824'000, "9y" } };
        for (const auto& [seconds, text] : rows)
            QTest::addRow("%s", text) << seconds << QString::fromLatin1(text);
    }
    void agesAreKubectls()
    {
        QFETCH(qint64, seconds);
        QFETCH(QString, text);
        QCOMPARE(humanDuration(seconds), text);
    }
    void stepsHaveShortTimes()
    {
        QCOMPARE(shortDuration(8), QStringLiteral("8 ms"));
        QCOMPARE(shortDuration(1234), QStringLiteral("1.2 s"));
        QCOMPARE(shortDuration(125'000), QStringLiteral("2 min 5 s"));
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "tst_app_text.moc"
