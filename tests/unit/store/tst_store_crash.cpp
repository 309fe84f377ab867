// A writer in another process is killed under load (SIGKILL): every write it had acknowledged is there afterwards, and nothing is half there. And a
// disk that is really full: a small tmpfs in a mount namespace of its own.
#include <QtTest>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <map>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/store/embedded_store.h"

using namespace kates;
using namespace kates::store;

namespace {

constexpr int kWriters = 16;
constexpr int kSkipped = 77;

EmbeddedStoreOptions optionsFor(const std::filesystem::path& file)
{
    EmbeddedStoreOptions options;
    options.file = file;
    return options;
}

// Writes pairs of keys for ever; reports each acknowledged pair as "<writer> <number> <revision>".
Task<void> writePairs(Store& store, int writer, int number)
{
    for (;; ++number) {
        auto name = std::to_string(writer) + "/" + std::to_string(number);
        std::vector<Operation> operations;
        operations.push_back({"/left/" + name, Bytes(std::string(2000, 'l')), 0});
        operations.push_back({"/right/" + name, Bytes(std::string(500, 'r')), 0});
        auto revision = co_await store.commit(std::move(operations));
        if (!revision)
            ::_exit(2);
        auto line = std::to_string(writer) + " " + std::to_string(number) + " " + std::to_string(*revision) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) < 0)
            ::_exit(3);
    }
}

int runWriter(const char* file, int firstNumber)
{
    auto loop = makeLoop();
    auto store = openEmbeddedStore(*loop, optionsFor(file));
    if (!store)
        return 1;
    loop->post([&] {
        for (int writer = 0; writer < kWriters; ++writer)
            spawn(writePairs(**store, writer, firstNumber));
    });
    loop->run();
    return 0;
}

