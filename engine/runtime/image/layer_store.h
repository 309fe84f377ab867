// Unpacked layers, each unpacked once: layers/<chain id>/fs holds the files, layers/<chain id>/info.json says that they are complete.
//
// A layer is named by its chain id (OCI image-spec: the digest over it and all layers below it), because how it is unpacked depends a little on what
// lies below. It appears by rename when it is whole, so that a kill -9 at any moment leaves no half layer. After a power failure the disk may have
// lost parts: a layer counts only when it was synced (the file `durable`) or was made since the last boot; otherwise it is unpacked again.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "engine/runtime/image/image_store.h"
#include "engine/runtime/image/unpack/layer_unpacker.h"

namespace kates::runtime {

[[nodiscard]] std::vector<Digest> chainIds(const std::vector<Digest>& diffIds); // of each layer, lowest first

struct UnpackedLayers {
    std::vector<std::filesystem::path> directories; // lowest first
    std::vector<Digest> fresh;                      // unpacked by this call: give them to makeLayersDurable() when there is time
};

// Blocks: unpacks what is missing (two callers who need the same layer share the work: one waits). Under ImageStore::lockShared().
[[nodiscard]] Result<UnpackedLayers> ensureLayers(
    const ImageStore& store, const ResolvedImage& image, const UnpackLimits& limits = {}, std::stop_token stop = {});
// Blocks until the disk has the layers.
void makeLayersDurable(const ImageStore& store, const std::vector<Digest>& chainIds);
// Blocks: all layers into one directory, for hosts where nothing can be overlaid.
[[nodiscard]] Result<void> unpackInto(const ImageStore& store, const ResolvedImage& image, const std::filesystem::path& directory,
    const UnpackLimits& limits = {}, std::stop_token stop = {});

} // namespace kates::runtime
