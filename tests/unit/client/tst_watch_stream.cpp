#include <QtTest>

#include "engine/client/watch_stream.h"

using namespace kates;
using namespace kates::client;

class WatchStreamTest : public QObject {
    Q_OBJECT
private slots:
    void framesMayArriveInAnyPieces()
    {
        const std::string text = R"({"type":"ADDED","object":{"metadata":{"name":"a"}}})"
                                 "\n"
                                 R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"7"}}})"
                                 "\n";
        for (std::size_t piece = 1; piece <= text.size(); piece += 7) {
            WatchFrames frames;
            std::vector<WatchEvent> events;
            for (std::size_t at = 0; at < text.size(); at += piece) {
                for (auto& event : frames.feed(std::string_view(text).substr(at, piece)))
                    events.push_back(event);
            }
            QVERIFY(!frames.error());
            QCOMPARE(events.size(), 2u);
            QCOMPARE(events[0].object.str("metadata", "name"), std::string_view("a"));
            QVERIFY(events[1].type == WatchEvent::Type::Bookmark);
        }
    }

    void anErrorEventComesAfterTheEventsBeforeIt()
    {
        WatchFrames frames;
        auto events = frames.feed(R"({"type":"DELETED","object":{}})"
                                  "\n"
                                  R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}})"
                                  "\n"
                                  R"({"type":"ADDED","object":{}})"
                                  "\n");
        QCOMPARE(events.size(), 1u);
        QVERIFY(frames.error());
        QVERIFY(frames.error()->isExpired());
        QVERIFY(frames.feed("{}\n").empty());
    }

    void nonsenseEndsTheWatch_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("not JSON") << QByteArray("<html>\n");
        QTest::newRow("no type") << QByteArray("{}\n");
        QTest::newRow("unknown type") << QByteArray(R"({"type":"GONE","object":{}})"
                                                    "\n");
        QTest::newRow("too long") << QByteArray(kWatchFrameMaxBytes + 1, 'x');
    }
    void nonsenseEndsTheWatch()
    {
        QFETCH(QByteArray, bytes);
        WatchFrames frames;
        QVERIFY(frames.feed(std::string_view(bytes.data(), bytes.size())).empty());
        QVERIFY(frames.error());
        QVERIFY(!frames.error()->message.empty());
    }
};

QTEST_GUILESS_MAIN(WatchStreamTest)
#include "tst_watch_stream.moc"
