// What a container may see and do, and what containers of one pod share.
#include <sys/sysinfo.h>

#include "engine/runtime/oci/host_features.h"
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;
namespace fs = std::filesystem;

class OciIsolationTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_harness.emplace(RuntimeHarness::Kind::Oci);
        m_pod = m_harness->sandbox();
        m_cgroups = m_harness->runtime().limitations().empty();
    }
    void cleanupTestCase() { m_harness.reset(); }
    void processesSeeOnlyThemselves();
    void capabilitiesAreTheDefaultOnes();
    void capabilitiesAddedAndDropped();
    void seccompRefusesWhatReachesOut();
    void kernelFilesAreHiddenOrReadOnly();
    void noNewPrivileges();
    void rootFileSystemIsWritablePerContainerOrReadOnly();
    void deviceFilesDoNothing();
    void mountsAreBoundReadOnlyAndNested();
    void mountsOfOneFileAndSlavePropagation();
    void containersOfAPodShareNetworkAndMemory();
    void aSharedProcessNamespace();
    void hostNamespaces();
    void privilegedContainers();
    void limitsOfMemoryProcessesAndCpu();
    void cgroupsStayBelowTheRuntimes();
    void aMemoryHogIsOomKilled();
    void sysctlsOfTheNetworkNamespace();
    void portsAreForwarded();

private:
    std::string output(std::string script, const std::function<void(ContainerConfig&)>& change = {})
    {
        auto config = m_harness->containerConfig({"sh", "-c", std::move(script)}, "c" + std::to_string(++m_number));
        if (change)
            change(config);
        return m_harness->runToEnd(m_pod, config);
    }
    std::optional<RuntimeHarness> m_harness;
    std::string m_pod;
    int m_number = 0;
    bool m_cgroups = false;
};

void OciIsolationTest::processesSeeOnlyThemselves()
{
    const auto seen = output("echo $$; ls -d /proc/[0-9]* | wc -l; readlink /proc/1/exe");
    QVERIFY2(seen.starts_with("1\n"), seen.c_str());
    QVERIFY2(seen.ends_with("/bin/busybox\n"), seen.c_str());
}

void OciIsolationTest::capabilitiesAreTheDefaultOnes()
{
    // CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE SETFCAP
    const auto status = output("grep Cap /proc/self/status");
    for (const char* line : {"CapInh:\t0000000000000000", "CapPrm:\t00000000a80425fb", "CapEff:\t00000000a80425fb", "CapBnd:\t00000000a80425fb",
             "CapAmb:\t0000000000000000"})
        QVERIFY2(status.find(line) != std::string::npos, status.c_str());
    // An ordinary user in the container has none that work.
    const auto user
        = output("grep CapEff /proc/self/status; mount -t tmpfs x /mnt || echo refused", [](auto& config) { config.security.runAsUser = 1000; });
    QVERIFY2(user.find("CapEff:\t0000000000000000") != std::string::npos, user.c_str());
}

void OciIsolationTest::capabilitiesAddedAndDropped()
{
    const auto none = output("grep CapEff /proc/self/status", [](auto& config) { config.security.dropCapabilities = {"ALL"}; });
    QVERIFY2(none.find("0000000000000000") != std::string::npos, none.c_str());
    const auto one = output("grep CapEff /proc/self/status", [](auto& config) {
        config.security.dropCapabilities = {"all"};
        config.security.addCapabilities = {"NET_ADMIN"};
    });
    QVERIFY2(one.find("0000000000001000") != std::string::npos, one.c_str());
    auto config = m_harness->containerConfig({"true"}, "unknown");
    config.security.addCapabilities = {"CAP_FLY"};
    const auto refused = m_harness->await(m_harness->runtime().createContainer(m_pod, config));
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("CAP_FLY") != std::string::npos);
}

