// Finds what is wrong in text that simdjson refused, which says only that something is. Internal to json.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kates::api {

struct JsonProblem {
    std::size_t position;
    std::string message;
};

// The first offence against RFC 8259; nothing when there is none.
[[nodiscard]] std::optional<JsonProblem> findJsonProblem(std::string_view text);

} // namespace kates::api
