#include "engine/api/fields.h"
#include "engine/api/patch.h"
#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/subresources/subresources.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

Value scaleOf(const Value& object)
{
    const auto& meta = object.get("metadata");
    auto scaleMeta = Value::object();
    for (auto key : {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
        if (auto value = meta.find(key))
            scaleMeta.set(key, *value);
    }
    const auto& selector = object.get("spec", "selector");
    bool plainMap = !selector.has("matchLabels") && !selector.has("matchExpressions");
    auto labels = plainMap ? Result<api::LabelSelector>(api::LabelSelector::fromMap(selector)) : api::LabelSelector::fromValue(selector);
    auto status = Value::object({{"replicas", object.get("status", "replicas").asInt()}});
    if (labels && !labels->selectsNothing())
        status.set("selector", labels->toString());
    return Value::object({{"kind", "Scale"}, {"apiVersion", "autoscaling/v1"}, {"metadata", std::move(scaleMeta)},
        {"spec", Value::object({{"replicas", object.get("spec", "replicas").asInt()}})}, {"status", std::move(status)}});
}

ApiResult<Value> withScale(const Value& object, const Value& scale)
{
    auto replicas = scale.get("spec", "replicas");
    if (replicas.asInt() < 0)
        return ApiFailure(api::invalid("autoscaling", "Scale", object.str("metadata", "name"),
            {{"FieldValueInvalid", "Invalid value: " + std::to_string(replicas.asInt()) + ": must be greater than or equal to 0", "spec.replicas"}}));
    auto scaled = object;
    scaled.edit("spec").set("replicas", replicas.isNull() ? Value(0) : replicas);
    // A version or uid that the client sent is a precondition.
    for (auto key : {"resourceVersion", "uid"}) {
        if (!scale.str("metadata", key).empty())
            scaled.edit("metadata").set(key, scale.get("metadata", key));
    }
    return scaled;
}

class ScaleHandler : public SubresourceHandler {
public:
    explicit ScaleHandler(Registry& registry) : m_registry(registry) {}

    Task<ApiResult<Answer>> get(ResourceRequest& request) override
    {
        auto answer = m_registry.get(request);
        if (!answer)
            co_return ApiFailure(answer.error());
        co_return asScale(std::move(*answer));
    }

    Task<ApiResult<Answer>> update(ResourceRequest& request, Value body) override
    {
        if (auto checked = checkFields(request, body, scaleType()); !checked)
            co_return ApiFailure(checked.error());
        if (body.str("kind") != "Scale" && !body.str("kind").empty())
            co_return ApiFailure(api::badRequest("the object provided is a " + std::string(body.str("kind")) + ", a Scale is expected"));
        Registry::Transform transform = [body](const Value& current) { return withScale(current, body); };
        auto answer = co_await m_registry.modify(request, std::move(transform));
        if (!answer)
            co_return answer;
        co_return asScale(std::move(*answer));
    }

    Task<ApiResult<Answer>> patch(ResourceRequest& request, client::PatchType type, Value patch) override
    {
        auto* self = this;
        auto* theRequest = &request;
        Registry::Transform transform = [self, theRequest, type, patch](const Value& current) -> ApiResult<Value> {
            auto scale = self->patched(*theRequest, scaleOf(current), type, patch);
            return scale ? withScale(current, *scale) : scale;
        };
        auto answer = co_await m_registry.modify(request, std::move(transform));
        if (!answer)
            co_return answer;
        co_return asScale(std::move(*answer));
    }

private:
    static Answer asScale(Answer answer) { return {answer.code, scaleOf(answer.value), nullptr}; }
    const api::TypeDescription* scaleType() const { return m_registry.scheme().type("autoscaling/v1", "Scale"); }

    ApiResult<Value> patched(ResourceRequest& request, const Value& scale, client::PatchType type, const Value& patch)
    {
        ApiResult<Value> result = scale;
        if (type == client::PatchType::Json)
            result = api::applyJsonPatch(scale, patch);
        else
            result = api::applyMergePatch(scale, patch); // a Scale has no lists: all other forms mean the same
        if (!result)
            return result;
        if (auto checked = checkFields(request, *result, scaleType()); !checked)
            return ApiFailure(checked.error());
        return result;
    }

    Registry& m_registry;
};

} // namespace

std::unique_ptr<SubresourceHandler> makeScaleHandler(Registry& registry)
{
    return std::make_unique<ScaleHandler>(registry);
}

} // namespace kates::apiserver
