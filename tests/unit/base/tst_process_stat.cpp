#include <QtTest>

#include <unistd.h>

#include "engine/base/files.h"
#include "engine/base/process_stat.h"

using namespace kates;

class ProcessStatTest : public QObject {
    Q_OBJECT
private slots:
    void aNameMayHoldAnything()
    {
        QTemporaryDir folder;
        const std::filesystem::path process = folder.path().toStdString();
        QVERIFY(writeFileAtomically(process / "stat",
            "42 (a) b (c)) S 7 42 42 0 -1 4194560 1 2 3 4 15 16 17 18 20 0 1 0 99 1000 24 18446744073709551615 1 1 0\n", 0600));
        const auto stat = ProcessStat::read(process);
        QVERIFY(stat);
        QCOMPARE(stat->name(), std::string_view("a) b (c)"));
        QCOMPARE(stat->field(ProcessStat::kState), std::string_view("S"));
        QVERIFY(!stat->hasEnded());
        QCOMPARE(stat->number(ProcessStat::kParent), std::optional<std::uint64_t>(7));
        QCOMPARE(stat->number(ProcessStat::kUserTime), std::optional<std::uint64_t>(15));
        QCOMPARE(stat->number(ProcessStat::kChildrenSystemTime), std::optional<std::uint64_t>(18));
        QCOMPARE(stat->number(ProcessStat::kStartTime), std::optional<std::uint64_t>(99));
        QCOMPARE(stat->number(ProcessStat::kResidentPages), std::optional<std::uint64_t>(24));
        QCOMPARE(stat->field(28), std::string_view("0"));
        QVERIFY(stat->field(60).empty());
        QVERIFY(!stat->number(60));
        QVERIFY(!stat->number(8)); // -1
    }

    void thisProcessRuns()
    {
        const auto stat = ProcessStat::of(::getpid());
        QVERIFY(stat && !stat->hasEnded());
        QCOMPARE(stat->number(ProcessStat::kParent), std::optional<std::uint64_t>(::getppid()));
    }

    void whatIsNoStatFileIsNothing()
    {
        QTemporaryDir folder;
        const std::filesystem::path process = folder.path().toStdString();
        QVERIFY(!ProcessStat::read(process));
        QVERIFY(writeFileAtomically(process / "stat", "nothing of the kind", 0600));
        QVERIFY(!ProcessStat::read(process));
    }
};

QTEST_GUILESS_MAIN(ProcessStatTest)
#include "tst_process_stat.moc"
