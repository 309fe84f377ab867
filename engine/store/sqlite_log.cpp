#include "engine/store/sqlite_log.h"

#include <cerrno>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>
#include <zlib.h>

#include "engine/base/files.h"
#include "engine/base/log.h"

namespace kates::store {

namespace {
constexpr int kApplicationId = 0x4b617465; // "Kate"
constexpr int kFormat = 1;
constexpr std::int64_t kRowsPerRevision = kOperationsMax;
constexpr int kIdleCheckpointPages = 256;   // 1 MiB: done when nobody waits
constexpr int kForcedCheckpointPages = 8192; // 32 MiB: done although writes wait

std::uint32_t checksum(Revision revision, std::string_view key, const std::optional<std::string_view>& value, Revision created)
{
    auto add = [](uLong sum, const void* data, std::size_t size) { return crc32(sum, static_cast<const Bytef*>(data), static_cast<uInt>(size)); };
    Revision numbers[] = {revision, created, value ? static_cast<Revision>(value->size()) : -1};
    uLong sum = add(crc32(0, nullptr, 0), numbers, sizeof numbers);
    sum = add(sum, key.data(), key.size());
    return static_cast<std::uint32_t>(value ? add(sum, value->data(), value->size()) : sum);
}

std::string_view blob(sqlite3_stmt* row, int column)
{
    auto data = static_cast<const char*>(sqlite3_column_blob(row, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

void bindText(sqlite3_stmt* statement, int place, std::string_view text)
{
    sqlite3_bind_blob64(statement, place, text.data() ? text.data() : "", text.size(), SQLITE_STATIC);
}

// Created by us, so that it is never readable by others; an existing file keeps its mode. It must not be opened and closed by anybody but SQLite:
// closing a second descriptor of a file drops this process's POSIX locks on it.
Result<void> createFile(const std::filesystem::path& file)
{
    OwnedFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd && errno != EEXIST)
        return systemFailure("cannot create the store file " + file.string());
    return {};
}
} // namespace

tl::unexpected<Error> SqliteLog::fail(int code)
{
    int systemError = m_db ? sqlite3_system_errno(m_db) : 0;
    std::string cause = m_db ? sqlite3_errmsg(m_db) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tl::unexpected(Error{"the store file " + m_file + " is in use by another process", EBUSY});
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return tl::unexpected(Error{"the store file " + m_file + " is damaged: " + cause, EBADMSG});
    case SQLITE_FULL:
        return tl::unexpected(Error{"the store file " + m_file + " cannot grow: the disk is full", ENOSPC});
    default:
        return systemError ? systemFailure("the store file " + m_file + ": " + cause, systemError)
                           : failure("the store file " + m_file + ": " + cause);
    }
}

Result<void> SqliteLog::run(const char* sql)
{
    int code = sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return fail(code);
    return {};
}

Result<void> SqliteLog::prepare(const char* sql, sqlite3_stmt** statement)
{
    int code = sqlite3_prepare_v2(m_db, sql, -1, statement, nullptr);
    if (code != SQLITE_OK)
        return fail(code);
    return {};
}

Result<std::unique_ptr<SqliteLog>> SqliteLog::open(const std::filesystem::path& file)
{
    std::unique_ptr<SqliteLog> log(new SqliteLog);
    log->m_file = file.string();
    if (auto created = createFile(file); !created)
        return tl::unexpected(created.error());
    int code = sqlite3_open_v2(file.c_str(), &log->m_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK)
        return log->fail(code);
    sqlite3_extended_result_codes(log->m_db, 1);
    if (auto ready = log->acquire().and_then([&] { return log->checkFormat(); }).and_then([&] { return log->readMeta(); }); !ready)
        return tl::unexpected(ready.error());
    sqlite3_wal_hook(
        log->m_db,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteLog*>(self)->m_walPages = pages;
            return SQLITE_OK;
        },
        log.get());
    return log;
}

SqliteLog::~SqliteLog()
{
    sqlite3_finalize(m_insert);
    sqlite3_finalize(m_erase);
    sqlite3_finalize(m_meta);
    sqlite3_close_v2(m_db);
}

// The exclusive lock is taken now and held until close; with it SQLite needs no shared memory file.
Result<void> SqliteLog::acquire()
{
    return run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
               "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-4096; PRAGMA journal_size_limit=67108864;"
               "BEGIN EXCLUSIVE; COMMIT;");
}

Result<void> SqliteLog::checkFormat()
{
    auto pragma = [&](const char* sql) -> Result<std::int64_t> {
        sqlite3_stmt* statement = nullptr;
        if (auto prepared = prepare(sql, &statement); !prepared)
            return tl::unexpected(prepared.error());
        int code = sqlite3_step(statement);
        auto value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        if (code != SQLITE_ROW)
            return fail(code);
        return value;
    };
    auto application = pragma("PRAGMA application_id");
    auto format = pragma("PRAGMA user_version");
    auto tables = pragma("SELECT count(*) FROM sqlite_schema");
    if (!application || !format || !tables)
        return tl::unexpected(!application ? application.error() : !format ? format.error() : tables.error());
    if (*application == 0 && *format == 0 && *tables == 0) {
        return run("BEGIN; PRAGMA application_id=0x4b617465; PRAGMA user_version=1;"
                   "CREATE TABLE versions(id INTEGER PRIMARY KEY, key BLOB NOT NULL, created INTEGER NOT NULL, value BLOB, sum INTEGER NOT NULL);"
                   "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
                   "INSERT INTO meta VALUES('revision', 0), ('compacted', 0); COMMIT;");
    }
    if (*application != kApplicationId)
        return failure("the file " + m_file + " is not a Kates store");
    if (*format > kFormat)
        return failure("the store file " + m_file + " has format " + std::to_string(*format) + ", made by a newer Kates; this one reads up to format "
            + std::to_string(kFormat));
    return {};
}

