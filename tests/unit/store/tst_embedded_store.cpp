#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <semaphore>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/files.h"
#include "engine/store/embedded_store.h"

using namespace kates;
using namespace kates::store;

namespace {

Task<void> put(
    Store& store, std::string key, std::string value, std::optional<Revision> expected, std::vector<StoreResult<Revision>>& results, std::size_t at)
{
    std::vector<Operation> operations;
    operations.push_back({std::move(key), Bytes(std::move(value)), expected});
    results[at] = co_await store.commit(std::move(operations));
}

Task<void> waitUntil(Loop& loop, std::function<bool()> condition)
{
    while (!condition())
        co_await yieldTo(loop);
}

std::int64_t countRows(const std::filesystem::path& file)
{
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_open(file.c_str(), &db);
    sqlite3_prepare_v2(db, "SELECT count(*) FROM versions", -1, &statement, nullptr);
    sqlite3_step(statement);
    auto count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return count;
}

void overwrite(const std::filesystem::path& file, off_t offset, std::string_view bytes)
{
    OwnedFd fd(::open(file.c_str(), O_WRONLY));
    QCOMPARE(::pwrite(fd.get(), bytes.data(), bytes.size(), offset), static_cast<ssize_t>(bytes.size()));
}

} // namespace

class EmbeddedStoreTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<Loop> m_loop = makeLoop();
    std::unique_ptr<TemporaryDirectory> m_directory;
    std::unique_ptr<Store> m_store;
    EmbeddedStoreOptions m_options;

    void open()
    {
        auto store = openEmbeddedStore(*m_loop, m_options);
        QVERIFY2(store, store ? "" : store.error().message.c_str());
        m_store = std::move(*store);
    }
    void close()
    {
        runToCompletion(*m_loop, m_store->close());
        m_store.reset();
    }
    std::string openError()
    {
        auto store = openEmbeddedStore(*m_loop, m_options);
        return store ? "" : store.error().message;
    }
    StoreResult<Revision> putNow(std::string key, std::string value, std::optional<Revision> expected = {})
    {
        std::vector<StoreResult<Revision>> results(1);
        runToCompletion(*m_loop, put(*m_store, std::move(key), std::move(value), expected, results, 0));
        return results[0];
    }
    std::string value(std::string key)
    {
        auto found = runToCompletion(*m_loop, m_store->get(std::move(key)));
        return found && *found ? std::string((*found)->value.view()) : "(absent)";
    }

