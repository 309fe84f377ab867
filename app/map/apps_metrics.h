// Sizes of the Apps lens in world units (pixels at 100 %).
#pragma once

namespace kates::app::apps {

inline constexpr double kCell = 22;
inline constexpr double kPitch = 26;
inline constexpr double kPadding = 14;
inline constexpr double kHeader = 52; // title and subtitle
inline constexpr double kGauge = 20;
inline constexpr double kFrameHeader = 44;
inline constexpr double kUnit = 26; // frames begin and end on a multiple of it
inline constexpr int kBayUnits = 6; // height of a bay, which holds one workload, or two services or ingresses
inline constexpr int kFrameUnits = 3; // a frame's header, foot and the gap to the next
inline constexpr double kBay = kBayUnits * kUnit;
inline constexpr double kFrameGap = 32;
inline constexpr double kIngressLeft = 16;
inline constexpr double kIngressWidth = 190;
inline constexpr double kServiceLeft = 250;
inline constexpr double kServiceWidth = 216;
inline constexpr double kRouteHeight = 64; // of services and ingresses
inline constexpr double kWorkloadLeft = 540;
inline constexpr double kWorkloadWidth = 310;
inline constexpr double kWorkloadHeight = 136;
inline constexpr double kFrameWidth = kWorkloadLeft + kWorkloadWidth + 16;
inline constexpr double kNarrowLeft = 16; // of workloads in a frame without services
inline constexpr double kNarrowWidth = kNarrowLeft + kWorkloadWidth + 16;
inline constexpr int kGridColumns = 11;
inline constexpr int kGridRows = 2;
inline constexpr int kPodsShownMax = 88; // of a workload; more are counted until somebody asks for them
inline constexpr int kWorkloadsShownMax = 60; // of a namespace, likewise
inline constexpr double kAspect = 1.6;

} // namespace kates::app::apps
