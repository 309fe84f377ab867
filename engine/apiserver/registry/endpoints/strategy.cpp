#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

void validateAddress(const FieldPath& path, const Value& address, FieldErrors& errors)
{
    if (!address.str("ip").empty())
        requireIp(path.child("ip"), address.str("ip"), errors);
    if (!address.str("hostname").empty())
        requireName(path.child("hostname"), address.str("hostname"), api::dns1123LabelProblem, errors);
}

class EndpointsStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const Value& endpoints, FieldErrors& errors) const override
    {
        const FieldPath root;
        eachItem(root, endpoints, "subsets", [&](const FieldPath& subsetPath, const Value& subset) {
            if (subset.get("addresses").size() + subset.get("notReadyAddresses").size() == 0)
                errors.required(subsetPath, "must specify `addresses` or `notReadyAddresses`");
            for (const std::string_view list : {"addresses", "notReadyAddresses"})
                eachItem(subsetPath, subset, list, [&](const FieldPath& item, const Value& address) { validateAddress(item, address, errors); });
            const bool named = subset.get("ports").size() > 1;
            eachItem(subsetPath, subset, "ports", [&](const FieldPath& item, const Value& port) {
                if (named && port.str("name").empty())
                    errors.required(item.child("name"));
                requirePort(item.child("port"), port.get("port"), errors);
            });
        });
    }
};

} // namespace

const Strategy& endpointsStrategy()
{
    static const EndpointsStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