private slots:
    void init()
    {
        m_directory = std::make_unique<TemporaryDirectory>(*TemporaryDirectory::create("kates-store"));
        m_options = {};
        m_options.file = m_directory->path() / "store.db";
    }
    void cleanup()
    {
        if (m_store)
            close();
    }

    void theFileIsPrivate()
    {
        open();
        struct stat status;
        QCOMPARE(::stat(m_options.file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0600u);
    }

    void openingTwiceIsRefused()
    {
        open();
        putNow("/a", "1");
        QCOMPARE(openError(), "the store file " + m_options.file.string() + " is in use by another process");
        QVERIFY(putNow("/a", "2"));
        close();
        open();
        QCOMPARE(value("/a"), std::string("2"));
    }

    void aFileOfSomethingElseIsRefused()
    {
        QVERIFY(writeFileAtomically(m_options.file, std::string(8192, 'x')));
        QVERIFY2(openError().find("is damaged") != std::string::npos, openError().c_str());
        sqlite3* db = nullptr;
        std::filesystem::remove(m_options.file);
        sqlite3_open(m_options.file.c_str(), &db);
        sqlite3_exec(db, "CREATE TABLE t(a)", nullptr, nullptr, nullptr);
        sqlite3_close(db);
        QCOMPARE(openError(), "the file " + m_options.file.string() + " is not a Kates store");
    }

    void aNewerFormatIsRefused()
    {
        open();
        close();
        sqlite3* db = nullptr;
        sqlite3_open(m_options.file.c_str(), &db);
        sqlite3_exec(db, "PRAGMA user_version=2", nullptr, nullptr, nullptr);
        sqlite3_close(db);
        QVERIFY2(openError().find("has format 2, made by a newer Kates") != std::string::npos, openError().c_str());
    }

    void aChangedByteIsNoticed()
    {
        open();
        putNow("/a", std::string(3000, 'v'));
        close();
        auto content = *readFile(m_options.file);
        auto at = content.find(std::string(100, 'v'));
        QVERIFY(at != std::string::npos);
        overwrite(m_options.file, static_cast<off_t>(at) + 500, "w");
        QVERIFY2(openError().find("is damaged: the checksum of revision 1 is wrong") != std::string::npos, openError().c_str());
    }

    void aTruncatedFileIsNoticed()
    {
        open();
        for (int i = 0; i < 20; ++i)
            putNow("/" + std::to_string(i), std::string(3000, 'v'));
        close();
        std::filesystem::resize_file(m_options.file, 16384);
        QVERIFY2(openError().find("is damaged") != std::string::npos, openError().c_str());
    }

    void aDirectoryThatIsMissingIsNamed()
    {
        m_options.file = m_directory->path() / "none" / "store.db";
        QCOMPARE(openError(), "cannot create the store file " + m_options.file.string() + ": No such file or directory");
    }

    // While one group is being written, what arrives waits and becomes one group.
    void waitingWritesShareOneSync()
    {
        std::binary_semaphore gate(0);
        std::atomic<int> syncs = 0;
        m_options.beforeSync = [&] {
            if (++syncs == 1)
                gate.acquire();
        };
        open();
        std::vector<StoreResult<Revision>> results(101, tl::unexpected(StoreError{}));
        m_loop->post([&] { spawn(put(*m_store, "/first", "1", 0, results, 100)); });
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return syncs == 1; }));
        m_loop->post([&] {
            for (int i = 0; i < 100; ++i)
                spawn(put(*m_store, "/" + std::to_string(i), "1", 0, results, i));
            gate.release();
        });
        runToCompletion(
            *m_loop, waitUntil(*m_loop, [&] { return std::all_of(results.begin(), results.end(), [](auto& r) { return r.has_value(); }); }));
        QCOMPARE(syncs.load(), 2);
    }

    // The size limit stands in for a disk that fails. Nothing of the failed group stays, what was built on it fails too, reads go on.
    void aFailedGroupFailsWhatWasBuiltOnItAndNothingElse()
    {
        std::binary_semaphore gate(0);
        std::atomic<bool> hold = false;
        std::atomic<int> syncs = 0;
        m_options.beforeSync = [&] {
            ++syncs;
            if (hold)
                gate.acquire();
        };
        open();
        auto first = *putNow("/a", "1");
        auto old = ::signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit, small;
        ::getrlimit(RLIMIT_FSIZE, &limit);
        small = limit;
        small.rlim_cur = std::filesystem::file_size(m_options.file.string() + "-wal");
        ::setrlimit(RLIMIT_FSIZE, &small);
        hold = true;
        std::vector<StoreResult<Revision>> results(4);
        int before = syncs;
        m_loop->post([&] { spawn(put(*m_store, "/a", "2", first, results, 0)); });
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return syncs == before + 1; }));
        // In the file's future: built on the write that is about to fail, then an independent one.
        std::optional<Revision> pending = first + 1;
        m_loop->post([&] {
            spawn(put(*m_store, "/a", "3", pending, results, 1));
            spawn(put(*m_store, "/b", "1", 0, results, 2));
        });
        gate.release();
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return !results[0] && !results[1]; }));
        QCOMPARE(results[0].error().code, StoreErrorCode::Unavailable);
        QVERIFY(results[0].error().indeterminate);
        QCOMPARE(results[1].error().code, StoreErrorCode::Unavailable);
        QCOMPARE(value("/a"), std::string("1"));
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, old);
        hold = false;
        gate.release();
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return results[2].has_value() && *results[2] != 0; }));
        auto after = putNow("/a", "4", first);
        QVERIFY2(after, after ? "" : after.error().message.c_str());
        QVERIFY(*after > *results[2] && *results[2] > first + 1);
        close();
        open();
        QCOMPARE(value("/a"), std::string("4"));
        QCOMPARE(value("/b"), std::string("1"));
        QCOMPARE(m_store->currentRevision(), *after);
    }

    void tooManyWaitingWritesAreRefused()
    {
        std::binary_semaphore gate(0);
        std::atomic<int> syncs = 0;
        m_options.queueMax = 10;
        m_options.beforeSync = [&] {
            if (++syncs == 1)
                gate.acquire();
        };
        open();
        std::vector<StoreResult<Revision>> results(12);
        m_loop->post([&] { spawn(put(*m_store, "/first", "1", 0, results, 0)); });
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return syncs == 1; }));
        m_loop->post([&] {
            for (int i = 1; i < 12; ++i)
                spawn(put(*m_store, "/" + std::to_string(i), "1", 0, results, i));
        });
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return !results[11]; }));
        QCOMPARE(results[11].error().message, std::string("too many writes are waiting for the disk"));
        gate.release();
        runToCompletion(*m_loop, waitUntil(*m_loop, [&] { return results[10].has_value() && *results[10] != 0; }));
    }

    void historyIsCompactedByItself()
    {
        m_options.historyMax = 10;
        open();
        std::vector<Revision> revisions;
        for (int i = 0; i < 100; ++i)
            revisions.push_back(*putNow("/k", std::to_string(i)));
        QVERIFY(runToCompletion(*m_loop, m_store->list("/", "", 0, revisions[92])));
        QCOMPARE(runToCompletion(*m_loop, m_store->list("/", "", 0, revisions[50])).error().code, StoreErrorCode::Compacted);
        QCOMPARE(m_store->watch("/", revisions[50], {}).error().code, StoreErrorCode::Compacted);
        close();
        QVERIFY2(countRows(m_options.file) <= 12, std::to_string(countRows(m_options.file)).c_str());
        open();
        QCOMPARE(value("/k"), std::string("99"));
        QCOMPARE(runToCompletion(*m_loop, m_store->list("/", "", 0, revisions[50])).error().code, StoreErrorCode::Compacted);
    }
};

QTEST_GUILESS_MAIN(EmbeddedStoreTest)
#include "tst_embedded_store.moc"
