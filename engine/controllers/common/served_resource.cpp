#include "engine/controllers/common/served_resource.h"

#include <algorithm>
#include <set>

namespace kates::controllers {

bool ServedResource::allows(std::string_view verb) const
{
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::vector<ServedResource> servedResourcesOf(const api::Scheme& scheme)
{
    std::vector<ServedResource> served;
    std::set<std::pair<std::string, std::string>> known; // group, plural
    for (const auto& [group, versions] : scheme.groups()) {
        for (const auto& version : versions) {
            for (const auto& kind : scheme.kinds()) {
                if (kind->group != group || kind->version != version || kind->virtualKind || !known.emplace(group, kind->plural).second)
                    continue;
                served.push_back({{kind->group, kind->version, kind->plural}, kind->kind, kind->namespaced, kind->verbs});
            }
        }
    }
    return served;
}

} // namespace kates::controllers
