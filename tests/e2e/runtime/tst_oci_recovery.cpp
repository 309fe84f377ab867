// Crashes: of the process that drives the runtime, of conmon, of containers; and that nothing stays behind.
#include <csignal>
#include <mntent.h>

#include "engine/runtime/oci/records.h"
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;
namespace fs = std::filesystem;

class OciRecoveryTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_harness.emplace(RuntimeHarness::Kind::Oci); }
    void cleanup() { m_harness.reset(); }
    void containersDoNotNoticeARestart();
    void whatEndedMeanwhileIsKnown();
    void createdContainersCanBeStartedAfterARestart();
    void aKilledContainerIsReported();
    void aKilledConmonTakesItsContainerAlong();
    void aKilledConmonIsNoticedAfterARestartToo();
    void aKilledPauseEndsTheSandbox();
    void halfMadeThingsAreClearedAway();
    void damagedRecordsAreClearedAway();
    void afterARebootNothingRuns();
    void nothingIsLeftBehind();
    void aDeletedNodeIsDiscardedWithoutItsRuntime();
    void aSmallDiskFullOfContainersIsAClearError();

private:
    ContainerRecord record(const std::string& id)
    {
        return loadContainerRecord(m_harness->runtimeDirectory() / "containers" / id / "container.json").value();
    }
    void verifyNoCgroups();
    std::optional<RuntimeHarness> m_harness;
};

namespace {

std::vector<std::string> mountsBelow(const fs::path& directory)
{
    std::vector<std::string> paths;
    FILE* table = ::setmntent("/proc/self/mounts", "r");
    while (const auto* entry = ::getmntent(table))
        if (std::string(entry->mnt_dir).starts_with(directory.string()))
            paths.emplace_back(entry->mnt_dir);
    ::endmntent(table);
    return paths;
}

} // namespace

void OciRecoveryTest::verifyNoCgroups()
{
    for (const char* controller : {"memory", "pids", "cpu", "unified", "."}) {
        const auto path = fs::path("/sys/fs/cgroup") / controller / "kates" / fs::path(m_harness->cgroupParent("uid")).parent_path();
        QVERIFY2(!fs::exists(path), path.c_str());
    }
}

void OciRecoveryTest::containersDoNotNoticeARestart()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    const auto id = t.run(pod, t.containerConfig({"/bin/serve"}));
    t.waitForLog(id, "serving");
    const auto before = *t.runtime().container(id);
    const auto process = record(id).process.value();
    t.restart();
    const auto after = t.runtime().container(id).value();
    QCOMPARE(after.state, ContainerState::Running);
    QVERIFY(record(id).process.value().startTime == process.startTime && process.alive());
    QVERIFY(after.startedAt == before.startedAt && after.createdAt == before.createdAt);
    QCOMPARE(after.labels, before.labels);
    QCOMPARE(after.logPath, before.logPath);
    QCOMPARE(after.imageDigest, before.imageDigest);
    QVERIFY(t.runtime().sandboxes().front().ready);
    QCOMPARE(t.runtime().sandboxes().front().labels, t.sandboxConfig().labels);

    // It is whole: exec, log, a new container in the pod, the end and its event.
    QCOMPARE(t.exec(id, {"hostname"}).out, std::string("pod\n"));
    QCOMPARE(
        t.runToEnd(pod, t.containerConfig({"wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/cgi-bin/index.cgi"}, "client")), std::string());
    t.events.clear();
    t.check(t.await(t.runtime().stopContainer(id, 30s)));
    QCOMPARE(t.runtime().container(id)->exitCode, 0);
    QCOMPARE(t.events.back().type, RuntimeEvent::Type::ContainerExited);
    QCOMPARE(t.events.back().containerId, id);
}

void OciRecoveryTest::whatEndedMeanwhileIsKnown()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c", "read line; exit 9"});
    config.stdin = config.stdinOnce = true;
    const auto id = t.run(t.sandbox(), config);
    const auto monitor = record(id).monitor.value();
    auto session = t.value(t.await(t.runtime().attach(id, true, false)));
    t.restart(); // the old object is gone before the container ends
    t.check(t.await(session->standardInput()->write("go\n")));
    t.await(watchForeignProcess(t.loop(), monitor.pid));
    t.restart();
    const auto status = t.runtime().container(id).value();
    QCOMPARE(status.state, ContainerState::Exited);
    QCOMPARE(status.exitCode, 9);
    QVERIFY(status.finishedAt >= status.startedAt);
}

void OciRecoveryTest::createdContainersCanBeStartedAfterARestart()
{
    auto& t = *m_harness;
    const auto id = t.create(t.sandbox(), t.containerConfig({"echo", "late"}));
    t.restart();
    QCOMPARE(t.runtime().container(id)->state, ContainerState::Created);
    t.check(t.await(t.runtime().startContainer(id)));
    t.waitExited(id);
    QCOMPARE(t.output(id), std::string("late\n"));
}

