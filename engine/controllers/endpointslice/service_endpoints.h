// Who stands behind a Service, from its pods: pure functions that EndpointSlices and Endpoints are both made of.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/api/value.h"

namespace kates::controllers {

// A Service whose endpoints come from a selector.
bool hasSelectedEndpoints(const api::Value& service);
bool headless(const api::Value& service);
// "IPv4" and "IPv6", as the Service wants them.
std::vector<std::string> addressTypes(const api::Value& service);

// What of a pod matters to its services: an update that changes none of it needs no work.
bool sameForServices(const api::Value& before, const api::Value& after);

bool podServes(const api::Value& pod);                                    // has an address and has not ended
std::string podAddress(const api::Value& pod, std::string_view addressType); // "" when it has none
// The ports of the service as this pod has them: [{name, protocol, port, appProtocol}]; one whose name no container has is left out.
api::Value portsOn(const api::Value& service, const api::Value& pod);
// The pod's hostname, when it is one below this service.
std::string_view hostnameBelow(const api::Value& service, const api::Value& pod);
api::Value podReference(const api::Value& pod);

// Endpoints of one address type whose ports are the same, so that they can share slices.
struct EndpointGroup {
    std::string addressType;
    api::Value ports;
    std::map<std::string, api::Value> endpoints; // discovery.k8s.io Endpoint by the pod's uid
};

// `zoneOf` gives the zone of a node, "" when it has none.
std::vector<EndpointGroup> endpointGroups(
    const api::Value& service, const std::vector<api::Value>& pods, const std::function<std::string(std::string_view node)>& zoneOf);

} // namespace kates::controllers
