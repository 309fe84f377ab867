// The image that ships with Kates, so that the first pod needs no network.
#pragma once

#include "engine/base/task.h"
#include "engine/base/result.h"
#include "engine/cluster/paths.h"

namespace kates::cluster {

constexpr const char* kSampleImageName = "kates.dev/sample:1";

// <prefix>/share/kates/images/sample.tar, beside this program's bin directory.
[[nodiscard]] std::filesystem::path sampleImageFile();

// Puts it into the content store unless it is there. Works on a thread of its own. Gives a sentence.
[[nodiscard]] Task<Result<std::string>> loadSampleImage(Loop& loop, Paths paths);

} // namespace kates::cluster
