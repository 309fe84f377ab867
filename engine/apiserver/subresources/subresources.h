// Subresources whose documents are of another kind than the object's. One file each.
#pragma once

#include "engine/apiserver/filters/authentication.h"
#include "engine/apiserver/registry/operations.h"

namespace kates::apiserver {

[[nodiscard]] std::unique_ptr<SubresourceHandler> makeScaleHandler(Registry& registry);    // autoscaling/v1 Scale of anything with spec.replicas
[[nodiscard]] std::unique_ptr<SubresourceHandler> makeBindingHandler(Registry& registry);  // pods/binding: assigns a node
[[nodiscard]] std::unique_ptr<VirtualKindHandler> makeBindingKind(Registry& registry);     // the older form, POST …/bindings
[[nodiscard]] std::unique_ptr<SubresourceHandler> makeEvictionHandler(
    Registry& registry); // pods/eviction: a delete that disruption budgets may refuse
[[nodiscard]] std::unique_ptr<SubresourceHandler> makeFinalizeHandler(Registry& registry); // namespaces/finalize: sets spec.finalizers
[[nodiscard]] std::unique_ptr<SubresourceHandler> makeTokenHandler(Loop& loop, Registry& registry, const Authenticator& authenticator,
    const std::string& issuer, Random& random); // serviceaccounts/token

} // namespace kates::apiserver
