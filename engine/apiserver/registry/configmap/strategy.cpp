#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/common/data_checks.h"
#include "engine/apiserver/registry/strategies.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

class ConfigMapStrategy : public Strategy {
public:
    void validate(const StrategyContext&, const Value& configMap, FieldErrors& errors) const override
    {
        const FieldPath root;
        const FieldPath data = root.child("data");
        const FieldPath binaryData = root.child("binaryData");
        validateDataKeys(data, configMap.get("data"), errors);
        validateDataKeys(binaryData, configMap.get("binaryData"), errors);
        for (const api::Member& member : configMap.get("binaryData").members()) {
            if (configMap.get("data").has(member.key))
                errors.invalid(data.key(member.key), member.key.view(), "duplicate of key present in binaryData");
        }
        if (textBytes(configMap.get("data")) + base64Bytes(configMap.get("binaryData")) > kDataBytesMax)
            errors.tooLong(root, kDataBytesMax);
    }

    void validateUpdate(const StrategyContext&, const Value& configMap, const Value& old, FieldErrors& errors) const override
    {
        requireImmutableDataKept(configMap, old, {"data", "binaryData"}, errors);
    }
};

} // namespace

const Strategy& configMapStrategy()
{
    static const ConfigMapStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
