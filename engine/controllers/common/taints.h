// Taints of nodes, tolerations of pods.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/api/value.h"

namespace kates::controllers {

namespace taints {
inline constexpr std::string_view kNotReady = "node.kubernetes.io/not-ready";
inline constexpr std::string_view kUnreachable = "node.kubernetes.io/unreachable";
inline constexpr std::string_view kMemoryPressure = "node.kubernetes.io/memory-pressure";
inline constexpr std::string_view kDiskPressure = "node.kubernetes.io/disk-pressure";
inline constexpr std::string_view kPidPressure = "node.kubernetes.io/pid-pressure";
inline constexpr std::string_view kNetworkUnavailable = "node.kubernetes.io/network-unavailable";
inline constexpr std::string_view kUnschedulable = "node.kubernetes.io/unschedulable";
inline constexpr std::string_view kOutOfService = "node.kubernetes.io/out-of-service";
} // namespace taints

bool tolerates(const api::Value& toleration, const api::Value& taint);
// The first toleration of the list for this taint, or nullptr.
const api::Value* tolerationFor(const api::Value& tolerations, const api::Value& taint);
bool hasTaint(const api::Value& node, std::string_view key);

} // namespace kates::controllers
