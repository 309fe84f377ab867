#include "engine/runtime/image/registry_client.h"

#include "engine/base/blocking.h"
#include "engine/runtime/image/registry_session.h"

namespace kates::runtime {

namespace {

constexpr int kParallelDownloads = 3;
constexpr std::size_t kWritePieceBytes = 1u << 20;
constexpr auto kStallTimeout = std::chrono::seconds(60);

const std::string kManifestTypes = std::string(kOciIndexType) + ", " + std::string(kDockerIndexType) + ", " + std::string(kOciManifestType) + ", "
    + std::string(kDockerManifestType);

// One pull. Lives in the coroutine that runs it.
class Pull {
public:
    Pull(Loop& loop, http::Client& client, std::shared_ptr<ImageStore> store, ImageReference reference, std::optional<RegistryCredential> credential)
        : m_loop(loop), m_store(std::move(store)), m_reference(reference), m_session(loop, client, std::move(reference), std::move(credential))
    {
    }

    Task<Result<void>> run()
    {
        auto identifier = m_reference.digest ? m_reference.digest->toString() : m_reference.tag;
        auto named = co_await fetchManifest(std::move(identifier), m_reference.digest);
        if (!named)
            co_return unexpected(named.error());
        auto manifestDescriptor = *named;
        if (isIndexType(named->mediaType)) {
            const auto text = m_store->blobs().read(named->digest, kManifestSizeMaxBytes);
            const auto entries = text ? parseIndex(*text) : unexpected(text.error());
            const auto chosen = entries ? choosePlatform(*entries, machineArchitecture()) : unexpected(entries.error());
            if (!chosen)
                co_return unexpected(chosen.error());
            manifestDescriptor = *chosen;
            if (!m_store->blobs().has(*chosen)) {
                auto fetched = co_await fetchManifest(chosen->digest.toString(), chosen->digest);
                if (!fetched)
                    co_return unexpected(fetched.error());
            }
        }
        const auto text = m_store->blobs().read(manifestDescriptor.digest, kManifestSizeMaxBytes);
        const auto manifest = text ? parseManifest(*text) : unexpected(text.error());
        if (!manifest)
            co_return unexpected(manifest.error());
        m_wanted = manifest->layers;
        m_wanted.push_back(manifest->config);
        auto fetched = co_await fetchBlobs();
        if (!fetched)
            co_return fetched;
        if (auto usable = m_store->resolve(named->digest); !usable)
            co_return unexpected(usable.error());
        co_return m_store->setName(m_reference, *named);
    }

private:
    Task<Result<Descriptor>> fetchManifest(std::string identifier, std::optional<Digest> expected)
    {
        auto response = co_await m_session.get("manifests/" + identifier, kManifestTypes);
        if (!response)
            co_return unexpected(response.error());
        const std::string announced((*response)->headers().get("Docker-Content-Digest"));
        const auto content = co_await (*response)->readAll(kManifestSizeMaxBytes);
        if (!content)
            co_return failure("the manifest cannot be received: " + content.error().message);
        const auto digest = Digest::of(*content);
        const auto promised = expected ? expected->toString() : announced.starts_with("sha256:") ? announced : digest.toString();
        if (promised != digest.toString())
            co_return failure("the registry " + m_reference.domain + " sent a manifest that does not match its digest: " + promised
                + " was promised, " + digest.toString() + " came");
        const auto type = documentType(*content);
        if (!isIndexType(type) && !isManifestType(type)) {
            const auto reason = parseManifest(*content); // says what it is
            co_return failure(
                reason ? "the registry " + m_reference.domain + " sent something that is not an image manifest" : reason.error().message);
        }
        co_return m_store->blobs().put(*content, type);
    }

    // A few at a time; the first problem ends them all.
    Task<Result<void>> fetchBlobs()
    {
        m_workers = kParallelDownloads;
        for (int worker = 0; worker < kParallelDownloads; ++worker)
            spawn(work());
        co_await m_finished;
        co_return m_outcome;
    }

    Task<void> work()
    {
        while (m_outcome && m_next < m_wanted.size()) {
            const auto descriptor = m_wanted[m_next++];
            if (m_store->blobs().has(descriptor))
                continue;
            auto fetched = co_await fetchBlob(descriptor);
            if (!fetched && m_outcome)
                m_outcome = fetched;
        }
        if (--m_workers == 0)
            m_finished.set({});
    }

    Task<Result<void>> fetchBlob(Descriptor descriptor)
    {
        auto response = co_await m_session.get("blobs/" + descriptor.digest.toString(), std::string());
        if (!response)
            co_return failure(descriptor.digest.toString() + ": " + response.error().message);
        auto writer = m_store->blobs().write(descriptor.size);
        if (!writer)
            co_return unexpected(writer.error());
        std::string piece;
        for (bool ended = false; !ended;) {
            const auto timer = m_loop.after(kStallTimeout, [&response] { (*response)->cancel(); });
            auto more = co_await (*response)->readSome();
            if (!more)
                co_return failure(descriptor.digest.toString() + " cannot be received: " + more.error().message);
            ended = more->empty() || !m_outcome;
            piece += *more;
            if (piece.size() < kWritePieceBytes && !ended)
                continue;
            auto written = co_await runBlocking(m_loop, [&] { return writer->write(piece); }); // hashing and a slow disk
            if (!written)
                co_return failure("the registry " + m_reference.domain + ", " + descriptor.digest.toString() + ": " + written.error().message);
            piece.clear();
        }
        if (!m_outcome)
            co_return m_outcome;
        auto stored = writer->commit(descriptor);
        if (!stored)
            co_return failure("the registry " + m_reference.domain + " sent other content than it promised: " + stored.error().message);
        co_return stored;
    }

    Loop& m_loop;
    std::shared_ptr<ImageStore> m_store;
    ImageReference m_reference;
    RegistrySession m_session;
    std::vector<Descriptor> m_wanted;
    std::size_t m_next = 0;
    int m_workers = 0;
    Event m_finished;
    Result<void> m_outcome; // of the first that failed
};

Task<Result<void>> pull(Loop& loop, http::Client& client, std::shared_ptr<ImageStore> store, ImageReference reference,
    std::optional<RegistryCredential> credential)
{
    auto lock = co_await runBlocking(loop, [&] { return store->lockShared(); });
    if (!lock)
        co_return unexpected(lock.error());
    Pull one(loop, client, store, std::move(reference), std::move(credential));
    auto done = co_await one.run();
    store->noteGarbage(); // the name may have stood for another image before, or the pull may have failed half way
    co_return done;
}

} // namespace

Task<Result<void>> pullFromRegistry(Loop& loop, http::Client& client, std::shared_ptr<ImageStore> store, std::string reference,
    std::optional<RegistryCredential> credential)
{
    auto parsed = ImageReference::parse(reference);
    if (!parsed)
        co_return unexpected(parsed.error());
    auto done = co_await pull(loop, client, store, *parsed, std::move(credential));
    (void)co_await runBlocking(loop, [&] { return collectGarbage(*store); });
    if (!done)
        co_return unexpected(Error {"pull the image " + parsed->toString() + ": " + done.error().message, done.error().systemError});
    co_return done;
}

} // namespace kates::runtime
