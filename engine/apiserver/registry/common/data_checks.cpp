#include "engine/apiserver/registry/common/data_checks.h"

#include "engine/apiserver/registry/common/checks.h"

namespace kates::apiserver {

using api::FieldErrors;
using api::FieldPath;
using api::Value;

void validateDataKeys(const FieldPath& path, const Value& data, FieldErrors& errors)
{
    for (const api::Member& member : data.members())
        requireName(path.key(member.key), member.key, configKeyProblem, errors);
}

std::size_t textBytes(const Value& data)
{
    std::size_t bytes = 0;
    for (const api::Member& member : data.members())
        bytes += member.key.view().size() + member.value.asString().size();
    return bytes;
}

std::size_t base64Bytes(const Value& data)
{
    std::size_t bytes = 0;
    for (const api::Member& member : data.members()) {
        std::string_view text = member.value.asString();
        while (text.ends_with('='))
            text.remove_suffix(1);
        bytes += member.key.view().size() + text.size() * 3 / 4;
    }
    return bytes;
}

void requireImmutableDataKept(const Value& object, const Value& old, std::initializer_list<std::string_view> fields, FieldErrors& errors)
{
    constexpr std::string_view kSentence = "field is immutable when `immutable` is set";
    if (!old.get("immutable").asBool())
        return;
    const FieldPath root;
    if (!object.get("immutable").asBool())
        errors.forbidden(root.child("immutable"), kSentence);
    for (const std::string_view field : fields) {
        if (!sameOrBothEmpty(object.get(field), old.get(field)))
            errors.forbidden(root.child(field), kSentence);
    }
}

} // namespace kates::apiserver
