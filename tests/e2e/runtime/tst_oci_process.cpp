// A container's process: what it is started with, what it writes, how it ends; exec and attach.
#include "tests/support/run_as.h"
#include "tests/support/runtime_harness.h"

using namespace kates;
using namespace kates::test;

class OciProcessTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_harness.emplace(RuntimeHarness::Kind::Oci);
        m_pod = m_harness->sandbox();
    }
    void cleanupTestCase() { m_harness.reset(); }
    void outputGoesToTheLogInCriFormat();
    void exitCodesAndReasons();
    void commandEnvironmentAndDirectory();
    void usersByNumber();
    void aCommandThatDoesNotExistIsAStartError();
    void stopAsksFirstAndKillsAfterTheGrace();
    void execGivesStreamsAndTheExitCode();
    void execWithATerminal();
    void execIsKilledAtItsTimeoutAndWithItsSession();
    void attachShowsAndFeedsTheProcess();
    void attachWithATerminal();
    void aRotatedLogIsOpenedAnew();

private:
    std::optional<RuntimeHarness> m_harness;
    std::string m_pod;
};

void OciProcessTest::outputGoesToTheLogInCriFormat()
{
    auto& t = *m_harness;
    const auto id = t.run(m_pod, t.containerConfig({"sh", "-c", "echo one; echo two >&2; printf three"}, "log"));
    t.waitExited(id);
    const QRegularExpression format(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}(Z|[+-]\d\d:\d\d) (stdout|stderr) [FP] .*$)");
    std::istringstream lines(t.log(id));
    std::string all;
    for (std::string line; std::getline(lines, line);) {
        QVERIFY2(format.match(QString::fromStdString(line)).hasMatch(), line.c_str());
        all += line.substr(line.find(" std")) + ";";
    }
    QVERIFY(all.find(" stdout F one;") != std::string::npos);
    QVERIFY(all.find(" stderr F two;") != std::string::npos);
    QVERIFY(all.find(" stdout P three;") != std::string::npos);
}

void OciProcessTest::exitCodesAndReasons()
{
    auto& t = *m_harness;
    for (const int code : {0, 1, 42, 255}) {
        const auto status
            = t.waitExited(t.run(m_pod, t.containerConfig({"sh", "-c", "exit " + std::to_string(code)}, "exit" + std::to_string(code))));
        QCOMPARE(status.exitCode, code);
        QCOMPARE(status.reason, std::string(code ? "Error" : "Completed"));
        QVERIFY(status.startedAt <= status.finishedAt + 20ms);
    }
    // A first process does not die of a signal that it sends itself; its children do.
    QCOMPARE(t.waitExited(t.run(m_pod, t.containerConfig({"sh", "-c", "sh -c 'kill -SEGV $$'; exit $?"}, "segv"))).exitCode, 128 + SIGSEGV);
}

void OciProcessTest::commandEnvironmentAndDirectory()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c"}, "environment");
    config.arguments = {"pwd; hostname; cat /etc/hostname; env | sort"};
    config.workingDirectory = "/made/here";
    config.environment = {{"A", "first"}, {"A", "second"}, {"B", "with = and spaces"}, {"PATH", "/bin:/x"}};
    const auto output = t.runToEnd(m_pod, config);
    QVERIFY2(output.starts_with("/made/here\npod\npod\n"), output.c_str());
    for (const char* line : {"\nA=second\n", "\nB=with = and spaces\n", "\nPATH=/bin:/x\n", "\nHOSTNAME=pod\n"})
        QVERIFY2(output.find(line) != std::string::npos, output.c_str());
    QVERIFY(output.find("first") == std::string::npos);
    QVERIFY(output.find("KATES") == std::string::npos); // nothing of our own environment
}

void OciProcessTest::usersByNumber()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c", "id -u; id -g; id -G"}, "user");
    config.security.runAsUser = 1234;
    config.security.runAsGroup = 5678;
    config.security.supplementalGroups = {7, 8};
    const auto output = t.runToEnd(m_pod, config);
    QVERIFY2(output.starts_with("1234\n5678\n"), output.c_str());
    QVERIFY2(output.find("7") != std::string::npos && output.find("8") != std::string::npos, output.c_str());
    config.security.runAsUser = 3'000'000'000;
    const auto outside = t.await(t.runtime().createContainer(m_pod, config));
    if (readFile("/proc/self/uid_map")->find("4294967295") == std::string::npos) { // a user namespace, which has not all ids
        QVERIFY(!outside);
        QVERIFY2(outside.error().message.find("3000000000") != std::string::npos, outside.error().message.c_str());
    } else {
        QVERIFY(outside);
    }
}