void OciRecoveryTest::aKilledContainerIsReported()
{
    auto& t = *m_harness;
    const auto id = t.run(t.sandbox(), t.containerConfig({"sleep", "1000"}));
    ::kill(record(id).process->pid, SIGKILL);
    const auto status = t.waitExited(id);
    QCOMPARE(status.exitCode, 137);
    QCOMPARE(status.reason, std::string("Error"));
    QCOMPARE(t.events.back().type, RuntimeEvent::Type::ContainerExited);
}

void OciRecoveryTest::aKilledConmonTakesItsContainerAlong()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    const auto id = t.run(pod, t.containerConfig({"sleep", "1000"}));
    const auto process = record(id).process.value();
    ::kill(record(id).monitor->pid, SIGKILL);
    const auto status = t.waitExited(id);
    QVERIFY(!process.alive());
    QCOMPARE(status.exitCode, 137);
    QVERIFY2(status.message.find("conmon") != std::string::npos, status.message.c_str());
    // The next attempt works.
    auto next = t.containerConfig({"echo", "again"});
    next.attempt = 1;
    QCOMPARE(t.runToEnd(pod, next), std::string("again\n"));
    t.check(t.await(t.runtime().removeContainer(id)));
}

void OciRecoveryTest::aKilledConmonIsNoticedAfterARestartToo()
{
    auto& t = *m_harness;
    const auto id = t.run(t.sandbox(), t.containerConfig({"sleep", "1000"}));
    const auto monitor = record(id).monitor.value(), process = record(id).process.value();
    ::kill(monitor.pid, SIGKILL);
    t.restart();
    QCOMPARE(t.waitExited(id).exitCode, 137);
    QVERIFY(!process.alive());
}

void OciRecoveryTest::aKilledPauseEndsTheSandbox()
{
    auto& t = *m_harness;
    auto config = t.sandboxConfig();
    config.sharePid = true;
    const auto pod = t.sandbox(config);
    const auto id = t.run(pod, t.containerConfig({"sleep", "1000"}));
    t.restart();
    QVERIFY(t.runtime().sandboxes().front().ready);
    const auto pause = loadSandboxRecord(t.runtimeDirectory() / "sandboxes" / pod / "sandbox.json")->pauseContainer;
    ::kill(record(pause).process->pid, SIGKILL);
    QCOMPARE(t.waitExited(id).exitCode, 137); // the namespace's end is everybody's
    while (t.runtime().sandboxes().front().ready)
        t.await(watchForeignProcess(t.loop(), record(pause).monitor->pid));
    QVERIFY(std::any_of(t.events.begin(), t.events.end(), [](const auto& event) { return event.type == RuntimeEvent::Type::SandboxStopped; }));
}

void OciRecoveryTest::halfMadeThingsAreClearedAway()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    const auto whole = t.run(pod, t.containerConfig({"sleep", "1000"}));
    const auto half = t.create(pod, t.containerConfig({"sleep", "1000"}, "half"));
    fs::remove(t.runtimeDirectory() / "containers" / half / "container.json"); // we died just before it was written
    const auto halfPod = t.sandbox(t.sandboxConfig("uid-2"));
    fs::remove(t.runtimeDirectory() / "sandboxes" / halfPod / "sandbox.json");
    t.restart();
    QVERIFY(!t.runtime().container(half));
    QVERIFY(!fs::exists(t.runtimeDirectory() / "containers" / half));
    QVERIFY(!fs::exists(t.imageStore() / "leases" / half));
    QVERIFY(!fs::exists(t.runtimeDirectory() / "sandboxes" / halfPod));
    QCOMPARE(t.runtime().sandboxes().size(), std::size_t(1));
    QCOMPARE(t.runtime().container(whole)->state, ContainerState::Running);
}

void OciRecoveryTest::damagedRecordsAreClearedAway()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    const auto id = t.create(pod, t.containerConfig({"sleep", "1000"}));
    const auto other = t.create(pod, t.containerConfig({"sleep", "1000"}, "other"));
    const auto path = t.runtimeDirectory() / "containers" / id / "container.json";
    QVERIFY(writeFileAtomically(path, readFile(path)->substr(0, 100)));
    QVERIFY(writeFileAtomically(t.runtimeDirectory() / "containers" / other / "container.json", R"({"id":"../../etc"})"));
    t.restart();
    QVERIFY(t.runtime().containers().empty());
    QVERIFY(fs::is_empty(t.runtimeDirectory() / "containers"));
}

