// What config maps and secrets have in common: keys, a limit of bytes, and `immutable`.
#pragma once

#include <initializer_list>

#include "engine/api/field_errors.h"

namespace kates::apiserver {

inline constexpr std::size_t kDataBytesMax = 1u << 20; // of all values and keys together

void validateDataKeys(const api::FieldPath& path, const api::Value& data, api::FieldErrors& errors);
[[nodiscard]] std::size_t textBytes(const api::Value& data);
[[nodiscard]] std::size_t base64Bytes(const api::Value& data); // decoded
// Once `immutable` is true it stays so, and the fields stay as they are.
void requireImmutableDataKept(const api::Value& object, const api::Value& old, std::initializer_list<std::string_view> fields,
    api::FieldErrors& errors);

} // namespace kates::apiserver
