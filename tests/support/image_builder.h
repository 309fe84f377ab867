// Small images on disk, as tars of an OCI layout or of `docker save`.
#pragma once

#include <string>
#include <vector>

#include "engine/api/json.h"
#include "engine/runtime/image/manifest.h"
#include "tests/support/tar_builder.h"

namespace kates::test {

struct BuiltImage {
    std::vector<std::string> layers; // plain tars
    std::string config, manifest;
    runtime::Digest configDigest() const { return runtime::Digest::of(config); }
    runtime::Digest manifestDigest() const { return runtime::Digest::of(manifest); }
};

inline api::Value describe(const std::string& content, std::string_view mediaType)
{
    return api::Value::object(
        {{"mediaType", mediaType}, {"digest", runtime::Digest::of(content).toString()}, {"size", static_cast<std::int64_t>(content.size())}});
}

// `settings` becomes the configuration's "config" (Cmd, Env, User …).
inline BuiltImage buildImage(std::vector<std::string> layers, const api::Value& settings = api::Value::object())
{
    api::Value diffIds = api::Value::array(), descriptors = api::Value::array();
    for (const auto& layer : layers) {
        diffIds.push(runtime::Digest::of(layer).toString());
        descriptors.push(describe(layer, runtime::kOciLayerType));
    }
    const auto config = api::Value::object({{"architecture", runtime::machineArchitecture()}, {"os", "linux"}, {"config", settings},
        {"rootfs", api::Value::object({{"type", "layers"}, {"diff_ids", diffIds}})}});
    BuiltImage image {std::move(layers), api::toJson(config), {}};
    image.manifest = api::toJson(api::Value::object({{"schemaVersion", 2}, {"mediaType", runtime::kOciManifestType},
        {"config", describe(image.config, runtime::kOciConfigType)}, {"layers", descriptors}}));
    return image;
}

inline std::string blobName(const std::string& content)
{
    return "blobs/sha256/" + runtime::Digest::of(content).hex();
}

inline std::string layoutIndex(const BuiltImage& image, const std::string& name)
{
    auto entry = describe(image.manifest, runtime::kOciManifestType);
    entry.set("annotations", api::Value::object({{"org.opencontainers.image.ref.name", name}}));
    return api::toJson(api::Value::object({{"schemaVersion", 2}, {"manifests", api::Value::array({entry})}}));
}

inline TarBuilder layoutTar(const BuiltImage& image, const std::string& name)
{
    TarBuilder tar;
    tar.file("oci-layout", R"({"imageLayoutVersion":"1.0.0"})").file("index.json", layoutIndex(image, name));
    tar.file(blobName(image.manifest), image.manifest).file(blobName(image.config), image.config);
    for (const auto& layer : image.layers)
        tar.file(blobName(layer), layer);
    return tar;
}

inline TarBuilder dockerTar(const BuiltImage& image, const std::string& name)
{
    TarBuilder tar;
    api::Value names = api::Value::array();
    int number = 0;
    for (const auto& layer : image.layers) {
        const auto path = "layer" + std::to_string(++number) + "/layer.tar";
        tar.file(path, layer);
        names.push(path);
    }
    tar.file("config.json", image.config);
    const auto item = api::Value::object({{"Config", "config.json"}, {"RepoTags", api::Value::array({api::Value(name)})}, {"Layers", names}});
    tar.file("manifest.json", api::toJson(api::Value::array({item})));
    return tar;
}

} // namespace kates::test
