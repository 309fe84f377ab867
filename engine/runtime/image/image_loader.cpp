#include "engine/runtime/image/image_loader.h"

#include <unistd.h>

#include "engine/api/json.h"
#include "engine/runtime/image/image_files.h"

namespace kates::runtime {

namespace fs = std::filesystem;
using api::Value;

namespace {

constexpr std::string_view kGzipMagic("\x1f\x8b", 2);
constexpr std::string_view kZstdMagic("\x28\xb5\x2f\xfd", 4);

class Loader {
public:
    Loader(ImageStore& store, ImageFiles& files, const std::optional<ImageReference>& name) : m_store(store), m_files(files), m_name(name) {}

    Result<std::vector<LoadedImage>> run()
    {
        // Current docker writes both; the index then keeps the digests that the image had in its registry.
        Result<void> read = failure("it holds neither index.json (an OCI image layout) nor manifest.json (docker save)");
        if (m_files.has("index.json"))
            read = readLayout();
        else if (m_files.has("manifest.json"))
            read = readDockerArchive();
        if (!read)
            return unexpected(read.error());
        if (m_found.empty())
            return failure("it holds no image");
        if (m_name && m_found.size() != 1)
            return failure("it holds " + std::to_string(m_found.size()) + " images: they cannot all be named " + m_name->toString());
        std::vector<LoadedImage> loaded;
        for (const auto& [reference, target] : m_found) {
            const auto& name = m_name ? *m_name : reference;
            if (auto named = m_store.setName(name, target); !named)
                return unexpected(named.error());
            loaded.push_back({name.toString(), target.digest});
        }
        return loaded;
    }

private:
    Result<std::string> readText(const std::string& name, std::size_t sizeMaxBytes)
    {
        const auto file = m_files.import(name);
        if (!file)
            return unexpected(file.error());
        return m_store.blobs().read(file->digest, sizeMaxBytes);
    }

    Result<void> note(std::string_view name, const Descriptor& target)
    {
        if (m_name) {
            for (const auto& found : m_found)
                if (found.second.digest == target.digest)
                    return {};
            m_found.emplace_back(*m_name, target);
            return {};
        }
        if (name.find_first_of("/:") == std::string_view::npos)
            return failure(
                name.empty() ? "an image in it has no name: give one" : "an image in it is only tagged \"" + std::string(name) + "\": give its name");
        auto reference = ImageReference::parse(name);
        if (!reference)
            return unexpected(reference.error());
        m_found.emplace_back(*reference, target);
        return {};
    }

    Result<void> readLayout()
    {
        const auto text = readText("index.json", kManifestSizeMaxBytes);
        const auto entries = text ? parseIndex(*text) : unexpected(text.error());
        if (!entries)
            return unexpected(entries.error());
        for (const auto& entry : *entries) {
            if (auto imported = importDocument(entry.descriptor); !imported)
                return imported;
            if (auto noted = note(entry.referenceName, entry.descriptor); !noted)
                return noted;
        }
        return {};
    }

    // The blob of that digest, and that its content is what it says.
    Result<void> importBlob(const Descriptor& descriptor, std::string_view what)
    {
        if (m_store.blobs().has(descriptor))
            return {};
        const auto imported = m_files.import("blobs/sha256/" + descriptor.digest.hex());
        if (!imported)
            return failure("the " + std::string(what) + " " + descriptor.digest.toString() + " is missing: " + imported.error().message);
        if (imported->digest != descriptor.digest || imported->size != descriptor.size)
            return failure("the " + std::string(what) + " " + descriptor.digest.toString() + " is damaged: its content is "
                + std::to_string(imported->size) + " bytes with " + imported->digest.toString());
        return {};
    }

    // A manifest with all that belongs to it; of an index, this machine's manifest.
    Result<void> importDocument(const Descriptor& descriptor)
    {
        if (auto imported = importBlob(descriptor, "manifest"); !imported)
            return imported;
        auto manifestDescriptor = manifestBehind(descriptor);
        if (!manifestDescriptor)
            return unexpected(manifestDescriptor.error());
        if (auto imported = importBlob(*manifestDescriptor, "manifest"); !imported)
            return imported;
        const auto text = m_store.blobs().read(manifestDescriptor->digest, kManifestSizeMaxBytes);
        const auto manifest = text ? parseManifest(*text) : unexpected(text.error());
        if (!manifest)
            return unexpected(manifest.error());
        if (auto imported = importBlob(manifest->config, "configuration"); !imported)
            return imported;
        for (const auto& layer : manifest->layers)
            if (auto imported = importBlob(layer, "layer"); !imported)
                return imported;
        const auto resolved = m_store.resolve(descriptor.digest);
        return resolved ? Result<void>() : unexpected(resolved.error());
    }