void OciRecoveryTest::afterARebootNothingRuns()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    const auto id = t.create(pod, t.containerConfig({"sleep", "1000"}));
    // As the files are after a reboot: a running container with processes of another boot, nothing mounted.
    auto asBefore = record(id);
    asBefore.status.state = ContainerState::Running;
    asBefore.process = asBefore.monitor = ProcessIdentity {::getpid(), "another boot/12345"};
    QVERIFY(saveRecord(t.runtimeDirectory() / "containers" / id / "container.json", asBefore));
    for (const auto& path : mountsBelow(t.runtimeDirectory()))
        ::umount2(path.c_str(), MNT_DETACH);
    t.restart();
    QVERIFY(!t.runtime().sandboxes().front().ready);
    QCOMPARE(t.runtime().container(id)->state, ContainerState::Exited);
    QCOMPARE(t.runtime().container(id)->exitCode, 137);
    t.check(t.await(t.runtime().removePodSandbox(pod)));
}

void OciRecoveryTest::nothingIsLeftBehind()
{
    auto& t = *m_harness;
    auto shared = t.sandboxConfig("uid-2");
    shared.sharePid = true;
    std::vector<ProcessIdentity> processes;
    for (const auto& pod : {t.sandbox(), t.sandbox(shared)}) {
        const auto id = t.run(pod, t.containerConfig({"sh", "-c", "sleep 1000 & sleep 1000"}));
        processes.insert(processes.end(), {*record(id).process, *record(id).monitor});
        t.create(pod, t.containerConfig({"sleep", "1"}, "never"));
        QVERIFY(!mountsBelow(t.runtimeDirectory()).empty());
        t.check(t.await(t.runtime().removePodSandbox(pod)));
    }
    for (const auto& process : processes)
        QVERIFY(!process.alive());
    QCOMPARE(mountsBelow(t.runtimeDirectory()), std::vector<std::string>());
    for (const char* directory : {"sandboxes", "containers", "exits", "runtime"})
        QVERIFY2(fs::is_empty(t.runtimeDirectory() / directory), directory);
    QVERIFY(fs::is_empty(t.imageStore() / "leases"));
    verifyNoCgroups();
}

void OciRecoveryTest::aDeletedNodeIsDiscardedWithoutItsRuntime()
{
    auto& t = *m_harness;
    auto shared = t.sandboxConfig();
    shared.sharePid = true;
    const auto pod = t.sandbox(shared);
    std::vector<ProcessIdentity> processes;
    std::vector<std::string> ids;
    for (const char* name : {"one", "two"}) {
        const auto id = t.run(pod, t.containerConfig({"sleep", "1000"}, name));
        ids.push_back(id);
        processes.insert(processes.end(), {*record(id).process, *record(id).monitor});
    }
    t.crash();
    auto unsaved = record(ids.back()); // we died just before its start was written down
    unsaved.status.state = ContainerState::Created;
    unsaved.process.reset();
    unsaved.monitor.reset();
    QVERIFY(saveRecord(t.runtimeDirectory() / "containers" / ids.back() / "container.json", unsaved));
    const auto discarded = discardOciRuntime(t.runtimeDirectory());
    QVERIFY2(discarded, discarded ? "" : discarded.error().message.c_str());
    for (const auto& process : processes)
        QVERIFY(!process.alive());
    QVERIFY(!fs::exists(t.runtimeDirectory()));
    verifyNoCgroups();
    QCOMPARE(mountsBelow(t.runtimeDirectory()), std::vector<std::string>());
    QVERIFY(discardOciRuntime(t.runtimeDirectory())); // nothing there is no error
    t.start();
    QVERIFY(t.runtime().sandboxes().empty());
}

void OciRecoveryTest::aSmallDiskFullOfContainersIsAClearError()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox();
    // The runtime's own directory becomes a disk of 200 kB.
    const auto disk = t.runtimeDirectory() / "containers";
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=200k") != 0)
        QSKIP("a small disk cannot be mounted");
    QVERIFY(writeFileAtomically(disk / "ballast", std::string(190'000, 'x')));
    const auto created = t.await(t.runtime().createContainer(pod, t.containerConfig({"true"})));
    QVERIFY(!created);
    QVERIFY2(created.error().message.find("No space left") != std::string::npos, created.error().message.c_str());
    QVERIFY(t.runtime().containers().empty());
    fs::remove(disk / "ballast");
    QVERIFY(fs::is_empty(disk)); // nothing of the failed one
    QVERIFY(fs::is_empty(t.imageStore() / "leases"));
    ::umount2(disk.c_str(), MNT_DETACH);
}

KATES_RUNTIME_TEST_MAIN(OciRecoveryTest)
#include "tst_oci_recovery.moc"
