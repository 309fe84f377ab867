// The path of the value being read, as Kubernetes prints field paths: spec.containers[0].name. Internal to the parsers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/json.h"

namespace kates::api {

inline constexpr std::size_t kDuplicatesReportedMax = 100;

// Steps refer to key text that the caller keeps alive until pop().
class JsonPath {
public:
    void pushKey(std::string_view key) { m_steps.push_back({ key, 0, true }); }
    void pushIndex(std::size_t index) { m_steps.push_back({ {}, index, false }); }
    void pop() { m_steps.pop_back(); }
    std::string toString() const;

private:
    struct Step {
        std::string_view key;
        std::size_t index;
        bool isKey;
    };
    std::vector<Step> m_steps;
};

// Adds the path once; at most kDuplicatesReportedMax are kept.
void reportDuplicate(ParseReport& report, const JsonPath& path);

} // namespace kates::api
