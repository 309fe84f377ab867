// Writes a set of files so that a reader sees either all of the old ones or all of the new ones, the way kubelet's AtomicWriter lays them out:
//
//   <directory>/..2026_11_24_19_42_22.123456/key   the data
//   <directory>/..data -> ..2026_11_24_…            swapped by rename(2)
//   <directory>/key -> ..data/key                   what users open
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "engine/base/loop.h"
#include "engine/base/result.h"

namespace kates::kubelet {

struct ProjectedFile {
    std::string content;
    int mode = 0644;
    bool operator==(const ProjectedFile&) const = default;
};
// By path relative to the volume: "key", "sub/dir/key". Paths that leave the volume are refused.
using ProjectedFiles = std::map<std::string, ProjectedFile>;

[[nodiscard]] Result<void> writeProjectedFiles(const std::filesystem::path& directory, const ProjectedFiles& files, WallTime now);

} // namespace kates::kubelet