Result<void> SqliteLog::readMeta()
{
    sqlite3_stmt* statement = nullptr;
    if (auto prepared = prepare("SELECT name, value FROM meta", &statement); !prepared)
        return prepared;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        auto name = blob(statement, 0);
        (name == "revision" ? m_revision : m_compacted) = sqlite3_column_int64(statement, 1);
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE)
        return fail(code);
    return prepare("INSERT INTO versions VALUES(?,?,?,?,?)", &m_insert)
        .and_then([&] { return prepare("DELETE FROM versions WHERE id BETWEEN ? AND ? AND key=?", &m_erase); })
        .and_then([&] { return prepare("UPDATE meta SET value=? WHERE name=?", &m_meta); });
}

Result<void> SqliteLog::load(const std::function<void(Version)>& visit)
{
    sqlite3_stmt* statement = nullptr;
    if (auto prepared = prepare("SELECT id, key, created, value, sum FROM versions ORDER BY id", &statement); !prepared)
        return prepared;
    std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> owner(statement, sqlite3_finalize);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        auto revision = sqlite3_column_int64(statement, 0) / kRowsPerRevision;
        auto key = blob(statement, 1);
        auto created = sqlite3_column_int64(statement, 2);
        std::optional<std::string_view> value;
        if (sqlite3_column_type(statement, 3) != SQLITE_NULL)
            value = blob(statement, 3);
        bool sound = checksum(revision, key, value, created) == static_cast<std::uint32_t>(sqlite3_column_int64(statement, 4));
        if (!sound || revision > m_revision)
            return tl::unexpected(Error{"the store file " + m_file + " is damaged: the checksum of revision " + std::to_string(revision)
                    + " is wrong; restore it from a snapshot",
                EBADMSG});
        visit({revision, std::string(key), value ? std::optional(Bytes(std::string(*value))) : std::nullopt, created});
    }
    if (code != SQLITE_DONE)
        return fail(code);
    return {};
}

Result<void> SqliteLog::step(sqlite3_stmt* statement)
{
    int code = sqlite3_step(statement);
    Result<void> result;
    if (code != SQLITE_DONE)
        result = fail(code);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return result;
}

Result<void> SqliteLog::writeMeta(const char* name, Revision value)
{
    sqlite3_bind_int64(m_meta, 1, value);
    sqlite3_bind_text(m_meta, 2, name, -1, SQLITE_STATIC);
    return step(m_meta);
}

Result<void> SqliteLog::writeRows(const LogAppend& what)
{
    for (const auto& commit : what.commits) {
        std::int64_t place = 0;
        for (const auto& event : *commit) {
            std::optional<std::string_view> value;
            if (event.current)
                value = event.current->value.view();
            Revision created = event.current ? event.current->createRevision : 0;
            sqlite3_bind_int64(m_insert, 1, event.revision * kRowsPerRevision + place++);
            bindText(m_insert, 2, event.key);
            sqlite3_bind_int64(m_insert, 3, created);
            if (value)
                bindText(m_insert, 4, *value);
            sqlite3_bind_int64(m_insert, 5, checksum(event.revision, event.key, value, created));
            if (auto written = step(m_insert); !written)
                return written;
        }
    }
    for (const auto& version : what.dead) {
        sqlite3_bind_int64(m_erase, 1, version.revision * kRowsPerRevision);
        sqlite3_bind_int64(m_erase, 2, version.revision * kRowsPerRevision + kRowsPerRevision - 1);
        bindText(m_erase, 3, version.key);
        if (auto erased = step(m_erase); !erased)
            return erased;
    }
    return writeMeta("revision", what.revision).and_then([&]() -> Result<void> {
        return what.compacted == m_compacted ? Result<void>() : writeMeta("compacted", what.compacted);
    });
}

Result<void> SqliteLog::append(const LogAppend& what)
{
    auto written = run("BEGIN IMMEDIATE").and_then([&] { return writeRows(what); }).and_then([&] { return run("COMMIT"); });
    if (!written) {
        if (!sqlite3_get_autocommit(m_db))
            sqlite3_exec(m_db, "ROLLBACK", nullptr, nullptr, nullptr);
        return written;
    }
    m_revision = what.revision;
    m_compacted = what.compacted;
    return {};
}

void SqliteLog::checkpoint(bool idle)
{
    if (m_walPages < (idle ? kIdleCheckpointPages : kForcedCheckpointPages))
        return;
    int code = sqlite3_wal_checkpoint_v2(m_db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code != SQLITE_OK)
        log::warning("store", "checkpoint failed, will be tried again", "file", m_file, "cause", sqlite3_errmsg(m_db));
    else
        m_walPages = 0;
}

void SqliteLog::checkpointFully()
{
    if (sqlite3_wal_checkpoint_v2(m_db, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) != SQLITE_OK)
        log::warning(
            "store", "checkpoint at close failed; the next start recovers from the write-ahead log", "file", m_file, "cause", sqlite3_errmsg(m_db));
}

} // namespace kates::store
