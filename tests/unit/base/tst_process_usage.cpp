#include <QtTest>

#include "engine/base/files.h"
#include "engine/base/process_usage.h"

using namespace kates;
using namespace std::chrono_literals;

namespace {

// One process as /proc shows it.
void process(const std::filesystem::path& proc, int pid, int parent, const std::string& name, int ticks, const std::string& command = {}, int start = 7)
{
    const auto directory = proc / std::to_string(pid);
    QVERIFY(makeDirectories(directory));
    const std::string stat = std::to_string(pid) + " (" + name + ") S " + std::to_string(parent) + " 1 1 0 -1 0 0 0 0 0 " + std::to_string(ticks) + " 1 2 3 20 0 1 0 "
        + std::to_string(start) + " 1000 256 0 0\n";
    QVERIFY(writeFileAtomically(directory / "stat", stat));
    QVERIFY(writeFileAtomically(directory / "cmdline", command));
}

std::string conmon(const std::string& directory)
{
    return std::string("conmon\0--persist-dir\0", 21) + directory + std::string("\0--x\0", 5);
}

} // namespace

class ProcessUsageTest : public QObject {
    Q_OBJECT
private slots:
    void containersCountApart()
    {
        const TemporaryDirectory directory = *TemporaryDirectory::create();
        const auto& proc = directory.path();
        process(proc, 10, 1, "kates", 100);
        process(proc, 11, 10, "nft (odd) name", 5);
        process(proc, 20, 1, "conmon", 1, conmon("/data/node-1/runtime/containers/c"));
        process(proc, 21, 20, "web", 50);
        process(proc, 30, 1, "conmon", 1, conmon("/data/node-12/runtime/containers/c"));
        QVERIFY(makeDirectories(proc / "self"));
        const ProcessTable table = sampleProcesses(proc);
        QCOMPARE(table.size(), 5u);
        QCOMPARE(table.at(10).ticks, 106u);
        QCOMPARE(table.at(10).memoryBytes, 256u * 4096u);
        const ProcessGroups groups = groupsOf(table, 10, "/data/node-1");
        QVERIFY(groups.own == (std::vector<int>{10, 11}));
        QVERIFY(groups.pods == (std::vector<int>{20, 21}));
    }

    void theUseIsTheDifference()
    {
        ProcessTable before{{10, {1, 7, 100, 4096, {}}}, {11, {10, 7, 40, 4096, {}}}, {12, {10, 7, 30, 4096, {}}}};
        // 11 has ended and its parent waited for it (40 + 10 more); 12 is another process now.
        ProcessTable after{{10, {1, 7, 100 + 20 + 50, 4096, {}}}, {12, {10, 8, 5, 8192, {}}}};
        const Usage usage = usageOf(before, after, {10, 12}, 1s);
        QCOMPARE(usage.memoryBytes, 12288u);
        QCOMPARE(usage.cpuMilli, (20 + 50 - 40 + 5) * 1000 / ::sysconf(_SC_CLK_TCK));
        QCOMPARE(usageOf(before, before, {10, 11}, 1s).cpuMilli, 0);
    }

    void aContainerIsFoundByItsId()
    {
        const ProcessTable table{{20, {1, 7, 1, 4096, "/data/node-1/runtime/containers/c1"}}, {21, {20, 7, 1, 4096, {}}}, {22, {21, 7, 1, 4096, {}}}, {23, {1, 7, 1, 4096, {}}}};
        QVERIFY(containerGroup(table, "c1") == (std::vector<int>{21, 22}));
        QVERIFY(containerGroup(table, "1").empty());
        QVERIFY(containerGroup(table, "").empty());
    }

    void whoAsksAgainGetsTheUseSinceThen()
    {
        auto loop = makeLoop();
        UsageMeter meter(*loop);
        const auto first = runToCompletion(*loop, meter.look());
        QVERIFY(first.between >= kUsageWindowMin);
        QVERIFY(first.after.contains(::getpid()));
        const auto second = runToCompletion(*loop, meter.look());
        QVERIFY(second.between >= kUsageWindowMin);
    }
};

QTEST_GUILESS_MAIN(ProcessUsageTest)
#include "tst_process_usage.moc"
