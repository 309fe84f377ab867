// Sizes of the Placement lens in world units (pixels at 100 %).
#pragma once

namespace kates::app::placement {

inline constexpr double kCell = 22;
inline constexpr double kPitch = 26; // cell and gap
inline constexpr double kPadding = 14;
inline constexpr double kHeader = 46; // title and subtitle
inline constexpr double kGauges = 34; // two bars
inline constexpr double kCellsTop = kHeader + kGauges + kPadding;
inline constexpr double kSystemGap = 12; // between the users' pods and the system's
inline constexpr double kCardGap = 22;
inline constexpr double kZoneGap = 40; // between strips, when there are several
inline constexpr double kZonePadding = 14;
inline constexpr double kZoneHeader = 40;
inline constexpr double kWaitingGap = 48; // between the waiting pods and the nodes
inline constexpr double kNoteHeight = 54;
inline constexpr int kWaitingColumns = 10;
inline constexpr int kWaitingRows = 3;
inline constexpr int kGridColumnsMax = 40;

} // namespace kates::app::placement
