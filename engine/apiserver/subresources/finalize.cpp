#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/subresources/subresources.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

class FinalizeHandler : public SubresourceHandler {
public:
    explicit FinalizeHandler(Registry& registry) : m_registry(registry) {}

    Task<ApiResult<Answer>> update(ResourceRequest& request, Value body) override
    {
        if (auto checked = checkFields(request, body); !checked)
            co_return ApiFailure(checked.error());
        Registry::Transform transform = [body](const Value& current) -> ApiResult<Value> {
            auto changed = current;
            changed.edit("spec").set("finalizers", body.get("spec", "finalizers"));
            if (changed.get("spec", "finalizers").size() == 0)
                changed.edit("spec").erase("finalizers");
            for (auto key : {"resourceVersion", "uid"}) {
                if (!body.str("metadata", key).empty())
                    changed.edit("metadata").set(key, body.get("metadata", key));
            }
            return changed;
        };
        co_return co_await m_registry.modify(request, std::move(transform));
    }

private:
    Registry& m_registry;
};

} // namespace

std::unique_ptr<SubresourceHandler> makeFinalizeHandler(Registry& registry)
{
    return std::make_unique<FinalizeHandler>(registry);
}

} // namespace kates::apiserver
