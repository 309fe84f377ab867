// The files of an image archive, by name, wherever they are. What is read becomes a blob of the store at once: content needs no name to be kept.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/files.h"
#include "engine/runtime/image/blob_store.h"

namespace kates::runtime {

class ImageFiles {
public:
    virtual ~ImageFiles() = default;
    virtual bool has(const std::string& name) const = 0;
    // The blob with the file's content.
    [[nodiscard]] virtual Result<Descriptor> import(const std::string& name) = 0;
};

// A tar is read once, from start to end, and each file in it imported; links between the files are followed.
[[nodiscard]] Result<std::unique_ptr<ImageFiles>> openImageFiles(const BlobStore& blobs, const std::filesystem::path& path);

} // namespace kates::runtime
