// The older Endpoints object of a Service, beside its slices: pure.
#pragma once

#include <vector>

#include "engine/controllers/endpointslice/service_endpoints.h"

namespace kates::controllers {

constexpr std::size_t kEndpointsAddressesMax = 1000; // more are cut off, and an annotation says so

// `existing` null: a new one. Gives `existing` itself when nothing changes.
api::Value endpointsObject(const api::Value& service, const std::vector<api::Value>& pods, const api::Value& existing);

} // namespace kates::controllers
