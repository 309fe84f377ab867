// Pulling images from a registry: the OCI distribution API (Docker registry v2) with anonymous, Basic and Bearer authentication.
//
// HTTPS always; plain HTTP only for a registry on a loopback address ("localhost:5000", "127.0.0.1:5000"). What comes is bounded and has to match its
// digest before anything uses it. Nothing gets a name in the store unless all of it is there.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/http/client.h"
#include "engine/runtime/image/image_store.h"

namespace kates::runtime {

// The error says which registry and which step failed, fit for an event on a pod.
[[nodiscard]] Task<Result<void>> pullFromRegistry(Loop& loop, http::Client& client, std::shared_ptr<ImageStore> store, std::string reference,
    std::optional<RegistryCredential> credential);

} // namespace kates::runtime
