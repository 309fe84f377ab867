// Checks and changes of a write that need to know other objects. Each plugin is one file in this folder; AdmissionChain is the list of them.
//
// A plugin works on the object before its defaults, strategy and validation; what it holds until the write is done (an allocated address) goes into
// request.reservations.
#pragma once

#include "engine/apiserver/request/resource_request.h"

namespace kates::apiserver {

class AdmissionPlugin {
public:
    virtual ~AdmissionPlugin() = default;
    virtual bool concerns(const ResourceRequest& request) const = 0;
    // May wait for a moment (for an object that is about to appear).
    virtual Task<api::ApiResult<void>> admitCreate(ResourceRequest& request, api::Value& object);
    virtual api::ApiResult<void> admitUpdate(ResourceRequest& request, api::Value& object, const api::Value& live);
    virtual api::ApiResult<void> admitDelete(ResourceRequest& request, const api::Value& live);
};

class AdmissionChain {
public:
    void add(std::unique_ptr<AdmissionPlugin> plugin) { m_plugins.push_back(std::move(plugin)); }
    Task<api::ApiResult<void>> admitCreate(ResourceRequest& request, api::Value& object) const;
    api::ApiResult<void> admitUpdate(ResourceRequest& request, api::Value& object, const api::Value& live) const;
    api::ApiResult<void> admitDelete(ResourceRequest& request, const api::Value& live) const;

private:
    std::vector<std::unique_ptr<AdmissionPlugin>> m_plugins;
};

} // namespace kates::apiserver
