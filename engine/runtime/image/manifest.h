// The documents of an image: index (one manifest per platform), manifest (a configuration and layers) and configuration. OCI image-spec 1.0 and
// Docker's version 2 schema 2, which differ in media types only. Untrusted input: every field is checked, every number bounded.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/runtime/image/digest.h"

namespace kates::runtime {

constexpr std::size_t kManifestSizeMaxBytes = 4u << 20;
constexpr std::size_t kImageConfigSizeMaxBytes = 8u << 20;
constexpr std::int64_t kLayerSizeMaxBytes = 32ll << 30; // as stored
constexpr std::size_t kLayersMax = 127;                 // as Docker; also what one overlay mount takes
constexpr std::size_t kIndexEntriesMax = 1000;

constexpr std::string_view kOciManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kOciIndexType = "application/vnd.oci.image.index.v1+json";
constexpr std::string_view kOciConfigType = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view kOciLayerType = "application/vnd.oci.image.layer.v1.tar";
constexpr std::string_view kDockerManifestType = "application/vnd.docker.distribution.manifest.v2+json";
constexpr std::string_view kDockerIndexType = "application/vnd.docker.distribution.manifest.list.v2+json";

struct Descriptor {
    std::string mediaType;
    Digest digest;
    std::int64_t size = 0;
};

struct ImageManifest {
    Descriptor config;
    std::vector<Descriptor> layers; // lowest first
};

struct ImageConfig {
    std::string user, workingDirectory, stopSignal;
    std::vector<std::string> entrypoint, command, environment;
    std::vector<Digest> diffIds; // digests of the layers' uncompressed tars, lowest first
};

struct IndexEntry {
    Descriptor descriptor;
    std::string os, architecture, variant; // empty when the entry does not say
    std::string referenceName;             // annotations of an OCI layout: a tag or a whole name
};

[[nodiscard]] bool isIndexType(std::string_view mediaType);
[[nodiscard]] bool isManifestType(std::string_view mediaType);
// What the document is: its own mediaType, else (OCI lets it be absent) its shape. Empty: neither index nor manifest.
[[nodiscard]] std::string documentType(std::string_view json);

[[nodiscard]] Result<ImageManifest> parseManifest(std::string_view json);
[[nodiscard]] Result<ImageConfig> parseImageConfig(std::string_view json);
[[nodiscard]] Result<std::vector<IndexEntry>> parseIndex(std::string_view json);

// This machine's architecture in Go's words: amd64, arm64 …
[[nodiscard]] std::string machineArchitecture();
// The manifest for linux on `architecture`; an entry that names no platform fits when it is the only one.
[[nodiscard]] Result<Descriptor> choosePlatform(const std::vector<IndexEntry>& entries, const std::string& architecture);

} // namespace kates::runtime
