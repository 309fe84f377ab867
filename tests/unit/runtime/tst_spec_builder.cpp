#include "engine/runtime/oci/spec_builder.h"

#include <QtTest>
#include <csignal>

#include "engine/api/json.h"
#include "engine/runtime/oci/capabilities.h"
#include "engine/runtime/oci/oci_container.h"
#include "engine/runtime/oci/seccomp_profile.h"
#include "tests/support/show_strings.h"

using namespace kates;
using namespace kates::runtime;
using api::Value;

class SpecBuilderTest : public QObject {
    Q_OBJECT
private slots:
    void commandsFollowKubernetesRules_data();
    void commandsFollowKubernetesRules();
    void namespacesFollowThePod();
    void withoutCgroupsNothingIsSaidOfThem();
    void inAUserNamespaceKernelFilesOfTheHostAreBound();
    void usersComeFromTheImagesFiles_data();
    void usersComeFromTheImagesFiles();
    void oomScoresStayAboveWhatMayBeSet();
    void everyGateOfSeccompOpensWithItsCapability();
    void signalsByNameAndNumber();

private:
    Result<Value> build()
    {
        return buildSpec({.sandbox = m_sandbox, .container = m_container, .image = m_image, .user = m_user, .host = m_host, .rootfs = "rootfs",
            .hostnameFile = "/h", .shm = "/shm", .ipcNamespace = "/ipc", .pidNamespace = m_pidNamespace, .cgroupsPath = m_cgroup, .hostDevices = {}});
    }
    SandboxConfig m_sandbox {.hostname = "pod", .networkNamespace = "/net"};
    ContainerConfig m_container {.command = {"run"}};
    ImageConfig m_image;
    ContainerUser m_user;
    HostFeatures m_host {
        .uids = {{0, 0xffffffff}}, .gids = {{0, 0xffffffff}}, .capabilities = {"CAP_CHOWN", "CAP_SYS_ADMIN"}, .cgroups = CgroupVersion::V2};
    std::string m_pidNamespace, m_cgroup = "/kates/x";
};

namespace {

std::vector<std::string> texts(const Value& array)
{
    std::vector<std::string> all;
    for (const auto& item : array)
        all.emplace_back(item.asString());
    return all;
}

const Value& named(const Value& array, std::string_view key, std::string_view wanted)
{
    for (const auto& item : array)
        if (item.str(key) == wanted)
            return item;
    static const Value none;
    return none;
}

} // namespace

void SpecBuilderTest::commandsFollowKubernetesRules_data()
{
    QTest::addColumn<QStringList>("entrypoint");
    QTest::addColumn<QStringList>("imageCommand");
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("expected");
    const QStringList none;
    QTest::newRow("the image's") << QStringList {"e"} << QStringList {"c"} << none << none << QStringList {"e", "c"};
    QTest::newRow("command hides both") << QStringList {"e"} << QStringList {"c"} << QStringList {"x"} << none << QStringList {"x"};
    QTest::newRow("arguments hide the command") << QStringList {"e"} << QStringList {"c"} << none << QStringList {"a"} << QStringList {"e", "a"};
    QTest::newRow("both") << QStringList {"e"} << QStringList {"c"} << QStringList {"x"} << QStringList {"a"} << QStringList {"x", "a"};
    QTest::newRow("nothing") << none << none << none << none << none;
}

void SpecBuilderTest::commandsFollowKubernetesRules()
{
    QFETCH(QStringList, entrypoint);
    QFETCH(QStringList, imageCommand);
    QFETCH(QStringList, command);
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, expected);
    auto list = [](const QStringList& words) {
        std::vector<std::string> all;
        for (const auto& word : words)
            all.push_back(word.toStdString());
        return all;
    };
    m_image.entrypoint = list(entrypoint);
    m_image.command = list(imageCommand);
    m_container.command = list(command);
    m_container.arguments = list(arguments);
    const auto spec = build();
    QCOMPARE(bool(spec), !expected.isEmpty());
    if (spec)
        QCOMPARE(texts(spec->get("process", "args")), list(expected));
    m_container.command = {"run"};
    m_container.arguments.clear();
    m_image = {};
}