void OciIsolationTest::seccompRefusesWhatReachesOut()
{
    const std::string script = "grep Seccomp: /proc/self/status; unshare -n true && echo unshared; mount -t tmpfs x /tmp && echo mounted";
    const auto confined = output(script);
    QVERIFY2(confined.find("Seccomp:\t2") != std::string::npos, confined.c_str());
    QVERIFY2(confined.find("unshared") == std::string::npos && confined.find("mounted") == std::string::npos, confined.c_str());
    const auto unconfined = output(script, [](auto& config) { config.security.seccompUnconfined = true; });
    QVERIFY2(unconfined.find("Seccomp:\t0") != std::string::npos, unconfined.c_str());
    const auto admin = output(script, [](auto& config) { config.security.addCapabilities = {"SYS_ADMIN"}; });
    QVERIFY2(admin.find("mounted") != std::string::npos, admin.c_str());
}

void OciIsolationTest::kernelFilesAreHiddenOrReadOnly()
{
    const auto seen = output("exec 2>/dev/null; echo 1 > /proc/sys/kernel/domainname && echo wrote; echo h > /proc/sysrq-trigger && echo triggered; "
                             "wc -c < /proc/timer_list;"
                             "ls /sys/firmware | wc -l; touch /sys/x && echo touched; ls /dev | sort | tr '\\n' ' '");
    for (const char* bad : {"wrote", "triggered", "touched"})
        QVERIFY2(seen.find(bad) == std::string::npos, seen.c_str());
    QVERIFY2(seen.find("0\n0\n") != std::string::npos, seen.c_str());
    QVERIFY2(seen.find(" null ") != std::string::npos && seen.find("sda") == std::string::npos && seen.find("vda") == std::string::npos
            && seen.find("mem ") == std::string::npos,
        seen.c_str());
}

void OciIsolationTest::noNewPrivileges()
{
    QVERIFY(
        output("grep NoNewPrivs /proc/self/status", [](auto& config) { config.security.noNewPrivileges = true; }).find("\t1") != std::string::npos);
    QVERIFY(
        output("grep NoNewPrivs /proc/self/status", [](auto& config) { config.security.seccompUnconfined = true; }).find("\t0") != std::string::npos);
}

void OciIsolationTest::rootFileSystemIsWritablePerContainerOrReadOnly()
{
    QCOMPARE(
        output("echo mine > /made; rm /bin/wget; cat /made; ls /bin/wget 2>&1"), std::string("mine\nls: /bin/wget: No such file or directory\n"));
    QCOMPARE(
        output("ls /made /bin/wget 2>&1"), std::string("ls: /made: No such file or directory\n/bin/wget\n")); // another one has the image as it was
    const auto readOnly
        = output("touch /made || echo refused; touch /dev/shm/x && echo shm", [](auto& config) { config.security.readOnlyRootFilesystem = true; });
    QVERIFY2(readOnly.find("refused\n") != std::string::npos && readOnly.find("shm\n") != std::string::npos, readOnly.c_str());
}

void OciIsolationTest::deviceFilesDoNothing()
{
    const auto seen = output("mknod /disk b 254 0; cat /disk > /dev/null && echo read");
    QVERIFY2(seen.find("read\n") == std::string::npos, seen.c_str());
}

void OciIsolationTest::mountsAreBoundReadOnlyAndNested()
{
    const auto data = m_harness->directory() / "data", inner = m_harness->directory() / "inner";
    fs::create_directories(data / "inner");
    fs::create_directories(inner);
    QVERIFY(writeFileAtomically(data / "file", "data"));
    QVERIFY(writeFileAtomically(inner / "file", "inner"));
    const auto seen = output(
        "cat /data/file /data/inner/file; echo; echo x > /data/new && echo wrote; echo x > /data/inner/new || echo refused", [&](auto& config) {
            config.mounts
                = {{inner.string(), "/data/inner", true, ""}, {data.string(), "/data/", false, ""}}; // the outer one comes first whatever the order
        });
    QVERIFY2(seen.find("datainner\nwrote\n") != std::string::npos && seen.find("refused") != std::string::npos, seen.c_str());
    QVERIFY(fs::exists(data / "new"));
}

