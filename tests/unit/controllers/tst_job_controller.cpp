#include <QtTest>

#include "engine/base/time.h"
#include "engine/controllers/common/resources.h"
#include "engine/controllers/job/job_controller.h"
#include "engine/controllers/job/job_indexes.h"
#include "engine/controllers/job/ttl_after_finished_controller.h"
#include "tests/unit/controllers/fixture.h"

using namespace kates;
using namespace kates::test;
using namespace std::chrono_literals;
namespace resources = kates::controllers::resources;

namespace {

struct Fixture : ControllerFixture {
    Fixture()
    {
        add<controllers::JobController>();
        add<controllers::TtlAfterFinishedController>();
        runPods().finishes = true;
        start();
    }
    void putJob(std::string spec = "{}")
    {
        api::Value job = fromJson("{'metadata': {'namespace': 'default', 'name': 'job'}}");
        job.set("spec", fromJson(std::move(spec)));
        job.edit("spec").set(
            "template", fromJson("{'metadata': {'labels': {'job': 'x'}}, 'spec': {'restartPolicy': 'Never', 'containers': [{'name': 'c'}]}}"));
        client->put(resources::jobs, job);
    }
    api::Value job() { return client->at(resources::jobs, "default", "job"); }
    std::int64_t status(std::string_view field) { return job().get("status", field).asInt(); }
    bool is(std::string_view condition) { return api::conditionIsTrue(job(), condition); }
    void finish(const api::Value& pod, std::string_view phase, int exitCode = 0)
    {
        client->change(resources::pods, "default", pod.str("metadata", "name"), [&](api::Value& object) {
            object.edit("status").set("phase", phase);
            api::Value status = fromJson("{'name': 'c', 'state': {'terminated': {}}}");
            status.edit("state", "terminated").set("exitCode", exitCode);
            object.edit("status").set("containerStatuses", api::Value::array({status}));
        });
    }
    std::vector<api::Value> unfinished()
    {
        auto all = pods();
        std::erase_if(all, [](const api::Value& pod) { return pod.str("status", "phase") != "Pending"; });
        return all;
    }
};

} // namespace

class JobControllerTest : public QObject {
    Q_OBJECT
private slots:
    void runsToCompletionInParallel()
    {
        Fixture f;
        f.putJob("{'completions': 5, 'parallelism': 2}");
        std::int64_t most = 0;
        QVERIFY(f.until([&] {
            most = std::max(most, f.status("active"));
            return f.is("Complete");
        }));
        QCOMPARE(most, 2);
        QCOMPARE(f.status("succeeded"), 5);
        QCOMPARE(f.pods().size(), 5u);
        QVERIFY(!f.job().str("status", "startTime").empty());
        QVERIFY(!f.job().str("status", "completionTime").empty());
        QVERIFY(!f.job().get("status").has("uncountedTerminatedPods"));
        QVERIFY(f.is("SuccessCriteriaMet"));
        for (const auto& pod : f.pods())
            QCOMPARE(api::ObjectMeta(pod).finalizers().size(), 0u);
        QVERIFY(f.recorded("Completed"));
    }

    void oneSuccessEndsAJobWithoutCompletions()
    {
        Fixture f;
        f.putJob("{'parallelism': 3}");
        QVERIFY(f.until([&] { return f.is("Complete"); }));
        QCOMPARE(f.status("succeeded"), 3);
    }