void SpecBuilderTest::namespacesFollowThePod()
{
    auto spec = build().value();
    const auto& namespaces = spec.get("linux", "namespaces");
    QCOMPARE(named(namespaces, "type", "network").str("path"), std::string_view("/net"));
    QCOMPARE(named(namespaces, "type", "ipc").str("path"), std::string_view("/ipc"));
    QVERIFY(!named(namespaces, "type", "pid").isNull() && !named(namespaces, "type", "pid").has("path"));
    QVERIFY(!named(namespaces, "type", "cgroup").isNull());
    m_sandbox.hostPid = m_sandbox.hostIpc = m_sandbox.hostNetwork = true;
    m_sandbox.networkNamespace.clear();
    spec = build().value();
    for (const char* type : {"network", "ipc", "pid"})
        QVERIFY(named(spec.get("linux", "namespaces"), "type", type).isNull());
    m_sandbox = {.hostname = "pod", .networkNamespace = "/net"};
    m_pidNamespace = "/proc/7/ns/pid";
    QCOMPARE(named(build().value().get("linux", "namespaces"), "type", "pid").str("path"), std::string_view("/proc/7/ns/pid"));
    m_pidNamespace.clear();
}

void SpecBuilderTest::withoutCgroupsNothingIsSaidOfThem()
{
    m_container.resources = {.cpuShares = 100, .memoryLimitBytes = 1000, .pidsMax = 5};
    const auto with = build().value();
    QCOMPARE(with.get("linux", "resources", "memory").get("limit").asInt(), std::int64_t(1000));
    QCOMPARE(with.str("linux", "cgroupsPath"), std::string_view("/kates/x"));
    m_host.cgroups = CgroupVersion::None;
    m_cgroup.clear();
    const auto without = build().value();
    QVERIFY(!without.get("linux", "resources").has("memory") && !without.get("linux").has("cgroupsPath"));
    QVERIFY(named(without.get("mounts"), "destination", "/sys/fs/cgroup").isNull());
    m_host.cgroups = CgroupVersion::V2;
    m_cgroup = "/kates/x";
    m_container.resources = {};
}

void SpecBuilderTest::inAUserNamespaceKernelFilesOfTheHostAreBound()
{
    m_host.userNamespace = true;
    m_host.gids = {{0, 1}};
    m_sandbox.hostPid = m_sandbox.hostNetwork = true;
    const auto spec = build().value();
    for (const char* path : {"/proc", "/sys"})
        QCOMPARE(named(spec.get("mounts"), "destination", path).str("type"), std::string_view("bind"));
    for (const auto& option : named(spec.get("mounts"), "destination", "/dev/pts").get("options"))
        QVERIFY(option.asString() != "gid=5"); // that id does not exist here
    m_user.uid = 5;
    m_host.uids = {{0, 1}};
    const auto refused = build();
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("5:0") != std::string::npos);
    m_user = {};
    m_host.userNamespace = false;
    m_host.uids = m_host.gids = {{0, 0xffffffff}};
    m_sandbox.hostPid = m_sandbox.hostNetwork = false;
}

void SpecBuilderTest::usersComeFromTheImagesFiles_data()
{
    QTest::addColumn<QString>("imageUser");
    QTest::addColumn<qlonglong>("runAsUser"); // -1: not set
    QTest::addColumn<QString>("expected");    // uid:gid:groups, empty: refused
    QTest::newRow("root") << "" << -1ll << "0:0:";
    QTest::newRow("by name") << "app" << -1ll << "1500:1501:1600,";
    QTest::newRow("by number") << "1500" << -1ll << "1500:1501:1600,";
    QTest::newRow("with a group") << "app:extra" << -1ll << "1500:1600:1600,";
    QTest::newRow("with a number") << "app:7" << -1ll << "1500:7:1600,";
    QTest::newRow("numbers that nobody has") << "4711:4712" << -1ll << "4711:4712:";
    QTest::newRow("a name of digits") << "007" << -1ll << "70:71:";
    QTest::newRow("the pod decides") << "app:extra" << 42ll << "42:0:";
    QTest::newRow("unknown name") << "nosuch" << -1ll << "";
    QTest::newRow("unknown group") << "app:nosuch" << -1ll << "";
    QTest::newRow("negative") << "-1" << -1ll << "";
    QTest::newRow("too large") << "99999999999" << -1ll << "";
    QTest::newRow("damaged line") << "broken" << -1ll << "";
}

