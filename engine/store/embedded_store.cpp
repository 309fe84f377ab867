#include "engine/store/embedded_store.h"

#include <cerrno>

#include "engine/base/log.h"
#include "engine/store/sqlite_log.h"
#include "engine/store/transaction.h"
#include "engine/store/watch_hub.h"
#include "engine/store/writer_thread.h"

namespace kates::store {

namespace {

constexpr std::size_t kDeadVersionsPerCommit = 256; // old rows that one group commit removes on top of two per change

StoreError closedError()
{
    return {StoreErrorCode::Unavailable, "the store is closed"};
}

class EmbeddedStore : public Store {
public:
    EmbeddedStore(Loop& loop, EmbeddedStoreOptions options, std::unique_ptr<SqliteLog> log)
        : m_loop(loop)
        , m_options(std::move(options))
        , m_pending(m_keys)
        , m_watches(loop)
        , m_log(std::move(log))
        , m_alive(std::make_shared<bool>(true))
    {
    }

    Result<void> load();
    Task<StoreResult<Revision>> commit(std::vector<Operation> operations) override;
    Task<StoreResult<std::optional<KeyValue>>> get(std::string key) override;
    Task<StoreResult<ListPage>> list(std::string prefix, std::string startKey, std::size_t limit, Revision revision) override;
    StoreResult<std::unique_ptr<Watch>> watch(std::string prefix, Revision after, WatchHandler handler) override;
    Task<StoreResult<void>> compact(Revision revision) override;
    Revision currentRevision() const override { return m_keys.revision(); }
    Task<void> close() override;

private:
    void enqueue(TransactionPointer transaction);
    void startGroup();
    std::vector<TransactionPointer> takeGroup();
    LogAppend appendOf(const std::vector<TransactionPointer>& group);
    void finishGroup(const Result<void>& written, std::vector<DeadVersion> dead);
    void publish(const TransactionPointer& transaction);
    void failGroup(std::vector<TransactionPointer> group, const Error& error);
    void trimHistory();

