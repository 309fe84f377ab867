#include "engine/apiserver/registry/registry.h"

namespace kates::apiserver {

api::ApiResult<Answer> Registry::get(const ResourceRequest& request) const
{
    auto found = find(*request.kind, request.ns, request.name);
    if (!found)
        return api::ApiFailure(api::notFound(request.resource(), request.name));
    return answerOf(request, std::move(found), 200);
}

} // namespace kates::apiserver
