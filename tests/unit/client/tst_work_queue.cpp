#include <QtTest>

#include "engine/base/simulated_loop.h"
#include "engine/client/work_queue.h"

using namespace kates;
using namespace kates::client;
using namespace std::chrono_literals;

namespace {

// Reconciles by noting the key, then waiting `work`; fails as often as told.
class Recorder {
public:
    explicit Recorder(Loop& loop) : m_loop(loop) {}
    Task<ReconcileResult> reconcile(std::string key)
    {
        seen.push_back(key);
        times.push_back(m_loop.now());
        running = running + 1;
        mostRunning = std::max(mostRunning, running);
        co_await sleepFor(m_loop, work);
        running = running - 1;
        if (failuresLeft > 0) {
            --failuresLeft;
            co_return ReconcileResult::retry();
        }
        if (again)
            co_return ReconcileResult::after(*std::exchange(again, std::nullopt));
        co_return ReconcileResult::done();
    }
    Reconcile function()
    {
        return [this](std::string key) { return reconcile(std::move(key)); };
    }
    std::vector<std::string> seen;
    std::vector<MonotonicTime> times;
    Duration work = 10ms;
    int failuresLeft = 0, running = 0, mostRunning = 0;
    std::optional<Duration> again;

private:
    Loop& m_loop;
};

} // namespace

class WorkQueueTest : public QObject {
    Q_OBJECT
private slots:
    void aWaitingKeyWaitsOnce()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        WorkQueue queue(loop, {.name = "test"}, recorder.function());
        for (const char* key : {"a", "b", "a", "a"})
            queue.add(key);
        QCOMPARE(queue.size(), 2u);
        loop.settle();
        QVERIFY(recorder.seen.empty()); // not started
        queue.start();
        loop.run();
        QCOMPARE(recorder.seen, (std::vector<std::string>{"a", "b"}));
        QVERIFY(queue.idle());
    }

    void aKeyThatChangesWhileProcessedComesAgainAndNeverTwiceAtOnce()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        WorkQueue queue(loop, {.name = "test", .workers = 8}, recorder.function());
        queue.start();
        queue.add("a");
        loop.settle();
        QCOMPARE(recorder.running, 1);
        queue.add("a");
        queue.add("a");
        loop.settle();
        QCOMPARE(recorder.running, 1);
        loop.run();
        QCOMPARE(recorder.seen, (std::vector<std::string>{"a", "a"}));
        QCOMPARE(recorder.mostRunning, 1);
    }

    void noMoreThanItsWorkersRunAtOnce()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        WorkQueue queue(loop, {.name = "test", .workers = 3}, recorder.function());
        queue.start();
        for (int i = 0; i < 20; ++i)
            queue.add(std::to_string(i));
        loop.run();
        QCOMPARE(recorder.mostRunning, 3);
        QCOMPARE(recorder.seen.size(), 20u);
        QCOMPARE(recorder.seen[19], std::string("19"));
    }

    void failuresBackOffAndSuccessForgetsThem()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        recorder.work = {};
        recorder.failuresLeft = 4;
        WorkQueue queue(loop, {.name = "test", .backoffBase = 5ms, .backoffMax = 20ms}, recorder.function());
        queue.start();
        queue.add("a");
        loop.run();
        std::vector<Duration> gaps;
        for (std::size_t i = 1; i < recorder.times.size(); ++i)
            gaps.push_back(recorder.times[i] - recorder.times[i - 1]);
        QCOMPARE(gaps, (std::vector<Duration>{5ms, 10ms, 20ms, 20ms}));
        recorder.failuresLeft = 1;
        queue.add("a");
        loop.run();
        QCOMPARE(Duration(recorder.times[6] - recorder.times[5]), Duration(5ms));
    }

    void laterKeysKeepTheEarliestTime()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        WorkQueue queue(loop, {.name = "test"}, recorder.function());
        queue.start();
        queue.addAfter("a", 10s);
        queue.addAfter("a", 5s);
        queue.addAfter("a", 20s);
        QVERIFY(queue.idle());
        loop.run();
        QCOMPARE(recorder.seen.size(), 1u);
        QCOMPARE(Duration(recorder.times[0].time_since_epoch()), Duration(5s));
    }

    void aReconcilerMayAskToLookAgain()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        recorder.work = {};
        recorder.again = 30s;
        WorkQueue queue(loop, {.name = "test"}, recorder.function());
        queue.start();
        queue.add("a");
        loop.run();
        QCOMPARE(recorder.seen.size(), 2u);
        QCOMPARE(Duration(recorder.times[1] - recorder.times[0]), Duration(30s));
    }

    void stopWaitsForWhatRunsAndDropsTheRest()
    {
        SimulatedLoop loop;
        Recorder recorder(loop);
        WorkQueue queue(loop, {.name = "test", .workers = 1}, recorder.function());
        queue.start();
        queue.add("a");
        queue.add("b");
        queue.addAfter("c", 1s);
        loop.settle();
        runToCompletion(loop, queue.stop());
        QCOMPARE(recorder.running, 0);
        queue.add("d");
        loop.run();
        QCOMPARE(recorder.seen, (std::vector<std::string>{"a"}));
    }
};

QTEST_GUILESS_MAIN(WorkQueueTest)
#include "tst_work_queue.moc"
