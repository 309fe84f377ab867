// Short texts and labels of one simulated pod or container in one allocation.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kates::runtime {

// Texts first, then labels. A label whose value is one of the `known` texts (the pod's uid, name, namespace…) takes one byte instead of the value:
// the same list has to be given to labels() again.
class PackedFields {
public:
    PackedFields() = default;
    PackedFields(
        const std::vector<std::string_view>& texts, const std::map<std::string, std::string>& labels, const std::vector<std::string_view>& known);
    std::string_view text(std::size_t index) const;
    std::map<std::string, std::string> labels(std::size_t textCount, const std::vector<std::string_view>& known) const;

private:
    std::string m_bytes; // each item ends with a NUL, which none of them may hold
};

} // namespace kates::runtime
