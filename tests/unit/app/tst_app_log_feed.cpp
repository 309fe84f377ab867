#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "app/dock/log_feed.h"
#include "app/dock/log_model.h"
#include "app/dock/log_rows.h"
#include "app/dock/log_text.h"

using namespace kates::app;

namespace {

LogLine lineAt(qint64 time, const QString& text, int source = 0)
{
    LogLine line;
    line.source = source;
    line.place.time = time;
    line.text = text;
    return line;
}

QStringList texts(const LogModel& model)
{
    QStringList texts;
    for (int row = 0; row < model.count(); ++row)
        texts.append(model.line(row).text);
    return texts;
}

LogLine shown(const QByteArray& bytes)
{
    LogLine line;
    setLogText(line, bytes);
    return line;
}

} // namespace

// A feed and a model that takes its updates, as a session and its view do.
class TestLogFeed : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        feed = std::make_unique<LogFeed>();
        model = std::make_unique<LogModel>();
        tester = std::make_unique<QAbstractItemModelTester>(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        connect(feed.get(), &LogFeed::updated, this, [this](const LogUpdate& update) {
            last = update;
            model->apply(update);
            feed->taken();
        });
    }
    void cleanup()
    {
        tester.reset();
        model.reset();
        feed.reset();
    }

    void linesAreMergedByTime()
    {
        feed->add({ lineAt(10, "a"), lineAt(30, "c") });
        QTRY_COMPARE(texts(*model), QStringList({ "a", "c" }));
        feed->add({ lineAt(20, "b", 1), lineAt(10, "a2", 1) });
        QTRY_COMPARE(texts(*model), QStringList({ "a", "a2", "b", "c" }));
        feed->add({ lineAt(40, "d") });
        QTRY_COMPARE(texts(*model), QStringList({ "a", "a2", "b", "c", "d" }));
    }

    void theRingIsBounded()
    {
        QList<LogLine> many;
        for (int i = 0; i < 60'000; ++i)
            many.append(lineAt(i, QString::number(i)));
        feed->add(many);
        QTRY_COMPARE(model->count(), 60'000);
        for (LogLine& line : many)
            line.place.time += 60'000;
        feed->add(many);
        QTRY_VERIFY(last.complete && last.dropped == 20'000);
        QCOMPARE(model->count(), int(kLogLinesMax));
        QCOMPARE(model->line(0).place.time, 20'000);
        // Characters count too: seventy lines of half a million take more than there is room for.
        QList<LogLine> large;
        for (int i = 0; i < 70; ++i)
            large.append(lineAt(200'000 + i, QString(500'000, u'x')));
        feed->add(large);
        QTRY_VERIFY(last.complete && model->line(model->count() - 1).place.time == 200'069);
        QCOMPARE(model->count(), int(kLogCharactersMax / 500'000));
    }

    void filterAndSearchFollow()
    {
        QList<LogLine> lines;
        for (int i = 0; i < 30'000; ++i)
            lines.append(lineAt(i, QStringLiteral("%1 %2").arg(i % 10 == 0 ? "error" : "info").arg(i), i % 3));
        feed->add(lines);
        feed->setFilter({ {}, LogPattern(QStringLiteral("ERROR"), false) });
        QTRY_VERIFY(last.complete && model->count() == 3000);
        feed->setSearch(LogPattern(QStringLiteral("\\b\\d{2}$"), true));
        QTRY_VERIFY(last.complete && last.hits == 9);
        const auto hit = feed->find({ 25, 0 }, false);
        QVERIFY(hit);
        QCOMPARE(hit->place.time, 30);
        QCOMPARE(hit->ordinal, 3);
        QCOMPARE(feed->find({ 5, 0 }, true)->place.time, 90); // going round
        feed->add({ lineAt(30'000, "error 77"), lineAt(30'001, "info") });
        QTRY_VERIFY(last.complete && last.hits == 10 && model->count() == 3001);
        feed->setFilter({ { 0 }, {} });
        QTRY_VERIFY(last.complete && model->count() == 20'000);
        feed->setFilter({ { 0, 1, 2 }, {} });
        QTRY_VERIFY(last.complete && model->count() == 0);
        feed->setFilter({});
        QTRY_VERIFY(last.complete && model->count() == 30'002);
    }

    // Lines that come in the wrong order, filters that change and lines that go: at the end the view has what the ring has.
    void anyOrderEndsInTheSame()
    {
        auto random = QRandomGenerator(7);
        for (int round = 0; round < 30; ++round) {
            QList<LogLine> lines;
            const int count = int(random.bounded(1, 1200));
            for (int i = 0; i < count; ++i)
                lines.append(lineAt(random.bounded(1'000'000), QString::number(random.bounded(1000)), int(random.bounded(4))));
            feed->add(lines);
            if (random.bounded(3) == 0)
                feed->setFilter({ { int(random.bounded(4)) }, random.bounded(2) ? LogPattern(QString::number(random.bounded(10)), false) : LogPattern() });
            if (random.bounded(3) == 0)
                feed->setSearch(LogPattern(QString::number(random.bounded(100)), false));
            if (random.bounded(2) == 0)
                QTest::qWait(1);
        }
        feed->setFilter({});
        feed->setSearch(LogPattern(QStringLiteral("7"), false));
        QTRY_VERIFY(last.complete && model->count() == last.total);
        int hits = 0;
        for (int row = 0; row < model->count(); ++row) {
            hits += model->line(row).text.contains(u'7') ? 1 : 0;
            QVERIFY(row == 0 || model->line(row - 1).place < model->line(row).place);
        }
        QCOMPARE(last.hits, hits);
    }

    void aViewThatIsSlowHoldsNothingUp()
    {
        LogFeed slow;
        QSignalSpy spy(&slow, &LogFeed::updated);
        slow.add({ lineAt(1, "a") });
        QVERIFY(spy.wait());
        for (int i = 0; i < 100; ++i)
            slow.add({ lineAt(2 + i, "b") });
        QTest::qWait(3 * kLogFlushMs);
        QCOMPARE(spy.size(), 1);
        slow.taken();
        QVERIFY(spy.wait());
        QCOMPARE(spy.last().first().value<LogUpdate>().append.size(), 100);
    }

    void anEvilExpressionDoesNotHoldAnything()
    {
        const LogPattern pattern(QStringLiteral("(a+)+$"), true);
        QVERIFY(pattern.isValid());
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!pattern.matches(QString(5000, u'a') + u'b'));
        QVERIFY2(clock.elapsed() < 200, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(pattern.matches(QStringLiteral("baa")));
        QVERIFY(!LogPattern(QStringLiteral("(a"), true).error().isEmpty());
        QCOMPARE(LogPattern(QStringLiteral("A.b"), false).all(QStringLiteral("xa.Ba.b")).size(), 2);
    }

    void stampsOfAnyShape()
    {
        const auto time = [](const char* line) { return splitLogStamp(line)->first; };
        QCOMPARE(logStamp(time("2026-11-24T19:42:22.123456789Z x")), QStringLiteral("2026-11-24T19:42:22.123456789Z"));
        QCOMPARE(logStamp(time("2026-11-24T19:42:22Z x")), QStringLiteral("2026-11-24T19:42:22.000000000Z"));
        QCOMPARE(logStamp(time("2026-11-24T19:42:22.1+02:30 x")), QStringLiteral("2026-11-24T17:12:22.100000000Z"));
        QVERIFY(time("2026-11-24T19:42:22.12Z x") > time("2026-11-24T19:42:22.1Z x"));
        QVERIFY(splitLogStamp("2026-11-24T19:42:22.12Z  two")->second == QByteArrayView(" two"));
        QVERIFY(splitLogStamp("2026-11-24T19:42:22.12Z")->second.isEmpty());
        for (const char* bad : { "", "hello", "2026-13-24T19:42:22Z x", "2026-11-24T19:42:22 x", "2026-11-24T19:4x:22Z x", "2026-11-24T19:42:22.1+0230 x" })
            QVERIFY2(!splitLogStamp(bad), bad);
    }

    void escapesBecomeStyles()
    {
        const LogLine line = shown("plain \x1b[1;31mred\x1b[0m \x1b[38;5;208mo\x1b[48;2;1;2;3mbg\x1b[m end\r");
        QCOMPARE(line.text, QStringLiteral("plain red obg end"));
        QCOMPARE(line.styles.size(), 3);
        QCOMPARE(line.styles[0].start, 6);
        QCOMPARE(line.styles[0].length, 3);
        QVERIFY(line.styles[0].bold && line.styles[0].foreground.index == 1);
        QCOMPARE(line.styles[1].foreground.rgb, qRgb(255, 135, 0));
        QCOMPARE(line.styles[2].background.rgb, qRgb(1, 2, 3));
        // Titles, cursor movements, a link: nothing of them is shown and nothing done.
        QCOMPARE(shown("\x1b]0;title\x07"
                       "a\x1b[2Jb\x1b[10;10Hc\x1b]8;;http://x\x1b\\d\x1b(B!")
                     .text,
            QStringLiteral("abcd!"));
        QCOMPARE(shown("a\x07\x00z").text, QStringLiteral("a\u2407"));
        QCOMPARE(shown("\xff\xfe ok").text, QStringLiteral("\uFFFD\uFFFD ok"));
        QCOMPARE(shown("\xe2\x80\xaeright").text, QStringLiteral("right"));
        for (const char* torn : { "\x1b", "\x1b[", "\x1b[1;", "\x1b]", "\x1b[38;5", "\x1b[38;2;1", "\x1b(" })
            QVERIFY2(shown(torn).text.isEmpty(), torn);
    }

    void floodsStayBounded()
    {
        QByteArray colours;
        for (int i = 0; i < 100'000; ++i)
            colours += "\x1b[3" + QByteArray::number(i % 8) + "mx";
        const LogLine line = shown(colours);
        QCOMPARE(line.text.size(), kLogLineMax);
        QCOMPARE(line.styles.size(), kLogStylesMax);
        QCOMPARE(shown(QByteArray(10 << 20, 'x')).text.size(), kLogLineMax);
        QCOMPARE(shown("\x1b[" + QByteArray(10 << 20, ';') + "m").text, QString());
    }

    void rowsOfWrappedLines()
    {
        QCOMPARE(rowCountOf(shown("abcdef"), 0), 1);
        QCOMPARE(rowCountOf(shown("abcdef"), 3), 2);
        QCOMPARE(rowCountOf(shown("abcdefg"), 3), 3);
        QCOMPARE(rowCountOf(shown(""), 3), 1);
        QCOMPARE(rowStarts(shown("a漢字b"), 3), QList<qsizetype>({ 0, 2 })); // a漢 | 字b
        LogRows rows;
        for (const int count : { 1, 3, 2 })
            rows.append(count);
        QCOMPARE(rows.at(3).line, 1);
        QCOMPARE(rows.at(3).row, 2);
        QCOMPARE(rows.at(99).line, 2);
        rows.dropFront(1);
        QCOMPARE(rows.first(), 1);
        QCOMPARE(rows.at(1).line, 0);
        rows.truncate(1);
        rows.append(5);
        QCOMPARE(rows.end(), 9);
        QCOMPARE(rows.startOf(1), 4);
    }

private:
    std::unique_ptr<LogFeed> feed;
    std::unique_ptr<LogModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
    LogUpdate last;
};

QTEST_GUILESS_MAIN(TestLogFeed)
#include "tst_app_log_feed.moc"
