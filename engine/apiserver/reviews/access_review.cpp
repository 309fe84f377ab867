#include "engine/apiserver/reviews/reviews.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

// "" and "*" both mean all of them.
std::string plain(std::string_view text)
{
    return std::string(text);
}

std::optional<Attributes> attributesOfReview(const Value& spec)
{
    if (auto resource = spec.find("resourceAttributes")) {
        Attributes attributes{.verb = plain(resource->str("verb")),
            .group = plain(resource->str("group")),
            .resource = plain(resource->str("resource")),
            .subresource = plain(resource->str("subresource")),
            .ns = plain(resource->str("namespace")),
            .name = plain(resource->str("name"))};
        return attributes;
    }
    if (auto other = spec.find("nonResourceAttributes")) {
        Attributes attributes{.verb = plain(other->str("verb")), .isResource = false, .path = plain(other->str("path"))};
        return attributes;
    }
    return std::nullopt;
}

UserInfo userOf(const Value& spec)
{
    UserInfo user{std::string(spec.str("user")), std::string(spec.str("uid")), {}};
    for (const auto& group : spec.get("groups"))
        user.groups.emplace_back(group.asString());
    return user;
}

class AccessReviewHandler : public VirtualKindHandler {
public:
    AccessReviewHandler(const Authorizer& authorizer, AccessReview form) : m_authorizer(authorizer), m_form(form) {}

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        const auto& spec = body.get("spec");
        auto refuse = [&](std::string field, std::string message) {
            return ApiFailure(
                api::invalid(request.kind->group, request.kind->kind, "", {{"FieldValueInvalid", std::move(message), std::move(field)}}));
        };
        auto attributes = attributesOfReview(spec);
        if (!attributes || (spec.has("resourceAttributes") && spec.has("nonResourceAttributes")))
            co_return refuse(
                "spec.resourceAttributes", "Invalid value: exactly one of nonResourceAttributes or resourceAttributes must be specified");
        if (m_form != AccessReview::Self && spec.str("user").empty() && spec.get("groups").size() == 0)
            co_return refuse("spec.user", "Invalid value: \"\": at least one of user or group must be specified");
        if (m_form == AccessReview::LocalSubject && attributes->ns != request.ns)
            co_return refuse("spec.resourceAttributes.namespace", "Invalid value: \"" + attributes->ns + "\": must match metadata.namespace");
        auto decision = m_authorizer.decide(m_form == AccessReview::Self ? request.user : userOf(spec), *attributes);
        auto status = Value::object({{"allowed", decision.allowed}});
        if (!decision.reason.empty())
            status.set("reason", decision.reason);
        body.set("status", std::move(status));
        body.set("kind", request.kind->kind);
        body.set("apiVersion", request.kind->apiVersion());
        co_return Answer{201, std::move(body), nullptr};
    }

private:
    const Authorizer& m_authorizer;
    AccessReview m_form;
};

class RulesReviewHandler : public VirtualKindHandler {
public:
    explicit RulesReviewHandler(const Authorizer& authorizer) : m_authorizer(authorizer) {}

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        auto ns = std::string(body.str("spec", "namespace"));
        if (ns.empty())
            co_return ApiFailure(api::badRequest("no namespace on request"));
        auto resourceRules = Value::array(), nonResourceRules = Value::array();
        auto everything = Value::array({Value("*")});
        if (std::find(request.user.groups.begin(), request.user.groups.end(), "system:masters") != request.user.groups.end()) {
            resourceRules.push(Value::object({{"verbs", everything}, {"apiGroups", everything}, {"resources", everything}}));
            nonResourceRules.push(Value::object({{"verbs", everything}, {"nonResourceURLs", everything}}));
        }
        m_authorizer.visitRules(request.user, ns, [&](const Value& rule, const std::string&) {
            (rule.get("nonResourceURLs").size() > 0 ? nonResourceRules : resourceRules).push(rule);
            return true;
        });
        body.set("status",
            Value::object({{"incomplete", false}, {"resourceRules", std::move(resourceRules)}, {"nonResourceRules", std::move(nonResourceRules)}}));
        body.set("kind", request.kind->kind);
        body.set("apiVersion", request.kind->apiVersion());
        co_return Answer{201, std::move(body), nullptr};
    }

private:
    const Authorizer& m_authorizer;
};

} // namespace

std::unique_ptr<VirtualKindHandler> makeAccessReview(const Authorizer& authorizer, AccessReview form)
{
    return std::make_unique<AccessReviewHandler>(authorizer, form);
}

std::unique_ptr<VirtualKindHandler> makeRulesReview(const Authorizer& authorizer)
{
    return std::make_unique<RulesReviewHandler>(authorizer);
}

} // namespace kates::apiserver
