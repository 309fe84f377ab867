#include <QtTest>

#include "engine/base/time.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/cronjob/cron_job_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::controllers;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::controllers::resources;

namespace {

// Simulated time begins on Thursday 2026-01-01 at midnight.
struct Fixture : ControllerFixture {
    Fixture()
    {
        add<CronJobController>();
        start();
    }
    void putCronJob(std::string schedule, std::string rest = "{}")
    {
        api::Value cronJob = fromJson("{'metadata': {'namespace': 'default', 'name': 'tick'}}");
        cronJob.set("spec", fromJson(std::move(rest)));
        cronJob.edit("spec").set("schedule", schedule);
        cronJob.edit("spec").set("jobTemplate", fromJson("{'metadata': {'labels': {'a': 'b'}}, 'spec': {'template': {'spec': {}}}}"));
        client->put(resources::cronJobs, cronJob);
    }
    api::Value cronJob() { return client->at(resources::cronJobs, "default", "tick"); }
    std::vector<api::Value> jobs() { return client->all(resources::jobs, "default"); }
    void finishAll(std::string_view condition = "Complete")
    {
        for (const auto& job : jobs()) {
            client->change(resources::jobs, "default", job.str("metadata", "name"), [&](api::Value& object) {
                if (api::conditionIsTrue(object, "Complete") || api::conditionIsTrue(object, "Failed"))
                    return;
                api::setCondition(object, condition, true, "", "", formatTime(loop.wallTime()));
                object.edit("status").set("startTime", formatTime(loop.wallTime()));
                object.edit("status").set("completionTime", formatTime(loop.wallTime()));
            });
        }
        loop.settle();
    }
};

} // namespace

class CronJobControllerTest : public QObject {
    Q_OBJECT
private slots:
    void startsJobsOnTime()
    {
        Fixture f;
        f.putCronJob("*/5 * * * *");
        f.loop.advance(4min + 59s);
        QVERIFY(f.jobs().empty());
        f.loop.advance(2s);
        QCOMPARE(f.jobs().size(), 1u);
        const api::Value job = f.jobs()[0];
        QCOMPARE(job.str("metadata", "name"), std::string_view("tick-29453765"));
        QCOMPARE(job.get("metadata", "labels").str("a"), std::string_view("b"));
        QCOMPARE(job.get("metadata", "annotations").str("batch.kubernetes.io/cronjob-scheduled-timestamp"), std::string_view("2026-01-01T00:05:00Z"));
        QCOMPARE(api::ObjectMeta(job).controllerRef().str("kind"), std::string_view("CronJob"));
        QCOMPARE(f.cronJob().str("status", "lastScheduleTime"), std::string_view("2026-01-01T00:05:00Z"));
        QCOMPARE(f.cronJob().get("status", "active").size(), 1u);
        f.loop.advance(10min);
        QCOMPARE(f.jobs().size(), 3u); // Allow
        f.finishAll();
        QVERIFY(!f.cronJob().get("status").has("active"));
        QVERIFY(!f.cronJob().str("status", "lastSuccessfulTime").empty());
    }

    void forbidWaitsForTheRunningOne()
    {
        Fixture f;
        f.putCronJob("* * * * *", "{'concurrencyPolicy': 'Forbid'}");
        f.loop.advance(3min + 30s);
        QCOMPARE(f.jobs().size(), 1u);
        QVERIFY(f.recorded("JobAlreadyActive"));
        f.finishAll();
        f.loop.advance(1s);
        QCOMPARE(f.jobs().size(), 2u); // the start that was missed last
        QCOMPARE(f.cronJob().str("status", "lastScheduleTime"), std::string_view("2026-01-01T00:03:00Z"));
    }

    void replaceEndsTheRunningOne()
    {
        Fixture f;
        f.putCronJob("* * * * *", "{'concurrencyPolicy': 'Replace'}");
        f.loop.advance(1min + 1s);
        const std::string first(f.jobs().at(0).str("metadata", "name"));
        f.loop.advance(1min);
        QCOMPARE(f.jobs().size(), 1u);
        QVERIFY(f.jobs()[0].str("metadata", "name") != first);
    }

    void aMissedStartIsMadeUpWithinItsDeadline()
    {
        for (const auto& [deadline, started] :
            {std::pair("{'startingDeadlineSeconds': 7200}", 1u), std::pair("{'startingDeadlineSeconds': 60}", 0u)}) {
            Fixture f;
            f.putCronJob("0 * * * *", deadline);
            f.client->change(resources::cronJobs, "default", "tick", [](api::Value& object) { object.edit("spec").set("suspend", true); });
            f.loop.advance(90min);
            QVERIFY(f.jobs().empty());
            f.client->change(resources::cronJobs, "default", "tick", [](api::Value& object) { object.edit("spec").set("suspend", false); });
            f.loop.advance(1s);
            QCOMPARE(f.jobs().size(), started);
        }
    }

