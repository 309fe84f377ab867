// What every ContainerRuntime keeps. Real ones are tried further in tests/e2e/runtime.
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;
using Type = RuntimeEvent::Type;

class ContainerRuntimeTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_harness.reset(); }
    void sandboxLife_data() { implementations(); }
    void sandboxLife();
    void containerLife_data() { implementations(); }
    void containerLife();
    void stoppingASandboxEndsItsContainers_data() { implementations(); }
    void stoppingASandboxEndsItsContainers();
    void removingASandboxRemovesItsContainers_data() { implementations(); }
    void removingASandboxRemovesItsContainers();
    void aContainerIsStartedOnce_data() { implementations(); }
    void aContainerIsStartedOnce();
    void whatDoesNotExistIsAnErrorOrNothing_data() { implementations(); }
    void whatDoesNotExistIsAnErrorOrNothing();
    void aRunningContainerIsKilledByRemove_data() { implementations(); }
    void aRunningContainerIsKilledByRemove();
    void manyAtOnce_data() { implementations(); }
    void manyAtOnce();

private:
    static void implementations()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("simulated") << int(RuntimeHarness::Kind::Simulated);
        QTest::newRow("oci") << int(RuntimeHarness::Kind::Oci);
    }
    ContainerRuntime& runtime() { return m_harness->runtime(); }
    std::size_t count(Type type)
    {
        return std::count_if(m_harness->events.begin(), m_harness->events.end(), [&](const auto& event) { return event.type == type; });
    }
    std::optional<RuntimeHarness> m_harness;
};

void ContainerRuntimeTest::init()
{
    QFETCH(int, kind);
    m_harness.emplace(RuntimeHarness::Kind(kind));
}

