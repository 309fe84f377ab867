// Unpacks one layer's tar (plain, gzip or zstd) into a directory. The tar is untrusted: it can fill the directory up to the limits and do nothing
// else.
//
// Guards, each enough by itself: paths are resolved by LayerTree, never through a link; libarchive's SECURE_* flags; and the work is done by a thread
// whose root is the target directory, where that is permitted.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "engine/runtime/image/digest.h"
#include "engine/runtime/image/unpack/layer_tree.h"

namespace kates::runtime {

struct UnpackLimits {
    std::int64_t bytesMax = 64ll << 30; // of the uncompressed tar, and of the files' sizes
    std::int64_t entriesMax = 2'000'000;
};

struct UnpackTarget {
    int root = -1;          // an open directory; stays the caller's
    std::vector<int> lower; // the layers below, nearest first
    WhiteoutStyle whiteouts = WhiteoutStyle::Overlay;
};

struct UnpackStatistics {
    std::int64_t bytes = 0, entries = 0;
    std::int64_t devicesSkipped = 0; // device nodes that we may not make (in a user namespace)
};

// Blocks: for a worker thread. On an error (a hostile or damaged tar, another content than `diffId`, a full disk, a stop request) the directory holds
// something unfinished, to be removed by the caller.
[[nodiscard]] Result<UnpackStatistics> unpackLayer(
    int blob, const Digest& diffId, const UnpackTarget& target, const UnpackLimits& limits = {}, std::stop_token stop = {});

} // namespace kates::runtime
