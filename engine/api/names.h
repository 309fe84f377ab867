// What names, label keys and label values may look like (apimachinery util/validation). Each check gives the sentence that follows
// "Invalid value: \"…\": ", or nothing when the text is fine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kates::api {

inline constexpr std::size_t kDns1123LabelMax = 63;
inline constexpr std::size_t kDns1123SubdomainMax = 253;
inline constexpr std::size_t kQualifiedNameMax = 63; // of the part after the slash
inline constexpr std::size_t kLabelValueMax = 63;

using NameProblem = std::optional<std::string>;

[[nodiscard]] NameProblem dns1123LabelProblem(std::string_view text); // most object names that become host names: namespaces, containers
[[nodiscard]] NameProblem dns1123SubdomainProblem(std::string_view text); // most object names
[[nodiscard]] NameProblem dns1035LabelProblem(std::string_view text); // services
[[nodiscard]] NameProblem qualifiedNameProblem(std::string_view text); // label and annotation keys, finalizers: [subdomain/]name
[[nodiscard]] NameProblem labelValueProblem(std::string_view text);

} // namespace kates::api