Task<int> fillDisk(Store& store)
{
    int acknowledged = 0;
    for (;; ++acknowledged) {
        std::vector<Operation> operations;
        operations.push_back({"/k/" + std::to_string(acknowledged), Bytes(std::string(100'000, 'x')), 0});
        auto written = co_await store.commit(std::move(operations));
        if (!written) {
            bool said = written.error().message.find("the disk is full") != std::string::npos && !written.error().indeterminate;
            co_return said ? acknowledged : -1;
        }
    }
}

int failed(const char* what)
{
    std::fprintf(stderr, "%s\n", what);
    return 1;
}

bool writeProc(const char* file, const std::string& text)
{
    OwnedFd fd(::open(file, O_WRONLY));
    return ::write(fd.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Root needs no user namespace; anybody else becomes root in one.
bool enterMountNamespace()
{
    auto user = std::to_string(::geteuid()), group = std::to_string(::getegid());
    if (user == "0")
        return ::unshare(CLONE_NEWNS) == 0;
    return ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && writeProc("/proc/self/uid_map", "0 " + user + " 1")
        && writeProc("/proc/self/setgroups", "deny") && writeProc("/proc/self/gid_map", "0 " + group + " 1");
}

int runOnFullDisk(const std::filesystem::path& directory)
{
    if (!enterMountNamespace())
        return kSkipped;
    ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
    if (::mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=4m") != 0)
        return kSkipped;
    auto loop = makeLoop();
    auto store = openEmbeddedStore(*loop, optionsFor(directory / "store.db"));
    if (!store)
        return failed(store.error().message.c_str());
    int acknowledged = runToCompletion(*loop, fillDisk(**store));
    if (acknowledged < 3)
        return failed("the error did not say that the disk is full");
    auto page = runToCompletion(*loop, (*store)->list("/k/", "", 0, 0));
    if (!page || static_cast<int>(page->items.size()) != acknowledged)
        return failed("reads do not show what was acknowledged");
    auto revision = (*store)->currentRevision();
    runToCompletion(*loop, (*store)->close());
    ::mount("tmpfs", directory.c_str(), "tmpfs", MS_REMOUNT, "size=64m");
    store = openEmbeddedStore(*loop, optionsFor(directory / "store.db"));
    if (!store)
        return failed(store.error().message.c_str());
    page = runToCompletion(*loop, (*store)->list("/k/", "", 0, 0));
    if (static_cast<int>(page->items.size()) != acknowledged)
        return failed("an acknowledged write is gone, or a refused one came back");
    std::vector<Operation> operations;
    operations.push_back({"/k/more", Bytes("1"), 0});
    auto more = runToCompletion(*loop, (*store)->commit(operations));
    if (!more || *more <= revision)
        return failed("writing does not go on when there is space again");
    runToCompletion(*loop, (*store)->close());
    return 0;
}

// Starts this program again with `arguments`; its standard output is the returned descriptor.
pid_t startSelf(std::vector<std::string> arguments, OwnedFd* output)
{
    int pipe[2] = {-1, -1};
    if (output && ::pipe(pipe) != 0)
        return -1;
    pid_t pid = ::fork();
    if (pid == 0) {
        if (output)
            ::dup2(pipe[1], STDOUT_FILENO);
        std::vector<char*> argv{const_cast<char*>("tst_store_crash")};
        for (auto& argument : arguments)
            argv.push_back(argument.data());
        argv.push_back(nullptr);
        ::execv("/proc/self/exe", argv.data());
        ::_exit(127);
    }
    if (output) {
        ::close(pipe[1]);
        *output = OwnedFd(pipe[0]);
    }
    return pid;
}

} // namespace

class StoreCrashTest : public QObject {
    Q_OBJECT

private:
    struct Acknowledged {
        int writer, number;
        Revision revision;
    };

    // Lets a writer run until `count` writes are acknowledged, kills it, and returns all that it said before it died.
    std::vector<Acknowledged> writeAndKill(const std::filesystem::path& file, int firstNumber, int count)
    {
        OwnedFd output;
        pid_t pid = startSelf({"--write", file.string(), std::to_string(firstNumber)}, &output);
        std::string text;
        char buffer[4096];
        bool killed = false;
        for (ssize_t size; (size = ::read(output.get(), buffer, sizeof buffer)) > 0;) {
            text.append(buffer, static_cast<std::size_t>(size));
            if (!killed && std::count(text.begin(), text.end(), '\n') >= count) {
                ::kill(pid, SIGKILL);
                killed = true;
            }
        }
        int status = 0;
        ::waitpid(pid, &status, 0);
        std::vector<Acknowledged> acknowledged;
        for (const auto& line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts)) {
            auto words = line.split(' ');
            if (words.size() == 3)
                acknowledged.push_back({words[0].toInt(), words[1].toInt(), words[2].toLongLong()});
        }
        return acknowledged;
    }

private slots:
    void everyAcknowledgedWriteSurvivesAKill()
    {
        auto directory = *TemporaryDirectory::create("kates-crash");
        auto file = directory.path() / "store.db";
        std::map<std::string, Revision> expected;
        for (int round = 0; round < 4; ++round) {
            auto acknowledged = writeAndKill(file, round * 100'000, 200 + 60 * round);
            QVERIFY(acknowledged.size() >= 200);
            for (const auto& write : acknowledged)
                expected[std::to_string(write.writer) + "/" + std::to_string(write.number)] = write.revision;

            auto loop = makeLoop();
            auto store = openEmbeddedStore(*loop, optionsFor(file));
            QVERIFY2(store, store ? "" : store.error().message.c_str());
            for (const auto& [name, revision] : expected) {
                auto left = *runToCompletion(*loop, (*store)->get("/left/" + name));
                QVERIFY2(left, name.c_str());
                QCOMPARE(left->revision, revision);
            }
            auto left = *runToCompletion(*loop, (*store)->list("/left/", "", 0, 0));
            auto right = *runToCompletion(*loop, (*store)->list("/right/", "", 0, 0));
            QCOMPARE(left.items.size(), right.items.size());
            for (std::size_t i = 0; i < left.items.size(); ++i) {
                QCOMPARE(left.items[i].revision, right.items[i].revision);
                QCOMPARE(left.items[i].key.substr(5), right.items[i].key.substr(6));
            }
            // Unacknowledged writes may have made it; each writer has one under way.
            QVERIFY(left.items.size() <= expected.size() + kWriters * (round + 1));
            runToCompletion(*loop, (*store)->close());
        }
    }

    void aFullDiskRefusesWritesAndLosesNothing()
    {
        auto directory = *TemporaryDirectory::create("kates-full");
        pid_t pid = startSelf({"--full", directory.path().string()}, nullptr);
        int status = 0;
        ::waitpid(pid, &status, 0);
        if (WIFEXITED(status) && WEXITSTATUS(status) == kSkipped)
            QSKIP("no mount namespaces here");
        QCOMPARE(status, 0);
    }
};

int main(int argc, char** argv)
{
    if (argc == 4 && std::string_view(argv[1]) == "--write")
        return runWriter(argv[2], std::atoi(argv[3]));
    if (argc == 3 && std::string_view(argv[1]) == "--full")
        return runOnFullDisk(argv[2]);
    StoreCrashTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_store_crash.moc"
