#include <QtTest>

#include "engine/base/simulated_loop.h"
#include "engine/base/task.h"

using namespace kates;
using namespace std::chrono_literals;

namespace {

Task<int> answer()
{
    co_return 42;
}

Task<int> addLater(Loop& loop, int left, int right)
{
    co_await sleepFor(loop, 10s);
    co_return left + right;
}

Task<void> record(Loop& loop, std::vector<std::string>& log, std::string name, Duration delay, std::stop_token stop)
{
    bool whole = co_await sleepFor(loop, delay, stop);
    log.push_back(name + (whole ? ":whole" : ":stopped"));
}

Task<void> consume(Channel<int>& channel, std::vector<int>& seen)
{
    while (auto item = co_await channel.next())
        seen.push_back(*item);
    seen.push_back(-1);
}

Task<void> waitFor(Future<int> future, int& out)
{
    out = co_await future;
}

Task<void> stopGroup(TaskGroup& group, bool& finished)
{
    group.requestStop();
    co_await group.finished();
    finished = true;
}

} // namespace

class TaskTest : public QObject {
    Q_OBJECT
private slots:
    void aTaskGivesItsValue()
    {
        SimulatedLoop loop;
        QCOMPARE(runToCompletion(loop, answer()), 42);
        QCOMPARE(runToCompletion(loop, addLater(loop, 1, 2)), 3);
        QCOMPARE(loop.now().time_since_epoch(), MonotonicTime::duration(10s));
    }
    void sleepersWakeInOrderAndStopEarly()
    {
        SimulatedLoop loop;
        std::vector<std::string> log;
        std::stop_source stop;
        spawn(record(loop, log, "late", 20s, stop.get_token()));
        spawn(record(loop, log, "early", 5s, stop.get_token()));
        loop.advance(6s);
        stop.request_stop();
        loop.advance(0s);
        QCOMPARE(log, (std::vector<std::string>{"early:whole", "late:stopped"}));
    }
    void aChannelDrainsAfterClose()
    {
        Channel<int> channel;
        std::vector<int> seen;
        channel.push(1);
        spawn(consume(channel, seen));
        channel.push(2);
        channel.close();
        channel.push(3);
        QCOMPARE(seen, (std::vector<int>{1, 2, -1}));
    }
    void aFutureResumesEveryWaiterOnce()
    {
        Future<int> future;
        int first = 0, second = 0;
        spawn(waitFor(future, first));
        spawn(waitFor(future, second));
        future.set(7);
        future.set(8);
        QCOMPARE(first, 7);
        QCOMPARE(second, 7);
    }
    void aGroupWaitsForItsTasks()
    {
        SimulatedLoop loop;
        std::vector<std::string> log;
        bool finished = false;
        TaskGroup group(loop);
        group.spawn(record(loop, log, "one", 1h, group.stopToken()));
        spawn(stopGroup(group, finished));
        QVERIFY(!finished);
        loop.advance(0s);
        QVERIFY(finished);
        QVERIFY(group.empty());
        QCOMPARE(log, std::vector<std::string>{"one:stopped"});
    }
    void aCancelledTimerNeverFires()
    {
        SimulatedLoop loop;
        int fired = 0;
        auto kept = loop.after(1s, [&] { ++fired; });
        auto cancelled = loop.after(1s, [&] { fired += 100; });
        cancelled.reset();
        loop.advance(2s);
        QCOMPARE(fired, 1);
    }
};

QTEST_GUILESS_MAIN(TaskTest)
#include "tst_task.moc"
