// YAML text to documents and back.
#pragma once

#include "engine/api/json.h"

namespace kates::api {

struct YamlDocument {
    Value value;
    int line = 1; // where its value starts, from 1
};

// All documents of a stream; empty ones are left out. JSON is YAML. Errors name line and column, from 1.
//
// Plain scalars mean what they mean to kubectl (sigs.k8s.io/yaml, that is YAML 1.1): yes, no, on, off, y and n are booleans, 017 and 0o17 are
// octal, 0x1f and 0b11 and 1_000 are integers, ~ and nothing are null; whatever is quoted is a string. Merge keys (<<) are applied. Map keys
// become strings; null, a list or a map is no key. The same key twice is reported and the last one wins. NaN and infinity are errors.
//
// For untrusted input: bytes, depth and values (aliases expanded) are limited, and every input ends (yaml-cpp 0.7.0 alone never returns from
// ",aa", because it never consumes a token that starts no value: a document must begin at a new place, after "---" or "..."). Time is linear,
// about 0.4 µs a byte (JSON text: 100 times less), so megabytes do not belong on a loop thread.
[[nodiscard]] Result<std::vector<YamlDocument>> parseYaml(std::string_view text, const ParseLimits& limits = {}, ParseReport* report = nullptr);

// Block style with keys sorted, as kubectl prints; strings are quoted only where they would read as something else. Ends with a newline.
// Reading it back gives an equal value (bytes that are not UTF-8 become U+FFFD; NaN and infinity become null).
[[nodiscard]] std::string toYaml(const Value& value);

} // namespace kates::api
