// The store in one SQLite file: WAL, synchronous=FULL, one writer thread with group commit. All current keys are held in memory, so reads touch
// no disk.
#pragma once

#include <filesystem>

#include "engine/base/result.h"
#include "engine/store/store.h"

namespace kates::store {

struct EmbeddedStoreOptions {
    std::filesystem::path file; // created when missing, mode 0600
    std::size_t groupMax = 512; // transactions in one fsync
    std::size_t queueMax = 16384; // waiting transactions; past it: Unavailable
    Revision historyMax = 20000;  // revisions kept for late watchers before automatic compaction
};

// Opens and recovers. A file of a newer format, a damaged file or one that another process holds is an error, in one sentence.
[[nodiscard]] Result<std::unique_ptr<Store>> openEmbeddedStore(Loop& loop, EmbeddedStoreOptions options);

} // namespace kates::store