    void historyIsKeptShort()
    {
        Fixture f;
        f.putCronJob("* * * * *", "{'successfulJobsHistoryLimit': 2, 'failedJobsHistoryLimit': 1}");
        for (int i = 0; i < 10; ++i) {
            f.loop.advance(1min);
            f.finishAll(i % 2 ? "Failed" : "Complete");
        }
        f.loop.advance(1s);
        QCOMPARE(f.jobs().size(), 3u);
    }

    void whatCannotBeReadIsTold()
    {
        Fixture f;
        f.putCronJob("61 * * * *");
        f.loop.advance(2h);
        QVERIFY(f.recorded("UnparseableSchedule"));
        Fixture g;
        g.putCronJob("* * * * *", "{'timeZone': 'Europe/Berlin'}");
        g.loop.advance(2h);
        QVERIFY(g.recorded("UnknownTimeZone"));
        QVERIFY(g.jobs().empty());
    }

    void schedules_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QString>("next");
        QTest::newRow("every minute") << "* * * * *" << "2026-01-01T00:00:30Z" << "2026-01-01T00:01:00Z";
        QTest::newRow("strictly after") << "0 0 * * *" << "2026-01-01T00:00:00Z" << "2026-01-02T00:00:00Z";
        QTest::newRow("steps") << "*/15 * * * *" << "2026-01-01T00:16:00Z" << "2026-01-01T00:30:00Z";
        QTest::newRow("from on") << "50/4 * * * *" << "2026-01-01T00:51:00Z" << "2026-01-01T00:54:00Z";
        QTest::newRow("ranges and lists") << "0 9-17/4,20 * * *" << "2026-01-01T13:00:00Z" << "2026-01-01T17:00:00Z";
        QTest::newRow("weekday names") << "30 8 * * MON-FRI" << "2026-01-02T09:00:00Z" << "2026-01-05T08:30:00Z";
        QTest::newRow("Sunday is 7") << "0 0 * * 7" << "2026-01-01T00:00:00Z" << "2026-01-04T00:00:00Z";
        QTest::newRow("month names") << "0 0 1 mar *" << "2026-01-01T00:00:00Z" << "2026-03-01T00:00:00Z";
        QTest::newRow("either day") << "0 0 13 * FRI" << "2026-01-01T00:00:00Z" << "2026-01-02T00:00:00Z";
        QTest::newRow("leap day") << "0 0 29 2 *" << "2026-01-01T00:00:00Z" << "2028-02-29T00:00:00Z";
        QTest::newRow("macro") << "@monthly" << "2026-01-15T00:00:00Z" << "2026-02-01T00:00:00Z";
        QTest::newRow("question mark") << "0 0 ? * 6" << "2026-01-01T00:00:00Z" << "2026-01-03T00:00:00Z";
        QTest::newRow("never") << "0 0 31 2 *" << "2026-01-01T00:00:00Z" << "";
    }
    void schedules()
    {
        QFETCH(QString, schedule);
        QFETCH(QString, after);
        QFETCH(QString, next);
        auto parsed = CronSchedule::parse(schedule.toStdString());
        QVERIFY(parsed);
        const WallTime from = *parseTime(after.toStdString());
        const auto found = parsed->next(from);
        QCOMPARE(found ? QString::fromStdString(formatTime(*found)) : QString(), next);
        if (found) {
            QVERIFY(parsed->last(from, *found + 30s) == found);
            QVERIFY(!parsed->last(*found, *found + 30s));
        }
    }

    void nonsenseIsNoSchedule_data()
    {
        QTest::addColumn<QString>("schedule");
        for (const char* text : {"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-3 * * * *",
                 "*/0 * * * *", "a * * * *", "1,,2 * * * *", "@sometimes", "1- * * * *", "-1 * * * *", "99999999999 * * * *"})
            QTest::newRow(text[0] ? text : "empty") << text;
    }
    void nonsenseIsNoSchedule()
    {
        QFETCH(QString, schedule);
        QVERIFY(!CronSchedule::parse(schedule.toStdString()));
    }
};

QTEST_GUILESS_MAIN(CronJobControllerTest)
#include "tst_cron_job_controller.moc"
