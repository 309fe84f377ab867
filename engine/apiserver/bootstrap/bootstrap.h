// The objects that every cluster has from its first moment: namespaces, the kubernetes Service with its endpoints, built-in roles, priority classes. Kinds that the
// scheme does not have are left out; what exists already is left alone, but for the endpoints, which follow the server's address.
#pragma once

#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

[[nodiscard]] Task<Result<void>> bootstrap(Registry& registry, const ApiServerOptions& options);

} // namespace kates::apiserver