    Loop& m_loop;
    EmbeddedStoreOptions m_options;
    KeySpace m_keys;
    PendingState m_pending;
    WatchHub m_watches;
    std::deque<TransactionPointer> m_waiting;
    std::size_t m_waitingBytes = 0;
    std::vector<TransactionPointer> m_inFlight;
    std::vector<DeadVersion> m_dead; // rows to remove with the next groups
    Revision m_lastGiven = 0;
    bool m_startPosted = false;
    bool m_closed = false;
    std::vector<Event> m_idle; // close() waits here
    std::unique_ptr<SqliteLog> m_log; // used by the writer thread only, once that runs
    std::shared_ptr<bool> m_alive;
    WriterThread m_writer;
};

Result<void> EmbeddedStore::load()
{
    auto compacted = m_log->compacted();
    std::shared_ptr<WatchBatch> batch;
    auto publishBatch = [&] {
        if (!batch)
            return;
        auto revision = batch->front().revision;
        m_keys.publish(revision, std::exchange(batch, nullptr));
    };
    auto loaded = m_log->load([&](SqliteLog::Version version) {
        if (batch && batch->front().revision != version.revision)
            publishBatch();
        const KeyValue* before = m_keys.find(version.key);
        std::optional<KeyValue> current;
        if (version.value)
            current = KeyValue{version.key, *version.value, version.createRevision, version.revision};
        if (version.revision > compacted) {
            batch = batch ? batch : std::make_shared<WatchBatch>();
            batch->push_back({version.key, std::move(current), before ? std::optional(*before) : std::nullopt, version.revision});
            return;
        }
        // Left over from a compaction that had not removed all its rows.
        if (before)
            m_dead.push_back({before->revision, version.key});
        if (!current)
            m_dead.push_back({version.revision, version.key});
        m_keys.load(version.key, std::move(current));
    });
    publishBatch();
    m_lastGiven = m_log->revision();
    m_keys.startHistory(compacted, m_lastGiven);
    trimHistory();
    return loaded;
}

Task<StoreResult<Revision>> EmbeddedStore::commit(std::vector<Operation> operations)
{
    if (auto error = checkLimits(operations))
        co_return tl::unexpected(*error);
    auto transaction = std::make_shared<Transaction>();
    transaction->operations = std::move(operations);
    for (;;) {
        if (m_closed)
            co_return tl::unexpected(closedError());
        if (m_waiting.size() >= m_options.queueMax || m_waitingBytes >= m_options.queueMaxBytes)
            co_return tl::unexpected(StoreError{StoreErrorCode::Unavailable, "too many writes are waiting for the disk"});
        auto staged = m_pending.stage(transaction, m_lastGiven + 1);
        if (auto* error = std::get_if<StoreError>(&staged))
            co_return tl::unexpected(std::move(*error));
        if (std::holds_alternative<PendingState::Staged>(staged))
            break;
        auto outcome = std::get<PendingState::Blocked>(staged).by->outcome;
        co_await outcome;
    }
    ++m_lastGiven;
    enqueue(transaction);
    auto failed = co_await transaction->outcome;
    if (failed)
        co_return tl::unexpected(std::move(*failed));
    co_return transaction->revision;
}

void EmbeddedStore::enqueue(TransactionPointer transaction)
{
    m_waitingBytes += transaction->bytes;
    m_waiting.push_back(std::move(transaction));
    // In the next turn: what arrives in this one shares the group.
    if (!m_startPosted && m_inFlight.empty()) {
        m_startPosted = true;
        m_loop.post([this, alive = std::weak_ptr(m_alive)] {
            if (alive.expired())
                return;
            m_startPosted = false;
            startGroup();
        });
    }
}

std::vector<TransactionPointer> EmbeddedStore::takeGroup()
{
    std::vector<TransactionPointer> group;
    std::size_t bytes = 0;
    while (!m_waiting.empty() && group.size() < m_options.groupMax) {
        auto& next = m_waiting.front();
        if (!group.empty() && bytes + next->bytes > m_options.groupMaxBytes)
            break;
        bytes += next->bytes;
        group.push_back(std::move(next));
        m_waiting.pop_front();
    }
    m_waitingBytes -= bytes;
    return group;
}

LogAppend EmbeddedStore::appendOf(const std::vector<TransactionPointer>& group)
{
    LogAppend append;
    std::size_t changes = 0;
    append.revision = m_keys.revision();
    for (const auto& transaction : group) {
        append.commits.push_back(transaction->batch);
        append.revision = std::max(append.revision, transaction->revision);
        changes += transaction->batch->size();
    }
    auto count = std::min(m_dead.size(), 2 * changes + kDeadVersionsPerCommit);
    append.dead.assign(std::make_move_iterator(m_dead.end() - static_cast<std::ptrdiff_t>(count)), std::make_move_iterator(m_dead.end()));
    m_dead.resize(m_dead.size() - count);
    append.compacted = m_keys.compacted();
    return append;
}

void EmbeddedStore::startGroup()
{
    if (!m_inFlight.empty())
        return;
    if (m_waiting.empty()) {
        for (const auto& idle : std::exchange(m_idle, {}))
            idle.set({});
        return;
    }
    m_inFlight = takeGroup();
    auto append = std::make_shared<LogAppend>(appendOf(m_inFlight));
    m_writer.run([this, append, idle = m_waiting.empty(), alive = std::weak_ptr(m_alive)] {
        if (m_options.beforeSync)
            m_options.beforeSync();
        auto written = m_log->append(*append);
        m_loop.post([this, alive, written, append] {
            if (!alive.expired())
                finishGroup(written, std::move(append->dead));
        });
        m_log->checkpoint(idle);
    });
}

void EmbeddedStore::finishGroup(const Result<void>& written, std::vector<DeadVersion> dead)
{
    auto group = std::exchange(m_inFlight, {});
    if (!written) {
        m_dead.insert(m_dead.end(), std::make_move_iterator(dead.begin()), std::make_move_iterator(dead.end()));
        failGroup(std::move(group), written.error());
        startGroup();
        return;
    }
    // The disk goes on working while the loop publishes.
    if (!m_waiting.empty())
        startGroup();
    std::weak_ptr alive = m_alive;
    for (const auto& transaction : group) {
        publish(transaction);
        if (alive.expired())
            return;
    }
    startGroup();
}

void EmbeddedStore::publish(const TransactionPointer& transaction)
{
    std::weak_ptr alive = m_alive;
    if (transaction->revision != 0) {
        m_keys.publish(transaction->revision, transaction->batch);
        m_pending.settle(*transaction);
        trimHistory();
        m_watches.publish(transaction->batch);
    }
    if (!alive.expired())
        transaction->outcome.set(std::nullopt);
}

// The state goes back to what is durable. Waiting writes that still hold against it stay; the others were built on what has just failed.
void EmbeddedStore::failGroup(std::vector<TransactionPointer> group, const Error& error)
{
    StoreError failed{StoreErrorCode::Unavailable, error.message, error.systemError != ENOSPC};
    log::error("store", "writes failed", "count", group.size(), "cause", error.message);
    auto waiting = std::exchange(m_waiting, {});
    m_waitingBytes = 0;
    m_pending.clear();
    std::vector<TransactionPointer> builtOnFailed;
    for (auto& transaction : waiting) {
        auto restaged
            = transaction->revision == 0 || std::holds_alternative<PendingState::Staged>(m_pending.stage(transaction, transaction->revision));
        if (!restaged) {
            builtOnFailed.push_back(std::move(transaction));
            continue;
        }
        m_waitingBytes += transaction->bytes;
        m_waiting.push_back(std::move(transaction));
    }
    for (const auto& transaction : group)
        transaction->outcome.set(failed);
    for (const auto& transaction : builtOnFailed)
        transaction->outcome.set(StoreError{StoreErrorCode::Unavailable, "a write that this one was built on failed: " + error.message});
}

void EmbeddedStore::trimHistory()
{
    while (m_keys.historyLength() > m_options.historyMax || (m_keys.historyBytes() > m_options.historyMaxBytes && m_keys.historyLength() > 1))
        m_keys.forgetOldest(m_dead);
}

Task<StoreResult<std::optional<KeyValue>>> EmbeddedStore::get(std::string key)
{
    if (m_closed)
        co_return tl::unexpected(closedError());
    const KeyValue* found = m_keys.find(key);
    co_return found ? std::optional(*found) : std::nullopt;
}

Task<StoreResult<ListPage>> EmbeddedStore::list(std::string prefix, std::string startKey, std::size_t limit, Revision revision)
{
    if (m_closed)
        co_return tl::unexpected(closedError());
    co_return m_keys.list(prefix, startKey, limit, revision);
}

StoreResult<std::unique_ptr<Watch>> EmbeddedStore::watch(std::string prefix, Revision after, WatchHandler handler)
{
    if (m_closed)
        return tl::unexpected(closedError());
    auto backlog = m_keys.commitsAfter(after);
    if (!backlog)
        return tl::unexpected(backlog.error());
    return m_watches.add(std::move(prefix), after, std::move(*backlog), std::move(handler));
}

Task<StoreResult<void>> EmbeddedStore::compact(Revision revision)
{
    if (m_closed)
        co_return tl::unexpected(closedError());
    if (revision > m_keys.revision())
        co_return tl::unexpected(StoreError{StoreErrorCode::Unavailable, "revision " + std::to_string(revision) + " does not exist yet"});
    if (revision <= m_keys.compacted())
        co_return tl::unexpected(StoreError{StoreErrorCode::Compacted, "revision " + std::to_string(revision) + " has been compacted already"});
    m_keys.forgetBelow(revision, m_dead);
    auto transaction = std::make_shared<Transaction>();
    transaction->batch = std::make_shared<WatchBatch>();
    enqueue(transaction);
    auto failed = co_await transaction->outcome;
    if (failed)
        co_return tl::unexpected(std::move(*failed));
    co_return StoreResult<void>();
}

Task<void> EmbeddedStore::close()
{
    if (std::exchange(m_closed, true))
        co_return;
    if (!m_inFlight.empty() || !m_waiting.empty()) {
        Event idle;
        m_idle.push_back(idle);
        co_await idle;
    }
    Event closed;
    m_writer.run([this, closed, &loop = m_loop] {
        m_log->checkpointFully();
        m_log.reset();
        loop.post([closed] { closed.set({}); });
    });
    co_await closed;
    m_watches.fail(closedError());
}

} // namespace

Result<std::unique_ptr<Store>> openEmbeddedStore(Loop& loop, EmbeddedStoreOptions options)
{
    auto log = SqliteLog::open(options.file);
    if (!log)
        return tl::unexpected(log.error());
    auto store = std::make_unique<EmbeddedStore>(loop, std::move(options), std::move(*log));
    if (auto loaded = store->load(); !loaded)
        return tl::unexpected(loaded.error());
    return store;
}

} // namespace kates::store
