// Images from files: what `docker save`, `podman save`, `skopeo copy oci:…` and buildkit write. A tar (also gzip or zstd) or a directory.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/runtime/image/image_store.h"

namespace kates::runtime {

constexpr std::int64_t kImageArchiveSizeMaxBytes = 64ll << 30;
constexpr std::int64_t kImageArchiveEntriesMax = 20'000;

struct LoadedImage {
    std::string name; // as stored
    Digest digest;
    bool operator==(const LoadedImage&) const = default;
};

// Blocks. Reads every image in `path` and gives them their names; `name`, when set, names the only image instead. Nothing gets a name unless all of
// its content is there and matches its digests: an error leaves the store as it was (what was copied is garbage, collected later).
[[nodiscard]] Result<std::vector<LoadedImage>> loadImages(
    ImageStore& store, const std::filesystem::path& path, const std::optional<ImageReference>& name = {});

} // namespace kates::runtime
