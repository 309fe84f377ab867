// One resource that the API server serves, as discovery tells it.
#pragma once

#include <string>
#include <vector>

#include "engine/api/schema.h"
#include "engine/client/client.h"

namespace kates::controllers {

struct ServedResource {
    client::Resource resource;
    std::string kind;
    bool namespaced = true;
    std::vector<std::string> verbs;
    bool allows(std::string_view verb) const;
};

// Each resource once, in its group's preferred version.
std::vector<ServedResource> servedResourcesOf(const api::Scheme& scheme);

} // namespace kates::controllers