void OciIsolationTest::mountsOfOneFileAndSlavePropagation()
{
    const auto hosts = m_harness->directory() / "hosts";
    QVERIFY(writeFileAtomically(hosts, "10.0.0.1 pod\n"));
    const auto seen = output("cat /etc/hosts; grep ' /host ' /proc/self/mountinfo", [&](auto& config) {
        config.mounts = {{hosts.string(), "/etc/hosts", false, ""}, {m_harness->directory().string(), "/host", true, "rslave"}};
    });
    QVERIFY2(seen.starts_with("10.0.0.1 pod\n"), seen.c_str());
    QVERIFY2(seen.find("/host ro") != std::string::npos, seen.c_str());
}

void OciIsolationTest::containersOfAPodShareNetworkAndMemory()
{
    auto& t = *m_harness;
    const auto first = t.run(m_pod, t.containerConfig({"/bin/serve"}, "server"));
    t.waitForLog(first, "serving");
    const auto seen = output("wget -q -O - http://127.0.0.1:8080/cgi-bin/index.cgi; echo shared > /dev/shm/x; readlink /proc/self/ns/ipc");
    QVERIFY2(seen.find("<code>pod</code>") != std::string::npos, seen.c_str());
    const auto other = output("cat /dev/shm/x; readlink /proc/self/ns/ipc");
    QVERIFY2(other.starts_with("shared\n"), other.c_str());
    QVERIFY(seen.ends_with(other.substr(other.find('\n') + 1)));
    const auto pod2 = t.sandbox(t.sandboxConfig("uid-2"));
    const auto apart = t.runToEnd(pod2, t.containerConfig({"sh", "-c", "ls /dev/shm; readlink /proc/self/ns/ipc"}));
    QVERIFY2(apart.starts_with("ipc:") && !other.ends_with(apart), apart.c_str());
    t.check(t.await(t.runtime().removePodSandbox(pod2)));
}

void OciIsolationTest::aSharedProcessNamespace()
{
    auto& t = *m_harness;
    auto config = t.sandboxConfig("uid-3");
    config.sharePid = true;
    const auto pod = t.sandbox(config);
    QVERIFY(t.runtime().containers().size() == m_harness->runtime().containers().size());
    t.run(pod, t.containerConfig({"sleep", "4242"}, "sleeper"));
    const auto seen = t.runToEnd(pod, t.containerConfig({"ps"}, "ps"));
    QVERIFY2(seen.find("sleep 4242") != std::string::npos && seen.find("/kates-pause") != std::string::npos, seen.c_str());
    for (const auto& container : t.runtime().containers())
        QVERIFY(container.name != "pause");
    t.check(t.await(t.runtime().removePodSandbox(pod)));
    QVERIFY(t.runtime().sandboxes().size() == 1);
}

void OciIsolationTest::hostNamespaces()
{
    auto& t = *m_harness;
    auto config = t.sandboxConfig("uid-4");
    config.hostNetwork = config.hostPid = config.hostIpc = true;
    config.networkNamespace.clear();
    const auto pod = t.sandbox(config);
    const auto seen = t.runToEnd(pod, t.containerConfig({"sh", "-c", "for n in net pid ipc; do readlink /proc/self/ns/$n; done"}, "host"));
    std::string expected;
    for (const char* name : {"net", "pid", "ipc"})
        expected += fs::read_symlink(std::string("/proc/self/ns/") + name).string() + "\n";
    QCOMPARE(seen, expected);
    t.check(t.await(t.runtime().removePodSandbox(pod)));
}

void OciIsolationTest::privilegedContainers()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox(t.sandboxConfig("uid-6"));
    auto config = t.containerConfig({"sh", "-c",
        "mkdir -p /mnt; mount -t tmpfs x /mnt && echo mounted; touch /sys/kernel/x 2>&1 | grep -c Read-only; ls /dev/tty; grep Seccomp: "
        "/proc/self/status"});
    config.security.privileged = true;
    const auto seen = t.runToEnd(pod, config);
    QVERIFY2(seen.find("mounted\n0\n/dev/tty\n") != std::string::npos, seen.c_str());
    QVERIFY2(seen.find("Seccomp:\t0") != std::string::npos, seen.c_str());
    t.check(t.await(t.runtime().removePodSandbox(pod)));
}

