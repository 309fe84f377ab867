#include "engine/runtime/simulated/simulated_runtime.h"

#include <QtTest>
#include <malloc.h>

#include "engine/base/simulated_loop.h"
#include "engine/runtime/simulated/packed_fields.h"

using namespace kates;
using namespace kates::runtime;
using namespace std::chrono_literals;

class SimulatedRuntimeTest : public QObject {
    Q_OBJECT
private slots:
    void labelsThatRepeatThePodAreGivenBackWhole();
    void aContainerRunsAfterTheDelayAndEndsAsItsAnnotationsSay();
    void anAnnotationThatIsNoDurationIsRefused();
    void execSaysThatNothingRuns();
    void idsDoNotComeAgainAfterARestart();
    void aPodTakesAFewHundredBytes();
};

namespace {

SandboxConfig podConfig(const std::string& uid)
{
    SandboxConfig config;
    config.podUid = uid;
    config.podName = "web-7d9c5b8f6c-x2x4z";
    config.podNamespace = "default";
    config.logDirectory = "";
    config.labels = {{"io.kubernetes.pod.uid", uid}, {"io.kubernetes.pod.name", config.podName}, {"io.kubernetes.pod.namespace", "default"}};
    return config;
}

ContainerConfig containerConfig()
{
    ContainerConfig config;
    config.name = "main";
    config.image = "kates.dev/sample:1";
    config.logPath = "main/0.log";
    config.labels = {{"io.kubernetes.container.name", "main"}};
    return config;
}

// With a loop whose time stands still, calls without delay complete before they return.
template <typename T>
T settled(SimulatedLoop& loop, Task<T> task)
{
    std::optional<T> result;
    spawn([](Task<T> inner, std::optional<T>& out) -> Task<void> { out.emplace(co_await std::move(inner)); }(std::move(task), result));
    loop.settle();
    return std::move(*result);
}

} // namespace

void SimulatedRuntimeTest::labelsThatRepeatThePodAreGivenBackWhole()
{
    const std::map<std::string, std::string> labels {{"app", "web"}, {"empty", ""}, {"name", "web-1"}, {"one", "\x01"}, {"uid", "u-1"}};
    PackedFields fields({"u-1", "web-1", ""}, labels, {"u-1", "web-1"});
    QCOMPARE(fields.text(0), std::string_view("u-1"));
    QCOMPARE(fields.text(1), std::string_view("web-1"));
    QCOMPARE(fields.text(2), std::string_view(""));
    auto expected = labels;
    expected["one"] = "u-1"; // a label's value is never a control character; this shows what one byte means
    QCOMPARE(fields.labels(3, {"u-1", "web-1"}), expected);
}

void SimulatedRuntimeTest::aContainerRunsAfterTheDelayAndEndsAsItsAnnotationsSay()
{
    SimulatedLoop loop;
    auto random = makeSeededRandom(1);
    auto runtime = makeSimulatedRuntime(loop, *random, {.startDelay = 2s});
    std::vector<RuntimeEvent::Type> events;
    runtime->onEvent([&](const RuntimeEvent& event) { events.push_back(event.type); });
    auto pod = podConfig("u-1");
    pod.annotations = {{std::string(kSimulatedRunDurationAnnotation), "90s"}, {std::string(kSimulatedExitCodeAnnotation), "3"}};
    const auto sandbox = settled(loop, runtime->runPodSandbox(pod)).value();
    const auto id = settled(loop, runtime->createContainer(sandbox, containerConfig())).value();

    spawn([](ContainerRuntime& runtime, std::string id) -> Task<void> { (void)co_await runtime.startContainer(id); }(*runtime, id));
    loop.settle();
    QCOMPARE(runtime->container(id)->state, ContainerState::Created);
    loop.advance(2s);
    QCOMPARE(runtime->container(id)->state, ContainerState::Running);
    loop.advance(89s);
    QCOMPARE(runtime->container(id)->state, ContainerState::Running);
    loop.advance(1s);
    const auto status = *runtime->container(id);
    QCOMPARE(status.state, ContainerState::Exited);
    QCOMPARE(status.exitCode, 3);
    QCOMPARE(status.reason, std::string("Error"));
    QCOMPARE(status.finishedAt - status.startedAt, WallTime::duration(90s));
    QVERIFY(events == (std::vector {RuntimeEvent::Type::ContainerStarted, RuntimeEvent::Type::ContainerExited}));
}

void SimulatedRuntimeTest::anAnnotationThatIsNoDurationIsRefused()
{
    SimulatedLoop loop;
    auto random = makeSeededRandom(1);
    auto runtime = makeSimulatedRuntime(loop, *random);
    for (const char* text : {"soon", "-1s", "5", "5 s", "99999999999s", "s"}) {
        auto pod = podConfig("u-1");
        pod.annotations = {{std::string(kSimulatedRunDurationAnnotation), text}};
        const auto result = settled(loop, runtime->runPodSandbox(pod));
        QVERIFY2(!result, text);
        QVERIFY(result.error().message.find(kSimulatedRunDurationAnnotation) != std::string::npos);
    }
    QVERIFY(runtime->sandboxes().empty());
}

void SimulatedRuntimeTest::execSaysThatNothingRuns()
{
    SimulatedLoop loop;
    auto random = makeSeededRandom(1);
    auto runtime = makeSimulatedRuntime(loop, *random);
    const auto result = settled(loop, runtime->exec({.containerId = "x", .command = {"sh"}}));
    QVERIFY(!result);
    QVERIFY(result.error().message.find("simulated") != std::string::npos);
}

void SimulatedRuntimeTest::idsDoNotComeAgainAfterARestart()
{
    SimulatedLoop loop;
    auto random = makeSeededRandom(1);
    auto first = makeSimulatedRuntime(loop, *random);
    const auto sandbox = settled(loop, first->runPodSandbox(podConfig("u-1"))).value();
    auto second = makeSimulatedRuntime(loop, *random);
    QVERIFY(settled(loop, second->runPodSandbox(podConfig("u-1"))).value() != sandbox);
    const auto created = settled(loop, second->createContainer(sandbox, containerConfig()));
    QVERIFY(!created);
}

void SimulatedRuntimeTest::aPodTakesAFewHundredBytes()
{
    constexpr int kPods = 5000;
    SimulatedLoop loop;
    auto random = makeSeededRandom(1);
    auto runtime = makeSimulatedRuntime(loop, *random);
    const auto before = mallinfo2().uordblks;
    for (int pod = 0; pod < kPods; ++pod) {
        const auto sandbox = settled(loop, runtime->runPodSandbox(podConfig(random->uuid()))).value();
        const auto id = settled(loop, runtime->createContainer(sandbox, containerConfig())).value();
        QVERIFY(settled(loop, runtime->startContainer(id)));
    }
    const auto perPod = (mallinfo2().uordblks - before) / kPods;
    qInfo("%zu bytes per pod", static_cast<std::size_t>(perPod));
    QVERIFY(perPod > 0 && perPod < 700);
    QCOMPARE(runtime->containers().size(), std::size_t(kPods));
}

QTEST_GUILESS_MAIN(SimulatedRuntimeTest)
#include "tst_simulated_runtime.moc"
