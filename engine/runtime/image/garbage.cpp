// Mark and sweep over names and leases.
#include <fcntl.h>
#include <set>
#include <unistd.h>

#include "engine/api/json.h"
#include "engine/runtime/image/image_store.h"
#include "engine/runtime/image/layer_store.h"

namespace kates::runtime {

namespace fs = std::filesystem;

namespace {
constexpr std::size_t kLeaseSizeMaxBytes = 64u << 10;
}

class GarbageCollector {
public:
    explicit GarbageCollector(const ImageStore& store) : m_store(store) {}

    void run()
    {
        for (const auto& named : m_store.names())
            mark(named.target.digest);
        markLeases();
        for (const auto& digest : m_store.blobs().list())
            if (!m_blobs.contains(digest))
                m_store.blobs().remove(digest);
        sweepLayers();
        removeContent("ingest");
    }

private:
    void mark(const Digest& digest)
    {
        if (!m_blobs.insert(digest).second)
            return;
        const auto document = m_store.blobs().read(digest, kManifestSizeMaxBytes);
        if (!document)
            return;
        if (isIndexType(documentType(*document))) {
            if (const auto entries = parseIndex(*document))
                for (const auto& entry : *entries)
                    mark(entry.descriptor.digest);
            return;
        }
        const auto manifest = parseManifest(*document);
        if (!manifest)
            return;
        m_blobs.insert(manifest->config.digest);
        for (const auto& layer : manifest->layers)
            m_blobs.insert(layer.digest);
        if (const auto resolved = m_store.resolve(digest))
            for (const auto& chainId : chainIds(resolved->config.diffIds))
                m_layers.insert(chainId.hex());
    }

    void markLeases()
    {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(m_store.root() / "leases", problem)) {
            const auto content = readFile(entry.path(), kLeaseSizeMaxBytes);
            const auto lease = content ? api::parseJson(*content) : unexpected(content.error());
            const bool used = lease && ::access(std::string(lease->str("directory")).c_str(), F_OK) == 0;
            if (!used) {
                ::unlink(entry.path().c_str());
                continue;
            }
            for (const auto& layer : lease->get("layers"))
                m_layers.emplace(layer.asString());
        }
    }

    void sweepLayers()
    {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(m_store.root() / "layers", problem)) {
            if (m_layers.contains(entry.path().filename().string()))
                continue;
            // First out of the way: a layer is never seen half removed.
            const auto doomed = m_store.root() / "ingest" / ("removed-" + entry.path().filename().string());
            (void)removeTree(doomed);
            ::rename(entry.path().c_str(), doomed.c_str());
        }
    }

    void removeContent(const char* directory)
    {
        std::error_code problem;
        for (const auto& entry : fs::directory_iterator(m_store.root() / directory, problem))
            (void)removeTree(entry.path());
    }

    const ImageStore& m_store;
    std::set<Digest> m_blobs;
    std::set<std::string> m_layers;
};

bool collectGarbage(const ImageStore& store)
{
    const auto flag = store.root() / "garbage";
    if (::access(flag.c_str(), F_OK) != 0)
        return true;
    const auto lock = store.tryLockExclusive();
    if (!lock)
        return false;
    ::unlink(flag.c_str()); // first: what is noted from here on is work for the next run
    GarbageCollector(store).run();
    return true;
}

} // namespace kates::runtime
