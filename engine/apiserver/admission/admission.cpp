#include "engine/apiserver/admission/admission.h"

namespace kates::apiserver {

Task<api::ApiResult<void>> AdmissionPlugin::admitCreate(ResourceRequest&, api::Value&)
{
    co_return api::ApiResult<void>();
}

api::ApiResult<void> AdmissionPlugin::admitUpdate(ResourceRequest&, api::Value&, const api::Value&)
{
    return {};
}

api::ApiResult<void> AdmissionPlugin::admitDelete(ResourceRequest&, const api::Value&)
{
    return {};
}

Task<api::ApiResult<void>> AdmissionChain::admitCreate(ResourceRequest& request, api::Value& object) const
{
    for (const auto& plugin : m_plugins) {
        if (!plugin->concerns(request))
            continue;
        auto admitted = co_await plugin->admitCreate(request, object);
        if (!admitted)
            co_return admitted;
    }
    co_return api::ApiResult<void>();
}

api::ApiResult<void> AdmissionChain::admitUpdate(ResourceRequest& request, api::Value& object, const api::Value& live) const
{
    for (const auto& plugin : m_plugins) {
        if (!plugin->concerns(request))
            continue;
        if (auto admitted = plugin->admitUpdate(request, object, live); !admitted)
            return admitted;
    }
    return {};
}

api::ApiResult<void> AdmissionChain::admitDelete(ResourceRequest& request, const api::Value& live) const
{
    for (const auto& plugin : m_plugins) {
        if (!plugin->concerns(request))
            continue;
        if (auto admitted = plugin->admitDelete(request, live); !admitted)
            return admitted;
    }
    return {};
}

} // namespace kates::apiserver
