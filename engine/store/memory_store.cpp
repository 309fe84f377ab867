#include "engine/store/memory_store.h"

#include "engine/store/transaction.h"
#include "engine/store/watch_hub.h"

namespace kates::store {

namespace {

class MemoryStore : public Store {
public:
    MemoryStore(Loop& loop, std::size_t historyMax) : m_historyMax(historyMax), m_pending(m_keys), m_watches(loop) {}

    Task<StoreResult<Revision>> commit(std::vector<Operation> operations) override
    {
        if (auto error = m_closed ? std::optional(closedError()) : checkLimits(operations))
            co_return tl::unexpected(std::move(*error));
        auto transaction = std::make_shared<Transaction>();
        transaction->operations = std::move(operations);
        auto revision = m_keys.revision() + 1;
        auto staged = m_pending.stage(transaction, revision);
        if (auto* error = std::get_if<StoreError>(&staged))
            co_return tl::unexpected(std::move(*error));
        m_keys.publish(revision, transaction->batch);
        m_pending.settle(*transaction);
        std::vector<DeadVersion> dead;
        while (m_keys.historyLength() > m_historyMax)
            m_keys.forgetOldest(dead);
        m_watches.publish(transaction->batch);
        co_return revision;
    }

    Task<StoreResult<std::optional<KeyValue>>> get(std::string key) override
    {
        if (m_closed)
            co_return tl::unexpected(closedError());
        const KeyValue* found = m_keys.find(key);
        co_return found ? std::optional(*found) : std::nullopt;
    }

    Task<StoreResult<ListPage>> list(std::string prefix, std::string startKey, std::size_t limit, Revision revision) override
    {
        if (m_closed)
            co_return tl::unexpected(closedError());
        co_return m_keys.list(prefix, startKey, limit, revision);
    }

    StoreResult<std::unique_ptr<Watch>> watch(std::string prefix, Revision after, WatchHandler handler) override
    {
        if (m_closed)
            return tl::unexpected(closedError());
        auto backlog = m_keys.commitsAfter(after);
        if (!backlog)
            return tl::unexpected(backlog.error());
        return m_watches.add(std::move(prefix), after, std::move(*backlog), std::move(handler));
    }

    Task<StoreResult<void>> compact(Revision revision) override
    {
        if (m_closed)
            co_return tl::unexpected(closedError());
        if (revision > m_keys.revision())
            co_return tl::unexpected(StoreError{StoreErrorCode::Unavailable, "revision " + std::to_string(revision) + " does not exist yet"});
        if (revision <= m_keys.compacted())
            co_return tl::unexpected(StoreError{StoreErrorCode::Compacted, "revision " + std::to_string(revision) + " has been compacted already"});
        std::vector<DeadVersion> dead;
        m_keys.forgetBelow(revision, dead);
        co_return StoreResult<void>();
    }

    Revision currentRevision() const override { return m_keys.revision(); }

    Task<void> close() override
    {
        if (!std::exchange(m_closed, true))
            m_watches.fail(closedError());
        co_return;
    }

private:
    static StoreError closedError() { return {StoreErrorCode::Unavailable, "the store is closed"}; }

    std::size_t m_historyMax;
    KeySpace m_keys;
    PendingState m_pending;
    WatchHub m_watches;
    bool m_closed = false;
};

} // namespace

std::unique_ptr<Store> makeMemoryStore(Loop& loop, std::size_t historyMax)
{
    return std::make_unique<MemoryStore>(loop, historyMax);
}

} // namespace kates::store
