// JSON text to documents and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/value.h"
#include "engine/base/result.h"

namespace kates::api {

struct ParseLimits {
    std::size_t bytesMax = 3u << 20; // as kube-apiserver's request body
    int depthMax = 100;
    std::size_t nodesMax = 1'000'000;
};

// Problems that do not make the text unreadable, for strict field validation: paths of keys that stand twice in one object ("spec.replicas").
// The last value wins.
struct ParseReport {
    std::vector<std::string> duplicateFields;
};

// Exactly one JSON value, valid UTF-8, within the limits; the error says what is wrong and where (line and column, or the path). A whole number
// beyond 64 bits is an error, as is one that no double can hold.
[[nodiscard]] Result<Value> parseJson(std::string_view text, const ParseLimits& limits = {}, ParseReport* report = nullptr);

// Compact, members in their order, control characters and invalid UTF-8 escaped; < > & as they are.
[[nodiscard]] std::string toJson(const Value& value);
void appendJson(std::string& out, const Value& value);
[[nodiscard]] std::string toPrettyJson(const Value& value, int indent = 4);

} // namespace kates::api
