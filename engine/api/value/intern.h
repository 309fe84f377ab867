// The process-wide table of member keys. Internal to this folder.
#pragma once

#include <string_view>

namespace kates::api {

struct StringRep;

inline constexpr std::size_t kInternedKeyMax = 64; // bytes; longer keys are not interned
inline constexpr std::size_t kInternedKeysMax = 16 * 1024; // after that new keys are owned by their objects: keys come from outside

// The text's one copy, which lives as long as the process; nullptr when the table is full. Lock-free, from any thread.
const StringRep* internKey(std::string_view text);
std::size_t internedKeys();

} // namespace kates::api