    Result<Descriptor> manifestBehind(const Descriptor& descriptor)
    {
        const auto text = m_store.blobs().read(descriptor.digest, kManifestSizeMaxBytes);
        if (!text)
            return unexpected(text.error());
        if (!isIndexType(documentType(*text)))
            return descriptor;
        const auto entries = parseIndex(*text);
        return entries ? choosePlatform(*entries, machineArchitecture()) : unexpected(entries.error());
    }

    Result<void> readDockerArchive()
    {
        const auto text = readText("manifest.json", kManifestSizeMaxBytes);
        const auto list = text ? api::parseJson(*text) : unexpected(text.error());
        if (!list || !list->isArray())
            return failure("manifest.json is not readable" + (list ? std::string() : ": " + list.error().message));
        for (const auto& item : *list) {
            auto target = importDockerImage(item);
            if (!target)
                return unexpected(target.error());
            const auto& names = item.get("RepoTags");
            if (names.size() == 0 || m_name)
                if (auto noted = note("", *target); !noted)
                    return noted;
            for (const auto& name : names)
                if (auto noted = note(name.asString(), *target); !noted)
                    return noted;
        }
        return {};
    }

    // Docker's archive has no manifest: one is written, the same one for the same content.
    Result<Descriptor> importDockerImage(const Value& item)
    {
        const auto config = m_files.import(std::string(item.str("Config")));
        if (!config)
            return unexpected(config.error());
        Value layers = Value::array();
        if (item.get("Layers").size() > kLayersMax)
            return failure("the image has more than " + std::to_string(kLayersMax) + " layers");
        for (const auto& name : item.get("Layers")) {
            const auto layer = m_files.import(std::string(name.asString()));
            if (!layer)
                return unexpected(layer.error());
            layers.push(describe(*layer, layerType(layer->digest)));
        }
        const Value manifest = Value::object({{"schemaVersion", 2}, {"mediaType", std::string(kOciManifestType)},
            {"config", describe(*config, std::string(kOciConfigType))}, {"layers", layers}});
        auto stored = m_store.blobs().put(api::toJson(manifest), std::string(kOciManifestType));
        const auto resolved = stored ? m_store.resolve(stored->digest) : unexpected(stored.error());
        if (!resolved)
            return unexpected(resolved.error());
        return stored;
    }

    static Value describe(const Descriptor& descriptor, const std::string& mediaType)
    {
        return Value::object({{"mediaType", mediaType}, {"digest", descriptor.digest.toString()}, {"size", descriptor.size}});
    }

    std::string layerType(const Digest& digest)
    {
        std::string start(4, '\0');
        const auto file = m_store.blobs().open(digest);
        if (!file || ::read(file->get(), start.data(), start.size()) < 0)
            return std::string(kOciLayerType);
        if (start.starts_with(kGzipMagic))
            return std::string(kOciLayerType) + "+gzip";
        return std::string(kOciLayerType) + (start.starts_with(kZstdMagic) ? "+zstd" : "");
    }

    ImageStore& m_store;
    ImageFiles& m_files;
    const std::optional<ImageReference>& m_name;
    std::vector<std::pair<ImageReference, Descriptor>> m_found;
};

} // namespace

Result<std::vector<LoadedImage>> loadImages(ImageStore& store, const fs::path& path, const std::optional<ImageReference>& name)
{
    auto loaded = [&]() -> Result<std::vector<LoadedImage>> {
        const auto lock = store.lockShared();
        if (!lock)
            return unexpected(lock.error());
        auto files = openImageFiles(store.blobs(), path);
        if (!files)
            return unexpected(files.error());
        auto result = Loader(store, **files, name).run();
        if (!result)
            return failure("load the image from " + path.string() + ": " + result.error().message);
        return result;
    }();
    store.noteGarbage(); // the archive's own index files, or all of it after an error
    collectGarbage(store);
    return loaded;
}

} // namespace kates::runtime
