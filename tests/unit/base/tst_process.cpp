#include <QtTest>

#include <csignal>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/process.h"

using namespace kates;
using namespace std::chrono_literals;

class ProcessTest : public QObject {
    Q_OBJECT
    std::unique_ptr<Loop> m_loop = makeLoop();
    std::unique_ptr<ProcessLauncher> m_launcher = makeProcessLauncher(*m_loop);

    Result<ProcessOutput> run(ProcessSpec spec, std::string input = {}, RunLimits limits = {})
    {
        return runToCompletion(*m_loop, m_launcher->run(std::move(spec), std::move(input), limits));
    }
    static Task<ExitStatus> exitOf(Process& process)
    {
        Future<ExitStatus> exit = process.exited();
        co_return co_await exit;
    }

private slots:
    void outputErrorsAndStatusComeBack()
    {
        auto output = run({.program = "sh", .arguments = {"-c", "cat; echo oops >&2; exit 3"}}, "fed");
        QVERIFY(output.has_value());
        QCOMPARE(output->standardOutput, std::string("fed"));
        QCOMPARE(output->standardError, std::string("oops\n"));
        QCOMPARE(output->status.code, 3);
    }
    void largeInputAndOutputDoNotBlock()
    {
        std::string large(3'000'000, 'x');
        auto output = run({.program = "cat"}, large);
        QVERIFY(output.has_value());
        QVERIFY(output->standardOutput == large);
    }
    void aMissingProgramIsASentence()
    {
        auto output = run({.program = "kates-no-such-program"});
        QVERIFY(!output.has_value());
        QCOMPARE(output.error().message, std::string("the program kates-no-such-program is not installed (not found in PATH)"));
        auto directory = run({.program = "/usr/bin/true", .workingDirectory = "/no/such/place"});
        QVERIFY(!directory.has_value());
        QVERIFY(directory.error().message.find("enter the working directory: No such file") != std::string::npos);
    }
    void aSlowOrChattyProgramIsStopped()
    {
        auto slow = run({.program = "sleep", .arguments = {"1000"}}, {}, {.timeout = 20ms});
        QVERIFY(!slow.has_value());
        QCOMPARE(slow.error().message, std::string("sleep was stopped: it did not end in time"));
        auto chatty = run({.program = "yes"}, {}, {.timeout = 30s, .outputMax = 1000});
        QVERIFY(!chatty.has_value());
        QCOMPARE(chatty.error().message, std::string("yes was stopped: it printed more than 1000 bytes"));
    }
    void environmentAndDirectoryAreTheChilds()
    {
        auto output = run({.program = "/bin/sh", .arguments = {"-c", "echo $A $HOME; pwd"}, .environment = {{"A=b"}}, .workingDirectory = "/usr"});
        QVERIFY(output.has_value());
        QCOMPARE(output->standardOutput, std::string("b\n/usr\n"));
    }
    void noDescriptorLeaksIntoTheChild()
    {
        OwnedFd leak(::dup(1)); // not close-on-exec
        auto output = run({.program = "/bin/sh", .arguments = {"-c", "ls /proc/self/fd | wc -l"}});
        QVERIFY(output.has_value());
        QCOMPARE(output->standardOutput, std::string("4\n")); // 0, 1, 2 and the directory that ls reads
    }
    void aKilledProcessTellsItsSignal()
    {
        auto process = m_launcher->start({.program = "sleep", .arguments = {"1000"}});
        QVERIFY(process.has_value());
        auto gone = watchForeignProcess(*m_loop, (*process)->pid());
        (*process)->kill(SIGKILL);
        ExitStatus status = runToCompletion(*m_loop, exitOf(**process));
        QCOMPARE(status.signal, SIGKILL);
        QCOMPARE(status.code, 137);
        QVERIFY(watchForeignProcess(*m_loop, (*process)->pid()).ready());
    }
};

QTEST_GUILESS_MAIN(ProcessTest)
#include "tst_process.moc"
