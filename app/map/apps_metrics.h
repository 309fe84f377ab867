// Sizes of the Apps lens in world units (pixels at 100 %).
#pragma once

namespace kates::app::apps {

inline constexpr double kCell = 22;
inline constexpr double kPitch = 26;
inline constexpr double kPadding = 14;
inline constexpr double kHeader = 52; // title and subtitle
inline constexpr double kGauge = 20;
inline constexpr double kFrameHeader = 44;
inline constexpr double kFrameGap = 32;
inline constexpr double kRowGap = 16;
inline constexpr double kIngressLeft = 16;
inline constexpr double kIngressWidth = 196;
inline constexpr double kServiceLeft = 276;
inline constexpr double kServiceWidth = 228;
inline constexpr double kServiceHeight = 84;
inline constexpr double kWorkloadLeft = 600;
inline constexpr double kWorkloadWidth = 310;
inline constexpr double kFrameWidth = kWorkloadLeft + kWorkloadWidth + 16;
inline constexpr double kNarrowLeft = 16; // of workloads in a frame without services
inline constexpr double kNarrowWidth = kNarrowLeft + kWorkloadWidth + 16;
inline constexpr int kGridColumns = 11;

} // namespace kates::app::apps
