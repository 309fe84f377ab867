#include "engine/apiserver/admission/plugins.h"

namespace kates::apiserver {

namespace {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

class PriorityAdmission : public AdmissionPlugin {
public:
    explicit PriorityAdmission(const ResourceCaches& caches) : m_caches(caches) {}

    bool concerns(const ResourceRequest& request) const override
    {
        return request.kind->group.empty() && request.kind->kind == "Pod" && request.subresource.empty();
    }

    Task<ApiResult<void>> admitCreate(ResourceRequest& request, Value& pod) override { co_return resolve(request, pod); }

    ApiResult<void> admitUpdate(ResourceRequest&, Value& pod, const Value& live) override
    {
        for (auto field : {"priority", "preemptionPolicy"}) {
            if (pod.get("spec", field).isNull() && live.get("spec").has(field))
                pod.edit("spec").set(field, live.get("spec", field));
        }
        return {};
    }

private:
    ObjectPointer defaultClass(const WatchCache& classes) const
    {
        ObjectPointer found;
        classes.visit({}, {}, [&](const std::string&, const ObjectPointer& candidate) {
            bool better = candidate->value().get("globalDefault").asBool()
                && (!found || candidate->value().get("value").asInt() < found->value().get("value").asInt());
            found = better ? candidate : found;
            return true;
        });
        return found;
    }

    ApiResult<void> resolve(const ResourceRequest& request, Value& pod) const
    {
        auto classes = m_caches.find("scheduling.k8s.io", "priorityclasses");
        if (!classes || !pod.get("spec").isObject())
            return {};
        auto name = std::string(pod.str("spec", "priorityClassName"));
        auto found = name.empty() ? defaultClass(*classes) : classes->find("", name);
        if (!found && !name.empty())
            return ApiFailure(api::forbidden(request.resource(), request.name, "no PriorityClass with name " + name + " was found"));
        auto priority = found ? found->value().get("value").asInt() : 0;
        const auto& wanted = pod.get("spec", "priority");
        if (wanted.isInt() && wanted.asInt() != priority)
            return ApiFailure(api::forbidden(request.resource(), request.name,
                "the integer value of priority (" + std::to_string(wanted.asInt())
                    + ") must not be provided in pod spec; priority admission controller computed " + std::to_string(priority)
                    + " from the given PriorityClass name"));
        auto& spec = pod.edit("spec");
        if (found && name.empty())
            spec.set("priorityClassName", found->value().get("metadata", "name"));
        spec.set("priority", priority);
        auto policy = found ? found->value().str("preemptionPolicy") : std::string_view();
        spec.set("preemptionPolicy", policy.empty() ? "PreemptLowerPriority" : policy);
        return {};
    }

    const ResourceCaches& m_caches;
};

} // namespace

std::unique_ptr<AdmissionPlugin> makePriorityAdmission(const ResourceCaches& caches)
{
    return std::make_unique<PriorityAdmission>(caches);
}

} // namespace kates::apiserver
