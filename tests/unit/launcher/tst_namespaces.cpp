#include "engine/launcher/namespaces.h"

#include <QtTest>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <functional>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/launcher/preflight.h"
#include "engine/launcher/subordinate_ids.h"

using namespace kates;
using namespace kates::launcher;

namespace {

// Runs in a child with one thread, as the calls demand; gives its exit status.
int inChild(const std::function<int()>& body)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

std::string mountNamespace(const std::string& pid)
{
    std::error_code error;
    return std::filesystem::read_symlink("/proc/" + pid + "/ns/mnt", error).string();
}

} // namespace

class TestNamespaces : public QObject {
    Q_OBJECT

private slots:
    void rangesOfTheUserAreReadByNameAndByNumber()
    {
        const auto text = "root:1:2\nanna:100000:65536\n1000:300000:10\nanna:x:5\nanna:7\n# anna\nanna:400000:0\n";
        QCOMPARE(parseSubordinateIds(text, "anna", 1000), (std::vector<IdRange>{{100000, 65536}, {300000, 10}}));
        QVERIFY(parseSubordinateIds("", "anna", 1000).empty());
    }

    void idMapPutsTheUserAtZeroAndTheRangesBehind()
    {
        QCOMPARE(idMapArguments(1000, {{100000, 65536}, {300000, 10}}),
            (std::vector<std::string>{"0", "1000", "1", "1", "100000", "65536", "65537", "300000", "10"}));
    }

    void oneHolderPerDirectoryUntilItIsStopped()
    {
        auto directory = TemporaryDirectory::create();
        QVERIFY(directory.has_value());
        QVERIFY(!findHolder(directory->path()));
        auto holder = ensureHolder(directory->path());
        QVERIFY2(holder.has_value(), holder ? "" : holder.error().message.c_str());
        auto again = ensureHolder(directory->path());
        QVERIFY(again.has_value());
        QCOMPARE(*again, *holder);
        QVERIFY(mountNamespace(std::to_string(holder->pid)) != mountNamespace("self"));
        const auto commandLine = readFile(fmt::format("/proc/{}/cmdline", holder->pid)).value_or("");
        QCOMPARE(commandLine.c_str(), "kates-holder");
        QVERIFY(stopHolder(directory->path()).has_value());
        QVERIFY(!findHolder(directory->path()));
        QVERIFY(std::filesystem::is_empty(directory->path()));
        QVERIFY(stopHolder(directory->path()).has_value());
        QVERIFY(!enterNamespaces(*holder).has_value());
    }

    void whatIsMountedInsideIsSeenByWhoEntersLaterAndByNobodyElse()
    {
        auto directory = TemporaryDirectory::create();
        auto holder = ensureHolder(directory->path());
        QVERIFY(holder.has_value());
        const auto target = directory->path() / "target";
        QVERIFY(makeDirectories(target).has_value());
        QCOMPARE(inChild([&] {
            if (!enterNamespaces(*holder))
                return 1;
            if (::mount("tmpfs", target.c_str(), "tmpfs", 0, "size=4k") != 0)
                return 2;
            return ::mkdir((target / "inside").c_str(), 0700) == 0 ? 0 : 3;
        }), 0);
        QVERIFY(!std::filesystem::exists(target / "inside"));
        const auto here = std::filesystem::current_path();
        QCOMPARE(inChild([&] {
            if (!enterNamespaces(*holder))
                return 1;
            if (::geteuid() != 0)
                return 2;
            return std::filesystem::exists(target / "inside") && std::filesystem::current_path() == here ? 0 : 3;
        }), 0);
        QVERIFY(stopHolder(directory->path()).has_value());
    }

    void aPidFileOfAnotherProcessIsNotBelieved()
    {
        auto directory = TemporaryDirectory::create();
        for (const std::string text : {"", "x", "1 1\n", "-4 5\n", "99999999 1\n"}) {
            QVERIFY(writeFileAtomically(directory->path() / "holder.pid", text).has_value());
            QVERIFY(!findHolder(directory->path()));
        }
        QVERIFY(writeFileAtomically(directory->path() / "holder.pid", fmt::format("{} 1\n", ::getpid())).has_value());
        QVERIFY(!findHolder(directory->path()));
    }

    void preflightNamesALossAndAFixForWhateverIsMissing()
    {
        auto directory = TemporaryDirectory::create();
        const auto checks = preflight(directory->path());
        QVERIFY(checks.size() >= 9);
        for (const auto& check : checks) {
            QVERIFY2(!check.message.empty(), check.name.c_str());
            QCOMPARE(check.lost.empty(), check.ok);
            QCOMPARE(check.fix.empty(), check.ok);
            qInfo("%s: %s %s", check.name.c_str(), check.ok ? "ok:" : "missing:", check.message.c_str());
        }
        QVERIFY(std::filesystem::is_empty(directory->path()));
    }
};

QTEST_GUILESS_MAIN(TestNamespaces)
#include "tst_namespaces.moc"
