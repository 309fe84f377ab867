#include <QtTest>

#include "engine/api/json.h"
#include "engine/api/meta.h"
#include "engine/kubelet/pod_status.h"

using namespace kates;
using namespace kates::kubelet;
using runtime::ContainerState;

class PodStatusTest : public QObject {
    Q_OBJECT
    static ContainerView running(bool ready = true)
    {
        ContainerView view;
        view.current.emplace();
        view.current->state = ContainerState::Running;
        view.ready = ready;
        view.started = true;
        return view;
    }
    static ContainerView exited(int code)
    {
        ContainerView view;
        view.current.emplace();
        view.current->state = ContainerState::Exited;
        view.current->exitCode = code;
        return view;
    }
    static api::Value pod(const std::string& policy, const char* extra = "")
    {
        return api::parseJson(R"({"spec":{"restartPolicy":")" + policy + R"(","containers":[{"name":"a"},{"name":"b"}])" + extra + "}}").value();
    }

private slots:
    void phasesFollowTheContainers_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<int>("a"); // -2 waiting, -1 running, else exit code
        QTest::addColumn<int>("b");
        QTest::addColumn<bool>("terminated");
        QTest::addColumn<QString>("phase");
        QTest::newRow("one waits") << "Always" << -1 << -2 << false << "Pending";
        QTest::newRow("both run") << "Always" << -1 << -1 << false << "Running";
        QTest::newRow("will restart") << "Always" << 1 << 0 << false << "Running";
        QTest::newRow("retry failures") << "OnFailure" << 1 << 0 << false << "Running";
        QTest::newRow("done") << "OnFailure" << 0 << 0 << false << "Succeeded";
        QTest::newRow("never: failed") << "Never" << 1 << 0 << false << "Failed";
        QTest::newRow("never: one still runs") << "Never" << 1 << -1 << false << "Running";
        QTest::newRow("deleted, clean") << "Always" << 0 << 0 << true << "Succeeded";
        QTest::newRow("deleted, killed") << "Always" << 137 << 0 << true << "Failed";
    }
    void phasesFollowTheContainers()
    {
        QFETCH(QString, policy);
        QFETCH(int, a);
        QFETCH(int, b);
        QFETCH(bool, terminated);
        QFETCH(QString, phase);
        PodView view;
        view.terminated = terminated;
        for (auto [name, state] : {std::pair{"a", a}, std::pair{"b", b}})
            view.containers[name] = state == -2 ? ContainerView{} : state == -1 ? running() : exited(state);
        QCOMPARE(QString::fromUtf8(std::string(makePodStatus(pod(policy.toStdString()), view, "t").str("phase")).c_str()), phase);
    }
    void conditionsNameWhatIsNotReady()
    {
        PodView view;
        view.sandboxReady = true;
        view.containers["a"] = running();
        view.containers["b"] = running(false);
        api::Value object = api::Value::object({{"status", makePodStatus(pod("Always"), view, "now")}});
        QVERIFY(!api::conditionIsTrue(object, "Ready"));
        QCOMPARE(std::string(api::condition(object, "Ready").str("message")), std::string("containers with unready status: [b]"));
        QVERIFY(api::conditionIsTrue(object, "Initialized"));
        view.containers["b"] = running();
        object.set("status", makePodStatus(pod("Always"), view, "now"));
        QVERIFY(api::conditionIsTrue(object, "Ready"));
    }
    void aFailedInitContainerDecidesThePod()
    {
        PodView view;
        view.containers["i"] = exited(3);
        auto never = pod("Never", R"(,"initContainers":[{"name":"i"}])");
        QCOMPARE(std::string(makePodStatus(never, view, "t").str("phase")), std::string("Failed"));
        auto always = pod("Always", R"(,"initContainers":[{"name":"i"}])");
        QCOMPARE(std::string(makePodStatus(always, view, "t").str("phase")), std::string("Pending"));
    }
    void readinessGatesHoldThePodBack()
    {
        auto gated = pod("Always", R"(,"readinessGates":[{"conditionType":"x/y"}])");
        PodView view;
        view.containers["a"] = view.containers["b"] = running();
        api::Value object = api::Value::object({{"status", makePodStatus(gated, view, "t")}});
        QVERIFY(!api::conditionIsTrue(object, "Ready"));
        QVERIFY(api::conditionIsTrue(object, "ContainersReady"));
    }
    void aWaitingContainerShowsItsLastEnd()
    {
        PodView view;
        view.containers["a"] = running();
        view.containers["b"] = exited(1);
        view.containers["b"].waitingReason = "CrashLoopBackOff";
        auto status = makePodStatus(pod("Always"), view, "t").get("containerStatuses").at(1);
        QCOMPARE(std::string(status.str("state", "waiting", "reason")), std::string("CrashLoopBackOff"));
        QCOMPARE(status.get("lastState", "terminated", "exitCode").asInt(), std::int64_t(1));
    }
    void qosFollowsRequestsAndLimits()
    {
        const auto with = [](const char* resources) {
            return api::parseJson(std::string(R"({"spec":{"containers":[{"resources":)") + resources + "}]}}").value();
        };
        QCOMPARE(qosClass(with("{}")), std::string("BestEffort"));
        QCOMPARE(qosClass(with(R"({"requests":{"cpu":"1"}})")), std::string("Burstable"));
        QCOMPARE(qosClass(with(R"({"limits":{"cpu":"1","memory":"1Gi"}})")), std::string("Guaranteed"));
    }
};

QTEST_GUILESS_MAIN(PodStatusTest)
#include "tst_pod_status.moc"
