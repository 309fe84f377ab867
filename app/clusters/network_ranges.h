// IPv4 networks of a new cluster, checked as they are typed: what the engine would refuse (engine/apiserver/registry/cluster). Pure.
#pragma once

#include <QString>

namespace kates::app {

inline constexpr int kPodPrefixMax = 22;
inline constexpr int kServicePrefixMax = 28;

// "" when it can be used, else why not.
[[nodiscard]] QString rangeProblem(const QString& cidr, int prefixMax);
[[nodiscard]] bool rangesOverlap(const QString& left, const QString& right);

} // namespace kates::app