void SpecBuilderTest::usersComeFromTheImagesFiles()
{
    QFETCH(QString, imageUser);
    QFETCH(qlonglong, runAsUser);
    QFETCH(QString, expected);
    const std::string passwd = "root:x:0:0:root:/root:/bin/sh\nbroken:x\n007:x:70:71::/:\napp:x:1500:1501:app:/:/bin/sh\nend:x:1:x";
    const std::string group = "root:x:0:root\napp:x:1501:\nextra:x:1600:nobody,app\nbad:x:y:app\nshort";
    SecurityContext security;
    if (runAsUser >= 0)
        security.runAsUser = runAsUser;
    const auto user = resolveUser(security, imageUser.toStdString(), passwd, group);
    QCOMPARE(bool(user), !expected.isEmpty());
    if (!user)
        return;
    auto text = QStringLiteral("%1:%2:").arg(user->uid).arg(user->gid);
    for (const auto gid : user->additionalGids)
        if (gid != 0)
            text += QString::number(gid) + ",";
    QCOMPARE(text, expected);
}

void SpecBuilderTest::oomScoresStayAboveWhatMayBeSet()
{
    m_host.oomScoreAdjMin = 0;
    m_container.resources.oomScoreAdj = -997;
    QCOMPARE(build().value().get("process", "oomScoreAdj").asInt(), std::int64_t(0));
    m_host.oomScoreAdjMin = -1000;
    QCOMPARE(build().value().get("process", "oomScoreAdj").asInt(), std::int64_t(-997));
    m_container.resources = {};
}

void SpecBuilderTest::everyGateOfSeccompOpensWithItsCapability()
{
    auto actions = [](const Value& profile, std::string_view call) {
        std::string all;
        for (const auto& rule : profile.get("syscalls"))
            for (const auto& name : rule.get("names"))
                if (name.asString() == call)
                    all += std::string(rule.str("action")) + ";";
        return all;
    };
    const auto closed = seccompProfile({}), open = seccompProfile({"CAP_SYS_ADMIN", "CAP_SYS_TIME"});
    QCOMPARE(actions(closed, "mount"), std::string("SCMP_ACT_ERRNO;"));
    QCOMPARE(actions(open, "mount"), std::string("SCMP_ACT_ALLOW;"));
    QCOMPARE(actions(open, "clock_settime"), std::string("SCMP_ACT_ALLOW;"));
    QCOMPARE(actions(closed, "clone3"), std::string("SCMP_ACT_ERRNO;"));
    QCOMPARE(actions(closed, "read"), std::string("SCMP_ACT_ALLOW;"));
    for (const char* never : {"kexec_load", "add_key", "io_uring_setup", "userfaultfd"})
        QCOMPARE(actions(open, never), std::string("SCMP_ACT_ERRNO;"));
    std::set<std::string> seen; // nothing stands in two rules without conditions
    for (const auto& rule : closed.get("syscalls"))
        if (!rule.has("args"))
            for (const auto& name : rule.get("names"))
                QVERIFY2(seen.insert(std::string(name.asString())).second, std::string(name.asString()).c_str());
}

void SpecBuilderTest::signalsByNameAndNumber()
{
    QCOMPARE(parseSignal("SIGTERM"), SIGTERM);
    QCOMPARE(parseSignal("QUIT"), SIGQUIT);
    QCOMPARE(parseSignal("9"), SIGKILL);
    QCOMPARE(parseSignal("SIGRTMIN+3"), SIGRTMIN + 3);
    QCOMPARE(parseSignal("RTMAX-1"), SIGRTMAX - 1);
    for (const char* nonsense : {"", "SIG", "SIGWHAT", "0", "-9", "999", "SIGRTMIN+999"})
        QCOMPARE(parseSignal(nonsense), SIGTERM);
}

QTEST_GUILESS_MAIN(SpecBuilderTest)
#include "tst_spec_builder.moc"