    void aDeletedPodIsReplacedAndNeverCountsTwice()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 2, 'parallelism': 2}");
        QVERIFY(f.until([&] { return f.pods().size() == 2; }));
        const api::Value first = f.pods()[0];
        f.finish(first, "Succeeded");
        // Somebody deletes it at once: its finalizer holds it until it is counted.
        (void)runToCompletion(f.loop, f.client->remove(resources::pods, "default", std::string(first.str("metadata", "name")), {}));
        QVERIFY(f.until([&] { return f.pods().size() == 1 && f.status("succeeded") == 1; }));
        f.loop.advance(1min);
        QCOMPARE(f.status("succeeded"), 1);
        QCOMPARE(f.pods().size(), 1u);
        f.finish(f.pods()[0], "Succeeded");
        QVERIFY(f.until([&] { return f.is("Complete"); }));
        QCOMPARE(f.status("succeeded"), 2);
    }

    void failuresBackOffAndThenFailTheJob()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 1, 'backoffLimit': 2}");
        const MonotonicTime begin = f.loop.now();
        QVERIFY(f.until([&] {
            for (const auto& pod : f.unfinished()) {
                f.client->change(resources::pods, "default", pod.str("metadata", "name"), [&](api::Value& object) {
                    object.edit("status").set("phase", "Failed");
                    api::Value status = fromJson("{'name': 'c', 'state': {'terminated': {'exitCode': 1}}}");
                    status.edit("state", "terminated").set("finishedAt", formatTime(f.loop.wallTime()));
                    object.edit("status").set("containerStatuses", api::Value::array({status}));
                });
                f.loop.settle();
            }
            return f.is("Failed");
        }, 5min));
        QVERIFY(f.loop.now() - begin >= 30s); // 10 s, then 20 s
        QCOMPARE(f.status("failed"), 3);
        QCOMPARE(api::condition(f.job(), "Failed").str("reason"), std::string_view("BackoffLimitExceeded"));
        QVERIFY(f.recorded("BackoffLimitExceeded"));
    }

    void theDeadlineEndsIt()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 1, 'activeDeadlineSeconds': 100}");
        f.loop.advance(95s);
        QVERIFY(!f.is("Failed"));
        QVERIFY(f.until([&] { return f.is("Failed"); }, 20s));
        QCOMPARE(api::condition(f.job(), "Failed").str("reason"), std::string_view("DeadlineExceeded"));
        QVERIFY(f.until([&] { return f.pods().empty(); }));
    }

    void suspendAndResume()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 1, 'suspend': true}");
        f.loop.advance(5s);
        QVERIFY(f.pods().empty());
        QVERIFY(f.is("Suspended"));
        f.client->change(resources::jobs, "default", "job", [](api::Value& job) { job.edit("spec").set("suspend", false); });
        QVERIFY(f.until([&] { return f.pods().size() == 1; }));
        QVERIFY(!f.is("Suspended"));
        f.client->change(resources::jobs, "default", "job", [](api::Value& job) { job.edit("spec").set("suspend", true); });
        QVERIFY(f.until([&] { return f.pods().empty() && f.is("Suspended"); }));
        QCOMPARE(f.status("failed") + f.status("succeeded"), f.status("failed"));
    }

    void indexedJobsCompleteEachIndexOnce()
    {
        Fixture f;
        f.putJob("{'completions': 4, 'parallelism': 2, 'completionMode': 'Indexed'}");
        QVERIFY(f.until([&] { return f.is("Complete"); }));
        QCOMPARE(f.job().str("status", "completedIndexes"), std::string_view("0-3"));
        std::set<std::string> hostnames;
        for (const auto& pod : f.pods()) {
            hostnames.insert(std::string(pod.str("spec", "hostname")));
            QCOMPARE(pod.get("spec", "containers").at(0).get("env").at(0).str("name"), std::string_view("JOB_COMPLETION_INDEX"));
        }
        QCOMPARE(hostnames, (std::set<std::string>{"job-0", "job-1", "job-2", "job-3"}));
    }

    void theFailurePolicyDecides()
    {
        const std::string policy = "'podFailurePolicy': {'rules': [{'action': 'FailJob', 'onExitCodes': {'operator': 'In', 'values': [42]}}, "
                                   "{'action': 'Ignore', 'onPodConditions': [{'type': 'DisruptionTarget'}]}]}";
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 1, 'backoffLimit': 0, " + policy + "}");
        QVERIFY(f.until([&] { return f.pods().size() == 1; }));
        f.client->change(resources::pods, "default", f.pods()[0].str("metadata", "name"), [](api::Value& pod) {
            pod.edit("status").set("phase", "Failed");
            api::setCondition(pod, "DisruptionTarget", true, "", "", "2026-01-01T00:00:00Z");
        });
        QVERIFY(f.until([&] { return f.unfinished().size() == 1; }, 30s)); // ignored: replaced although backoffLimit is 0
        QCOMPARE(f.status("failed"), 0);
        f.finish(f.unfinished()[0], "Failed", 42);
        QVERIFY(f.until([&] { return f.is("Failed"); }));
        QCOMPARE(api::condition(f.job(), "Failed").str("reason"), std::string_view("PodFailurePolicy"));
        QVERIFY(api::condition(f.job(), "Failed").str("message").find("exit code 42") != std::string_view::npos);
    }

    void podsOfADeletedJobAreReleased()
    {
        Fixture f;
        f.runner->works = [](const api::Value&) { return false; };
        f.putJob("{'completions': 2, 'parallelism': 2}");
        QVERIFY(f.until([&] { return f.pods().size() == 2; }));
        f.client->erase(resources::jobs, "default", "job");
        QVERIFY(
            f.until([&] { return api::ObjectMeta(f.pods()[0]).finalizers().size() == 0 && api::ObjectMeta(f.pods()[1]).finalizers().size() == 0; }));
    }

    void finishedJobsGoAfterTheirTtl()
    {
        Fixture f;
        f.putJob("{'completions': 1, 'ttlSecondsAfterFinished': 100}");
        QVERIFY(f.until([&] { return f.is("Complete"); }));
        f.loop.advance(98s);
        QVERIFY(!api::ObjectMeta(f.job()).beingDeleted());
        f.loop.advance(3s);
        QVERIFY(api::ObjectMeta(f.job()).beingDeleted()); // in the foreground: the garbage collector does the rest
    }

    void indexSetsAreWrittenShort()
    {
        using namespace controllers;
        QCOMPARE(formatIndexes({0, 1, 2, 3, 5, 7, 8}), std::string("0-3,5,7,8"));
        QCOMPARE(parseIndexes("0-3,5,7,8"), (std::set<int>{0, 1, 2, 3, 5, 7, 8}));
        QCOMPARE(formatIndexes({}), std::string());
        QVERIFY(parseIndexes("x,-1,3-,999999999").size() <= 1);
    }
};

QTEST_GUILESS_MAIN(JobControllerTest)
#include "tst_job_controller.moc"
