// Images: pulling and removing.
#include "engine/base/blocking.h"
#include "engine/runtime/image/registry_client.h"
#include "engine/runtime/oci/oci_runtime_impl.h"

namespace kates::runtime {

Task<Result<ImageStatus>> OciRuntime::pullImage(std::string reference, std::optional<RegistryCredential> credential)
{
    // Two pods that want the same image at once share the work; other credentials may see another image.
    const auto key = reference + "\n" + (credential ? credential->username + "\n" + credential->password : std::string());
    if (const auto running = m_pulls.find(key); running != m_pulls.end()) {
        const auto shared = running->second;
        co_return co_await shared;
    }
    const Future<Result<ImageStatus>> done;
    m_pulls.emplace(key, done);
    auto pulled = co_await pullFromRegistry(m.loop, m.client, m.store, reference, credential);
    Result<ImageStatus> result = failure("the image " + reference + " was pulled but is not there");
    if (!pulled)
        result = unexpected(pulled.error());
    else if (auto status = m.store->image(reference))
        result = std::move(*status);
    m_pulls.erase(key);
    done.set(result);
    co_return result;
}

Task<Result<void>> OciRuntime::removeImage(std::string reference)
{
    co_return co_await runBlocking(m.loop, [&]() -> Result<void> {
        if (auto removed = m.store->removeName(reference); !removed)
            return removed;
        collectGarbage(*m.store);
        return {};
    });
}

} // namespace kates::runtime
