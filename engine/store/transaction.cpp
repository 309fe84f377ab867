#include "engine/store/transaction.h"

#include <unordered_set>

namespace kates::store {

std::optional<StoreError> checkLimits(const std::vector<Operation>& operations)
{
    auto tooLarge = [](std::string message) { return StoreError{StoreErrorCode::TooLarge, std::move(message)}; };
    if (operations.size() > kOperationsMax)
        return tooLarge(
            "a transaction of " + std::to_string(operations.size()) + " operations; at most " + std::to_string(kOperationsMax) + " are allowed");
    std::unordered_set<std::string_view> keys;
    for (const auto& operation : operations) {
        if (operation.key.empty() || operation.key.size() > kKeyMaxBytes)
            return tooLarge("a key of " + std::to_string(operation.key.size()) + " bytes; 1 to " + std::to_string(kKeyMaxBytes) + " are allowed");
        if (operation.value && operation.value->size() > kValueMaxBytes)
            return tooLarge("the value of " + operation.key + " has " + std::to_string(operation.value->size()) + " bytes; at most "
                + std::to_string(kValueMaxBytes) + " are allowed");
        if (!keys.insert(operation.key).second)
            return tooLarge("the key " + operation.key + " stands twice in one transaction");
    }
    return std::nullopt;
}

const KeyValue* PendingState::state(const std::string& key, TransactionPointer* writer) const
{
    auto found = m_pending.find(key);
    if (found == m_pending.end())
        return m_keys.find(key);
    *writer = found->second.writer;
    const auto& current = (*found->second.writer->batch)[found->second.event].current;
    return current ? &*current : nullptr;
}

PendingState::StageResult PendingState::stage(const TransactionPointer& transaction, Revision revision)
{
    auto batch = std::make_shared<WatchBatch>();
    std::size_t bytes = 0;
    for (const auto& operation : transaction->operations) {
        TransactionPointer writer;
        const KeyValue* before = state(operation.key, &writer);
        if (operation.expected && *operation.expected != (before ? before->revision : 0)) {
            if (writer)
                return Blocked{writer};
            return StoreError{StoreErrorCode::Conflict,
                before
                    ? "the revision of " + operation.key + " is " + std::to_string(before->revision) + ", not " + std::to_string(*operation.expected)
                    : operation.key + " does not exist",
                false, before ? std::optional(*before) : std::nullopt};
        }
        if (!operation.value && !before)
            continue;
        WatchEvent event{operation.key, std::nullopt, before ? std::optional(*before) : std::nullopt, revision};
        if (operation.value)
            event.current = KeyValue{operation.key, *operation.value, before ? before->createRevision : revision, revision};
        bytes += operation.key.size() + (operation.value ? operation.value->size() : 0);
        batch->push_back(std::move(event));
    }
    transaction->revision = revision;
    transaction->batch = std::move(batch);
    transaction->bytes = bytes;
    for (std::size_t at = 0; at < transaction->batch->size(); ++at)
        m_pending.insert_or_assign((*transaction->batch)[at].key, Entry{transaction, at});
    return Staged{};
}

void PendingState::settle(const Transaction& transaction)
{
    for (const auto& event : *transaction.batch) {
        auto found = m_pending.find(event.key);
        if (found != m_pending.end() && found->second.writer.get() == &transaction)
            m_pending.erase(found);
    }
}

} // namespace kates::store
