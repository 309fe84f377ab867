// Sizes of the control-plane lens in world units, and what its parts share.
#pragma once

#include "engine/api/value.h"

#include <QtGlobal>

namespace kates::app {

// What is left of a lease's duration: 1 just renewed, 0 or less when it has expired.
[[nodiscard]] double leaseLeft(const api::Value& lease, qint64 nowMs);

namespace controlplane {

    inline constexpr double kGap = 22;
    inline constexpr double kPadding = 14;
    inline constexpr double kPitch = 26;
    inline constexpr double kCell = 22;
    inline constexpr double kComponentWidth = 268;
    inline constexpr double kComponentHeight = 168;
    inline constexpr double kComponentFoot = 92; // where a component's last words begin
    inline constexpr double kMasterHeader = 42;
    inline constexpr double kMasterHeight = kMasterHeader + kComponentHeight + kPadding;
    inline constexpr double kWidth = 4 * (kComponentWidth + kPadding) + kPadding;
    inline constexpr double kHeartbeatsTop = 62;
    inline constexpr int kHeartbeatColumns = 43;
    inline constexpr int kHeartbeatRows = 3;
    inline constexpr double kHeartbeatsHeight = kHeartbeatsTop + kHeartbeatRows * kPitch + kPadding;

} // namespace controlplane

} // namespace kates::app
