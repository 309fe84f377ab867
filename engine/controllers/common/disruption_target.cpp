#include "engine/controllers/common/disruption_target.h"

#include "engine/api/meta.h"

namespace kates::controllers {

Task<api::ApiResult<api::Value>> markDisrupted(
    client::Client& client, api::Value pod, std::string reason, std::string message, std::string now, std::string phase)
{
    const api::Value before = pod;
    api::setCondition(pod, "DisruptionTarget", true, reason, message, now);
    if (!phase.empty())
        pod.edit("status").set("phase", phase);
    if (pod == before)
        co_return pod;
    const std::string ns(api::ObjectMeta(pod).ns()), name(api::ObjectMeta(pod).name());
    client::WriteOptions options;
    options.subresource = "status";
    co_return co_await client.update(client::resources::pods, ns, name, std::move(pod), options);
}

} // namespace kates::controllers