void OciIsolationTest::limitsOfMemoryProcessesAndCpu()
{
    if (!m_cgroups)
        QSKIP("no cgroup can be written here");
    auto& t = *m_harness;
    auto config = t.containerConfig({"sleep", "1000"}, "limits");
    config.resources = {.cpuShares = 512, .cpuQuotaMicros = 50'000, .memoryLimitBytes = 64 << 20, .pidsMax = 20};
    const auto id = t.run(m_pod, config);
    const auto path = "/kates/" + t.cgroupParent("uid-1") + "/" + id;
    auto read = [&](const std::string& file) { return QString::fromStdString(readFile(file).value_or("")).trimmed().toStdString(); };
    if (fs::exists("/sys/fs/cgroup/cgroup.controllers")) {
        QCOMPARE(read("/sys/fs/cgroup" + path + "/memory.max"), std::to_string(64 << 20));
        QCOMPARE(read("/sys/fs/cgroup" + path + "/pids.max"), std::string("20"));
        QCOMPARE(read("/sys/fs/cgroup" + path + "/cpu.max"), std::string("50000 100000"));
    } else {
        QCOMPARE(read("/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes"), std::to_string(64 << 20));
        QCOMPARE(read("/sys/fs/cgroup/pids" + path + "/pids.max"), std::string("20"));
        QCOMPARE(read("/sys/fs/cgroup/cpu" + path + "/cpu.cfs_quota_us"), std::string("50000"));
        QCOMPARE(read("/sys/fs/cgroup/cpu" + path + "/cpu.shares"), std::string("512"));
    }
    const auto bomb = t.exec(id, {"sh", "-c", "i=0; while [ $i -lt 40 ]; do sleep 5 & i=$((i+1)); done; echo survived"});
    QVERIFY2(bomb.out.find("survived") == std::string::npos, bomb.out.c_str());
    t.check(t.await(t.runtime().removeContainer(id)));
    QVERIFY(!fs::exists("/sys/fs/cgroup/memory" + path) && !fs::exists("/sys/fs/cgroup" + path));
}

void OciIsolationTest::cgroupsStayBelowTheRuntimes()
{
    auto& t = *m_harness;
    for (const char* outside : {"/kubepods/pod1", "../pod1", "a/../../pod1"}) {
        auto config = t.sandboxConfig("uid-7");
        config.cgroupParent = outside;
        QVERIFY(!t.await(t.runtime().runPodSandbox(config)));
    }
}

void OciIsolationTest::aMemoryHogIsOomKilled()
{
    if (!m_cgroups)
        QSKIP("no cgroup can be written here");
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c", "a=x; while :; do a=$a$a; done"}, "hog");
    config.resources.memoryLimitBytes = 32 << 20;
    const auto status = t.waitExited(t.run(m_pod, config));
    QCOMPARE(status.reason, std::string("OOMKilled"));
    QCOMPARE(status.exitCode, 137);
}

void OciIsolationTest::sysctlsOfTheNetworkNamespace()
{
    QCOMPARE(output("cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
                 [](auto& config) { config.security.sysctls = {{"net.ipv4.ip_unprivileged_port_start", "80"}}; }),
        std::string("80\n"));
}

void OciIsolationTest::portsAreForwarded()
{
    auto& t = *m_harness;
    const auto pod = t.sandbox(t.sandboxConfig("uid-5"));
    auto config = t.containerConfig({}, "server");
    config.environment = {{"PORT", "8099"}};
    t.waitForLog(t.run(pod, config), "serving on port 8099");
    auto stream = t.value(t.await(t.runtime().portForward(pod, 8099)));
    t.check(t.await(stream->write("GET /cgi-bin/index.cgi HTTP/1.0\r\n\r\n")));
    const auto answer = t.await(t.readUntil(stream.get(), "</code>"));
    QVERIFY2(answer.find("200 OK") != std::string::npos && answer.find("<code>pod</code>") != std::string::npos, answer.c_str());
    const auto closed = t.await(t.runtime().portForward(pod, 9));
    QVERIFY(!closed);
    t.check(t.await(t.runtime().removePodSandbox(pod)));
}

KATES_RUNTIME_TEST_MAIN(OciIsolationTest)
#include "tst_oci_isolation.moc"