void OciProcessTest::aCommandThatDoesNotExistIsAStartError()
{
    auto& t = *m_harness;
    const auto id = t.create(m_pod, t.containerConfig({"/no/such/command"}, "missing"));
    const auto started = t.await(t.runtime().startContainer(id));
    QVERIFY(!started);
    QVERIFY2(started.error().message.find("no such") != std::string::npos || started.error().message.find("No such") != std::string::npos,
        started.error().message.c_str());
    const auto status = *t.runtime().container(id);
    QCOMPARE(status.state, ContainerState::Exited);
    QCOMPARE(status.exitCode, 128);
    QCOMPARE(status.reason, std::string("StartError"));
    QVERIFY(t.await(t.runtime().removeContainer(id)));
}

void OciProcessTest::stopAsksFirstAndKillsAfterTheGrace()
{
    auto& t = *m_harness;
    const auto polite
        = t.run(m_pod, t.containerConfig({"sh", "-c", "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 1000 & wait $!; done"}, "polite"));
    t.waitForLog(polite, "ready");
    QVERIFY(t.await(t.runtime().stopContainer(polite, 30s)));
    QCOMPARE(t.runtime().container(polite)->exitCode, 3);
    QCOMPARE(t.output(polite), std::string("ready\nbye\n"));
    const auto deaf = t.run(m_pod, t.containerConfig({"sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1000; done"}, "deaf"));
    t.waitForLog(deaf, "ready");
    const auto begin = std::chrono::steady_clock::now();
    QVERIFY(t.await(t.runtime().stopContainer(deaf, 100ms)));
    QVERIFY(std::chrono::steady_clock::now() - begin >= 100ms);
    QCOMPARE(t.runtime().container(deaf)->exitCode, 137);
    QCOMPARE(t.runtime().container(deaf)->reason, std::string("Error"));
}

void OciProcessTest::execGivesStreamsAndTheExitCode()
{
    auto& t = *m_harness;
    const auto id = t.run(m_pod, t.containerConfig({"sleep", "1000"}, "exec"));
    auto outcome = t.exec(id, {"sh", "-c", "echo out; echo err >&2; exit 7"});
    QCOMPARE(outcome.out, std::string("out\n"));
    QCOMPARE(outcome.err, std::string("err\n"));
    QCOMPARE(outcome.code, 7);
    const std::string large(300'000, 'x');
    outcome = t.exec({.containerId = id, .command = {"cat"}, .stdin = true}, large);
    QVERIFY(outcome.out == large); // and its end was seen
    QCOMPARE(outcome.code, 0);
    outcome = t.exec(id, {"nosuchcommand"});
    QCOMPARE(outcome.code, 127);
    QVERIFY2(outcome.err.find("nosuchcommand") != std::string::npos, outcome.err.c_str());
    outcome = t.exec(id, {"sh", "-c", "kill -9 $$"});
    QCOMPARE(outcome.code, 137);
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(t.runtimeDirectory() / "containers" / id, problem))
        QVERIFY(!entry.path().filename().string().starts_with("exec-"));
    QVERIFY(t.await(t.runtime().stopContainer(id, 0s)));
    QVERIFY(!t.await(t.runtime().exec({.containerId = id, .command = {"true"}})));
}

void OciProcessTest::execWithATerminal()
{
    auto& t = *m_harness;
    const auto id = t.run(m_pod, t.containerConfig({"sleep", "1000"}, "exectty"));
    auto session = t.value(t.await(t.runtime().exec({.containerId = id, .command = {"sh"}, .tty = true, .stdin = true})));
    QVERIFY(session->standardInput() && session->standardOutput() && !session->standardError());
    session->resize(123, 45);
    QVERIFY(t.await(session->standardInput()->write("stty size; tty; echo T$TERM\n")));
    const auto output = t.await(t.readUntil(session->standardOutput(), "Txterm\r\n"));
    QVERIFY2(output.find("/dev/pts/") != std::string::npos, output.c_str());
    // The size reaches the inner terminal when the program has set it up: ask until it is there.
    session->resize(124, 46);
    QVERIFY(t.await(session->standardInput()->write("until [ \"$(stty size)\" = '46 124' ]; do :; done; echo si''zed; exit 5\n")));
    QVERIFY(t.await(t.readUntil(session->standardOutput(), "sized")).find("sized") != std::string::npos);
    QCOMPARE(t.await(session->exited()), 5);
}

