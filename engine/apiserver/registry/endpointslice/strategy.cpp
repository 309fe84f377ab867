#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

constexpr std::size_t kEndpointsMax = 1000;
constexpr std::size_t kPortsMax = 100;
constexpr std::size_t kAddressesMax = 100;

void validateAddress(const FieldPath& path, std::string_view type, std::string_view address, FieldErrors& errors)
{
    if (type == "FQDN")
        requireName(path, address, api::dns1123SubdomainProblem, errors);
    else if (type == "IPv4" && !isIpv4(address))
        errors.invalid(path, address, "must be an IPv4 address");
    else if (type == "IPv6" && (!isIp(address) || isIpv4(address)))
        errors.invalid(path, address, "must be an IPv6 address");
}

class EndpointSliceStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const Value& slice, FieldErrors& errors) const override
    {
        const FieldPath root;
        const std::string_view type = slice.str("addressType");
        if (slice.get("endpoints").size() > kEndpointsMax)
            errors.tooMany(root.child("endpoints"), slice.get("endpoints").size(), kEndpointsMax);
        if (slice.get("ports").size() > kPortsMax)
            errors.tooMany(root.child("ports"), slice.get("ports").size(), kPortsMax);
        eachItem(root, slice, "endpoints", [&](const FieldPath& path, const Value& endpoint) {
            if (endpoint.get("addresses").size() > kAddressesMax)
                errors.tooMany(path.child("addresses"), endpoint.get("addresses").size(), kAddressesMax);
            eachItem(path, endpoint, "addresses",
                [&](const FieldPath& item, const Value& address) { validateAddress(item, type, address.asString(), errors); });
            if (!endpoint.str("hostname").empty())
                requireName(path.child("hostname"), endpoint.str("hostname"), api::dns1123LabelProblem, errors);
        });
        eachItem(root, slice, "ports", [&](const FieldPath& path, const Value& port) {
            if (!port.str("name").empty())
                requireName(path.child("name"), port.str("name"), api::dns1123LabelProblem, errors);
            requirePort(path.child("port"), port.get("port"), errors);
        });
    }

    void validateUpdate(const StrategyContext&, const Value& slice, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath addressType("addressType");
        requireUnchanged(addressType, slice.get("addressType"), old.get("addressType"), errors);
    }
};

} // namespace

const Strategy& endpointSliceStrategy()
{
    static const EndpointSliceStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
