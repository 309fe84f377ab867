#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateBackend(const FieldPath& path, const Value& backend, FieldErrors& errors)
{
    const Value& service = backend.get("service");
    const bool hasResource = !backend.get("resource").isNull();
    if (hasResource && !service.isNull()) {
        errors.invalid(path, "", "cannot set both resource and service backends");
        return;
    }
    if (hasResource)
        return;
    const FieldPath servicePath = path.child("service");
    if (service.str("name").empty())
        errors.required(servicePath.child("name"));
    else
        requireName(servicePath.child("name"), service.str("name"), api::dns1035LabelProblem, errors);
    const FieldPath port = servicePath.child("port");
    const bool hasName = !service.str("port", "name").empty();
    const bool hasNumber = service.get("port", "number").asInt() != 0;
    if (!hasName && !hasNumber)
        errors.required(port, "port name or number is required");
    else if (hasName && hasNumber)
        errors.invalid(port, "", "cannot set both port name & port number");
    else if (hasNumber)
        requirePort(port.child("number"), service.get("port", "number"), errors);
    else
        requireName(port.child("name"), service.str("port", "name"), portNameProblem, errors);
}

void validatePath(const FieldPath& path, const Value& rule, FieldErrors& errors)
{
    const std::string_view type = rule.str("pathType");
    const std::string_view text = rule.str("path");
    if (type != "ImplementationSpecific" && !text.starts_with('/'))
        errors.invalid(path.child("path"), text, "must be an absolute path");
    const FieldPath backend = path.child("backend");
    validateBackend(backend, rule.get("backend"), errors);
}

void validateHost(const FieldPath& path, std::string_view host, FieldErrors& errors)
{
    if (host.empty())
        return;
    if (isIp(host))
        errors.invalid(path, host, "must be a DNS name, not an IP address");
    else
        requireName(path, host.starts_with("*.") ? host.substr(2) : host, api::dns1123SubdomainProblem, errors);
}

class IngressStrategy : public Strategy {
public:
    void validate(const StrategyContext& context, const Value& ingress, FieldErrors& errors) const override
    {
        if (context.subresource == "status")
            return;
        const FieldPath path("spec");
        const Value& spec = ingress.get("spec");
        if (spec.get("rules").size() == 0 && spec.get("defaultBackend").isNull())
            errors.invalid(path, spec.get("rules").isNull() ? Value::array(std::vector<Value>()) : spec.get("rules"),
                "either `defaultBackend` or `rules` must be specified");
        if (!spec.get("defaultBackend").isNull()) {
            const FieldPath backend = path.child("defaultBackend");
            validateBackend(backend, spec.get("defaultBackend"), errors);
        }
        eachItem(path, spec, "rules", [&](const FieldPath& item, const Value& rule) {
            validateHost(item.child("host"), rule.str("host"), errors);
            const FieldPath http = item.child("http");
            eachItem(http, rule.get("http"), "paths", [&](const FieldPath& each, const Value& one) { validatePath(each, one, errors); });
        });
        if (!spec.str("ingressClassName").empty())
            requireName(path.child("ingressClassName"), spec.str("ingressClassName"), api::dns1123SubdomainProblem, errors);
    }
};

} // namespace

const Strategy& ingressStrategy()
{
    static const IngressStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
