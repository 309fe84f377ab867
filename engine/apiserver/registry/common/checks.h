// Checks that several kinds share, with upstream's sentences.
#pragma once

#include <span>
#include <string_view>

#include "engine/api/field_errors.h"
#include "engine/api/names.h"

namespace kates::apiserver {

inline constexpr std::string_view kFieldImmutable = "field is immutable";

// Calls check(path, item) for each item of parent.get(field): parent.field[0] …
template <typename Check>
void eachItem(const api::FieldPath& parent, const api::Value& object, std::string_view field, Check&& check)
{
    const api::Value& list = object.get(field);
    if (!list.isArray())
        return;
    const api::FieldPath path = parent.child(field);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const api::FieldPath item = path.item(i);
        check(item, list.at(i));
    }
}

// Null and empty count as equal: what Go leaves out.
void requireUnchanged(const api::FieldPath& path, const api::Value& now, const api::Value& before, api::FieldErrors& errors);
[[nodiscard]] bool sameOrBothEmpty(const api::Value& left, const api::Value& right);

// An absent value passes all of these.
void requireNonNegative(const api::FieldPath& path, const api::Value& number, api::FieldErrors& errors);
void requirePositive(const api::FieldPath& path, const api::Value& number, api::FieldErrors& errors); // "must be greater than 0"
void requirePort(const api::FieldPath& path, const api::Value& number, api::FieldErrors& errors);
// A number from 1 to 65535 or the name of a port.
void requirePortNumberOrName(const api::FieldPath& path, const api::Value& port, api::FieldErrors& errors);
// Not negative; text must be a percentage.
void requireCountOrPercent(const api::FieldPath& path, const api::Value& value, api::FieldErrors& errors);
// The number of a count or percentage of `total`, rounded up or down.
[[nodiscard]] std::int64_t scaledValue(const api::Value& value, std::int64_t total, bool roundUp);
void requireIp(const api::FieldPath& path, std::string_view address, api::FieldErrors& errors);
[[nodiscard]] bool isIp(std::string_view address);
[[nodiscard]] bool isIpv4(std::string_view address);
void requireName(const api::FieldPath& path, std::string_view name, api::NameProblem (*rule)(std::string_view), api::FieldErrors& errors);

// metav1.LabelSelector
void validateLabelSelector(const api::FieldPath& path, const api::Value& selector, api::FieldErrors& errors);

// The name of a port: at most 15 characters of [a-z0-9-], with a letter (RFC 6335).
[[nodiscard]] api::NameProblem portNameProblem(std::string_view name);
// The key of a config map or secret.
[[nodiscard]] api::NameProblem configKeyProblem(std::string_view key);
// A name that is one segment of a URL path: RBAC's objects.
[[nodiscard]] api::NameProblem pathSegmentProblem(std::string_view name);
// The name of an environment variable.
[[nodiscard]] api::NameProblem environmentNameProblem(std::string_view name);

} // namespace kates::apiserver
