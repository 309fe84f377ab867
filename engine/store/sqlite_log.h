// The file behind the embedded store: an append-only log of versions in SQLite, each with a checksum. Used by one thread at a time.
//
//   versions(id = revision * 1024 + place in its transaction, key, created, value (NULL: deleted), sum)
//   meta(name, value): "revision" the newest ever given, "compacted" the oldest state that can be read
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/result.h"
#include "engine/store/key_space.h"

struct sqlite3;
struct sqlite3_stmt;

namespace kates::store {

struct LogAppend {
    std::vector<std::shared_ptr<const WatchBatch>> commits;
    std::vector<DeadVersion> dead;
    Revision revision = 0;
    Revision compacted = 0;
};

class SqliteLog {
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteLog>> open(const std::filesystem::path& file);
    ~SqliteLog();
    SqliteLog(const SqliteLog&) = delete;

    // Every stored version in the order of writing.
    struct Version {
        Revision revision;
        std::string key;
        std::optional<Bytes> value;
        Revision createRevision;
    };
    [[nodiscard]] Result<void> load(const std::function<void(Version)>& visit);
    Revision revision() const { return m_revision; }
    Revision compacted() const { return m_compacted; }

    // One transaction, one fsync: all of it is durable, or none (on an error).
    [[nodiscard]] Result<void> append(const LogAppend& what);
    // Moves the WAL into the file when it has grown; `idle` says that nobody waits. A failure is logged and tried again later.
    void checkpoint(bool idle);
    void checkpointFully();

private:
    SqliteLog() = default;
    Result<void> run(const char* sql);
    Result<void> prepare(const char* sql, sqlite3_stmt** statement);
    Result<void> acquire();
    Result<void> checkFormat();
    Result<void> readMeta();
    Result<void> writeRows(const LogAppend& what);
    Result<void> writeMeta(const char* name, Revision value);
    Result<void> step(sqlite3_stmt* statement);
    tl::unexpected<Error> fail(int code);

    std::string m_file;
    sqlite3* m_db = nullptr;
    sqlite3_stmt* m_insert = nullptr;
    sqlite3_stmt* m_erase = nullptr;
    sqlite3_stmt* m_meta = nullptr;
    int m_walPages = 0;
    Revision m_revision = 0;
    Revision m_compacted = 0;
};

} // namespace kates::store
