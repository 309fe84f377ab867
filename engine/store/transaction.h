// Transactions on their way: checked and given a revision, not yet durable. A later write is checked against the state that the earlier ones will
// leave, so that writes pipeline; what readers see does not change before publish().
#pragma once

#include <memory>
#include <unordered_map>
#include <variant>

#include "engine/store/key_space.h"

namespace kates::store {

struct Transaction {
    std::vector<Operation> operations;
    Revision revision = 0;                            // 0: writes nothing (compaction)
    std::shared_ptr<WatchBatch> batch;                // what it changes, filled by stage()
    std::size_t bytes = 0;
    Future<std::optional<StoreError>> outcome;        // nullopt: durable and published
};
using TransactionPointer = std::shared_ptr<Transaction>;

// Sizes and counts, and that a key stands once.
[[nodiscard]] std::optional<StoreError> checkLimits(const std::vector<Operation>& operations);

class PendingState {
public:
    explicit PendingState(const KeySpace& keys) : m_keys(keys) {}

    struct Staged {};
    // A precondition failed on a write that is not durable itself: wait for its outcome, then ask again.
    struct Blocked {
        TransactionPointer by;
    };
    using StageResult = std::variant<Staged, Blocked, StoreError>;
    // Checks the preconditions and fills `batch` under `revision`.
    [[nodiscard]] StageResult stage(const TransactionPointer& transaction, Revision revision);
    // It has been published: its keys are no longer pending, unless a later one writes them too.
    void settle(const Transaction& transaction);
    void clear() { m_pending.clear(); }

private:
    struct Entry {
        TransactionPointer writer;
        std::size_t event;
    };
    const KeyValue* state(const std::string& key, TransactionPointer* writer) const;
    const KeySpace& m_keys;
    std::unordered_map<std::string, Entry> m_pending;
};

} // namespace kates::store
