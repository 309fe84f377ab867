// The kinds that are asked and never stored: who am I, may I, may somebody, whose token is this. They answer from the same functions that the filter
// chain uses.
#pragma once

#include "engine/apiserver/authz/authorizer.h"
#include "engine/apiserver/filters/authentication.h"
#include "engine/apiserver/registry/operations.h"

namespace kates::apiserver {

enum class AccessReview { Self, Subject, LocalSubject };

[[nodiscard]] std::unique_ptr<VirtualKindHandler> makeAccessReview(const Authorizer& authorizer, AccessReview form);
[[nodiscard]] std::unique_ptr<VirtualKindHandler> makeRulesReview(const Authorizer& authorizer); // SelfSubjectRulesReview
[[nodiscard]] std::unique_ptr<VirtualKindHandler> makeTokenReview(Authenticator& authenticator);
[[nodiscard]] std::unique_ptr<VirtualKindHandler> makeSelfReview(Registry& registry);            // SelfSubjectReview

} // namespace kates::apiserver