void ContainerRuntimeTest::sandboxLife()
{
    auto& t = *m_harness;
    auto config = t.sandboxConfig("uid-7");
    config.attempt = 3;
    const auto id = t.sandbox(config);
    QVERIFY(!id.empty());
    QVERIFY(id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
    QCOMPARE(runtime().sandboxes().size(), std::size_t(1));
    auto status = runtime().sandboxes().front();
    QCOMPARE(status.id, id);
    QCOMPARE(status.podUid, std::string("uid-7"));
    QCOMPARE(status.podName, std::string("pod"));
    QCOMPARE(status.podNamespace, std::string("default"));
    QCOMPARE(status.attempt, 3);
    QCOMPARE(status.networkNamespace, config.networkNamespace);
    QCOMPARE(status.labels, config.labels);
    QVERIFY(status.ready);

    const auto other = t.sandbox(t.sandboxConfig("uid-8"));
    QVERIFY(other != id);
    for (int twice = 0; twice < 2; ++twice)
        QVERIFY(t.await(runtime().stopPodSandbox(id)));
    QCOMPARE(count(Type::SandboxStopped), std::size_t(1));
    for (const auto& sandbox : runtime().sandboxes())
        QCOMPARE(sandbox.ready, sandbox.id == other);
    for (int twice = 0; twice < 2; ++twice)
        QVERIFY(t.await(runtime().removePodSandbox(id)));
    QCOMPARE(runtime().sandboxes().size(), std::size_t(1));
}

void ContainerRuntimeTest::containerLife()
{
    auto& t = *m_harness;
    const auto sandbox = t.sandbox();
    auto config = t.containerConfig({"/bin/serve"});
    config.attempt = 2;
    const auto before = t.loop().wallTime();
    const auto id = t.create(sandbox, config);
    auto status = runtime().container(id).value();
    QCOMPARE(status.state, ContainerState::Created);
    QCOMPARE(status.sandboxId, sandbox);
    QCOMPARE(status.podUid, std::string("uid-1"));
    QCOMPARE(status.name, std::string("main"));
    QCOMPARE(status.image, std::string(kSampleImage));
    QCOMPARE(status.imageDigest, config.imageDigest);
    QCOMPARE(status.attempt, 2);
    QCOMPARE(status.labels, config.labels);
    QVERIFY(status.logPath.starts_with('/') && status.logPath.ends_with("/main/0.log"));
    QVERIFY(status.createdAt >= before);

    QVERIFY(t.await(runtime().startContainer(id)));
    status = runtime().container(id).value();
    QCOMPARE(status.state, ContainerState::Running);
    QVERIFY(status.startedAt >= status.createdAt);
    QCOMPARE(count(Type::ContainerStarted), std::size_t(1));
    QCOMPARE(t.events.back().containerId, id);
    QCOMPARE(t.events.back().sandboxId, sandbox);
    QCOMPARE(t.events.back().podUid, std::string("uid-1"));
    QCOMPARE(runtime().containers().size(), std::size_t(1));
    if (t.real())
        t.waitForLog(id, "serving"); // now it listens to signals

    for (int twice = 0; twice < 2; ++twice)
        QVERIFY(t.await(runtime().stopContainer(id, 20s)));
    status = runtime().container(id).value();
    QCOMPARE(status.state, ContainerState::Exited);
    QVERIFY(status.finishedAt >= status.startedAt);
    QCOMPARE(status.exitCode, 0); // it ends by itself when asked to
    QCOMPARE(status.reason, std::string("Completed"));
    QCOMPARE(count(Type::ContainerExited), std::size_t(1));
    for (int twice = 0; twice < 2; ++twice)
        QVERIFY(t.await(runtime().removeContainer(id)));
    QVERIFY(!runtime().container(id));
    QVERIFY(runtime().containers().empty());
}

void ContainerRuntimeTest::stoppingASandboxEndsItsContainers()
{
    auto& t = *m_harness;
    const auto sandbox = t.sandbox();
    const auto running = t.run(sandbox, t.containerConfig({"sleep", "1000"}, "one"));
    const auto created = t.create(sandbox, t.containerConfig({"sleep", "1000"}, "two"));
    QVERIFY(t.await(runtime().stopPodSandbox(sandbox)));
    QCOMPARE(runtime().container(running)->state, ContainerState::Exited);
    QCOMPARE(runtime().container(created)->state, ContainerState::Exited);
    QCOMPARE(count(Type::ContainerExited), std::size_t(t.real() ? 1 : 2));
    QCOMPARE(t.events.back().type, Type::SandboxStopped);
    QVERIFY(!t.await(runtime().createContainer(sandbox, t.containerConfig())));
    QVERIFY(!t.await(runtime().startContainer(created)));
}

void ContainerRuntimeTest::removingASandboxRemovesItsContainers()
{
    auto& t = *m_harness;
    const auto sandbox = t.sandbox();
    const auto other = t.sandbox(t.sandboxConfig("uid-2"));
    t.run(sandbox, t.containerConfig({"sleep", "1000"}));
    const auto stays = t.run(other, t.containerConfig({"sleep", "1000"}));
    QVERIFY(t.await(runtime().removePodSandbox(sandbox)));
    QCOMPARE(runtime().containers().size(), std::size_t(1));
    QCOMPARE(runtime().container(stays)->state, ContainerState::Running);
}

void ContainerRuntimeTest::aContainerIsStartedOnce()
{
    auto& t = *m_harness;
    const auto sandbox = t.sandbox();
    const auto id = t.run(sandbox, t.containerConfig({"sleep", "1000"}));
    QVERIFY(!t.await(runtime().startContainer(id)));
    QVERIFY(t.await(runtime().stopContainer(id, 0s)));
    QVERIFY(!t.await(runtime().startContainer(id)));
    // Stopped before it was started.
    const auto never = t.create(sandbox, t.containerConfig({"sleep", "1000"}, "never"));
    QVERIFY(t.await(runtime().stopContainer(never, 5s)));
    QCOMPARE(runtime().container(never)->state, ContainerState::Exited);
    QVERIFY(!t.await(runtime().startContainer(never)));
}

void ContainerRuntimeTest::whatDoesNotExistIsAnErrorOrNothing()
{
    auto& t = *m_harness;
    for (const std::string id : {"", "nothing", "0123456789abcdef", "../..", "x/y"}) {
        QVERIFY(t.await(runtime().stopPodSandbox(id)));
        QVERIFY(t.await(runtime().removePodSandbox(id)));
        QVERIFY(t.await(runtime().stopContainer(id, 1s)));
        QVERIFY(t.await(runtime().removeContainer(id)));
        QVERIFY(!t.await(runtime().createContainer(id, t.containerConfig())));
        QVERIFY(!t.await(runtime().startContainer(id)));
        QVERIFY(!t.await(runtime().exec({.containerId = id, .command = {"true"}})));
        QVERIFY(!t.await(runtime().attach(id, false, false)));
        QVERIFY(!t.await(runtime().portForward(id, 80)));
        QVERIFY(!runtime().container(id));
    }
    QVERIFY(t.await(runtime().removeImage("example.org/never/was:here")));
}

void ContainerRuntimeTest::aRunningContainerIsKilledByRemove()
{
    auto& t = *m_harness;
    const auto id = t.run(t.sandbox(), t.containerConfig({"sleep", "1000"}));
    QVERIFY(t.await(runtime().removeContainer(id)));
    QVERIFY(!runtime().container(id));
    QCOMPARE(count(Type::ContainerExited), std::size_t(1));
}

namespace {

Task<void> oneLife(RuntimeHarness& t, std::string sandbox, ContainerConfig config, int& left, Event done)
{
    auto created = co_await t.runtime().createContainer(sandbox, config);
    if (created) {
        auto started = co_await t.runtime().startContainer(*created);
        auto stopped = co_await t.runtime().stopContainer(*created, 0s);
        auto removed = co_await t.runtime().removeContainer(*created);
        if (started && stopped && removed)
            --left;
    }
    done.set({});
}

Task<void> manyLives(RuntimeHarness& t, std::string sandbox, ContainerConfig config, int& left)
{
    std::vector<Event> ends(left);
    for (std::size_t index = 0; index < ends.size(); ++index) {
        config.name = "c" + std::to_string(index);
        config.logPath = config.name + "/0.log";
        spawn(oneLife(t, sandbox, config, left, ends[index]));
    }
    for (auto& end : ends)
        co_await end;
}

} // namespace

void ContainerRuntimeTest::manyAtOnce()
{
    auto& t = *m_harness;
    int left = 8;
    t.await(manyLives(t, t.sandbox(), t.containerConfig({"sleep", "1000"}), left));
    QCOMPARE(left, 0);
    QVERIFY(runtime().containers().empty());
    QCOMPARE(count(Type::ContainerStarted), std::size_t(8));
    QCOMPARE(count(Type::ContainerExited), std::size_t(8));
}

KATES_RUNTIME_TEST_MAIN(ContainerRuntimeTest)
#include "tst_container_runtime.moc"
