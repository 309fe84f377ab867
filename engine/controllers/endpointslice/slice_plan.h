// From the endpoints that a Service should have and the slices that it has to the fewest changes of slices: pure.
#pragma once

#include <vector>

#include "engine/controllers/endpointslice/service_endpoints.h"

namespace kates::controllers {

constexpr std::size_t kEndpointsPerSliceMax = 100;
constexpr std::string_view kServiceNameLabel = "kubernetes.io/service-name";
constexpr std::string_view kManagedByLabel = "endpointslice.kubernetes.io/managed-by";
constexpr std::string_view kManagedBy = "endpointslice-controller.k8s.io";
constexpr std::string_view kHeadlessLabel = "service.kubernetes.io/headless";

struct SlicePlan {
    std::vector<api::Value> create; // with generateName
    std::vector<api::Value> update; // existing slices, changed
    std::vector<api::Value> remove;
};

// An endpoint stays in its slice; what is new fills slices that change anyway, then one that has room for all of it, then new slices. A Service
// without endpoints has one empty slice per address type.
SlicePlan planSlices(const api::Value& service, std::vector<EndpointGroup> groups, const std::vector<api::Value>& existing);

} // namespace kates::controllers
