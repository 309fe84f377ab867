#include "engine/apiserver/reviews/reviews.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

Value documentOf(const UserInfo& user)
{
    auto groups = Value::array();
    for (const auto& group : user.groups)
        groups.push(group);
    auto document = Value::object({{"username", user.name}});
    if (!user.uid.empty())
        document.set("uid", user.uid);
    document.set("groups", std::move(groups));
    return document;
}

class TokenReviewHandler : public VirtualKindHandler {
public:
    explicit TokenReviewHandler(Authenticator& authenticator) : m_authenticator(authenticator) {}

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        auto token = std::string(body.str("spec", "token"));
        if (token.empty())
            co_return ApiFailure(api::badRequest("token is required for TokenReview in authentication"));
        std::vector<std::string> audiences;
        for (const auto& audience : body.get("spec", "audiences"))
            audiences.emplace_back(audience.asString());
        auto user = m_authenticator.authenticateToken(token, audiences);
        auto status = Value::object({{"authenticated", user.has_value()}});
        if (user)
            status.set("user", documentOf(*user));
        else
            status.set("error", user.error().message);
        if (user && !audiences.empty())
            status.set("audiences", body.get("spec", "audiences"));
        body.set("status", std::move(status));
        body.set("kind", request.kind->kind);
        body.set("apiVersion", request.kind->apiVersion());
        co_return Answer{201, std::move(body), nullptr};
    }

private:
    Authenticator& m_authenticator;
};

class SelfReviewHandler : public VirtualKindHandler {
public:
    explicit SelfReviewHandler(Registry& registry) : m_registry(registry) {}

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value) override
    {
        auto metadata = Value::object({{"creationTimestamp", m_registry.now()}});
        auto review = Value::object({{"kind", request.kind->kind}, {"apiVersion", request.kind->apiVersion()}, {"metadata", std::move(metadata)},
            {"status", Value::object({{"userInfo", documentOf(request.user)}})}});
        co_return Answer{201, std::move(review), nullptr};
    }

private:
    Registry& m_registry;
};

} // namespace

std::unique_ptr<VirtualKindHandler> makeTokenReview(Authenticator& authenticator)
{
    return std::make_unique<TokenReviewHandler>(authenticator);
}

std::unique_ptr<VirtualKindHandler> makeSelfReview(Registry& registry)
{
    return std::make_unique<SelfReviewHandler>(registry);
}

} // namespace kates::apiserver
