// The store in one SQLite file: WAL, synchronous=FULL, one writer thread with group commit. All current keys are held in memory, so reads touch
// no disk. When a group cannot be written (disk full, I/O error) every write in it, and every waiting one that was built on it, fails with
// Unavailable; the store goes on serving reads and tries the next write.
#pragma once

#include <filesystem>
#include <functional>

#include "engine/base/result.h"
#include "engine/store/store.h"

namespace kates::store {

struct EmbeddedStoreOptions {
    std::filesystem::path file; // created when missing, mode 0600
    std::size_t groupMax = 512;                  // transactions in one fsync
    std::size_t groupMaxBytes = 8u << 20;        // a larger single transaction goes alone
    std::size_t queueMax = 16384;                // waiting transactions; past it: Unavailable
    std::size_t queueMaxBytes = 128u << 20;
    std::size_t historyMax = 20000;              // revisions kept for late watchers before automatic compaction
    std::size_t historyMaxBytes = 32u << 20;     // and the memory that old values may take
    std::function<void()> beforeSync;            // tests: called on the writer thread before each group commit
};

// Opens and recovers. A file of a newer format, a damaged file or one that another process holds is an error, in one sentence.
[[nodiscard]] Result<std::unique_ptr<Store>> openEmbeddedStore(Loop& loop, EmbeddedStoreOptions options);

} // namespace kates::store