void OciProcessTest::execIsKilledAtItsTimeoutAndWithItsSession()
{
    auto& t = *m_harness;
    const auto id = t.run(m_pod, t.containerConfig({"sleep", "1000"}, "execkill"));
    QCOMPARE(t.exec({.containerId = id, .command = {"sleep", "777"}, .timeout = 300ms}).code, kExecTimedOut);
    auto session = t.value(t.await(t.runtime().exec({.containerId = id, .command = {"sh", "-c", "echo up; exec sleep 888"}})));
    t.await(t.readUntil(session->standardOutput(), "up"));
    const auto exited = session->exited();
    session.reset();
    QCOMPARE(t.await(exited), 137);
    const auto left = t.exec(id, {"ps"}).out;
    QVERIFY2(left.find("777") == std::string::npos && left.find("888") == std::string::npos, left.c_str());
}

void OciProcessTest::attachShowsAndFeedsTheProcess()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c", "while read line; do echo got $line; echo err $line >&2; done; echo over"}, "attach");
    config.stdin = config.stdinOnce = true;
    const auto id = t.run(m_pod, config);
    auto session = t.value(t.await(t.runtime().attach(id, true, false)));
    QVERIFY(t.await(session->standardInput()->write("hello\n")));
    QCOMPARE(t.await(t.readUntil(session->standardOutput(), "\n")), std::string("got hello\n"));
    QCOMPARE(t.await(t.readUntil(session->standardError(), "\n")), std::string("err hello\n"));
    const std::string large(100'000, 'y');
    QVERIFY(t.await(session->standardInput()->write(large + "\n")));
    QCOMPARE(t.await(t.readUntil(session->standardOutput(), "\n")).size(), large.size() + 5);
    session->standardInput()->closeWrite();
    t.waitExited(id);
    QCOMPARE(t.await(session->exited()), 0);
    QVERIFY(t.await(t.readAll(session->standardOutput())).ends_with("over\n"));
    QCOMPARE(t.runtime().container(id)->exitCode, 0);
}

void OciProcessTest::attachWithATerminal()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh"}, "attachtty");
    config.stdin = config.tty = true;
    const auto id = t.run(m_pod, config);
    auto session = t.value(t.await(t.runtime().attach(id, true, true)));
    session->resize(99, 33);
    QVERIFY(t.await(session->standardInput()->write("until [ \"$(stty size)\" = '33 99' ]; do :; done; echo si''zed\n")));
    QVERIFY(t.await(t.readUntil(session->standardOutput(), "sized")).find("sized") != std::string::npos);
    session.reset(); // leaves the container running
    session = t.value(t.await(t.runtime().attach(id, true, true)));
    QVERIFY(t.await(session->standardInput()->write("exit 4\n")));
    QCOMPARE(t.waitExited(id).exitCode, 4);
}

void OciProcessTest::aRotatedLogIsOpenedAnew()
{
    auto& t = *m_harness;
    auto config = t.containerConfig({"sh", "-c", "echo first; read line; echo second"}, "rotate");
    config.stdin = true;
    const auto id = t.run(m_pod, config);
    t.waitForLog(id, "first");
    const std::filesystem::path path = t.runtime().container(id)->logPath;
    std::filesystem::rename(path, path.string() + ".1");
    QVERIFY(t.await(t.runtime().reopenContainerLog(id)));
    t.waitForFile(path);
    auto session = t.value(t.await(t.runtime().attach(id, true, false)));
    QVERIFY(t.await(session->standardInput()->write("go\n")));
    t.waitExited(id);
    QCOMPARE(t.output(id), std::string("second\n"));
    QVERIFY(readFile(path.string() + ".1")->ends_with("stdout F first\n"));
}

KATES_RUNTIME_TEST_MAIN(OciProcessTest)
#include "tst_oci_process.moc"
