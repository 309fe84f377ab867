#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::Value;

constexpr int kSeconds = 300;

bool tolerates(const Value& pod, std::string_view taint)
{
    for (const auto& toleration : pod.get("spec", "tolerations")) {
        auto key = toleration.str("key"), effect = toleration.str("effect");
        if ((key.empty() || key == taint) && (effect.empty() || effect == "NoExecute"))
            return true;
    }
    return false;
}

class DefaultTolerations : public AdmissionPlugin {
public:
    bool concerns(const ResourceRequest& request) const override
    {
        return request.kind->group.empty() && request.kind->kind == "Pod" && request.subresource.empty();
    }

    Task<api::ApiResult<void>> admitCreate(ResourceRequest&, Value& pod) override
    {
        for (auto taint : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
            if (pod.get("spec").isObject() && !tolerates(pod, taint)) {
                auto toleration = Value::object({{"key", taint}, {"operator", "Exists"}, {"effect", "NoExecute"}, {"tolerationSeconds", kSeconds}});
                pod.edit("spec", "tolerations").push(std::move(toleration));
            }
        }
        co_return api::ApiResult<void>();
    }
};

} // namespace

std::unique_ptr<AdmissionPlugin> makeDefaultTolerations()
{
    return std::make_unique<DefaultTolerations>();
}

} // namespace kates::apiserver
