#include "engine/api/json.h"
#include "engine/apiserver/registry/common/checks.h"
#include "engine/apiserver/registry/common/data_checks.h"
#include "engine/apiserver/registry/strategies.h"
#include "engine/base/base64.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

namespace {

// stringData is how people write data; it is never kept.
void encodeStringData(Value& secret)
{
    const Value text = secret.get("stringData");
    for (const api::Member& member : text.members())
        secret.edit("data").set(member.key, encodeBase64(member.value.asString()));
    if (secret.has("stringData"))
        secret.erase("stringData");
}

struct RequiredKeys {
    std::string_view type;
    std::string_view keys[2];
};

constexpr RequiredKeys kRequiredKeys[] {
    {"kubernetes.io/dockercfg", {".dockercfg"}},
    {"kubernetes.io/dockerconfigjson", {".dockerconfigjson"}},
    {"kubernetes.io/ssh-auth", {"ssh-privatekey"}},
    {"kubernetes.io/tls", {"tls.crt", "tls.key"}},
};

void validateType(const Value& secret, FieldErrors& errors)
{
    const std::string_view type = secret.str("type");
    const FieldPath data("data");
    for (const RequiredKeys& required : kRequiredKeys) {
        if (type != required.type)
            continue;
        for (const std::string_view key : required.keys) {
            if (!key.empty() && !secret.get("data").has(key))
                errors.required(data.key(key));
            else if (key.starts_with(".docker") && !api::parseJson(decodeBase64(secret.str("data", key)).value_or("")))
                errors.invalid(data.key(key), "<secret contents redacted>", "the text is not JSON");
        }
    }
    if (type == "kubernetes.io/basic-auth" && !secret.get("data").has("username") && !secret.get("data").has("password")) {
        errors.required(data.key("username"));
        errors.required(data.key("password"));
    }
    constexpr std::string_view kAccountName = "kubernetes.io/service-account.name";
    const FieldPath annotations("metadata.annotations");
    if (type == "kubernetes.io/service-account-token" && secret.str("metadata", "annotations", kAccountName).empty())
        errors.required(annotations.key(kAccountName));
}

class SecretStrategy : public Strategy {
public:
    void prepareForCreate(const StrategyContext&, Value& secret) const override { encodeStringData(secret); }

    void prepareForUpdate(const StrategyContext&, Value& secret, const Value&) const override { encodeStringData(secret); }

    void validate(const StrategyContext&, const Value& secret, FieldErrors& errors) const override
    {
        const FieldPath data("data");
        validateDataKeys(data, secret.get("data"), errors);
        if (base64Bytes(secret.get("data")) > kDataBytesMax)
            errors.tooLong(data, kDataBytesMax);
        validateType(secret, errors);
    }

    void validateUpdate(const StrategyContext&, const Value& secret, const Value& old, FieldErrors& errors) const override
    {
        const FieldPath type("type");
        requireUnchanged(type, secret.get("type"), old.get("type"), errors);
        requireImmutableDataKept(secret, old, {"data"}, errors);
    }
};

} // namespace

const Strategy& secretStrategy()
{
    static const SecretStrategy strategy;
    return strategy;
}

} // namespace kates::apiserver
