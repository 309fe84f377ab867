// YAML 1.2 (and the YAML 1.1 booleans that Kubernetes users rely on: see yaml.cpp) to documents and back.
#pragma once

#include "engine/api/json.h"

namespace kates::api {

struct YamlDocument {
    Value value;
    int line = 1; // where the document starts, from 1
};

// All documents of a stream; empty ones are left out. JSON is YAML. Aliases are expanded within limits.nodesMax. Errors name line and column.
// Bounded in time too: every input ends (yaml-cpp 0.7.0 alone loops for ever on ",aa").
[[nodiscard]] Result<std::vector<YamlDocument>> parseYaml(std::string_view text, const ParseLimits& limits = {}, ParseReport* report = nullptr);

// Block style with keys sorted, as kubectl prints.
[[nodiscard]] std::string toYaml(const Value& value);

} // namespace kates::api
