#include "engine/runtime/image/manifest.h"

#include <sys/utsname.h>

#include "engine/api/json.h"

namespace kates::runtime {

using api::Value;

namespace {

constexpr std::string_view kDockerSchema1Prefix = "application/vnd.docker.distribution.manifest.v1";
constexpr int kDepthMax = 32;

Result<Value> parseObject(std::string_view json, std::size_t sizeMaxBytes, std::string_view what)
{
    auto value = api::parseJson(json, {.bytesMax = sizeMaxBytes, .depthMax = kDepthMax, .nodesMax = 200'000});
    if (!value)
        return failure("the image's " + std::string(what) + " is not readable: " + value.error().message);
    if (!value->isObject())
        return failure("the image's " + std::string(what) + " is not a JSON object");
    return value;
}

Result<Descriptor> parseDescriptor(const Value& value, std::string_view what, std::int64_t sizeMaxBytes)
{
    auto digest = Digest::parse(value.str("digest"));
    if (!digest)
        return failure(std::string(what) + ": " + digest.error().message);
    const auto size = value.get("size").asInt(-1);
    if (size < 0 || size > sizeMaxBytes)
        return failure(
            std::string(what) + " says that its size is " + std::to_string(size) + " bytes; 0 to " + std::to_string(sizeMaxBytes) + " are accepted");
    return Descriptor {std::string(value.str("mediaType")), *digest, size};
}

std::vector<std::string> strings(const Value& array)
{
    std::vector<std::string> texts;
    for (const auto& item : array)
        if (item.isString())
            texts.emplace_back(item.asString());
    return texts;
}

} // namespace

bool isIndexType(std::string_view mediaType)
{
    return mediaType == kOciIndexType || mediaType == kDockerIndexType;
}

bool isManifestType(std::string_view mediaType)
{
    return mediaType == kOciManifestType || mediaType == kDockerManifestType;
}

std::string documentType(std::string_view json)
{
    const auto value = api::parseJson(json, {.bytesMax = kManifestSizeMaxBytes, .depthMax = kDepthMax});
    if (!value)
        return {};
    if (!value->str("mediaType").empty())
        return std::string(value->str("mediaType"));
    if (value->get("manifests").isArray())
        return std::string(kOciIndexType);
    if (value->get("config").isObject() && value->get("layers").isArray())
        return std::string(kOciManifestType);
    if (value->get("schemaVersion").asInt() == 1)
        return std::string(kDockerSchema1Prefix) + "+json";
    return {};
}

Result<ImageManifest> parseManifest(std::string_view json)
{
    auto value = parseObject(json, kManifestSizeMaxBytes, "manifest");
    if (!value)
        return unexpected(value.error());
    const auto type = value->str("mediaType");
    if (type.starts_with(kDockerSchema1Prefix) || value->get("schemaVersion").asInt() == 1)
        return failure("the image has a manifest of Docker's old schema 1, which is not supported: push it again with a current tool");
    if (!type.empty() && !isManifestType(type))
        return failure("the image's manifest is of the type \"" + std::string(type) + "\", which is not an image manifest");
    auto config = parseDescriptor(value->get("config"), "the image's configuration", static_cast<std::int64_t>(kImageConfigSizeMaxBytes));
    if (!config)
        return unexpected(config.error());
    ImageManifest manifest {*config, {}};
    const auto& layers = value->get("layers");
    if (!layers.isArray() || layers.size() > kLayersMax)
        return failure("the image has " + std::to_string(layers.size()) + " layers; at most " + std::to_string(kLayersMax) + " are supported");
    for (const auto& item : layers) {
        auto layer = parseDescriptor(item, "layer " + std::to_string(manifest.layers.size() + 1) + " of the image", kLayerSizeMaxBytes);
        if (!layer)
            return unexpected(layer.error());
        manifest.layers.push_back(*layer);
    }
    return manifest;
}

Result<ImageConfig> parseImageConfig(std::string_view json)
{
    auto value = parseObject(json, kImageConfigSizeMaxBytes, "configuration");
    if (!value)
        return unexpected(value.error());
    if (const auto os = value->str("os"); !os.empty() && os != "linux")
        return failure("the image is for " + std::string(os) + ", not for linux");
    const auto& config = value->get("config");
    ImageConfig parsed {.user = std::string(config.str("User")), .workingDirectory = std::string(config.str("WorkingDir")),
        .stopSignal = std::string(config.str("StopSignal")), .entrypoint = strings(config.get("Entrypoint")), .command = strings(config.get("Cmd")),
        .environment = strings(config.get("Env"))};
    const auto& rootfs = value->get("rootfs");
    if (rootfs.str("type") != "layers")
        return failure("the image's configuration has no rootfs of the type \"layers\": this is not a container image");
    for (const auto& item : rootfs.get("diff_ids")) {
        auto diffId = Digest::parse(item.asString());
        if (!diffId)
            return failure("the image's configuration, rootfs.diff_ids: " + diffId.error().message);
        parsed.diffIds.push_back(*diffId);
    }
    if (parsed.diffIds.size() > kLayersMax)
        return failure("the image has more than " + std::to_string(kLayersMax) + " layers");
    return parsed;
}

Result<std::vector<IndexEntry>> parseIndex(std::string_view json)
{
    auto value = parseObject(json, kManifestSizeMaxBytes, "index");
    if (!value)
        return unexpected(value.error());
    const auto& manifests = value->get("manifests");
    if (!manifests.isArray() || manifests.size() > kIndexEntriesMax)
        return failure("the image's index does not list between 0 and " + std::to_string(kIndexEntriesMax) + " manifests");
    std::vector<IndexEntry> entries;
    for (const auto& item : manifests) {
        auto descriptor = parseDescriptor(item, "an entry of the image's index", static_cast<std::int64_t>(kManifestSizeMaxBytes));
        if (!descriptor)
            return unexpected(descriptor.error());
        const auto& platform = item.get("platform");
        const auto& annotations = item.get("annotations");
        auto name = annotations.str("io.containerd.image.name");
        if (name.empty())
            name = annotations.str("org.opencontainers.image.ref.name");
        entries.push_back({*descriptor, std::string(platform.str("os")), std::string(platform.str("architecture")),
            std::string(platform.str("variant")), std::string(name)});
    }
    return entries;
}

std::string machineArchitecture()
{
    utsname names {};
    ::uname(&names);
    const std::string_view machine = names.machine;
    if (machine == "x86_64")
        return "amd64";
    if (machine == "aarch64")
        return "arm64";
    if (machine.starts_with("armv"))
        return "arm";
    if (machine == "i686" || machine == "i386")
        return "386";
    return std::string(machine); // riscv64, ppc64le, s390x: the same word in Go
}

Result<Descriptor> choosePlatform(const std::vector<IndexEntry>& entries, const std::string& architecture)
{
    const IndexEntry* best = nullptr;
    for (const auto& entry : entries) {
        if (entry.os != "linux" || entry.architecture != architecture)
            continue;
        // amd64 v2, v3 … need newer processors than the plain one; arm's and arm64's variants are all taken, the plain one first.
        if (architecture == "amd64" && !entry.variant.empty() && entry.variant != "v1")
            continue;
        if (!best)
            best = &entry;
    }
    if (!best && entries.size() == 1 && entries.front().os.empty())
        best = &entries.front();
    if (best)
        return best->descriptor;
    std::string offered;
    for (const auto& entry : entries)
        if (offered.size() < 200 && !entry.os.empty())
            offered += (offered.empty() ? "" : ", ") + entry.os + "/" + entry.architecture;
    return failure("the image is not offered for linux/" + architecture + (offered.empty() ? "" : ", only for " + offered));
}

} // namespace kates::runtime
