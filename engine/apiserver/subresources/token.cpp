#include "engine/api/json.h"
#include "engine/apiserver/request/decode.h"
#include "engine/apiserver/subresources/subresources.h"
#include "engine/base/time.h"

namespace kates::apiserver {

using api::ApiFailure;
using api::ApiResult;
using api::Value;

namespace {

constexpr std::int64_t kExpirationLeast = 600, kExpirationDefault = 3600, kExpirationMost = std::int64_t(1) << 32;

class TokenHandler : public SubresourceHandler {
public:
    TokenHandler(Loop& loop, Registry& registry, const Authenticator& authenticator, const std::string& issuer, Random& random)
        : m_loop(loop), m_registry(registry), m_authenticator(authenticator), m_issuer(issuer), m_random(random)
    {
    }

    Task<ApiResult<Answer>> create(ResourceRequest& request, Value body) override
    {
        if (auto checked = checkFields(request, body, m_registry.scheme().type("authentication.k8s.io/v1", "TokenRequest")); !checked)
            co_return ApiFailure(checked.error());
        auto key = m_authenticator.serviceAccountKey();
        auto account = m_registry.find(*request.kind, request.ns, request.name);
        if (!account)
            co_return ApiFailure(api::notFound(request.resource(), request.name));
        if (!key)
            co_return ApiFailure(api::internalError("this server has no key to sign service account tokens with"));
        auto seconds = body.get("spec", "expirationSeconds").asInt(kExpirationDefault);
        if (seconds < kExpirationLeast || seconds > kExpirationMost)
            co_return ApiFailure(api::invalid("authentication.k8s.io", "TokenRequest", request.name,
                {{"FieldValueInvalid",
                    "Invalid value: " + std::to_string(seconds)
                        + (seconds < kExpirationLeast ? ": may not specify a duration less than 10 minutes"
                                                      : ": may not specify a duration larger than 2^32 seconds"),
                    "spec.expirationSeconds"}}));
        auto claims = claimsFor(request, account->value(), body, seconds);
        if (!claims)
            co_return ApiFailure(claims.error());
        auto token = key->sign(api::toJson(*claims));
        if (!token)
            co_return ApiFailure(api::internalError("the token could not be signed: " + token.error().message));
        body.edit("spec").set("audiences", claims->get("aud"));
        body.edit("spec").set("expirationSeconds", seconds);
        body.set(
            "status", Value::object({{"token", *token}, {"expirationTimestamp", formatTime(m_loop.wallTime() + std::chrono::seconds(seconds))}}));
        body.set("kind", "TokenRequest");
        body.set("apiVersion", "authentication.k8s.io/v1");
        body.edit("metadata").set("name", request.name);
        body.edit("metadata").set("namespace", request.ns);
        body.edit("metadata").set("creationTimestamp", m_registry.now());
        co_return Answer{201, std::move(body), nullptr};
    }

private:
    ApiResult<Value> claimsFor(const ResourceRequest& request, const Value& account, const Value& body, std::int64_t seconds)
    {
        auto now = std::chrono::duration_cast<std::chrono::seconds>(m_loop.wallTime().time_since_epoch()).count();
        auto audiences = body.get("spec", "audiences");
        if (audiences.size() == 0)
            audiences = Value::array({Value(m_issuer)});
        auto bound = Value::object({{"namespace", request.ns},
            {"serviceaccount", Value::object({{"name", request.name}, {"uid", account.get("metadata", "uid")}})}});
        if (auto addition = bind(request, body.get("spec", "boundObjectRef"), bound); !addition)
            return ApiFailure(addition.error());
        return Value::object({{"aud", std::move(audiences)}, {"exp", now + seconds}, {"iat", now}, {"iss", m_issuer}, {"jti", m_random.uuid()},
            {"kubernetes.io", std::move(bound)}, {"nbf", now}, {"sub", "system:serviceaccount:" + request.ns + ":" + request.name}});
    }

    // A token bound to a pod dies with it.
    ApiResult<void> bind(const ResourceRequest& request, const Value& reference, Value& bound) const
    {
        if (reference.isNull())
            return {};
        auto kind = m_registry.scheme().findKind(reference.str("apiVersion"), reference.str("kind"));
        bool known = kind && kind->group.empty() && (kind->kind == "Pod" || kind->kind == "Secret");
        if (!known)
            return ApiFailure(api::badRequest("cannot bind token for serviceaccount \"" + request.name + "\" to object of type "
                + std::string(reference.str("apiVersion")) + ", Kind=" + std::string(reference.str("kind"))));
        auto name = reference.str("name"), uid = reference.str("uid");
        auto object = m_registry.find(*kind, request.ns, name);
        if (!object)
            return ApiFailure(api::notFound({"", kind->plural}, name));
        auto actual = object->value().str("metadata", "uid");
        if (!uid.empty() && uid != actual)
            return ApiFailure(api::conflict({"", kind->plural}, name,
                "the UID in the bound object reference (" + std::string(uid)
                    + ") does not match the UID in record. The object might have been deleted and "
                      "then recreated"));
        bound.set(kind->kind == "Pod" ? "pod" : "secret", Value::object({{"name", name}, {"uid", actual}}));
        auto node = object->value().str("spec", "nodeName");
        if (kind->kind == "Pod" && !node.empty())
            bound.set("node", Value::object({{"name", node}}));
        return {};
    }

    Loop& m_loop;
    Registry& m_registry;
    const Authenticator& m_authenticator;
    const std::string& m_issuer;
    Random& m_random;
};

} // namespace

std::unique_ptr<SubresourceHandler> makeTokenHandler(
    Loop& loop, Registry& registry, const Authenticator& authenticator, const std::string& issuer, Random& random)
{
    return std::make_unique<TokenHandler>(loop, registry, authenticator, issuer, random);
}

} // namespace kates::apiserver
