// What a server serves, as the discovery documents tell it. Pure functions of a Scheme.
#pragma once

#include "engine/api/schema.h"

namespace kates::api {

// GET /api: the versions of the core group. `serverAddress` is "127.0.0.1:6443".
[[nodiscard]] Value apiVersions(std::string_view serverAddress);
// GET /apis, and GET /apis/<group> (null when the group is not served).
[[nodiscard]] Value apiGroupList(const Scheme& scheme);
[[nodiscard]] Value apiGroup(const Scheme& scheme, std::string_view group);
// GET /api/v1 and GET /apis/<group>/<version>; null when that is not served.
[[nodiscard]] Value apiResourceList(const Scheme& scheme, std::string_view group, std::string_view version);

// The aggregated form, apidiscovery.k8s.io/v2 APIGroupDiscoveryList: everything in one answer, of /api (the core group) or of /apis (all others).
enum class DiscoveryRoot { Api, Apis };
[[nodiscard]] Value aggregatedDiscovery(const Scheme& scheme, DiscoveryRoot root);

} // namespace kates::api
