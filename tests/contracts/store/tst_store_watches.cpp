#include "store_fixture.h"

using namespace kates;
using namespace kates::store;

class StoreWatchesTest : public QObject {
    Q_OBJECT

private slots:
    KATES_FOR_EACH_STORE(aWatchSeesWhatTouchesItsPrefix)
    {
        KATES_STORE(fixture);
        Recorder recorder;
        auto watch = fixture.store().watch("/pods/", fixture.store().currentRevision(), recorder.handler());
        auto first = *fixture.put("/pods/a", "1");
        fixture.put("/services/a", "1");
        fixture.commit({{"/pods/a", Bytes("2"), first}, {"/services/b", Bytes("1"), {}}, {"/pods/b", Bytes("1"), {}}});
        fixture.erase("/pods/a");
        QVERIFY(fixture.runUntil([&] { return recorder.events().size() == 4; }));
        QCOMPARE(recorder.text(), std::string("/pods/a=1;/pods/a=2 /pods/b=1;-/pods/a;"));
        QVERIFY(!recorder.events()[0].previous);
        QCOMPARE(std::string(recorder.events()[1].previous->value.view()), std::string("1"));
        QCOMPARE(recorder.events()[1].current->createRevision, first);
        QCOMPARE(std::string(recorder.events()[3].previous->value.view()), std::string("2"));
    }

    KATES_FOR_EACH_STORE(aLateWatchGetsThePastAndThenThePresentOnceAndInOrder)
    {
        KATES_STORE(fixture);
        auto start = *fixture.put("/k", "0");
        for (int i = 1; i <= 1200; ++i)
            fixture.put("/k", std::to_string(i));
        Recorder recorder;
        auto watch = fixture.store().watch("/", start, recorder.handler());
        for (int i = 1201; i <= 1300; ++i)
            fixture.put("/k", std::to_string(i));
        QVERIFY(fixture.runUntil([&] { return recorder.events().size() >= 1300; }));
        std::string expected;
        for (int i = 1; i <= 1300; ++i)
            expected += "/k=" + std::to_string(i) + ";";
        QCOMPARE(recorder.text(), expected);
        QVERIFY(std::is_sorted(recorder.revisions().begin(), recorder.revisions().end(), std::less_equal<>()));
    }

    KATES_FOR_EACH_STORE(aWatchResumesAfterARestartWithoutLossOrRepeat)
    {
        KATES_STORE(fixture);
        if (!fixture.durable())
            return;
        Recorder before;
        auto watch = fixture.store().watch("/", fixture.store().currentRevision(), before.handler());
        fixture.put("/a", "1");
        auto seen = *fixture.put("/a", "2");
        watch->reset();
        fixture.commit({{"/a", Bytes("3"), {}}, {"/b", Bytes("1"), {}}});
        fixture.erase("/a");
        fixture.reopen();
        Recorder after;
        auto again = fixture.store().watch("/", seen, after.handler());
        fixture.put("/c", "1");
        QVERIFY(fixture.runUntil([&] { return after.events().size() >= 4; }));
        QCOMPARE(before.text(), std::string("/a=1;/a=2;"));
        QCOMPARE(after.text(), std::string("/a=3 /b=1;-/a;/c=1;"));
        QCOMPARE(std::string(after.events()[0].previous->value.view()), std::string("2"));
        QCOMPARE(std::string(after.events()[2].previous->value.view()), std::string("3"));
    }

    KATES_FOR_EACH_STORE(aWatchFromCompactedHistoryIsRefused)
    {
        KATES_STORE(fixture);
        auto first = *fixture.put("/k", "1");
        auto second = *fixture.put("/k", "2");
        fixture.put("/k", "3");
        QVERIFY(fixture.run(fixture.store().compact(second)));
        QCOMPARE(fixture.store().watch("/", first - 1, {}).error().code, StoreErrorCode::Compacted);
        Recorder recorder;
        auto watch = fixture.store().watch("/", second, recorder.handler());
        QVERIFY(watch);
        QVERIFY(fixture.runUntil([&] { return !recorder.events().empty(); }));
        QCOMPARE(recorder.text(), std::string("/k=3;"));
    }

    KATES_FOR_EACH_STORE(aWatchFromTheFutureWaitsForIt)
    {
        KATES_STORE(fixture);
        auto first = *fixture.put("/k", "1");
        Recorder recorder, all;
        auto watch = fixture.store().watch("/", first + 1, recorder.handler());
        auto other = fixture.store().watch("/", first, all.handler());
        while (*fixture.put("/k", "x") <= first + 1) { }
        QVERIFY(fixture.runUntil([&] { return !recorder.events().empty() && all.events().size() > recorder.events().size(); }));
        QVERIFY(recorder.revisions().front() > first + 1);
    }

    KATES_FOR_EACH_STORE(aWatchMayBeEndedFromItsOwnHandler)
    {
        KATES_STORE(fixture);
        std::unique_ptr<Watch> watch;
        int calls = 0;
        WatchHandler handler{[&](auto) {
                                 ++calls;
                                 watch.reset();
                             },
            [](StoreError) {}};
        watch = std::move(*fixture.store().watch("/", fixture.store().currentRevision(), handler));
        Recorder recorder;
        auto other = fixture.store().watch("/", fixture.store().currentRevision(), recorder.handler());
        fixture.put("/a", "1");
        fixture.put("/a", "2");
        QVERIFY(fixture.runUntil([&] { return recorder.events().size() == 2; }));
        QCOMPARE(calls, 1);
    }

    KATES_FOR_EACH_STORE(aWriterSeesItsOwnEventBeforeItsAnswer)
    {
        KATES_STORE(fixture);
        Recorder recorder;
        auto watch = fixture.store().watch("/", fixture.store().currentRevision(), recorder.handler());
        auto revision = *fixture.put("/a", "1");
        QCOMPARE(recorder.revisions(), std::vector<Revision>{revision});
    }

    KATES_FOR_EACH_STORE(aFailedWriteGivesNoEvent)
    {
        KATES_STORE(fixture);
        Recorder recorder;
        auto watch = fixture.store().watch("/", fixture.store().currentRevision(), recorder.handler());
        QVERIFY(!fixture.put("/a", "1", 77));
        fixture.erase("/none");
        fixture.put("/b", "1");
        QVERIFY(fixture.runUntil([&] { return !recorder.events().empty(); }));
        QCOMPARE(recorder.text(), std::string("/b=1;"));
    }

    KATES_FOR_EACH_STORE(closingEndsWatchesWithAnError)
    {
        KATES_STORE(fixture);
        Recorder recorder;
        auto watch = fixture.store().watch("/", 0, recorder.handler());
        fixture.run(fixture.store().close());
        QVERIFY(recorder.error());
        QCOMPARE(recorder.error()->code, StoreErrorCode::Unavailable);
    }
};

QTEST_GUILESS_MAIN(StoreWatchesTest)
#include "tst_store_watches.moc"
