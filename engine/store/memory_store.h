// The store contract without a disk: nothing survives the process. For clusters in simulated time and for tests; needs no real loop.
#pragma once

#include "engine/store/store.h"

namespace kates::store {

[[nodiscard]] std::unique_ptr<Store> makeMemoryStore(Loop& loop, std::size_t historyMax = 20000);

} // namespace kates::store
