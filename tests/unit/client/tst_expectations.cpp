#include <QtTest>

#include "engine/base/simulated_loop.h"
#include "engine/client/expectations.h"

using namespace kates;
using namespace kates::client;
using namespace std::chrono_literals;

class ExpectationsTest : public QObject {
    Q_OBJECT
private slots:
    void creationsAreCountedDown()
    {
        SimulatedLoop loop;
        Expectations expectations(loop);
        QVERIFY(expectations.satisfied("ns/a"));
        expectations.expectCreations("ns/a", 2);
        QVERIFY(!expectations.satisfied("ns/a"));
        QVERIFY(expectations.satisfied("ns/b"));
        expectations.creationObserved("ns/a");
        QVERIFY(!expectations.satisfied("ns/a"));
        expectations.creationObserved("ns/a");
        QVERIFY(expectations.satisfied("ns/a"));
        expectations.creationObserved("ns/a"); // one more than expected: another controller's
        expectations.expectCreations("ns/a", 1);
        QVERIFY(!expectations.satisfied("ns/a"));
    }

    void aDeletionIsObservedOnceHoweverOftenItIsReported()
    {
        SimulatedLoop loop;
        Expectations expectations(loop);
        expectations.expectDeletions("ns/a", {"u1", "u2"});
        expectations.deletionObserved("ns/a", "u1"); // deletionTimestamp set
        expectations.deletionObserved("ns/a", "u1"); // gone
        QVERIFY(!expectations.satisfied("ns/a"));
        expectations.deletionObserved("ns/a", "u2");
        QVERIFY(expectations.satisfied("ns/a"));
    }

    void missedEventsDoNotBlockForEver()
    {
        SimulatedLoop loop;
        Expectations expectations(loop);
        expectations.expectCreations("ns/a", 1);
        loop.advance(4min);
        QVERIFY(!expectations.satisfied("ns/a"));
        loop.advance(2min);
        QVERIFY(expectations.satisfied("ns/a"));
    }

    void aForgottenControllerExpectsNothing()
    {
        SimulatedLoop loop;
        Expectations expectations(loop);
        expectations.expectCreations("ns/a", 1);
        expectations.forget("ns/a");
        QVERIFY(expectations.satisfied("ns/a"));
    }
};

QTEST_GUILESS_MAIN(ExpectationsTest)
#include "tst_expectations.moc"
