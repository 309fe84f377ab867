// The store contract: a revisioned key-value store, as etcd is one, with what an API server needs and no more. Every implementation passes
// tests/contracts/store.
//
// Revisions: each committed transaction has one revision; revisions strictly increase over the life of the data, over crashes and restores too, and
// are never reused (gaps are allowed). A key's version is the revision of its last write (0: it does not exist).
// Durability: a commit is acknowledged, readable and watchable only after it would survive a power failure.
// Threads: called on the loop's thread; results and watch events arrive there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/base/task.h"

namespace kates::store {

using Revision = std::int64_t;

struct KeyValue {
    std::string key;
    Bytes value;
    Revision createRevision = 0;
    Revision revision = 0; // of the last write
};

struct Operation {
    std::string key;
    std::optional<Bytes> value;           // nullopt: delete
    std::optional<Revision> expected;     // the key's revision must be this (0: must not exist); nullopt: any
};

enum class StoreErrorCode {
    Conflict,    // an `expected` did not hold; `actual` tells the key's state, as far as it is known
    Compacted,   // the revision asked for is gone
    Unavailable, // closed, no quorum, disk full: nothing was written, or (`indeterminate`) it is not known
    TooLarge,    // over kValueMaxBytes, kKeyMaxBytes or kOperationsMax, or a key that stands twice in one transaction
};

struct StoreError {
    StoreErrorCode code;
    std::string message;
    bool indeterminate = false;
    std::optional<KeyValue> actual;
};

template <typename T>
using StoreResult = tl::expected<T, StoreError>;

constexpr std::size_t kValueMaxBytes = 1'572'864; // 1.5 MiB, as etcd's request limit
constexpr std::size_t kOperationsMax = 1024;
constexpr std::size_t kKeyMaxBytes = 1024;

struct ListPage {
    std::vector<KeyValue> items; // in key order
    Revision revision = 0;       // the page shows the store at this revision
    bool more = false;           // there are further keys after the last item
};

struct WatchEvent {
    std::string key;
    std::optional<KeyValue> current; // nullopt: deleted
    std::optional<KeyValue> previous;
    Revision revision = 0;
};

// One commit's events, in order. Never split.
using WatchBatch = std::vector<WatchEvent>;

class Watch {
public:
    virtual ~Watch() = default; // no callback after this
};

struct WatchHandler {
    std::function<void(std::shared_ptr<const WatchBatch>)> events;
    std::function<void(StoreError)> failed; // the watch has ended
};

class Store {
public:
    virtual ~Store() = default;

    // All or nothing. Gives the transaction's revision. Its events have been handed to the watches before it completes. Deleting a key that is not
    // there changes nothing and is no error, unless `expected` says otherwise.
    [[nodiscard]] virtual Task<StoreResult<Revision>> commit(std::vector<Operation> operations) = 0;
    // nullopt: not there. Linearizable.
    [[nodiscard]] virtual Task<StoreResult<std::optional<KeyValue>>> get(std::string key) = 0;
    // Keys that begin with `prefix`, from `startKey` on (inclusive; empty: the first), at most `limit` (0: all), at `revision` (0: the newest).
    [[nodiscard]] virtual Task<StoreResult<ListPage>> list(std::string prefix, std::string startKey, std::size_t limit, Revision revision) = 0;
    // Every commit with a revision above `after` that touches the prefix, once, in order, first those already there. Fails with Compacted when some
    // are gone.
    [[nodiscard]] virtual StoreResult<std::unique_ptr<Watch>> watch(std::string prefix, Revision after, WatchHandler handler) = 0;
    // Forgets history below `revision`: the state at `revision` and later ones can still be listed, and watches may start after it. Compacted when
    // that has been done already.
    [[nodiscard]] virtual Task<StoreResult<void>> compact(Revision revision) = 0;
    virtual Revision currentRevision() const = 0; // newest published
    // Finishes what is queued and closes; further calls give Unavailable.
    virtual Task<void> close() = 0;
};

} // namespace kates::store
