#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::ApiResult;

constexpr std::string_view kGroup = "engine.kates.dev";

class ClusterNames : public AdmissionPlugin {
public:
    explicit ClusterNames(const ResourceCaches& caches) : m_caches(caches) {}

    bool concerns(const ResourceRequest& request) const override
    {
        return request.kind->group == kGroup && (request.kind->plural == "clusters" || request.kind->plural == "remoteclusters");
    }

    Task<ApiResult<void>> admitCreate(ResourceRequest& request, api::Value& object) override
    {
        const bool remote = request.kind->plural == "remoteclusters";
        const std::string name(object.str("metadata", "name"));
        auto others = m_caches.find(kGroup, remote ? "clusters" : "remoteclusters");
        if (!others || !others->find("", name))
            co_return ApiResult<void>();
        auto error = api::alreadyExists(request.resource(), name);
        error.message = "the name " + name + " is taken by a " + (remote ? "Cluster" : "RemoteCluster") + ": both are reached at /clusters/" + name;
        co_return ApiFailure(std::move(error));
    }

private:
    const ResourceCaches& m_caches;
};

} // namespace

std::unique_ptr<AdmissionPlugin> makeClusterNames(const ResourceCaches& caches)
{
    return std::make_unique<ClusterNames>(caches);
}

} // namespace kates::apiserver
